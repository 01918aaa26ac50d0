"""What focus cannot leave."""

import io

import pytest
from PIL import Image

from accessibility.engine.checks.keyboard.keyboard_walk import KeyboardWalkCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import document

TRAP = (("keyboard-trap", FAILED, "#trap"),)
ASKED = (("keyboard-trap", REVIEW, "#trap"),)


def editor(leaves: str, text: str = "", before: str = "") -> str:
    """A field that takes Tab for itself until `leaves`, a condition on the key, was true."""
    return f"""{before}<a href=/1>Before</a><p>{text}</p><textarea id=trap aria-label=Text></textarea>
    <a href=/2>After</a><a href=/3>Last</a><script>
    let free = false;
    document.getElementById('trap').onkeydown = (event) => {{
      if ({leaves}) free = true;
      if (event.key === 'Tab' && !free) event.preventDefault();
    }};</script>"""


NEVER = "false"
FETCHED_BACK = """<a href=/1>Before</a><button id=trap onblur="setTimeout(() => this.focus(), 20)">Come back</button>
    <a href=/2>After</a><a href=/3>Last</a>"""
LOCKED = """<a href=/1>Before</a>
    <div {dialog} id=box><button id=trap>One</button><button id=two {close}>Two</button></div>
    <a href=/2>After</a><a href=/3>Last</a><script>
    const box = document.getElementById('box'), [one, two] = box.children;
    box.onkeydown = (event) => {{
      if (event.key !== 'Tab') return;
      event.preventDefault();
      (document.activeElement === one ? two : one).focus();
    }};</script>"""
CASES = {
    "nothing held": Case("<a href=/1>One</a><button>Two</button><input type=date aria-label=Day><a href=/2>Three</a>"),
    "Tab is taken for good": Case(editor(NEVER), TRAP),
    "Shift+Tab leads out": Case(editor("event.shiftKey")),
    "Escape leads out": Case(editor("event.key === 'Escape'")),
    "exception: a key that the text names leads out": Case(
        editor("event.ctrlKey && event.key === 'm'", "Press Ctrl+M, then Tab, to leave the text.")
    ),
    "a key that nobody is told leads out": Case(editor("event.ctrlKey && event.key === 'm'"), TRAP),
    "the key that the text names does nothing": Case(editor(NEVER, "Press Ctrl+M to leave the text."), TRAP),
    "the page has help elsewhere": Case(editor(NEVER, before="<a href=/9>Keyboard help</a>"), ASKED),
    "focus is fetched back a little later": Case(FETCHED_BACK, TRAP),
    "two buttons hold focus": Case(LOCKED.format(dialog="", close=""), TRAP),
    "a dialog holds focus and its button closes it": Case(
        LOCKED.format(dialog="role=dialog aria-label=Choice", close="onclick='box.remove()'")
    ),
    "a native modal dialog": Case(
        """<a href=/1>Page</a><dialog id=box aria-label=Choice><button>One</button><button>Two</button></dialog>
        <script>document.getElementById('box').showModal()</script>"""
    ),
    "in a frame of another site": Case(
        "<a href=/1>One</a><iframe id=f title=Inner src={other}/frame></iframe><a href=/2>Two</a>",
        (("keyboard-trap", FAILED, "#f > #trap"),),
    ),
    "in a shadow root": Case(
        """<a href=/1>One</a><div id=host></div><a href=/2>Two</a><script>
        const root = document.getElementById('host').attachShadow({mode: 'open'});
        root.innerHTML = '<textarea id=trap aria-label=Text></textarea>';
        root.firstChild.onkeydown = (event) => { if (event.key === 'Tab') event.preventDefault(); };</script>""",
        (("keyboard-trap", FAILED, "#host >>> #trap"),),
    ),
    "many stops": Case("".join(f"<a href=/{n}>Link {n}</a> " for n in range(60))),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(KeyboardWalkCheck(), CASES, {"/frame": document(editor(NEVER))})


@pytest.mark.parametrize("name", CASES)
def test_traps_are_found_where_nothing_leads_out(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_trap_is_told_with_what_was_tried(found: Found) -> None:
    (trap,) = found.findings("the key that the text names does nothing")
    assert trap.criteria == ("2.1.2",)
    assert "Press what the page's text names: Control+m." in trap.steps


def test_a_failure_shows_where_focus_is_caught(found: Found) -> None:
    (finding,) = found.findings("the key that the text names does nothing")
    picture = Image.open(io.BytesIO(found.audited.worklist.crops[finding.component]))
    assert picture.width > 1000
