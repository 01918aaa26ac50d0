"""What becomes of an address: a page to audit, or the reason why there is none."""

from collections.abc import Iterator
from typing import Any

import pytest

from accessibility.engine.page import RowState
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, TinySite, document, redirect, tiny_site


def script(code: str, body: str = "") -> str:
    return document(f"{body}<script>{code}</script>")


def kind(media_type: str, body: str | bytes = "x") -> Answer:
    return Answer(body, headers={"Content-Type": media_type})


ODD_PAGES = {
    "/dialogs": script("alert(1); confirm(2); prompt(3); print(); onbeforeunload = () => 'stay'"),
    "/pop-ups": script("open('/fine?popup'); open('{other}/popup', '', 'noopener'); open('about:blank')"),
    "/closes-itself": script("setTimeout(() => close(), 30)"),
    "/local-file": script("location = 'file:///etc/passwd'"),
    "/data-address": script("location = 'data:text/html,<p>x'"),
    "/starts-download": script("location = '/download'"),
    "/never-calm": script("setInterval(() => document.querySelector('p').append('x'), 20)", "<p>Text</p>"),
    "/no-type": kind(""),
    "/xhtml": kind(
        "application/xhtml+xml",
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Sample page</title></head><body/></html>',
    ),
    "/#/route": document("A route"),
}
PAGES: dict[str, Any] = ODD_PAGES | {
    "/fine": document("Fine"),
    "/": document("Home"),
    "/no-type": kind("", document("Sniffed")),
    "/download": Answer("x", headers={"Content-Disposition": "attachment; filename=sample.html"}),
    "/to-fine": redirect("/fine"),
    "/to-another-site": redirect("{other}/secret?token=1"),
    "/script-to-another-site": script("location = '{other}/secret'"),
    "/script-to-fine": script("location = '/fine?from-script'"),
    "/meta-to-fine": document("Going on", head='<meta http-equiv="refresh" content="0;url=/fine?from-meta">'),
    "/blob": script("location = URL.createObjectURL(new Blob(['<p>x'], {type: 'text/html'}))"),
    "/loop": redirect("/loop-back"),
    "/loop-back": redirect("/loop"),
    "/script-to-dead-end": script("location = '/empty-503'"),
    "/script-loop": script("location.replace('/script-loop?' + Math.random())"),
    "/silent": Answer(wait=-1),
    "/silent-image": document('<img src="/silent" alt="Never there">'),
    "/hung": script("while (true);"),
    "/breaks-off": Answer(document("<p>" + "x" * 5000), headers={"Content-Length": "9000"}),
    "/large": document("<p>" + "x" * 600_000),
    "/plain": kind("text/plain"),
    "/feed": kind("application/rss+xml", "<rss><channel><title>x</title></channel></rss>"),
    "/drawing": kind("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/json": kind("application/json", "{}"),
    "/pdf": kind("application/pdf", b"%PDF-1.4"),
    "/nothing": Answer(status=204),
    "/basic": Answer("no", 401, {"WWW-Authenticate": "Basic realm=sample"}),
    **{f"/status-{status}": status for status in (401, 403, 404, 410, 429, 500, 503)},
    **{f"/empty-{status}": Answer(status=status) for status in (401, 403, 404, 410, 500, 503)},
}
NOT_GIVEN = ("/", "/silent", "/loop-back", "/fine?from-script", "/fine?from-meta")


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site(PAGES) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    given = [path for path in PAGES if path not in NOT_GIVEN] + ["/fine?last"]
    return audit(site.base, given, settings_for(site.base, page_timeout=5, max_page_bytes=500_000))


@pytest.fixture(scope="module")
def elsewhere(site: TinySite) -> dict[str, tuple[str, str]]:
    """Reason and detail of addresses on other hosts."""
    hosts = ("10.0.0.1", "10.0.0.2", "nowhere.invalid")
    addresses = ("http://10.0.0.1/", "https://10.0.0.2/", "http://nowhere.invalid/")
    result = audit("", addresses, settings_for(site.base, hosts=hosts))
    return {row.key.url: (str(row.reason), row.detail) for row in result.worklist.rows()}


@pytest.mark.parametrize("path", ODD_PAGES)
def test_a_page_that_misbehaves_is_audited_all_the_same(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("audited", "", "")


def test_the_page_after_all_of_them_is_audited(audited: Audited) -> None:
    assert audited.state("/fine?last") == ("audited", "", "")


@pytest.mark.parametrize("how", ["status", "empty"])
def test_an_error_is_told_by_its_status_with_or_without_a_page(audited: Audited, how: str) -> None:
    assert audited.state(f"/{how}-404") == ("excluded", "not found", "404")
    assert audited.state(f"/{how}-410") == ("excluded", "gone", "410")
    assert audited.state(f"/{how}-401") == ("not audited", "client error", "401")
    assert audited.state(f"/{how}-403") == ("not audited", "client error", "403")
    assert audited.state(f"/{how}-500") == ("not audited", "server error", "500")
    assert audited.state(f"/{how}-503") == ("not audited", "server error", "503")


def test_too_many_requests_and_a_password_prompt_are_refusals(audited: Audited) -> None:
    assert audited.state("/status-429") == ("not audited", "client error", "429")
    assert audited.state("/basic") == ("not audited", "client error", "401")


def test_a_server_error_is_tried_twice(site: TinySite, audited: Audited) -> None:
    assert site.paths().count("/status-503") == 2
    assert site.paths().count("/status-404") == 1


def test_a_redirect_to_another_site_never_asks_it(site: TinySite, audited: Audited) -> None:
    for path in ("/to-another-site", "/script-to-another-site"):
        state, reason, detail = audited.state(path)
        assert (state, reason) == ("excluded", "redirected out of scope")
        assert detail.startswith(f"{site.other}/secret")
    assert "localhost" not in {one.host for one in site.asked}


def test_an_exact_run_audits_a_redirected_page_where_it_leads(audited: Audited) -> None:
    for path, final in {
        "/to-fine": "/fine",
        "/script-to-fine": "/fine?from-script",
        "/meta-to-fine": "/fine?from-meta",
    }.items():
        row = audited.row(path)
        assert row.state is RowState.AUDITED
        assert row.facts is not None
        assert row.facts.final_url == audited.base + final


def test_a_page_made_by_a_script_has_no_address_and_is_none_of_the_platform(audited: Audited) -> None:
    assert audited.state("/blob")[:2] == ("excluded", "redirected out of scope")


def test_a_page_that_goes_on_to_a_dead_end_is_not_audited(audited: Audited) -> None:
    assert audited.state("/script-to-dead-end")[:2] == ("not audited", "network error")


def test_redirects_in_a_circle_are_told_by_server_or_by_script(audited: Audited) -> None:
    assert audited.state("/loop") == ("not audited", "redirect loop", "")
    assert audited.state("/script-loop") == ("not audited", "redirect loop", "by script")


def test_a_page_that_does_not_load_in_time_and_one_that_hangs_are_told_apart(audited: Audited) -> None:
    assert audited.state("/silent-image") == ("not audited", "timeout", "5 s")
    assert audited.state("/hung") == ("not audited", "hung", "")


def test_a_page_that_breaks_off_is_not_audited(audited: Audited) -> None:
    assert audited.state("/breaks-off") == ("not audited", "network error", "the page broke off")


def test_a_page_that_is_too_large_is_cut_off(audited: Audited) -> None:
    assert audited.state("/large") == ("not audited", "too large", "cut off")


@pytest.mark.parametrize("path", ["/plain", "/feed", "/drawing", "/json", "/pdf", "/download"])
def test_what_is_no_web_page_is_a_document(audited: Audited, path: str) -> None:
    assert audited.state(path)[:2] == ("excluded", "document")


def test_an_answer_without_content_is_no_page(audited: Audited) -> None:
    assert audited.state("/nothing")[:2] == ("not audited", "network error")


def test_a_private_address_is_refused_and_an_unknown_name_is_a_network_error(
    elsewhere: dict[str, tuple[str, str]],
) -> None:
    assert elsewhere["http://10.0.0.1/"] == ("address refused", "10.0.0.1")
    assert elsewhere["https://10.0.0.2/"] == ("address refused", "10.0.0.2")
    assert elsewhere["http://nowhere.invalid/"][0] == "network error"


def test_pop_ups_load_nothing(site: TinySite, audited: Audited) -> None:
    assert "/popup" not in site.paths()
    assert "popup" not in {one.query for one in site.asked}
