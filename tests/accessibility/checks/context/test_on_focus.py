"""What happens by receiving the focus."""

import pytest

from accessibility.engine.checks.context.on_focus import OnFocusCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

FAILS = (("context-change-on-focus", FAILED, "#a"),)
OTHER = "<a href=/>Home</a> "

CASES = {
    "leads to another page": Case(f"""{OTHER}<button id=a onfocus="location.href = '/'">Next</button>""", FAILS),
    "sends its form": Case(f"{OTHER}<form><label>Name <input id=a onfocus='form.submit()'></label></form>", FAILS),
    "opens a window": Case(f"""{OTHER}<button id=a onfocus="window.open('/')">Help</button>""", FAILS),
    "opens a dialog that takes the focus": Case(
        f"""{OTHER}<button id=a onfocus="help.showModal()">Help</button>
        <dialog id=help><button onclick="help.close()">Close</button></dialog>""",
        FAILS,
    ),
    "gives the focus away to nowhere": Case(f'{OTHER}<button id=a onfocus="this.blur()">Next</button>', FAILS),
    "hands the focus on to another control": Case(
        """<button id=a onfocus="b.focus()">One</button><p>Words</p>
        <button id=b>Two</button>""",
        (("context-change-on-focus", REVIEW, "#a"),),
    ),
    "shows a hint": Case(
        f"""{OTHER}<button id=a onfocus="hint.hidden = false">Next</button><p id=hint hidden>Opens lesson 2</p>"""
    ),
    "a group that hands the focus to its part": Case(
        """<div role=group aria-label=Tools tabindex=0 onfocus="b.focus()">
        <button id=b tabindex=-1>Bold</button></div>"""
    ),
    "nobody listens": Case(OTHER),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(OnFocusCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_focus_takes_nobody_elsewhere(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
