"""Shortcuts of a single character."""

import pytest

from accessibility.engine.checks.keyboard.shortcuts import ShortcutsCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

LIST = "<ul id=list><li>First</li></ul>"


def keyed(condition: str) -> str:
    """Adds to the list on a key for which the condition holds."""
    return f"""{LIST}<script>let off = false; document.addEventListener('keydown', (event) => {{
      if ({condition}) list.insertAdjacentHTML('beforeend', '<li>Another</li>'); }});</script>"""


ALONE = (("character-shortcut", FAILED, "html"),)
CASES = {
    "a letter alone adds to the list": Case(keyed("event.key === 'n'"), ALONE),
    "a sign alone adds to the list": Case(keyed("event.key === '+'"), ALONE),
    "a letter moves the focus": Case(
        """<label>Search <input id=search></label><script>addEventListener('keyup', (event) => {
        if (event.key === 's' && event.target === document.body) search.focus(); });</script>""",
        ALONE,
    ),
    "a letter leads to another page": Case(
        "<script>addEventListener('keydown', (event) => { if (event.key === 'h') location.href = '/'; });</script>",
        ALONE,
    ),
    "with a modifier": Case(keyed("event.key === 'n' && event.ctrlKey")),
    "a key that prints nothing": Case(keyed("event.key === 'F8' || event.key === 'Escape'")),
    "exception: only while its control has the focus": Case(
        keyed("event.key === 'n' && event.target.id === 'field'") + "<label>Words <input id=field></label>"
    ),
    "exception: turned off": Case(
        keyed("event.key === 'n' && !off")
        + "<input type=checkbox style='opacity: 0' aria-label='Shortcuts off' onchange='off = this.checked'>"
    ),
    "exception: remapped": Case(
        keyed("event.key === 'n' && (!off || event.ctrlKey)")
        + "<label><input type=checkbox onchange='off = this.checked'> Use Ctrl together with N</label>"
    ),
    "turned off in a panel that a button opens": Case(
        keyed("event.key === 'n' && !off")
        + """<button onclick="panel.hidden = false">Keyboard shortcuts</button>
        <p id=panel hidden><button onclick="off = true">Off</button></p>"""
    ),
    "turned off for another key only": Case(
        keyed("event.key === 'n' || (event.key === 'm' && !off)")
        + "<label><input type=checkbox onchange='off = this.checked'> Shortcut M off</label>",
        (("character-shortcut", REVIEW, "html"),),
    ),
    "settings are another page": Case(
        keyed("event.key === 'n'") + "<a href=/settings>Settings</a>", (("character-shortcut", REVIEW, "html"),)
    ),
    "nobody listens": Case(LIST),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ShortcutsCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_shortcuts_that_cannot_be_turned_off_are_found(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_all_keys_are_named_in_one_finding(found: Found) -> None:
    finding = found.findings("a letter moves the focus")[0]
    assert "Pressing “s” alone" in finding.message
    assert "Press “s”: the focus moves into the page." in finding.steps
