"""Alternatives of images."""

import pytest

from accessibility.engine.checks.content.image_names import ImageNamesCheck
from accessibility.engine.finding import Outcome
from tests.accessibility.checks.content.pictures import picture
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Expected, Found, look


def image(attributes: str, source: str = "/pictures/garden.png") -> str:
    return f'<img id=i width=120 height=90 src="{source}" {attributes}>'


def figure(alternative: str) -> str:
    shown = image(f'alt="{alternative}"')
    return f"<figure>{shown}<figcaption>The  garden</figcaption></figure>"


def expect(rule: str, outcome: Outcome = REVIEW) -> tuple[Expected, ...]:
    return ((rule, outcome, "#i"),)


NO_ALTERNATIVE, VAGUE = expect("image-name-is-file", FAILED), expect("image-name-vague")
CASES = {
    "words": Case(image('alt="The garden in May"')),
    "the name of its file": Case(image('alt="Garden.PNG"'), NO_ALTERNATIVE),
    "the name of a file, given by ARIA": Case(image('aria-label="garden.png"'), NO_ALTERNATIVE),
    "an image button called as its file": Case(
        '<input id=i type=image src="/pictures/go.gif" alt="go.gif">', NO_ALTERNATIVE
    ),
    "a file that the page speaks of": Case(image('alt="garden.png"') + "<p>Download garden.png</p>", VAGUE),
    "a file's name without its kind, which is a word": Case(image('alt="garden"', "/pictures/garden")),
    "a hash": Case(image('alt="0f3c2a9be4d14e7b8a55"', "/pictures/0f3c2a9be4d14e7b8a55"), NO_ALTERNATIVE),
    "a camera's number": Case(image('alt="DSC_0012"'), NO_ALTERNATIVE),
    "initials and a year": Case(image('alt="IMG 2024"')),
    "an address": Case(image('alt="https://example.org/pictures/garden.png"'), NO_ALTERNATIVE),
    "a path": Case(image('alt="/pictures/garden.png"'), NO_ALTERNATIVE),
    "a filler": Case(image('alt="spacer"'), NO_ALTERNATIVE),
    "a link, perhaps to that file": Case("<a href=/x>" + image('alt="garden.png"') + "</a>", VAGUE),
    "a sentence that ends with a file": Case(image('alt="Preview of the file garden.png"')),
    "a word for any image": Case(image('alt="Photo 2"'), VAGUE),
    "such a word on a button": Case(f"<button>{image('alt=Image')}</button>"),
    "such a word for an icon": Case('<img width=24 height=24 src=/i.png alt="image">'),
    "signs alone": Case(image('alt="***"'), VAGUE),
    "a sign for a bullet": Case('<img width=8 height=8 src=/i.png alt="*">'),
    "exception to be judged: a CAPTCHA": Case(
        f"<form>{image('alt=captcha.png', '/pictures/captcha.png')}<label>Letters <input></label></form>", VAGUE
    ),
    "exception to be judged: a test": Case(
        f"<form><p>Quiz: which bird is this?</p>{image('alt=IMG_2041.jpg')}<label>Bird <input></label></form>", VAGUE
    ),
    "a form that is no test": Case(
        f"<form>{image('alt=IMG_2041.jpg')}<label>Attested by <input></label></form>", NO_ALTERNATIVE
    ),
    "exceptions: a CAPTCHA that says what it is for, and a sensory experience, identified": Case(
        "<form>"
        + image('alt="CAPTCHA: type the letters that you see"')
        + "<label>Letters <input></label></form>"
        + image('alt="“The Great Wave”, a woodcut by Hokusai"').replace("id=i", "")
    ),
    "hidden with a file's name": Case(f"<div aria-hidden=true>{image('alt=garden.png')}</div>"),
    "not visible": Case(image('alt="garden.png" hidden')),
    "another name in the end": Case("<p id=n>The garden</p>" + image('alt="garden.png" aria-labelledby=n')),
    "the caption again": Case(
        figure("The garden"),
        expect("image-name-repeats-caption"),
    ),
    "more than the caption": Case(figure("Beds of roses")),
    "a caption without an alternative": Case(figure(""), expect("image-with-caption-hidden")),
    "exception: decoration": Case(image('alt=""') + "<p>Welcome</p>"),
    "decoration with a name": Case(
        '<nav id=i role=presentation aria-label="Site"><a href="/">x</a></nav>', expect("decorative-exposed")
    ),
    "decoration with a name, hidden": Case(
        '<svg width=90 height=90 aria-hidden=true role=none aria-label="Site"></svg>'
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ImageNamesCheck(), CASES, {"/pictures/garden.png": picture()})


@pytest.mark.parametrize("name", CASES)
def test_alternatives_say_what_is_shown(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_says_how_to_see_it(found: Found) -> None:
    (finding,) = found.findings("a camera's number")
    assert finding.message == "The alternative “DSC_0012” is a camera's number."
    assert finding.steps
