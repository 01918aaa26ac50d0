"""Whether focus is seen."""

from io import BytesIO

import pytest
from PIL import Image

from accessibility.engine.checks.keyboard.focus_seen import local_change
from accessibility.engine.checks.keyboard.keyboard_walk import KeyboardWalkCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

UNSEEN = (("focus-visible", FAILED, "#x"),)
HIDDEN = (("focus-hidden", FAILED, "#x"),)
PLAIN = "<a href=/1>Plain</a>"


def bare(style: str = "", body: str = "<button id=x>Bare</button>") -> str:
    """A plain link, and what loses its outline."""
    return f"<style>#x:focus {{ outline: none }} {style}</style><p>{PLAIN}</p><p>{body}</p>"


CASES = {
    "the browser's own ring": Case("<a href=/1>One</a> <button>Two</button>"),
    "nothing changes": Case(bare(), UNSEEN),
    "another background": Case(bare("#x:focus { background: gold }")),
    "hardly another background": Case(
        bare("#x { background: #fff } #x:focus { background: #fefefe }"), (("focus-visible", REVIEW, "#x"),)
    ),
    "a sign far away from it": Case(
        bare("#s { opacity: 0; position: fixed; right: 0; bottom: 0 } body:has(#x:focus) #s { opacity: 1 }")
        + "<b id=s>Here</b>"
    ),
    "a change that takes its time": Case(bare("#x { transition: background .4s .1s } #x:focus { background: gold }")),
    "a change that comes late": Case(bare("#x { transition: background .1s .45s } #x:focus { background: gold }")),
    "what no picture shows": Case(bare("#x { opacity: .001 }")),
    "nothing else takes focus": Case("<style>#x:focus { outline: none }</style><button id=x>Alone</button>"),
    "a text field with its caret": Case(bare(body="<input id=x aria-label=Name>")),
    "a text field with an invisible caret": Case(
        bare("#x { caret-color: transparent }", "<input id=x aria-label=Name>"), UNSEEN
    ),
    "something moves where it stands": Case(
        bare(
            "@keyframes turn { to { background: gold } } b { animation: turn .3s infinite alternate }",
            "<button id=x>Bare <b>new</b></button>",
        )
    ),
    "on a picture that is missing": Case(
        bare(
            "#x { background: none; border: 0; color: #fff }",
            "<img src=/gone alt=View height=90><button id=x>Next</button>",
        )
        + "<style>#x { position: absolute; left: 20px }</style>"
    ),
    "a list that says itself which of its parts is meant": Case(
        bare(body="<ul id=x role=listbox tabindex=0 aria-label=Days><li role=option>Monday</ul>"),
        (("focus-visible", REVIEW, "#x"),),
    ),
    "a hidden box whose label shows focus": Case(
        """<style>#x { position: absolute; opacity: 0 } #x:focus + label { background: gold }</style>
        <p><a href=/1>Plain</a></p><input id=x type=checkbox><label for=x>Choice</label>"""
    ),
    "a hidden box that nothing shows": Case(
        f"<style>#x {{ position: absolute; opacity: 0 }}</style>{PLAIN}"
        "<p><input id=x type=checkbox><label for=x>Choice</label>",
        HIDDEN,
    ),
    "a link that comes up with focus": Case(
        f"<style>#x {{ position: absolute; top: -99px }} #x:focus {{ top: 0 }}</style><a id=x href=/2>More</a>{PLAIN}"
    ),
    "a link that stays outside of the page": Case(
        f"<style>#x {{ position: absolute; left: -999px }}</style><a id=x href=/2>More</a>{PLAIN}", HIDDEN
    ),
    "a link of no size": Case(
        f"<style>#x {{ position: absolute; clip-path: inset(50%) }}</style><a id=x href=/2>More</a>{PLAIN}", HIDDEN
    ),
    "a link behind a banner": Case(
        f"""<style>#b {{ position: fixed; inset: 0 0 auto 0; height: 200px; background: #fff }}</style>
        <div id=b>{PLAIN}</div><a id=x href=/2>More</a>""",
        HIDDEN,
    ),
    "many alike": Case(
        "<style>a:focus { outline: none }</style>" + "".join(f"<p><a id=x{n} href=/{n}>Link</a></p>" for n in range(9)),
        (("focus-visible", FAILED, "#x0"),),
    ),
    "below the window": Case(f"{PLAIN}<p style='margin-top: 3000px'><button>Far</button></p>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(KeyboardWalkCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_focus_is_looked_for_in_the_window(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_the_window_without_and_with_focus_is_kept(found: Found) -> None:
    (finding,) = found.findings("nothing changes")
    with Image.open(BytesIO(found.audited.worklist.crops[finding.component])) as picture:
        assert picture.width > picture.height


def test_the_code_is_told_as_it_was_written(found: Found) -> None:
    (finding,) = found.findings("nothing changes")
    assert "style" not in finding.html


def test_one_finding_tells_of_all_that_are_alike(found: Found) -> None:
    (finding,) = found.findings("many alike")
    assert "2 more made alike" in finding.message


def test_what_has_focus_now_is_no_sign_of_what_had_it() -> None:
    then = Image.new("RGB", (200, 100), "white")
    now = then.copy()
    now.paste((0, 0, 0), (60, 10, 100, 40))
    one, next_one = (10.0, 10.0, 45.0, 30.0), [60.0, 10.0, 40.0, 30.0]
    assert local_change(then, now, one, one, next_one).pixels == 0
    assert local_change(then, now, one, one, None).clear


def test_what_was_scrolled_is_compared_where_it_is_now() -> None:
    then, now = Image.new("RGB", (100, 100), "white"), Image.new("RGB", (100, 100), "white")
    then.paste((9, 9, 9), (20, 60, 40, 80))
    now.paste((9, 9, 9), (20, 30, 40, 50))
    assert local_change(then, now, (20, 60, 20, 20), (20, 30, 20, 20), None).pixels == 0
    assert local_change(then, now, (20, 60, 20, 20), (20, 60, 20, 20), None).clear
