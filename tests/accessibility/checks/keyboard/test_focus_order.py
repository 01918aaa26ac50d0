"""Focus order against reading order."""

import pytest

from accessibility.engine.checks.keyboard.keyboard_walk import KeyboardWalkCheck
from tests.accessibility.checks.fixtures import REVIEW, Case, Found, look

TWO = "<a id=a href=/1>One</a> <a id=b href=/2>Two</a>"


def box(style: str, at: str = "") -> str:
    """Two links in a container."""
    parts = f"<p><a href=/1>One</a></p><p {at}><a href=/2>Two</a></p>"
    return f"<div id=box style='display: flex; gap: 9px; {style}'>{parts}</div>"


REVERSED = "display: flex; flex-direction: row-reverse"
TURNED = (("focus-order", REVIEW, "#box"),)
CASES = {
    "as the document": Case(TWO),
    "a positive tabindex": Case(f"{TWO}<a id=c href=/3 tabindex=1>Three</a>", (("focus-order", REVIEW, "#c"),)),
    "a positive tabindex that changes nothing": Case(f"<a href=/3 tabindex=1>Three</a> {TWO}"),
    "a row": Case(box("")),
    "a row from right to left": Case(box("flex-direction: row-reverse"), TURNED),
    "a row in a language from right to left": Case(box("direction: rtl")),
    "a column from below": Case(box("flex-direction: column-reverse"), TURNED),
    "a part put first": Case(box("", "style='order: -1'"), TURNED),
    "a part put last": Case(box("", "style='order: 1'")),
    "two made alike, one question": Case(
        "<style>.back { display: flex; flex-direction: row-reverse }</style>"
        f"<div id=first class=back>{TWO}</div><div class=back>{TWO}</div><div id=other style='{REVERSED}'>{TWO}</div>",
        (("focus-order", REVIEW, "#first"), ("focus-order", REVIEW, "#other")),
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(KeyboardWalkCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_orders_that_may_confuse_are_asked_about(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
