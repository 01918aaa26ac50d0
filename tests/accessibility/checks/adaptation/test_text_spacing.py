"""Wider text spacing."""

import pytest

from accessibility.engine.checks.adaptation.text_spacing import TextSpacingCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

WORDS = "Everyone who trains here finds the plan of the week on the first page of the course."
CUT, OVERLAP = "spacing-text-cut", "spacing-text-overlap"
LINES = "font: 16px/1.2 serif; width: 200px; height: 40px; overflow: hidden"
CASES = {
    "text that grows": Case(f"<p id=a>{WORDS}</p>"),
    "a box of fixed height cuts it": Case(
        f'<div id=a style="{LINES}">Everyone finds the plan of the week here on the page.</div>', ((CUT, FAILED, "#a"),)
    ),
    "a box of fixed height in a shadow root": Case(
        f'<div id=host><template shadowrootmode=open><div id=a style="{LINES}">Everyone finds the plan of the'
        f" week here on"
        " the page.</div></template></div>",
        ((CUT, FAILED, "#host >>> #a"),),
    ),
    "important styles of the page do not resist": Case(
        f"<style>#a {{ letter-spacing: 0 !important; line-height: 1.2 !important }}</style><div id=a"
        f' style="{LINES}">Everyone'
        " finds the plan of the week here on the page.</div>",
        ((CUT, FAILED, "#a"),),
    ),
    "a box that scrolls": Case(f'<div id=a tabindex=0 style="{LINES.replace("hidden", "auto")}">{WORDS}</div>'),
    "an ellipsis": Case(
        '<div id=a style="font: 16px serif; width: 130px; white-space: nowrap; overflow: hidden; text-overflow:'
        ' ellipsis">'
        "The plan of this week</div>"
    ),
    "a control that could show the rest": Case(
        f'<section><div id=a style="{LINES}">Everyone finds the plan of the week here on the'
        f" page.</div><button>More</button>"
        "</section>",
        ((CUT, REVIEW, "#a"),),
    ),
    "a link to the whole text": Case(
        f'<section><div id=a style="{LINES}">Everyone finds the plan of the week here on the page.</div><a'
        f" href=/1>All</a>"
        "</section>",
        ((CUT, REVIEW, "#a"),),
    ),
    "text that only screen readers get": Case(
        '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">Everyone finds the plan'
        " here.</span>"
    ),
    "the whole text in a title": Case(
        f'<div id=a title="Everyone finds the plan of the week here on the page." style="{LINES}">Everyone finds'
        f" the plan of"
        " the week here on the page.</div>"
    ),
    "text spills onto the next": Case(
        '<div style="font: 16px/1.2 serif; width: 200px; height: 40px">Everyone finds the plan of the week here'
        " on the page.</div>"
        '<div id=b style="font: 16px/1.2 serif; margin-top: 6px">The second text stands below it.</div>',
        ((OVERLAP, FAILED, "#b"),),
    ),
    "texts that stand on each other without spacing too": Case(
        '<div style="height: 0">One text here</div><div>Another text here</div>'
    ),
    "a menu that lies over the text": Case(
        '<div style="position: fixed; top: 0; left: 0; height: 20px">A bar that stays</div><p>Another text here</p>'
    ),
    "exception: languages that do not know such spaces": Case(
        '<div lang=zh style="font: 16px/1.2 serif; width: 100px; height: 20px; overflow: hidden">课程计划表</div>'
        '<div lang=ar dir=rtl style="font: 16px/1.2 serif; width: 70px; height: 20px; overflow: hidden">خطة'
        " الدورة التدريبية</div>"
    ),
    "exception: text in a picture": Case(
        '<svg width=100 height=20 role=img aria-label="Plan"><text x=0 y=15>The plan of this long week</text></svg>'
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(TextSpacingCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_spacing_loses_no_text(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_tells_how_to_see_it_and_shows_both_states(found: Found) -> None:
    finding = found.findings("a box of fixed height cuts it")[0]
    assert "line-height 1.5" in finding.steps[1]
    assert finding.steps[-1].startswith("Look for “")
