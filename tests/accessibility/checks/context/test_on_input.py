"""What happens by changing a setting."""

import pytest

from accessibility.engine.checks.context.on_input import OnInputCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

FAILS = (("context-change-on-input", FAILED, "#a"),)
ASKS = (("context-change-on-input", REVIEW, "#a"),)
OPTIONS = "<option value=/one>One<option value=/two>Two"

CASES = {
    "a list leads to another page": Case(
        f'<label>Course <select id=a onchange="location.href = value">{OPTIONS}</select></label>', FAILS
    ),
    "a box sends its form": Case(
        "<form><label><input id=a type=checkbox onclick='form.submit()'> Only mine</label></form>", FAILS
    ),
    "a radio button opens a window": Case(
        """<label><input type=radio name=r checked> Here</label>
        <label><input id=a type=radio name=r onchange="window.open('/two')"> There</label>""",
        FAILS,
    ),
    "a field sends its form when it is left": Case(
        "<form><label>Name <input id=a onchange='form.submit()'></label><p><a href=/>Home</a></p></form>", FAILS
    ),
    "exception to be judged: people are told before": Case(
        f"""<p id=hint>Choosing a course opens its page at once.</p><label>Course
        <select id=a aria-describedby=hint onchange="location.href = value">{OPTIONS}</select></label>""",
        ASKS,
    ),
    "the focus moves on by itself": Case(
        """<label>Day <input id=a maxlength=2 oninput="if (value.length === 2) month.focus()"></label>
        <label>Month <input id=month maxlength=2></label>""",
        ASKS,
    ),
    "new content on the same page": Case(
        f"""<label>Course <select id=a onchange="out.textContent = value">{OPTIONS}</select></label><p id=out></p>"""
    ),
    "a button carries it out": Case(
        f"""<label>Course <select id=a onchange="out.textContent = value">{OPTIONS}</select></label><p id=out></p>
        <button onclick="location.href = a.value">Go</button>"""
    ),
    "no controls": Case("<button onclick='1'>Go</button>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(OnInputCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_settings_take_nobody_elsewhere(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
