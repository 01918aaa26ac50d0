"""What goes wrong in the browser costs the page that did it, and no other."""

import os
import signal
from typing import Any

import psutil
import pytest

from accessibility.engine import checks
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.crawl.live_page import LivePage
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Asked, Page, document, tiny_site

IMAGE = document('<img src="data:,">')


class Misbehaving(OwnCheck):
    """Stands in for a page that does something in the middle of a check, told by its address."""

    name = "misbehaving"
    own_rules = ()

    async def probe(self, page: LivePage) -> Any:
        address = page.page.url
        if address.endswith("/crashes"):
            await page.session.send("Page.crash")
        if address.endswith("/goes-on"):
            await page.page.evaluate("location = '/fine?gone-on'")
            await page.evaluate("new Promise(() => 0)")
        if address.endswith("/reloads"):
            await page.page.evaluate("location.reload()")
            await page.evaluate("new Promise(() => 0)")
        if address.endswith("/faulty"):
            await page.evaluate("nothing.there")
        if address.endswith("/unthought-of"):
            raise KeyError("a fault of ours")
        return None

    def judge(self, probed: Any, state: str) -> Judgement:
        return Judgement()


@pytest.fixture(scope="module")
def audited() -> Audited:
    names = ("crashes", "goes-on", "reloads", "faulty", "unthought-of")
    pages: dict[str, Page] = {f"/{name}": IMAGE for name in names} | {"/fine": IMAGE}
    given = ["/fine?1", *(path for path in pages if path != "/fine"), "/fine?2", "/fine?3"]
    with pytest.MonkeyPatch.context() as patch, tiny_site(pages) as site:
        patch.setattr(checks, "PAGE_CHECKS", (*checks.PAGE_CHECKS, Misbehaving()))
        return audit(site.base, given, settings_for(site.base, parallel=2))


def test_a_tab_that_crashes_in_the_middle_of_a_check_is_crashed(audited: Audited) -> None:
    assert audited.state("/crashes") == ("not audited", "crashed", "")


def test_a_page_that_goes_on_in_the_middle_of_a_check_is_audited_where_it_rests(audited: Audited) -> None:
    facts = audited.row("/goes-on").facts
    assert audited.state("/goes-on") == ("audited", "", "")
    assert facts is not None
    assert facts.final_url == f"{audited.base}/fine?gone-on"


def test_a_page_that_reloads_itself_for_ever_does_not_rest(audited: Audited) -> None:
    state, reason, detail = audited.state("/reloads")
    assert (state, reason) == ("not audited", "check failed")
    assert "does not rest" in detail


def test_a_check_that_comes_to_no_end_says_so_and_leaves_the_others_their_findings(audited: Audited) -> None:
    assert audited.state("/faulty")[:2] == ("partly audited", "check failed")
    assert audited.state("/unthought-of") == ("partly audited", "check failed", "misbehaving: KeyError")
    assert audited.failed("/faulty") == ["image-alt"]


def test_the_pages_beside_them_are_audited(audited: Audited) -> None:
    for path in ("/fine?1", "/fine?2", "/fine?3"):
        assert audited.state(path) == ("audited", "", "")
        assert audited.failed(path) == ["image-alt"]


def _kill_own_browser() -> None:
    """Kill the browser that this process started, found among its own children."""
    for child in psutil.Process(os.getpid()).children(recursive=True):
        line = child.cmdline()
        if line and "chrom" in line[0] and not any(word.startswith("--type=") for word in line):
            os.kill(child.pid, signal.SIGKILL)


def test_a_browser_killed_on_the_way_is_replaced_and_the_result_is_the_same() -> None:
    killed: list[str] = []

    def kills_once(asked: Asked) -> str:
        if not killed:
            killed.append(asked.path)
            _kill_own_browser()
        return IMAGE

    given = [f"/page?{number}" for number in range(6)] + ["/kills"]
    with tiny_site({"/page": IMAGE, "/kills": kills_once}) as site:
        disturbed = audit(site.base, given)
        undisturbed = audit(site.base, given)
    assert killed
    assert [(row.key, row.state, row.rules) for row in disturbed.worklist.rows()] == [
        (row.key, row.state, row.rules) for row in undisturbed.worklist.rows()
    ]
    assert {row.state.value for row in disturbed.worklist.rows()} == {"audited"}
    assert list(disturbed.worklist.findings())
    assert [found for _, found in disturbed.worklist.findings()] == [
        found for _, found in undisturbed.worklist.findings()
    ]


def test_a_page_that_kills_the_browser_each_time_is_crashed_and_harms_no_other() -> None:
    def kills(asked: Asked) -> str:
        _kill_own_browser()
        return IMAGE

    given = ["/page?1", "/kills", "/page?2", "/page?3"]
    with tiny_site({"/page": IMAGE, "/kills": kills}) as site:
        audited = audit(site.base, given, settings_for(site.base, parallel=2))
    assert audited.state("/kills") == ("not audited", "crashed", "the browser was lost")
    for path in ("/page?1", "/page?2", "/page?3"):
        assert audited.state(path) == ("audited", "", "")
