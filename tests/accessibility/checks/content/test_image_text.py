"""Text that is read in pictures."""

from typing import Any

import pytest

from accessibility.engine.checks.content.image_text import ImageTextCheck
from accessibility.engine.finding import Outcome
from tests.accessibility.checks.content.pictures import photograph, picture
from tests.accessibility.checks.fixtures import REVIEW, Case, Found, look

ASKED = ("image-of-text", REVIEW, "#i")
HIDDEN = ("hidden-image-with-text", REVIEW, "#i")
OTHER = ("image-name-other-words", REVIEW, "#i")


def image(source: str, attributes: str) -> str:
    return f"<img id=i src=/{source}.png {attributes}>"


DRAWING = (
    "<canvas id=i width=200 height=60 {}></canvas>"
    "<script>const c = i.getContext('2d'); c.font = '30px serif'; c.fillText('{}', 10, 40)</script>"
)
CASES = {
    "a picture of a sentence": Case(image("sentence", 'alt="Rooms are cleaned on Monday morning"'), (ASKED,)),
    "exception: a logo": Case(image("word", 'alt="Harbour" class=site-logo')),
    "a linked word alone at the top": Case(f"<a href=#i>{image('word', 'alt=Harbour')}</a>"),
    "linked words at the top": Case(
        f"<a href=#i>{image('word', 'alt=Harbour')}</a> <a href=#>{image('boats', 'alt=Boats')}</a>".replace(
            "id=i src=/boats", "src=/boats"
        ),
        (ASKED, ("image-of-text", REVIEW, 'img[src$="boats.png"]')),
    ),
    "a photograph": Case(image("photograph", 'alt="A meadow"')),
    "an empty drawing": Case(image("empty", 'alt="A white wall"')),
    "text that lies over a picture": Case(
        "<div style='position: relative'>"
        + image("empty", 'alt=""')
        + "<p style='position: absolute; top: 0; font-size: 24px'>Rooms are free again in May</p></div>"
    ),
    "a hidden picture that says something": Case(image("word", 'alt="" class=brand'), (HIDDEN,)),
    "a hidden picture that says what the page says": Case(image("word", 'alt="" class=brand') + "<p>Harbour</p>"),
    "another word than its alternative": Case(image("word", 'alt="Mountain" class=brand'), (OTHER,)),
    "an alternative in other letters": Case(image("word", 'alt="الميناء" class=brand')),
    "a drawing of words without alternative": Case(DRAWING.format("", "Harbour 12"), (HIDDEN,)),
    "a drawing of words with its alternative": Case(DRAWING.format('role=img aria-label="Harbour"', "Harbour")),
    "an empty canvas": Case(DRAWING.format("", "")),
    "exception: a CAPTCHA, whose words no alternative may tell": Case(
        f"<form>{image('word', 'alt=CAPTCHA class=brand')}{image('sentence', 'alt=CAPTCHA').replace('id=i', '')}"
        "<label>Type the letters <input></label></form>"
    ),
    "exception: text that everybody can style": Case(
        "<svg width=200 height=60 role=img aria-label=Rooms><foreignObject width=200 height=60>Rooms"
        "</foreignObject></svg>"
    ),
    "text in a vector drawing": Case("<svg id=i width=200 height=60><text y=40 font-size=30>Harbour</text></svg>"),
    "not visible": Case(image("sentence", 'alt="Rooms" hidden')),
    "no picture": Case("<p>Text</p>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    drawn = {
        "sentence": picture("Rooms are cleaned\non Monday morning", (300, 90)),
        "word": picture("Harbour", (180, 60), height=34),
        "boats": picture("Boats", (180, 60), height=34),
        "empty": picture(),
        "photograph": photograph(),
    }
    return look(ImageTextCheck(), CASES, {f"/{name}.png": one for name, one in drawn.items()})


@pytest.mark.parametrize("name", CASES)
def test_text_in_pictures_is_asked_about(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_the_question_repeats_the_words_and_names_the_exceptions(found: Found) -> None:
    (finding,) = found.findings("a picture of a sentence")
    assert "Monday morning" in finding.message
    assert "logo" in finding.message


READ: dict[str, Any] = {"lines": ["Harbour", "prices"], "covered": 0.5, "flat": 0.5, "besides": 0.0}
SHOWN: dict[str, Any] = {
    "kind": "img",
    "name": "Harbour",
    "hidden": False,
    "control": False,
    "captcha": False,
    "logo": False,
    "heading": False,
}
AT: dict[str, Any] = {"selector": "#i", "path": [], "own": {}, "html": "<img>", "name": "", "box": None}


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({}, {"image-of-text"}),
        ({"covered": 0.05, "besides": 0.3}, set()),  # a chart with a few words
        ({"covered": 0.05, "besides": 0.0}, {"image-of-text"}),  # nothing but a few words
        ({"captcha": True, "name": "Type the letters"}, set()),
        ({"lines": ["A"]}, set()),
        ({"lines": ["12"]}, set()),
        ({"kind": "canvas"}, set()),
        ({"name": "Harbours of Norway"}, {"image-of-text"}),
        ({"name": "Mountain"}, {"image-of-text", "image-name-other-words"}),
        ({"hidden": True, "flat": 0.0, "covered": 0.01}, set()),  # words somewhere in a photograph
        ({"hidden": True, "control": True}, {"image-of-text"}),  # a link or button without a name is axe's
    ],
)
def test_what_is_asked_depends_on_how_much_is_text(changed: dict[str, Any], asked: set[str]) -> None:
    pictures = [{**SHOWN, **READ, **changed, "at": AT}]
    frame = {"path": [], "shape": [], "origin": [0, 0], "answer": {"text": "", "pictures": pictures}}
    judged = ImageTextCheck().judge({"frames": [frame], "missed": []}, "page")
    assert {one.rule for one in judged.findings} == asked
    assert {one.outcome for one in judged.findings} <= {Outcome.NEEDS_REVIEW}
