"""What is carried out as soon as the pointer is pressed."""

import pytest

from accessibility.engine.checks.motion.pointer_down import PointerDownCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

COUNT = "<p id=count>1</p>"
ADD = "count.textContent = Number(count.textContent) + 1"
FAILS = (("pointer-down-action", FAILED, "#a"),)
ASKS = (("pointer-down-action", REVIEW, "#a"),)

CASES = {
    "a press leads to another page": Case("""<button id=a onmousedown="location.href = '/'">Next</button>""", FAILS),
    "exception to be judged: who is asked can still say no": Case(
        "<button id=a>Delete</button><script>a.addEventListener('pointerdown', () => { confirm('Sure?'); });</script>",
        ASKS,
    ),
    "exception to be judged: it can perhaps be undone": Case(
        f'{COUNT}<button id=a onmousedown="{ADD}">More</button>', ASKS
    ),
    "exception: letting go elsewhere undoes it": Case(
        f"""{COUNT}<button id=a onmousedown="{ADD}">More</button>
        <script>addEventListener('mouseup', () => {{ count.textContent = 1; }})</script>"""
    ),
    "exception: carried out when it is let go": Case(
        f"""{COUNT}<button id=a onmousedown="this.classList.add('down')" onclick="{ADD}">More</button>"""
    ),
    "a drawing": Case(f'{COUNT}<canvas id=a onmousedown="{ADD}" width=50 height=50></canvas>'),
    "a slider": Case(
        f'{COUNT}<div id=a role=slider tabindex=0 aria-label=Size aria-valuenow=1 onmousedown="{ADD}">o</div>'
    ),
    "exception: essential, as a key of a keyboard on the screen": Case(
        f'{COUNT}<button id=a onmousedown="{ADD}">k</button>'
    ),
    "what opens a list": Case(
        """<button id=a aria-expanded=false onmousedown="list.hidden = false">Choose</button>
        <p id=list hidden>One</p>"""
    ),
    "nobody listens for the press": Case(f'{COUNT}<button id=a onclick="{ADD}">More</button>'),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(PointerDownCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_what_a_press_carries_out_is_found(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
