"""Areas that scroll."""

import pytest

from accessibility.engine.checks.keyboard.scrolling import ScrollingCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

WORDS = "<p>Words about a lesson of the course, and some more of them.</p>" * 20
DEAF = "onkeydown=\"if (event.key !== 'Tab') event.preventDefault()\""


def area(inner: str, attributes: str = "") -> str:
    """A low box with many words."""
    return f'<div id=a style="height: 120px; overflow: auto" {attributes}>{inner}{WORDS}</div>'


CASES = {
    "a stop in it, and keys that do nothing": Case(
        area("<button>Start</button>", DEAF), (("scroll-by-keyboard", FAILED, "#a"),)
    ),
    "a control beside it may scroll it": Case(
        area("<button>Start</button>", DEAF) + "<button>Scroll down</button>", (("scroll-by-keyboard", REVIEW, "#a"),)
    ),
    "a stop in it": Case(area("<a href=/>Start</a>")),
    "a stop itself": Case(area("", "tabindex=0 role=region aria-label=Words")),
    "a stop at its end brings the rest into view": Case(
        f'<div id=a style="height: 120px; overflow: auto" {DEAF}>{WORDS}<button>End</button></div>'
    ),
    "none in it, which is seen without us": Case(area("", "tabindex=-1")),
    "nothing out of sight": Case('<div id=a style="height: 120px; overflow: auto"><a href=/>Start</a></div>'),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ScrollingCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_areas_scroll_by_keyboard(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
