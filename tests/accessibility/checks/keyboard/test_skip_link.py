"""Skip links that really move focus."""

import io

import pytest
from PIL import Image

from accessibility.engine.checks.keyboard.keyboard_walk import KeyboardWalkCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

LINKS = "<p><a href=/1>One</a> <a href=/2>Two</a></p>"
ASKED = (("skip-link", REVIEW, "#skip"),)


def bare(link: str, content: str = "<div id=content><a href=/3>Three</a></div>") -> str:
    """A page without headings and landmarks."""
    return f"<!doctype html><html lang=en><title>Sample</title><body>{link}{LINKS}{content}</body></html>"


CASES = {
    "it leads to its target": Case(bare("<a id=skip href='#content'>Skip to content</a>")),
    "nothing behind its target takes focus": Case(
        bare("<a id=skip href='#content'>Skip to content</a>", "<p id=content>Text</p>")
    ),
    "a script moves focus": Case(
        bare("<a id=skip href='#' onclick='content.tabIndex = -1; content.focus(); return false'>Skip to content</a>")
    ),
    "its target is not there, and nothing else helps": Case(
        bare("<a id=skip href='#nowhere'>Skip to content</a>"), (("skip-link", FAILED, "#skip"),)
    ),
    "its target is not there, but headings are": Case(f"<a id=skip href='#nowhere'>Skip to content</a>{LINKS}", ASKED),
    "a script keeps focus where it is": Case(
        "<a id=skip href='#content' onclick='event.preventDefault()'>Zum Inhalt springen</a>"
        f"{LINKS}<div id=content><a href=/3>Three</a></div>",
        ASKED,
    ),
    "a link in a drawing": Case(
        f"<svg width=90 height=20><a href='#nowhere'><text y=15>Skip to content</text></a></svg>{LINKS}"
    ),
    "another link within the page": Case(f"<a href='#nowhere'>Chapter 2</a>{LINKS}"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(KeyboardWalkCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_skip_links_are_worked(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_shows_where_focus_is_before_and_after(found: Found) -> None:
    (finding,) = found.findings("its target is not there, and nothing else helps")
    picture = Image.open(io.BytesIO(found.audited.worklist.crops[finding.component]))
    assert picture.width > 1000
