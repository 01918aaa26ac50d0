"""Pages that are enormous or set on misleading us: bounded, and neither failed nor passed falsely."""

from collections.abc import Iterator

import pytest

from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, TinySite, document, tiny_site

IMAGE = '<img src="data:,">'
MEGABYTE = 1_000_000
OVERWRITTEN = """
  Array.prototype.map = Array.prototype.push = Array.prototype[Symbol.iterator] = () => { throw 1 };
  JSON.stringify = JSON.parse = () => '{}';
  window.Promise = class {}; window.setTimeout = () => 0; window.MutationObserver = null; window.performance = {};
  Object.defineProperty = () => { throw 2 }; Object.entries = () => [];
  Element.prototype.getAttribute = () => 'Sample'; Element.prototype.checkVisibility = () => false;
  Document.prototype.querySelector = Document.prototype.querySelectorAll = () => [];
"""
FAKED = "Object.defineProperty(window, 'axe', {value: {run: async () => ({violations: []})}, writable: false})"
HALVES = (
    "document.title = '\\ud83d half';"
    "document.querySelector('main').insertAdjacentHTML('beforeend', '<img id=\"\\udfff\" src=\"data:,\">')"
)
STRICT = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'"
ONE_BARRIER = {
    "/overwritten": document(f"{IMAGE}<script>{OVERWRITTEN}</script>"),
    "/faked": document(f"<script>{FAKED}</script>{IMAGE}"),
    "/strict": Answer(document(IMAGE), headers={"Content-Security-Policy": STRICT}),
    "/sandboxed": Answer(document(IMAGE), headers={"Content-Security-Policy": "default-src 'none'; sandbox"}),
    "/halves": document(f"<script>{HALVES}</script>"),
}
LARGE = {
    "/long-title": document("<p>Text</p>", title="Sample " + "x" * MEGABYTE),
    "/many-barriers": document("".join(f'<img src="data:,{number}">' for number in range(2000))),
    "/long-attributes": document(
        f'<img src="data:," id="{"i" * MEGABYTE}"><input name="{"n" * MEGABYTE}" type="{"t" * MEGABYTE}">'
        f'<a href="/{"l" * MEGABYTE}">A link</a>'
    ),
    "/long-address": document(f"<script>history.replaceState(0, '', '?' + 'u'.repeat({MEGABYTE}))</script>"),
}
MANY_ELEMENTS = document("<p>Text</p>" * 200_000)


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site(ONE_BARRIER | LARGE | {"/many-elements": MANY_ELEMENTS}) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    return audit(site.base, [*ONE_BARRIER, *LARGE], settings_for(site.base, page_timeout=30, parallel=2))


@pytest.mark.parametrize("path", ONE_BARRIER)
def test_a_page_cannot_hide_its_barrier(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("audited", "", "")
    assert audited.failed(path) == ["image-alt"]


@pytest.mark.parametrize("path", LARGE)
def test_what_is_kept_of_a_large_page_is_small(audited: Audited, path: str) -> None:
    assert audited.row(path).state.value == "audited"
    findings = audited.findings(path)
    assert all(len(repr(finding)) < 6000 for finding in findings)
    assert len(findings) <= 1001
    assert len(repr(audited.row(path).facts)) < 20_000


def test_halves_of_characters_become_what_any_file_can_hold(audited: Audited) -> None:
    facts = audited.row("/halves").facts
    assert facts is not None
    assert facts.title == "\ufffd half"
    for finding in audited.findings("/halves"):
        repr(finding).encode()
        finding.html.encode()


def test_a_page_of_two_hundred_thousand_elements_is_bounded(site: TinySite) -> None:
    audited = audit(site.base, ["/many-elements"], settings_for(site.base, page_timeout=60), checks=("page-title",))
    assert audited.state("/many-elements") == ("audited", "", "")
    assert audited.failed("/many-elements") == []
