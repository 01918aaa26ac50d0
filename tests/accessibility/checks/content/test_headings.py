"""Headings without content, left-over ones, and those of another topic."""

import pytest

from accessibility.engine.checks.content.headings import HeadingsCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Expected, Found, look

EMPTY: tuple[Expected, ...] = (("heading-has-content", FAILED, "#h"),)
LEFT: tuple[Expected, ...] = (("heading-describes", FAILED, "#h"),)
ASKED: tuple[Expected, ...] = (("heading-describes", REVIEW, "#h"),)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
PICTURE = f"<img src='{PIXEL}' width=20 height=20"
CASES = {
    "seen and not read": Case("<h2 id=h><span aria-hidden=true>Sample</span></h2>", EMPTY),
    "an attribute makes it a heading again": Case(
        "<h2 id=h role=none aria-label=''><span aria-hidden=true>Sample</span></h2>", EMPTY
    ),
    "a picture without a name": Case(f"<h2 id=h>{PICTURE} alt=''></h2>", EMPTY),
    "a space that was made by a heading": Case("<h2 id=h><br></h2>", EMPTY),
    "empty, and perhaps filled later": Case("<h2 id=h></h2>", (("heading-has-content", REVIEW, "#h"),)),
    "hidden ones": Case("<h2 hidden></h2><div aria-hidden=true><h2><br></h2></div><h2 role=presentation><br></h2>"),
    "named in other ways": Case(
        f"<h2>{PICTURE} alt=Sample></h2><h2 aria-label=Sample><br></h2><div role=heading aria-level=2>Sample</div>"
        "<h2 style='position:absolute;left:-999px'>Sample</h2><h2><svg role=img aria-label=Sample></svg></h2>"
    ),
    "sample text": Case("<h2 id=h>Lorem ipsum dolor sit amet</h2>", LEFT),
    "the prompt of an editor": Case("<div id=h role=heading aria-level=2>Add your heading text here</div>", LEFT),
    "perhaps left over": Case("<h2 id=h>Untitled</h2>", ASKED),
    "a heading that is about headings": Case("<h2>Headings in documents</h2><h2>What null means</h2>"),
    "another topic": Case("<h2 id=h>Ingredients</h2><p>We are open on Monday and closed on Sunday.</p>", ASKED),
    "its own topic": Case("<h2>Opening hours</h2><p>Open on Monday. Rain or snow, in wind and storms.</p>"),
    "a topic that only the next section leaves": Case(
        "<h2>Ingredients</h2><h2>Hours</h2><p>Open on Monday, closed on Sunday.</p>"
    ),
    "a heading that names no known topic": Case("<h2>Drawing</h2><p>Open on Monday and closed on Sunday.</p>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(HeadingsCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_headings_say_something(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
