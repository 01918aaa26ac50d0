"""Dialogs, tours and banners that hide the page: looked at, closed, and the page behind looked at too."""

from collections.abc import Iterator

import pytest

from accessibility.engine.page import STATE_OVERLAY, STATE_PAGE
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import TinySite, document, tiny_site

IMAGE, FIELD = '<img src="data:,">', "<form><input></form>"
COVER = "position:fixed;inset:0;background:#fff"
SHOW = "<script>document.querySelector('dialog').showModal()</script>"
CLOSE = "this.closest('dialog, [role], [class]').remove()"
BEHIND = f'{FIELD}<p style="height:2000px">A long page</p>'


def over(box: str, then: str = "") -> str:
    return document(f"{BEHIND}</main>{box}{then}<main hidden>")


CLOSED = {
    "/dialog": over(f'<dialog aria-label="Welcome">{IMAGE}<button onclick="{CLOSE}">Close</button></dialog>', SHOW),
    "/dialog-by-escape": over(f'<dialog aria-label="Welcome">{IMAGE}</dialog>', SHOW),
    "/labelled-by-sign": over(
        f'<div role="dialog" aria-modal="true" aria-label="Tour" style="{COVER}">{IMAGE}'
        f'<button onclick="{CLOSE}">×</button></div>'
    ),
    "/consent": over(
        f'<div class="cookie-banner" style="{COVER}">{IMAGE}<button onclick="fetch(\'/accepted\')">Accept all</button>'
        f'<button onclick="{CLOSE}">Only necessary ones</button></div>'
    ),
    "/consent-to-accept-only": over(
        f'<div id="consent" class="x" style="{COVER}">{IMAGE}<button onclick="{CLOSE}">I agree</button></div>'
    ),
    "/two-after-another": over(
        f'<dialog aria-label="One">{IMAGE}'
        f"<button onclick=\"{CLOSE};document.querySelector('dialog').showModal()\">OK</button>"
        f'</dialog><dialog aria-label="Two">Two<button onclick="{CLOSE}">Got it</button></dialog>',
        SHOW,
    ),
}
KEPT_OPEN = {
    "/without-button": over(
        f'<div role="dialog" aria-modal="true" aria-label="Wall" style="{COVER}">{IMAGE}<p>Wait.</p></div>'
    ),
    "/comes-back": over(
        f'<dialog aria-label="Again">{IMAGE}<button>Close</button></dialog>',
        "<script>const d = document.querySelector('dialog'); d.showModal(); d.onclose = () => d.showModal()</script>",
    ),
}
LEADS_AWAY = over(
    f"<dialog aria-label='Gate'>{IMAGE}<button onclick=\"location = '/elsewhere'\">Continue</button></dialog>", SHOW
)
SEEN_THROUGH = {
    "/small-notice": over(
        f'<div class="cookie-notice" style="position:fixed;bottom:0">{IMAGE}<button>OK</button></div>'
    ),
    "/closed-menu": over(f'<div role="dialog" aria-label="Menu" style="display:none">{IMAGE}</div>'),
}


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    pages = CLOSED | KEPT_OPEN | SEEN_THROUGH | {"/leads-away": LEADS_AWAY, "/elsewhere": document("Elsewhere")}
    with tiny_site(pages) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    given = [*CLOSED, *KEPT_OPEN, *SEEN_THROUGH, "/leads-away"]
    return audit(site.base, given, settings_for(site.base), checks=("axe",))


def found(audited: Audited, path: str) -> set[tuple[str, str]]:
    rules = {"image-alt", "label"}
    return {(finding.state, finding.rule) for finding in audited.findings(path) if finding.rule in rules}


@pytest.mark.parametrize("path", CLOSED)
def test_what_hides_the_page_is_a_state_of_its_own_and_then_closed(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("audited", "", "")
    assert audited.row(path).states == (STATE_OVERLAY, STATE_PAGE)
    assert (STATE_OVERLAY, "image-alt") in found(audited, path)
    assert (STATE_PAGE, "label") in found(audited, path)
    assert (STATE_PAGE, "image-alt") not in found(audited, path)


@pytest.mark.parametrize("path", KEPT_OPEN)
def test_what_cannot_be_closed_makes_the_page_partly_audited(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("partly audited", "overlay not closed", "")
    assert audited.row(path).states == (STATE_OVERLAY,)


def test_a_button_that_leads_to_another_page_does_not_count_as_closing(audited: Audited) -> None:
    assert audited.state("/leads-away") == ("partly audited", "overlay not closed", "closing it led to another page")
    assert audited.row("/leads-away").states == (STATE_OVERLAY,)


@pytest.mark.parametrize("path", SEEN_THROUGH)
def test_what_leaves_the_page_usable_is_a_part_of_it(audited: Audited, path: str) -> None:
    assert audited.row(path).states == (STATE_PAGE,)
    assert (STATE_PAGE, "label") in found(audited, path)


def test_of_several_ways_the_least_consequential_is_taken(site: TinySite, audited: Audited) -> None:
    assert audited.row("/consent").states == (STATE_OVERLAY, STATE_PAGE)
    assert "/accepted" not in site.paths()
