"""What a page may send during a crawl: nothing but GET and HEAD, whatever it tries."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, TinySite, document, redirect, tiny_site

POST = "fetch('/save', {method: 'POST', body: 'words'}).catch(() => 0)"
FORM = '<form method="post" action="/save"{}><button>Send</button></form>'


def script(code: str, body: str = "") -> str:
    return document(f"{body}<script>{code}</script>")


TO_ITSELF = {
    "/fetch": script(POST),
    "/put": script("fetch('/save', {method: 'PUT'}).catch(() => 0)"),
    "/delete": script("const x = new XMLHttpRequest(); x.open('DELETE', '/save'); x.send()"),
    "/stream": script("fetch('/save', {method: 'POST', body: 'w'.repeat(3e6)}).catch(() => 0)"),
    "/beacon": script("navigator.sendBeacon('/save', 'words')"),
    "/ping": script("document.querySelector('a').click()", '<a href="#here" ping="/save">Go on reading</a>'),
    "/form": script("document.forms[0].submit()", FORM.format("")),
    "/form-in-pop-up": script("document.forms[0].submit()", FORM.format(' target="_blank"')),
    "/form-in-frame": script(
        "document.forms[0].submit()", '<iframe name="f" title="a"></iframe>' + FORM.format(' target="f"')
    ),
    "/worker": script("new Worker('/worker.js')"),
    "/shared-worker": script("new SharedWorker('/worker.js')"),
    "/frame": document('<iframe title="a" src="{base}/fetch"></iframe>'),
    "/nested-frame": document('<iframe title="a" src="{other}/holds-frame"></iframe>'),
    "/pop-up": script("const w = window.open('about:blank'); w.fetch('{base}/save', {method: 'POST'}).catch(() => 0)"),
    "/policy": Answer(
        script("1"), headers={"Content-Security-Policy": "script-src 'none'; report-uri /save"}
    ),
    "/heart-beat": script(f"setInterval(() => {POST}, 15)"),
}  # fmt: skip
PAGES: dict[str, Any] = TO_ITSELF | {
    "/worker.js": Answer(POST, headers={"Content-Type": "text/javascript"}),
    "/holds-frame": document('<iframe title="b" src="{base}/fetch?nested"></iframe>'),
    "/after-heart-beat": Answer(document("Nothing is sent here."), wait=0.3),
    "/last-words": script(
        "addEventListener('pagehide', () => fetch('/save', {method: 'POST', keepalive: true}));"
        "addEventListener('unload', () => navigator.sendBeacon('/save'));"
        "document.addEventListener('visibilitychange', () => navigator.sendBeacon('/save'));"
        "fetchLater?.('/save', {method: 'POST'})"
    ),
    "/after-last-words": document("Nothing is sent here."),
    "/elsewhere": script("fetch('{other}/save', {method: 'POST', mode: 'no-cors'}).catch(() => 0)"),
    "/frame-of-another-site": document('<iframe title="a" src="{other}/fetch"></iframe>'),
    "/asks-before": script("fetch('{other}/get', {headers: {'X-Sample': '1'}}).catch(() => 0)"),
    "/socket": script("new WebSocket('{base}/socket'.replace('http', 'ws'))"),
    "/frame-logs-out": document('<iframe title="a" src="/logout?sesskey=abc"></iframe>'),
    "/logs-out": redirect("/logout"),
    "/script-logs-out": script("location = '/login/logout.php?sesskey=abc'"),
    "/leads-to-deletion": redirect("/posts?action=delete&id=7"),
    "/reads": script(
        "fetch('/lib/ajax/service.php', {method: 'POST', body: JSON.stringify([{methodname: 'core_get_string'}])})"
        ".then(() => fetch('/lib/ajax/service.php', {method: 'POST', body: '[{\"methodname\": \"core_set\"}]'}))"
        ".catch(() => 0)"
    ),
    "/lib/ajax/service.php": Answer("[]", headers={"Content-Type": "application/json"}),
    "/tour": script(
        f"document.querySelector('button').onclick = () => {{ {POST}; document.querySelector('dialog').close() }};"
        "document.querySelector('dialog').showModal()",
        '<dialog aria-label="Tour">Welcome. <button>Got it</button></dialog>',
    ),
}
GIVEN = [path for path in PAGES if path not in ("/worker.js", "/holds-frame", "/lib/ajax/service.php")]


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site(PAGES) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    """One tab for all, so that what a page leaves behind would meet the next one."""
    return audit(site.base, GIVEN, settings_for(site.base, preset="moodle", parallel=1))


@pytest.mark.parametrize("path", TO_ITSELF)
def test_a_page_that_sends_to_its_own_site_is_partly_audited_and_the_request_named(audited: Audited, path: str) -> None:
    state, reason, detail = audited.state(path)
    assert (state, reason) == ("partly audited", "request blocked")
    assert detail.split()[0] in ("POST", "PUT", "DELETE")
    assert detail.endswith("/save")


def test_nothing_of_it_arrives(site: TinySite, audited: Audited) -> None:
    assert set(site.unsafe()) == {"POST /lib/ajax/service.php"}
    assert not {"/logout", "/login/logout.php", "/posts"} & set(site.paths())


@pytest.mark.parametrize("path", ["/elsewhere", "/frame-of-another-site", "/asks-before"])
def test_what_goes_to_another_site_is_stopped_and_only_counted(audited: Audited, path: str) -> None:
    assert audited.state(path)[0] == "audited"
    assert audited.worklist.blocked_elsewhere[audited.base + path] == 1


@pytest.mark.parametrize("path", ["/last-words", "/after-last-words", "/after-heart-beat"])
def test_what_a_page_would_send_when_it_is_left_counts_against_no_page(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("audited", "", "")


def test_a_request_known_as_harmless_passes_and_another_to_the_same_address_does_not(
    site: TinySite, audited: Audited
) -> None:
    assert audited.state("/reads") == ("partly audited", "request blocked", "POST /lib/ajax/service.php")
    assert [one.body for one in site.asked if one.method == "POST"] == [b'[{"methodname":"core_get_string"}]']


def test_what_our_closing_of_a_dialog_sends_is_only_counted(audited: Audited) -> None:
    assert audited.state("/tour") == ("audited", "", "")
    assert audited.row("/tour").states == ("overlay open", "page")
    assert audited.worklist.blocked_elsewhere[audited.base + "/tour"] == 1


def test_plain_sockets_are_not_opened(site: TinySite, audited: Audited) -> None:
    assert audited.state("/socket")[0] == "audited"
    assert site.paths().count("/socket") == 1


def test_no_way_leads_to_the_logout_or_to_what_changes_something(audited: Audited) -> None:
    assert audited.state("/frame-logs-out") == ("partly audited", "request blocked", "GET /logout")
    for path, target in {
        "/logs-out": "/logout",
        "/script-logs-out": "/login/logout.php?sesskey=abc",
        "/leads-to-deletion": "/posts?action=delete&id=7",
    }.items():
        assert audited.state(path) == ("excluded", "redirected out of scope", target)
