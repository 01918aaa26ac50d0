"""A load of the page for one check alone: its conditions, its seal, and the tab afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from accessibility.engine import checks
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.crawl import examination, fresh, loading, within
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.page import RowState
from accessibility.engine.platform import DESKTOP, MOBILE
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Page, TinySite, document, tiny_site

STATE = "() => [innerWidth, innerHeight, matchMedia('(prefers-reduced-motion: reduce)').matches, document.title]"
FORM = "<form method=post action=/sent><input name=a aria-label=A><button id=send>Send</button></form>"
MORE = "<a id=go href=/fine target=_blank>New window</a><img id=late alt=Late>"
PAGES: dict[str, Page] = {
    "/form": document(FORM + MORE),
    "/fine": document("<p>Fine"),
    "/banner": document(
        "<div role=dialog aria-label=Cookies style='position:fixed;inset:0;background:#fff'>"
        "<button onclick='this.parentNode.remove()'>Reject</button></div>" + FORM
    ),
}


@dataclass
class Probe(OwnCheck):
    """Remembers what it sees, and presses every button that it knows."""

    name = "sample-probe"
    own_rules = ()
    conditions = Conditions(width=320, height=256, motion=True, sealed=True, once=True)
    seen: dict[str, list[Any]] = field(default_factory=dict)
    attempts: list[tuple[str, str, bool, bool]] = field(default_factory=list)

    async def applies(self, page: LivePage) -> bool:
        return bool(await page.evaluate("!!document.forms.length"))

    async def probe(self, page: LivePage) -> Any:
        states = [await page.page.evaluate(STATE)]
        assert page.again is not None
        await page.page.evaluate("document.title = 'Changed'")
        page = await page.again()
        states.append(await page.page.evaluate(STATE))
        await page.page.click("#send")
        if await page.evaluate("!!document.querySelector('#go')"):
            await page.page.click("#go")
            await page.page.evaluate("fetch('/late').catch(() => 0)")
        await page.page.wait_for_timeout(200)
        self.seen[page.page.url] = states
        self.attempts += [(one.kind, one.method, one.main, one.new_window) for one in page.watch.attempts]

    def judge(self, probed: Any, state: str) -> Judgement:
        return Judgement()


@dataclass
class Faulty(Probe):
    """Breaks on every page."""

    name = "sample-faulty"

    async def probe(self, page: LivePage) -> Any:
        await page.evaluate("nothing.there")


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[Audited, Probe, TinySite, list[Any]]]:
    probe, later = Probe(), Later()
    with pytest.MonkeyPatch.context() as patch, tiny_site(PAGES) as site:
        patch.setattr(checks, "PAGE_CHECKS", (later, probe))
        done = audit(site.base, list(PAGES), settings_for(site.base, parallel=1))
        yield done, probe, site, later.states


@dataclass
class Later(OwnCheck):
    """Remembers how each page stands for the checks that share it."""

    name = "sample-later"
    own_rules = ()
    states: list[Any] = field(default_factory=list)

    async def probe(self, page: LivePage) -> Any:
        self.states.append(await page.page.evaluate(STATE))

    def judge(self, probed: Any, state: str) -> Judgement:
        return Judgement()


Ran = tuple[Audited, Probe, TinySite, list[Any]]


def test_the_page_is_loaded_under_the_conditions_each_time_anew(run: Ran) -> None:
    done, probe, _, _ = run
    title = "Sample page of the course"
    assert probe.seen[f"{done.base}/form"] == [[320, 256, False, title]] * 2


def test_a_check_that_has_nothing_to_do_costs_no_load(run: Ran) -> None:
    done, probe, site, _ = run
    assert f"{done.base}/fine" not in probe.seen
    assert site.paths().count("/fine") == 1


def test_what_a_sealed_page_would_send_is_noted_and_stays(run: Ran) -> None:
    _, probe, site, _ = run
    assert ("Document", "POST", True, False) in probe.attempts
    assert any(kind in ("Fetch", "XHR") for kind, *_ in probe.attempts)
    assert site.unsafe() == []
    assert "/late" not in site.paths()
    assert "/sent" not in site.paths()


def test_what_hides_the_page_is_closed_in_every_load(run: Ran) -> None:
    done, probe, _, _ = run
    assert len(probe.seen[f"{done.base}/banner"]) == 2


def test_afterwards_the_tab_is_as_it_was(run: Ran) -> None:
    done, _, _, states = run
    assert {tuple(state[:3]) for state in states} == {(1280, 800, True)}
    assert {row.state for row in done.worklist.rows()} == {RowState.AUDITED}


def test_a_check_that_breaks_is_not_taken_for_one_that_found_nothing() -> None:
    with pytest.MonkeyPatch.context() as patch, tiny_site(PAGES) as site:
        patch.setattr(checks, "PAGE_CHECKS", (Later(), Faulty()))
        done = audit(site.base, ["/form", "/fine"])
    state, reason, detail = done.state("/form")
    assert (state, reason) == ("partly audited", "check failed")
    assert detail.startswith("sample-faulty: ")
    assert done.state("/fine")[0] == "audited"


@dataclass
class Deadly(OwnCheck):
    """Takes the page down."""

    name = "sample-deadly"
    own_rules = ()
    conditions = Conditions(sealed=True)

    async def probe(self, page: LivePage) -> Any:
        await page.session.send("Page.crash")

    def judge(self, probed: Any, state: str) -> Judgement:
        return Judgement()


def test_a_page_that_crashes_in_a_load_of_a_check_holds_nothing_up() -> None:
    with pytest.MonkeyPatch.context() as patch, tiny_site(PAGES) as site:
        patch.setattr(checks, "PAGE_CHECKS", (Deadly(),))
        done = audit(site.base, ["/fine"])
    assert done.state("/fine")[:2] == ("not audited", "crashed")


FRAME = """<script>onmessage = () => {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet'; sheet.href = '/late-sheet'; document.head.append(sheet);
  new Image().src = '/late-picture'; fetch('/late-data').catch(() => 0);
}</script>"""
TALKS = """<iframe title=Frame src="{other}/frame"></iframe><script>
  window.socket = new WebSocket('ws://' + location.host + '/socket');
  new EventSource('/early-events');
</script>"""
TALKING: dict[str, Page] = {"/talks": document(TALKS), "/frame": FRAME}


@dataclass
class Talker(Later):
    """Makes a sealed page send in ways that no gate holds."""

    name = "sample-talker"
    conditions = Conditions(sealed=True)

    async def probe(self, page: LivePage) -> Any:
        self.states.append(await page.page.evaluate("() => Object.hasOwn(socket, 'send')"))
        await page.page.evaluate("() => { frames[0].postMessage(1, '*'); new EventSource('/late-events'); }")
        await page.page.wait_for_timeout(300)


def test_a_sealed_page_sends_nothing_by_its_frames_and_sockets_either() -> None:
    talker = Talker()
    with pytest.MonkeyPatch.context() as patch, tiny_site(TALKING) as site:
        patch.setattr(checks, "PAGE_CHECKS", (talker,))
        done = audit(site.base, ["/talks"])
    assert done.state("/talks") == ("audited", "", "")
    assert talker.states == [True]
    assert [path for path in site.paths() if path.startswith("/late")] == []


@dataclass
class Hanging(OwnCheck):
    """Makes the page hang, and cannot tidy up after that."""

    name = "sample-hanging"
    own_rules = ()
    conditions = Conditions(sealed=True)
    seconds = 0.5

    async def applies(self, page: LivePage) -> bool:
        return bool(await page.evaluate("!!document.forms.length"))

    async def probe(self, page: LivePage) -> Any:
        try:
            await page.page.evaluate("() => { setTimeout(() => { for (;;); }, 0); }")
            await page.evaluate("new Promise(() => {})")
        finally:
            await page.evaluate("1")

    def judge(self, probed: Any, state: str) -> Judgement:
        return Judgement()


@dataclass
class Asking(Hanging):
    """Makes the page hang when it is asked whether it has anything to do."""

    name = "sample-asking"

    async def applies(self, page: LivePage) -> bool:
        if await super().applies(page):
            await self.probe(page)
        return False


@pytest.mark.parametrize("check", [Hanging(), Asking()], ids=lambda check: check.name)
def test_a_page_that_hangs_once_it_was_looked_at_keeps_what_was_found(check: OwnCheck) -> None:
    later = Later()
    with pytest.MonkeyPatch.context() as patch, tiny_site(PAGES) as site:
        patch.setattr(checks, "PAGE_CHECKS", (check, later))
        patch.setattr(loading, "ALIVE_TIMEOUT", 1.0)
        patch.setattr(within, "CLEANING_UP", 0.5)
        patch.setattr(fresh, "RESTORE_TIMEOUT", 0.5)
        patch.setattr(examination, "ASKED_TIMEOUT", 0.5)
        patch.setattr(examination, "AFRESH_TIMEOUT", 6.0)
        done = audit(site.base, ["/form", "/fine"], settings_for(site.base, parallel=1))
    state, reason, detail = done.state("/form")
    assert (state, reason) == ("partly audited", "check failed")
    assert detail.startswith(f"{check.name}: ")
    assert done.state("/fine") == ("audited", "", "")
    assert len(later.states) == 2


def test_what_is_looked_at_once_is_looked_at_in_the_first_window_that_was_asked_for() -> None:
    probe = Probe()
    with pytest.MonkeyPatch.context() as patch, tiny_site(PAGES) as site:
        patch.setattr(checks, "PAGE_CHECKS", (probe,))
        audit(site.base, ["/form"], settings_for(site.base, viewports=(DESKTOP, MOBILE)), viewports=("mobile",))
    assert len(probe.seen) == 1
