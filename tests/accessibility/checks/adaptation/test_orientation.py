"""The device, upright and sideways."""

import io

import pytest
from PIL import Image

from accessibility.engine.checks.adaptation.orientation import OrientationCheck, is_quarter_turn
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

TURNED, ASKED = "orientation-turned", "orientation-asked"
MUCH = "<p>Everyone who trains here finds the plan of the week on the first page of the course.</p>"


def styled(style: str, body: str = MUCH, orientation: str = "portrait") -> str:
    return f"<style>@media (orientation: {orientation}) {{ {style} }}</style>{body}"


COVER = "position: fixed; inset: 0; background: white; z-index: 9"
CASES = {
    "no word of orientation": Case(MUCH),
    "turned by a quarter": Case(styled("html { transform: rotate(90deg) }"), ((TURNED, FAILED, "html"),)),
    "turned back, as a matrix": Case(
        styled("body { transform: matrix(0, -1, 1, 0, 0, 0) }", orientation="landscape"), ((TURNED, FAILED, "body"),)
    ),
    "turned by a property of its own": Case(styled("main { rotate: z -90deg }"), ((TURNED, FAILED, "main"),)),
    "turned around an axis": Case(
        styled("main { transform: rotate3d(0, 0, 1, 0.75turn) }"), ((TURNED, FAILED, "main"),)
    ),
    "a quarter between two angles": Case(
        "<style>main { transform: rotate(3deg) } @media (orientation: landscape) { main { transform:"
        " rotate(93deg) } }</style>" + MUCH,
        ((TURNED, FAILED, "main"),),
    ),
    "in a shadow root": Case(
        "<div id=host><template shadowrootmode=open><style>@media (orientation: portrait) { article { rotate: 90deg } }"
        f"</style><article>{MUCH * 3}</article></template></div>",
        ((TURNED, FAILED, "#host >>> article"),),
    ),
    "in a condition within another": Case(
        "<style>@supports (rotate: 90deg) { @media (orientation: portrait) { main { rotate: 90deg } } }</style>" + MUCH,
        ((TURNED, FAILED, "main"),),
    ),
    "turned and turned back inside": Case(styled("main { rotate: 90deg } main > * { rotate: -90deg }")),
    "turned wholly": Case(styled("html { transform: rotateZ(1turn) }")),
    "turned by a half": Case(styled("main { rotate: 180deg }")),
    "turned in both orientations": Case(styled("", "<style>main { rotate: 90deg }</style>" + MUCH)),
    "moved, not turned": Case(styled("main { transform: translateX(20px) }")),
    "turned, and hidden": Case(styled("#a { rotate: 90deg; display: none }", f"<div id=a>{MUCH}</div><p>Text</p>")),
    "a small label is turned": Case(
        styled("#a { rotate: 90deg; display: inline-block }", f"{MUCH}<b id=a>News</b>"), ((TURNED, REVIEW, "#a"),)
    ),
    "exception to be judged: a notice that covers the page": Case(
        styled(
            "#a { display: block !important }",
            f"<style>#a {{ display: none; {COVER} }}</style><div id=a>Please turn your phone.</div>{MUCH}",
        ),
        ((ASKED, REVIEW, "#a"),),
    ),
    "exception to be judged: a piano": Case(
        styled("main { rotate: 90deg }", f"<p>Play the piano on these keys.</p>{MUCH}"), ((TURNED, REVIEW, "main"),)
    ),
    "a notice instead of the page": Case(
        styled(
            "#a { display: block !important } #b { display: none }",
            f"<style>#a {{ display: none }}</style><p id=a>Veuillez tourner votre appareil.</p><div"
            f" id=b>{MUCH * 3}</div>",
        ),
        ((ASKED, REVIEW, "#a"),),
    ),
    "a text about turning": Case(f"<p>Turn your phone to see more of the table.</p>{MUCH}"),
    "a script that locks": Case(
        f"<script>function play() {{ screen.orientation.lock('landscape').catch(() => 0) }}</script>{MUCH}",
        ((ASKED, REVIEW, "html"),),
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(OrientationCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_page_stands_in_both_orientations(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_shows_both_orientations(found: Found) -> None:
    (finding,) = found.findings("turned by a quarter")
    picture = Image.open(io.BytesIO(found.audited.worklist.crops[finding.component]))
    assert picture.width > 390 + 844


@pytest.mark.parametrize(("one", "other"), [(0, 90), (0, 270), (357, 87), (93, 3), (0.4, 90)])
def test_a_quarter_turn_is_one_either_way(one: float, other: float) -> None:
    assert is_quarter_turn(one, other)


@pytest.mark.parametrize(("one", "other"), [(0, 0), (0, 180), (90, 90), (0, 45), (0, 85)])
def test_other_turns_are_none(one: float, other: float) -> None:
    assert not is_quarter_turn(one, other)
