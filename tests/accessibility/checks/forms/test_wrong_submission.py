"""Forms submitted empty and with wrong values."""

import io

import pytest
from PIL import Image

from accessibility.engine.checks.forms.wrong_submission import WrongSubmissionCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

FIELD = "<p><label for=m>Sample email</label> <input id=m name=m> <span id=e></span></p>"
LISTENING = FIELD.replace("<span id=e>", "<span id=e role=alert>").replace("name=m", "name=m aria-describedby=e")
BUTTON = "<button id=b>Send</button>"


def form(script: str, field: str = FIELD, attributes: str = "novalidate method=post action=/sent") -> str:
    """A form whose script says what is wrong; it never lets go."""
    return (
        f"<form id=f {attributes}>{field}{BUTTON}</form><script>const m = document.getElementById('m'),"
        f" e = document.getElementById('e'); document.getElementById('f').onsubmit = (event) => {{ {script} }}</script>"
    )


STAY = "event.preventDefault();"
RED = "m.style.borderColor = '#c00000';"
SAY = "e.textContent = 'Enter an address such as sample@example.org';"
CASES = {
    "the browser's own messages": Case(
        "<form method=post action=/sent><label>Sample email <input type=email "
        "required></label><button>Send</button></form>"
    ),
    "nothing stops it: the server would answer": Case(
        "<form method=post action=/sent><label>Sample email <input required></label><button "
        "formnovalidate>Send</button>"
        "</form>"
    ),
    "colour alone": Case(form(STAY + RED), (("error-in-text", FAILED, "#m"),)),
    "a state without a word": Case(
        form(STAY + "m.setAttribute('aria-invalid', 'true');"), (("error-in-text", FAILED, "#m"),)
    ),
    "the hint that was there before turns red": Case(
        form(
            STAY + RED, FIELD.replace("<span id=e></span>", "<span id=e>An address such as sample@example.org</span>")
        ),
        (("error-in-text", REVIEW, "#m"),),
    ),
    "the style sheet draws the words": Case(
        "<style>.wrong::after { content: 'Enter an address' }</style>"
        + form(STAY + RED + "m.parentNode.className = 'wrong';"),
        (("error-in-text", REVIEW, "#m"),),
    ),
    "text, tied and announced": Case(
        form(
            STAY + RED + SAY,
            LISTENING,
        )
    ),
    "text beside that nobody is told of": Case(form(STAY + RED + SAY), (("error-announced", FAILED, "#m"),)),
    "text, tied, and focus stays": Case(
        form(STAY + SAY, FIELD.replace("name=m", "name=m aria-describedby=e")), (("error-announced", REVIEW, "#m"),)
    ),
    "text beside, and focus goes to the field": Case(
        form(STAY + SAY + "m.focus();"), (("error-tied-to-field", REVIEW, "#m"),)
    ),
    "a summary that names the field and takes focus": Case(
        form(
            STAY + "s.hidden = false; s.focus();",
            "<div id=s tabindex=-1 hidden>There is a problem: enter the sample email</div>" + FIELD,
        )
    ),
    "a summary that names no field": Case(
        form(STAY + "s.hidden = false;", "<div id=s role=alert hidden>Something is wrong, please check</div>" + FIELD),
        (("error-in-text", REVIEW, "#f"),),
    ),
    "a message that helps nobody": Case(
        form(
            STAY + "e.textContent = 'Invalid value';",
            LISTENING,
        ),
        (("error-suggestion", REVIEW, "#m"),),
    ),
    "exception: a suggestion would jeopardize security": Case(
        form(
            STAY + "e.textContent = 'Wrong password';",
            "<p><label>Sample email <input></label></p>"
            + LISTENING.replace("Sample email", "Password").replace("name=m", "name=m type=password"),
        )
    ),
    "a password that is chosen here": Case(
        form(
            STAY + "e.textContent = 'Invalid password';",
            LISTENING.replace("Sample email", "Password").replace(
                "name=m", "name=m type=password autocomplete=new-password"
            ),
        ),
        (("error-suggestion", REVIEW, "#m"),),
    ),
    "exception to be judged: a suggestion would defeat the purpose": Case(
        form(STAY + "e.textContent = 'Wrong value';", "<p>Quiz: what is 6 × 7?</p>" + LISTENING),
        (("error-suggestion", REVIEW, "#m"),),
    ),
    "a dialog says it": Case(form(STAY + RED + "alert('Enter an address');")),
    "a search": Case(
        "<form role=search action=/found><label>Search <input name=q></label><button>Search</button></form>"
    ),
    "what deletes is never pressed": Case(form(STAY + RED).replace("Send", "Delete account")),
    "something else happens": Case(form(STAY)),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(WrongSubmissionCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_errors_are_told_in_text(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_the_question_for_a_suggestion_names_its_exceptions(found: Found) -> None:
    (finding,) = found.findings("exception to be judged: a suggestion would defeat the purpose")
    assert "answer a quiz" in finding.message


def test_a_failure_can_be_repeated_and_is_seen(found: Found) -> None:
    failure = found.findings("colour alone")[0]
    assert failure.steps[:3] == (
        "Go to the form.",
        "Leave its fields empty.",
        "Press “Send”.",
    )
    picture = Image.open(io.BytesIO(found.audited.worklist.crops[failure.component]))
    assert picture.width > 2 * failure.box.width if failure.box else False
