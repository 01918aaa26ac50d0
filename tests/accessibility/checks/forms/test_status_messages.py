"""Messages about what was done."""

import io
from typing import Any

import pytest
from PIL import Image

from accessibility.engine.checks.forms.status_messages import StatusMessagesCheck
from accessibility.engine.crawl.live_page import LivePage
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

BUTTON = "<button id=b type=button>Add to list</button>"


def press(script: str, more: str = "<p id=s></p>", button: str = BUTTON) -> str:
    do = f"document.getElementById('b').onclick = () => {{ {script} }}"
    return f"{button}{more}<script>const s = document.getElementById('s'); {do}</script>"


SAY = "s.textContent = 'Added to your list';"
FAILS = (("status-message", FAILED, "#s"),)
CASES = {
    "in a live region": Case(press(SAY, "<p id=s role=status></p>")),
    "in a live region that is not seen": Case(
        press(
            SAY + "l.textContent = 'Added';",
            "<p id=s></p><p id=l aria-live=polite style='position:absolute;width:1px;height:1px;overflow:hidden'></p>",
        )
    ),
    "takes focus": Case(press(SAY + "s.focus();", "<p id=s tabindex=-1></p>")),
    "said to nobody": Case(press(SAY), FAILS),
    "said far below": Case(press(SAY, "<p id=s style='margin-top: 3000px'></p>"), FAILS),
    "not clearly a status": Case(press("s.textContent = 'Sample drinks';"), (("status-message", REVIEW, "#s"),)),
    "the button's own text": Case(press("b.textContent = 'Added';", "")),
    "a dialog": Case(press("s.showModal(); " + SAY, "<dialog id=s></dialog>")),
    "a part that opens": Case(press(SAY, button="<button id=b type=button aria-expanded=false>Add to list</button>")),
    "it would send": Case(press(SAY + "fetch('/list', { method: 'POST' });")),
    "a filter that tells how many": Case(
        "<label>Filter <input id=b></label><p id=s></p><script>b.oninput = () => { s.textContent = 'No "
        "results'; }</script>",
        FAILS,
    ),
    "what removes is never pressed": Case(press(SAY).replace("Add to list", "Remove")),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(StatusMessagesCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_status_is_announced(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_can_be_repeated(found: Found) -> None:
    assert found.findings("said to nobody")[0].steps[0] == "Press “Add to list”."


@pytest.mark.parametrize("name", ["said to nobody", "said far below"])
def test_a_failure_shows_the_page_before_and_after(found: Found, name: str) -> None:
    (finding,) = found.findings(name)
    picture = Image.open(io.BytesIO(found.audited.worklist.crops[finding.component])).convert("RGB")
    half = (picture.width - 8) // 2
    before, after = (picture.crop((x, 0, x + half, picture.height)) for x in (0, picture.width - half))
    assert half > 500
    assert before.tobytes() != after.tobytes()


class Looking(StatusMessagesCheck):
    """Looks at what the page has stored in the end."""

    async def probe(self, page: LivePage) -> Any:
        done = await super().probe(page)
        self.stored = await page.page.evaluate("JSON.stringify(localStorage)")
        return done


def test_what_a_page_stores_by_it_is_as_before() -> None:
    check = Looking()
    script = "localStorage.setItem('list', '2'); localStorage.setItem('more', '1');"
    page = "<script>localStorage.setItem('list', '1')</script>" + press(script + SAY)
    assert look(check, {"stores": Case(page, FAILS)}).expected("stores") == FAILS
    assert check.stored == '{"list":"1"}'
