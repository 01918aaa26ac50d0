"""Content that appears on hover or focus."""

import io

import pytest
from PIL import Image

from accessibility.engine.checks.adaptation import hover_content
from accessibility.engine.checks.adaptation.hover_content import HoverContentCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

DISMISSIBLE, HOVERABLE, PERSISTENT = "hover-dismissible", "hover-hoverable", "hover-persistent"
MUCH = "<p>Everyone who trains here finds the plan of the week on the first page of the course.</p>" * 3
STYLE = (
    "<style>#a { position: relative; display: inline-block } #t { position: absolute; left: 0; top: 100%; width: 300px;"
    " height: 80px; background: #ffc }</style>"
)
HIDDEN = STYLE + "<style>#t { display: none } #a:hover #t { display: block }</style>"
TIP = "<span id=t>Rooms are opened at eight</span>"


def scripted(show: str, more: str = "", tag: str = "span", mouse: str = "mouseenter", leave: str = "mouseleave") -> str:
    return (
        f"{STYLE}<{tag} id=a>Rooms</{tag}><div id=t hidden style='position: fixed; left: 8px; top: 140px'>Rooms"
        f" are opened at"
        f" eight</div>{MUCH}<script>const a = document.getElementById('a'), t = document.getElementById('t');"
        f"a.addEventListener('{mouse}', () => {{ {show} }}); a.addEventListener('{leave}', () => t.hidden ="
        f" true); {more}</script>"
    )


ESCAPE = "addEventListener('keydown', (e) => { if (e.key === 'Escape') t.hidden = true; });"
LATE = (
    "let timer; a.onmouseleave = t.onmouseleave = () => { timer = setTimeout(() => t.hidden = true, 200) };"
    "t.onmouseenter = () => clearTimeout(timer);"
)
CASES = {
    "nothing to point at": Case(MUCH),
    "a style that changes colours": Case(f"<style>a:hover {{ color: red }}</style><a href=/1>Plan</a>{MUCH}"),
    "exception: a title, which the browser shows": Case(
        f'<p><span title="Rooms are opened at eight">Rooms</span></p>{MUCH}'
    ),
    "a menu over the text that Escape does not close": Case(
        f"{HIDDEN}<span id=a>Rooms {TIP}</span>{MUCH}", ((DISMISSIBLE, FAILED, "#a"),)
    ),
    "exception: it covers nothing": Case(
        f"{HIDDEN}<span id=a>Rooms {TIP}</span><div style='height: 200px'></div>{MUCH}"
    ),
    "exception: an error": Case(f"{HIDDEN}<span id=a>Rooms {TIP.replace('<span', '<span role=alert')}</span>{MUCH}"),
    "Escape closes it, and the pointer can go onto it": Case(
        scripted("t.hidden = false", ESCAPE).replace("a.addEventListener('mouseleave', () => t.hidden = true);", LATE)
    ),
    "it goes when the pointer goes onto it": Case(scripted("t.hidden = false", ESCAPE), ((HOVERABLE, FAILED, "#a"),)),
    "the pointer passes through it": Case(
        f"{HIDDEN}<style>#t {{ pointer-events: none; top: calc(100% + 4px) }}</style><span id=a>Rooms {TIP}</span>"
        "<div style='height: 200px'></div>",
        ((HOVERABLE, FAILED, "#a"),),
    ),
    "it goes by itself": Case(
        scripted("t.hidden = false; setTimeout(() => t.hidden = true, 1200)", ESCAPE), ((PERSISTENT, FAILED, "#a"),)
    ),
    "exception: it goes by itself, and is a status, which may no longer hold": Case(
        scripted("t.hidden = false; setTimeout(() => t.hidden = true, 1200)", ESCAPE).replace(
            "<div id=t", "<div id=t role=status"
        )
    ),
    "on focus, over the text": Case(
        scripted("t.hidden = false", "", "a href=#x", "focus", "blur")
        .replace("</a href=#x>", "</a>")
        .replace("top: 140px", "top: 100px"),
        ((DISMISSIBLE, REVIEW, "#a"),),
    ),
    "a button that may close it": Case(
        scripted("t.hidden = false", LATE, "button").replace(
            "a.addEventListener('mouseleave', () => t.hidden = true);", ""
        ),
        ((DISMISSIBLE, REVIEW, "#a"),),
    ),
    "a menu in a shadow root": Case(
        f"<div id=host><template shadowrootmode=open>{HIDDEN}<span id=a>Rooms {TIP}</span>{MUCH}</template></div>",
        ((DISMISSIBLE, FAILED, "#host >>> #a"),),
    ),
    "a skip link shows itself": Case(
        f"<style>#s {{ position: absolute; left: -999px }} #s:focus {{ left: 0 }}</style><a id=s href=#x>To the"
        f" text</a>{MUCH}"
    ),
    "text that changes by itself meanwhile": Case(
        "<span id=a>Rooms</span><p id=t></p><script>document.getElementById('a').onmouseenter = () => 0;"
        f"let n = 0; onmousemove = () => setInterval(() => t.textContent = 'News ' + n++, 300)</script>{MUCH}"
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hover_content, "WATCHED", 2.0)  # seconds; enough for what goes after 1.2
        patch.setattr(hover_content, "GOES", 0.8)
        return look(HoverContentCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_what_appears_can_be_dismissed_and_pointed_at_and_stays(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


@pytest.mark.parametrize("name", ["it goes when the pointer goes onto it", "it goes by itself"])
def test_a_failure_shows_it_there_and_gone(found: Found, name: str) -> None:
    (finding,) = found.findings(name)
    picture = Image.open(io.BytesIO(found.audited.worklist.crops[finding.component]))
    assert picture.height > 2 * 80  # both, with what is around
