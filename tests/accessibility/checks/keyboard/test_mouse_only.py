"""What reacts to a click alone."""

import pytest

from accessibility.engine.checks.keyboard.mouse_only import MouseOnlyCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

SHOW = "document.getElementById('more').hidden = !document.getElementById('more').hidden"
MORE = "<p id=more hidden>More words about the course.</p>"
UNREACHABLE = (("click-without-keyboard", FAILED, "#a"),)
DEAF = (("control-deaf-to-keys", FAILED, "#a"),)
KEYED = f"""<script>document.querySelector('#a').addEventListener('keydown',
  (event) => {{ if (event.key === 'Enter' || event.key === ' ') {SHOW}; }});</script>"""

CASES = {
    "a plain element shows more when clicked": Case(f'<div id=a onclick="{SHOW}">Read on</div>{MORE}', UNREACHABLE),
    "a listener that was added by script": Case(
        f"<span id=a>Read on</span>{MORE}<script>a.addEventListener('click', () => {{ {SHOW} }})</script>", UNREACHABLE
    ),
    "a listener of the document behind a pointer": Case(
        f"""<span id=a style="cursor: pointer">Read on</span>{MORE}
        <script>document.addEventListener('click', (event) => {{ if (event.target.id === 'a') {SHOW} }})</script>""",
        UNREACHABLE,
    ),
    "a link without an address": Case(f'<a id=a onclick="{SHOW}">Read on</a>{MORE}', UNREACHABLE),
    "a plain element leads away": Case(
        """<div id=a onclick="location.href = '/away'">Next lesson</div>""", UNREACHABLE
    ),
    "a control made of a plain element, for the mouse alone": Case(
        f'<div id=a role=button tabindex=0 onclick="{SHOW}">Read on</div>{MORE}', DEAF
    ),
    "a control made of a plain element that listens to keys": Case(
        f'<div id=a role=button tabindex=0 onclick="{SHOW}">Read on</div>{MORE}{KEYED}'
    ),
    "a button": Case(f'<button id=a onclick="{SHOW}">Read on</button>{MORE}'),
    "nothing happens": Case("<div id=a onclick='1'>Read on</div>"),
    "a card around a link to the same address": Case(
        """<div id=a onclick="location.href = '/away'"><h2><a href=/away>Lesson 2</a></h2><p>Words</p></div>"""
    ),
    "a row with a link elsewhere to the same address": Case(
        """<table><tr><td id=a onclick="location.href = '/away'">Lesson 2</td>
        <td><a href=/away>Open</a></td></tr></table>"""
    ),
    "a button beside it does the same": Case(
        f'<p><span id=a onclick="{SHOW}">Read on</span> <button onclick="{SHOW}">Open</button></p>{MORE}'
    ),
    "drawn for a box that cannot be seen but does the same": Case(
        f"""<p><input type=checkbox aria-label="Show" style="opacity: 0" onchange="{SHOW}">
        <span id=a onclick="{SHOW}">Show</span></p>{MORE}"""
    ),
    "a key does the same": Case(
        """<p id=more>A hint</p><div id=a onclick="more.hidden = true">Close</div>
        <script>addEventListener('keydown', (event) => { if (event.key === 'Escape') more.hidden = true; })</script>"""
    ),
    "a label": Case(f'<label id=a onclick="{SHOW}">Show <input type=checkbox></label>{MORE}'),
    "a part of a list that works by arrow keys": Case(
        f'<div role=listbox tabindex=0 aria-label=Rooms><div role=option id=a onclick="{SHOW}">Room 1</div></div>{MORE}'
    ),
    "exception: a drawing, where the way of the pointer may be the point of it": Case(
        f'<canvas id=a onclick="{SHOW}" width=90 height=90></canvas>{MORE}'
    ),
    "only a request is seen": Case(
        """<div id=a onclick="fetch('/mark')">Mark as read</div>""",
        (("click-without-keyboard", REVIEW, "#a"),),
    ),
    "a page that changes all the time": Case(
        f"""<div id=clock></div><div id=a onclick="{SHOW}">Read on</div>{MORE}<script>
        const time = clock.attachShadow({{ mode: 'open' }}).appendChild(document.createElement('p'));
        setInterval(() => {{ time.textContent = performance.now(); }}, 30)</script>"""
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(MouseOnlyCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_only_what_a_click_alone_does_is_reported(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_tells_how_to_see_it(found: Found) -> None:
    finding = found.findings("a plain element shows more when clicked")[0]
    assert "“More words about the course.” appears" in finding.message
    assert finding.steps[0].startswith("Click on “Read on”")
    assert found.audited.worklist.crops[finding.component].startswith(b"\x89PNG")
