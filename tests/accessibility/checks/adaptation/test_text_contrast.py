"""Text over pictures and gradients."""

from base64 import b64encode

import pytest

from accessibility.engine.checks.adaptation.text_contrast import TextContrastCheck, enough
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

STRIPES = "linear-gradient(90deg,#fff 50%,#000 50%)"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8' fill='#567'/></svg>"
PHOTO = f"url(data:image/svg+xml;base64,{b64encode(SVG.encode()).decode()})"


def text(style: str, more: str = "") -> str:
    """A paragraph of a width that its words fill."""
    return f'<p id=t {more} style="width:360px;{style}">Sample words on the timetable of this week</p>'


CASES = {
    "dark on a light gradient": Case(text("color:#222;background:linear-gradient(#fff,#eee)")),
    "too pale everywhere on a gradient": Case(
        text("color:#aaa;background:linear-gradient(#fff,#ddd)"), (("text-contrast-measured", FAILED, "#t"),)
    ),
    "too dark on a picture": Case(
        text(f"color:#222;background-image:{PHOTO}"), (("text-contrast-measured", FAILED, "#t"),)
    ),
    "a picture that is missing": Case(
        text("color:#fff;background:#eee url(/nowhere.png)"), (("text-contrast-measured", REVIEW, "#t"),)
    ),
    "light on a dark picture": Case(text(f"color:#fff;background-image:{PHOTO}")),
    "readable in its first half only": Case(
        text(f"color:#222;background:{STRIPES}"), (("text-contrast-measured", REVIEW, "#t"),)
    ),
    "exception: large text needs less": Case(
        text("color:#888;font-size:24px;background:linear-gradient(#fff,#fefefe)")
    ),
    "the same colour in small text": Case(
        text("color:#888;font-size:16px;background:linear-gradient(#fff,#fefefe)"),
        (("text-contrast-measured", FAILED, "#t"),),
    ),
    "exception: an inactive control": Case(
        "<button disabled style='color:#aaa;background:linear-gradient(#fff,#ddd)'>Send</button>"
    ),
    "exception: pure decoration": Case(text("color:#aaa;background:linear-gradient(#fff,#ddd)", "aria-hidden=true")),
    "exception: invisible": Case(text("visibility:hidden;color:#aaa;background:linear-gradient(#fff,#ddd)")),
    "a sign, no words": Case("<p style='color:#aaa;background:linear-gradient(#fff,#ddd)'>*</p>"),
    "exception: words in a picture of other things": Case(
        "<svg width=300 height=120 role=img aria-label='A street'><defs><linearGradient id=g><stop stop-color=#fff"
        " /><stop offset=1 stop-color=#ddd /></linearGradient></defs><rect width=300 height=120 fill='url(#g)'/>"
        "<path d='M20 110V30h80v80z' fill=#654 /><text x=130 y=60 fill=#ccc>Corner shop</text></svg>"
    ),
    "exception to be judged: perhaps a logotype": Case(
        text("color:#aaa;background:linear-gradient(#fff,#ddd)", "class=logo"),
        (("text-contrast-measured", REVIEW, "#t"),),
    ),
    "out of sight in a scrolled part": Case(
        f'<div tabindex=0 style="height:40px;overflow:auto"><div style="height:200px">Sample</div>'
        f"{text('color:#aaa;background:linear-gradient(#fff,#ddd)')}</div>"
    ),
    "a plain background, which axe decides": Case(text("color:#aaa;background:#fff")),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(TextContrastCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_text_over_pictures_is_measured(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_says_the_best_contrast_and_brings_a_picture(found: Found) -> None:
    (finding,) = found.findings("too pale everywhere on a gradient")
    assert "at most 2.2:1" in finding.message
    assert finding.steps
    assert found.audited.worklist.crops[finding.component].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("size", "weight", "needed"), [(16, 400, 4.5), (18.66, 700, 3), (18.66, 400, 4.5), (24, 300, 3)]
)
def test_large_text_needs_three(size: float, weight: int, needed: float) -> None:
    assert enough(size, weight) == needed
