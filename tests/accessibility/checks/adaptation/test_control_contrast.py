"""Boundaries, states and icons of controls."""

import numpy as np
import pytest

from accessibility.engine.checks.adaptation.control_contrast import ControlContrastCheck, boundary
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

BOUNDARY, ICON, STATE = "control-boundary-contrast", "icon-contrast", "state-contrast"
NO_RING = "<style>#t:focus{outline:3px solid #000}</style>"
PALE = "border:1px solid #ddd;background:#fff"
SVG = '<svg width=24 height=24 aria-hidden=true><circle cx=12 cy=12 r=10 fill="{}"/></svg>'
BOX = "<style>#t{{appearance:none;width:20px;height:20px;border:2px solid #000}}#t:checked{{background:{}}}</style>"


def field(style: str, more: str = "") -> str:
    """A labelled text field."""
    return f'{NO_RING}<label for=t>Sample name</label><p style="padding:20px"><input id=t {more} style="{style}"></p>'


def icon(colour: str, more: str = "") -> str:
    """A button with nothing but an icon."""
    return (
        f'{NO_RING}<button id=t {more} aria-label=Send style="border:0;background:#fff">{SVG.format(colour)}</button>'
    )


CASES = {
    "a dark boundary": Case(field("border:1px solid #555")),
    "a pale boundary": Case(field(PALE), ((BOUNDARY, FAILED, "#t"),)),
    "a pale boundary, a dark line below": Case(field(f"{PALE};border-bottom:2px solid #333")),
    "a dark field without a boundary": Case(field("border:0;background:#555")),
    "a pale boundary around words": Case(field(PALE, 'placeholder="Sample"'), ((BOUNDARY, REVIEW, "#t"),)),
    "no boundary at all": Case(field("border:0;background:#fff"), ((BOUNDARY, REVIEW, "#t"),)),
    "exception: drawn by the browser": Case(NO_RING + "<p style='padding:20px'><input id=t aria-label=Sample></p>"),
    "exception: inactive": Case(field(PALE, "disabled")),
    "a dark icon": Case(icon("#333")),
    "a pale icon": Case(icon("#ccc"), ((ICON, FAILED, "#t"),)),
    "exception: a pale icon that is a logo": Case(icon("#ccc", "class=logo")),
    "exception: a pale icon of an inactive control": Case(icon("#ccc", "disabled")),
    "exceptions: a colour to choose, and a flag": Case(
        icon("#ffd", "title='Colour of the paper: cream'").replace("Send", "Cream")
        + icon("#fee").replace("Send", "'Flag of Japan'").replace("id=t", "id=u")
    ),
    "a pale icon beside words": Case(
        f"{NO_RING}<button id=t style='background:#fff'>{SVG.format('#ccc')} Send</button>"
    ),
    "a pale ring of focus": Case(
        "<style>#t:focus{outline:3px solid #eee}</style><button id=t style='border:1px solid #000'>Send</button>",
        ((STATE, FAILED, "#t"),),
    ),
    "the browser's own ring of focus": Case("<button id=t style='border:1px solid #000'>Send</button>"),
    "a dark mark of a checked box": Case(BOX.format("#222") + NO_RING + "<input type=checkbox id=t aria-label=Sample>"),
    "a pale mark of a checked box": Case(
        BOX.format("#ddd") + NO_RING + "<input type=checkbox id=t aria-label=Sample>", ((STATE, FAILED, "#t"),)
    ),
    "no mark of a checked box": Case(
        BOX.format("none") + NO_RING + "<input type=checkbox id=t aria-label=Sample>", ((STATE, REVIEW, "#t"),)
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ControlContrastCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_controls_are_measured(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_ground_of_many_colours_is_not_judged() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    assert boundary(noise, (12, 12, 48, 28)) is None
