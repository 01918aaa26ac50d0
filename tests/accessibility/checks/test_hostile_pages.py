"""Pages that turn against the checks that try things on them: each ends in time, and the page after it is as ever."""

import math
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from accessibility.engine import checks
from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.motion.animated_images import playing_seconds
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.requests import LONGEST_NOTED, MOST_NOTED
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.documents import samples
from tests.accessibility.site import Answer, Page, TinySite, document, tiny_site

CONTROLS = "<p id=trap>Open the sample</p><button>One sample</button><input aria-label=Name>"
OPENS = "trap.onclick = () => document.body.append('The sample text was opened');"
OVERWRITTEN = """
  const no = () => { throw 1 };
  document.elementFromPoint = () => null; window.getComputedStyle = () => ({}); window.MutationObserver = no;
  Element.prototype.getBoundingClientRect = () => ({}); HTMLElement.prototype.focus = no; JSON.stringify = () => '{}';
  Object.defineProperty(document, 'activeElement', { get: () => null }); EventTarget.prototype.addEventListener = no;
  Array.prototype.map = Array.prototype.filter = Function.prototype.call = Map = Set = no;
"""
ON_ALL = "for (const kind of ['focusin', 'keydown', 'click']) addEventListener(kind, () => {%s}, true);"
STORM = "open('/opened'); open('/opened', '', 'noopener'); alert('x'); print();"
CLOCK = """Object.defineProperty(window, 'campusClock', { set() {}, get: () => () => ({
  seconds: 2, url: '/', large: 'x'.repeat(5e7) }) }); setTimeout(() => { location = '/'; }, 9e6);"""
AGENT = "Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => 'Sample liar' });"


def page(script: str) -> str:
    return document(f"{CONTROLS}<script>{OPENS}{script}</script>")


PAGES: dict[str, Page] = {
    "/overwritten": page(OVERWRITTEN),
    "/storm": page(ON_ALL % STORM),
    "/leaves": page(ON_ALL % "location.href = '/left';"),
    "/clock": page(CLOCK),
    "/agent": page(AGENT),
    "/file.pdf": Answer(samples.pdf(), headers={"Content-Type": "application/pdf"}),
    "/good": page(""),
}
RUN = ("mouse-only", "on-focus", "timed-move", "documents")


@pytest.fixture(scope="module")
def ran() -> Iterator[tuple[Audited, TinySite]]:
    with tiny_site(PAGES) as site:
        settings = settings_for(site.base, parallel=1)
        yield audit(site.base, list(PAGES), settings, profile=Profile.DEEP, checks=RUN), site


Ran = tuple[Audited, TinySite]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_comes_to_an_end(ran: Ran, path: str) -> None:
    assert ran[0].row(path).state.value in ("audited", "partly audited")


@pytest.mark.parametrize("path", ["/overwritten", "/clock", "/good"])
def test_what_is_found_does_not_hang_on_what_a_page_has_overwritten(ran: Ran, path: str) -> None:
    assert ran[0].state(path) == ("audited", "", "")
    assert ran[0].failed(path) == ["click-without-keyboard"]


def test_a_page_that_leaves_at_every_focus_is_told_of_and_goes_nowhere(ran: Ran) -> None:
    assert "context-change-on-focus" in ran[0].failed("/leaves")
    assert "/left" not in ran[1].paths()


def test_windows_by_the_dozen_load_nothing(ran: Ran) -> None:
    assert "/opened" not in ran[1].paths()
    assert ran[1].unsafe() == []


def test_a_document_is_fetched_in_the_browsers_name_whatever_the_page_before_says(ran: Ran) -> None:
    agents = {one.headers["User-Agent"] for one in ran[1].asked}
    assert len(agents) == 1
    assert "Chrom" in agents.pop()


@dataclass
class Noted(OwnCheck):
    """Remembers how many attempts a page that sends without end is known by, and their length."""

    name = "sample-noted"
    own_rules = ()
    conditions = Conditions(sealed=True)
    seen: list[tuple[int, int]] = field(default_factory=list)

    async def probe(self, page: LivePage) -> Any:
        flood = "for (let i = 0; i < 300; i++) fetch('/?' + 'x'.repeat(5000) + i).catch(() => 0);"
        await page.page.evaluate(f"() => {{ {flood} }}")
        await page.page.wait_for_timeout(1500)
        self.seen.append((len(page.watch.attempts), max(len(one.url) for one in page.watch.attempts)))

    def judge(self, probed: Any, state: str) -> Judgement:
        return Judgement()


def test_what_a_sealed_page_tries_without_end_is_remembered_within_bounds() -> None:
    noted = Noted()
    with pytest.MonkeyPatch.context() as patch, tiny_site({"/good": PAGES["/good"]}) as site:
        patch.setattr(checks, "PAGE_CHECKS", (noted,))
        audit(site.base, ["/good"])
    assert noted.seen == [(MOST_NOTED, LONGEST_NOTED)]


def gif(frames: int, loop: int) -> bytes:
    """A picture of one pixel and many frames of 50 ms."""
    head = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\0\0\0\0\0\xff\xff\xff"
    again = b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", loop) + b"\0"
    frame = b"\x21\xf9\x04\0\x05\0\0\0" + b"\x2c\0\0\0\0\1\0\1\0\0\x02\x02D\x01\0"
    return head + again + frame * frames + b";"


def test_a_picture_of_very_many_frames_is_known_at_once() -> None:
    started = time.monotonic()
    assert playing_seconds(gif(200_000, loop=0)) == math.inf
    assert playing_seconds(gif(200_000, loop=1)) > 5
    assert time.monotonic() - started < 2


def test_frames_are_looked_at_for_as_long_as_there_is_time() -> None:
    assert playing_seconds(gif(3, loop=1), until=time.monotonic() - 1) == 0
