"""Dialogs with the keyboard."""

import pytest

from accessibility.engine.checks.keyboard.dialogs import DialogsCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

LINKS = "".join(f"<a href=/{number}>Lesson {number}</a> " for number in range(5))
OPENER = "<button id=o aria-haspopup=dialog>Enrol</button>"


def dialog(inner: str, script: str, before: str = LINKS) -> str:
    """An ARIA dialog below some links and its opener, which `script` makes work."""
    return f"""{before}{OPENER}<div id=d role=dialog aria-modal=true aria-label=Enrolment tabindex=-1 hidden>
      <p>Words</p>{inner}</div>{LINKS}<script>
      const inside = () => [...d.querySelectorAll('button, input')];
      o.onclick = () => {{ d.hidden = false; opened(); }};
      const opened = () => d.focus();
      const keep = (event) => {{ const all = inside(); if (event.key === 'Tab') {{ event.preventDefault();
        all[(all.indexOf(document.activeElement) + 1) % all.length]?.focus(); }} }};
      const close = () => {{ d.hidden = true; o.focus(); }};
      {script}</script>"""


ESCAPE = "addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });"
KEEP = "d.addEventListener('keydown', keep);"
FIELD, CLOSE = "<label>Name <input></label>", "<button onclick='close()'>Close</button>"

CASES = {
    "a native modal dialog": Case(
        f"""{LINKS}<button onclick="d.showModal()">Enrol</button><dialog id=d aria-label=Enrolment>{FIELD}
        <button onclick="d.close()">Close</button></dialog>{LINKS}"""
    ),
    "an ARIA dialog that does all of it": Case(dialog(FIELD + CLOSE, KEEP + ESCAPE)),
    "closed by its own button alone": Case(dialog(FIELD + "<button id=c>Close</button>", KEEP + "c.onclick = close;")),
    "the focus stays behind": Case(
        LINKS
        + dialog(FIELD, ESCAPE, "")
        .replace("const opened = () => d.focus();", "const opened = () => 0;")
        .replace(OPENER, "")
        .replace(f"</div>{LINKS}", f"</div>{LINKS}{OPENER}{LINKS}"),
        (("dialog-focus-in", FAILED, "#d"),),
    ),
    "Tab leads out of it": Case(dialog(FIELD, ESCAPE), (("dialog-focus-kept", FAILED, "#d"),)),
    "a dialog that does not say it is modal may be left": Case(dialog(FIELD, ESCAPE).replace("aria-modal=true", "")),
    "only a click closes it": Case(
        dialog(FIELD + "<span id=c>×</span>", KEEP + "c.onclick = close;"),
        (("dialog-closed-by-keyboard", FAILED, "#d"),),
    ),
    "nothing that was tried closes it": Case(
        dialog(FIELD + "<button>Send</button>", KEEP), (("dialog-closed-by-keyboard", REVIEW, "#d"),)
    ),
    "the focus is lost when it is closed": Case(
        dialog(FIELD, KEEP + ESCAPE.replace("close()", "d.remove()")).replace("<div id=d", f"<p>{LINKS}</p><div id=d"),
        (("dialog-focus-back", FAILED, "#d"),),
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(DialogsCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_dialogs_are_entered_left_and_closed(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
