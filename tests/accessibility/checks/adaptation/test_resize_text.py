"""Text at 200 % zoom."""

import pytest

from accessibility.engine.checks.adaptation.resize_text import ResizeTextCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

WORDS = "Everyone who trains here finds the plan of the week on the first page of the course, and all rooms with it."
CUT, OVERLAP, LARGER = "zoom-text-cut", "zoom-text-overlap", "zoom-text-larger"
BOX = "height: 1.3em; overflow: hidden"
CASES = {
    "text that wraps": Case(f"<p>{WORDS}</p>"),
    "a box of fixed height": Case(f'<div id=a style="{BOX}">{WORDS}</div>', ((CUT, FAILED, "#a"),)),
    "a box of fixed height only in a narrow window": Case(
        f"<style>@media (max-width: 700px) {{ #a {{ {BOX} }} }}</style><div id=a>{WORDS}</div>", ((CUT, FAILED, "#a"),)
    ),
    "a line that does not wrap": Case(
        f'<div id=a style="white-space: nowrap; overflow: hidden">{WORDS}</div>', ((CUT, FAILED, "#a"),)
    ),
    "an ellipsis": Case(f'<div style="white-space: nowrap; overflow: hidden; text-overflow: ellipsis">{WORDS}</div>'),
    "whole lines alone": Case(f'<div style="line-height: 1.3em; {BOX}">{WORDS}</div>'),
    "a box that scrolls": Case(f'<div tabindex=0 style="{BOX.replace("hidden", "auto")}">{WORDS}</div>'),
    "clamped lines": Case(
        '<div id=a style="display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden;'
        f' padding-bottom: 8px">{WORDS}</div>',
        ((CUT, REVIEW, "#a"),),
    ),
    "a control that could show the rest": Case(
        f'<section><div id=a style="{BOX}">{WORDS}</div><button aria-expanded=false>More</button></section>',
        ((CUT, REVIEW, "#a"),),
    ),
    "hidden in a narrow window": Case(
        f"<style>@media (max-width: 700px) {{ nav {{ display: none }} }}</style><nav>{WORDS}</nav><p>Text</p>"
    ),
    "for screen readers in a narrow window": Case(
        "<style>@media (max-width: 700px) { span { position: absolute; width: 1px; height: 1px; overflow: hidden"
        " } }</style>"
        f"<p>Next<span>: {WORDS}</span></p>"
    ),
    "hidden from assistive technology": Case(f'<div aria-hidden=true style="{BOX}">{WORDS}</div>'),
    "exceptions: an image of text, and captions of a video": Case(
        f'<div style="{BOX}"><svg role=img aria-label=Plan width=700 height=80><text y=40>{WORDS}</text></svg></div>'
        "<div style='position: relative; width: 60vw'><video style='width: 100%; height: 150px'></video><div"
        f" class=player-captions style='position: absolute; bottom: 20px; font-size: 3vw; {BOX}'>{WORDS}</div></div>"
    ),
    "text on other text": Case(
        f'<div style="height: 20px">{WORDS}</div><div id=b style="height: 20px">{WORDS.upper()}</div>',
        ((OVERLAP, FAILED, "#b"),),
    ),
    "letters as wide as the window": Case('<p id=a style="font-size: 3vw">The plan</p>', ((LARGER, FAILED, "#a"),)),
    "letters that stay readable": Case('<p style="font-size: max(2.5vw, 14px)">The plan</p>'),
    "headings smaller in a narrow window": Case(
        "<style>h2 { font-size: 3rem } @media (max-width: 700px) { h2 { font-size: 2rem } }</style><h2>The plan</h2>"
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ResizeTextCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_zoom_loses_no_text(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_tells_how_to_see_it(found: Found) -> None:
    finding = found.findings("a box of fixed height")[0]
    assert finding.steps[1] == "Set the browser's zoom to 200 %."
    assert finding.component in found.audited.worklist.crops
