"""Messages of errors in the page as it was loaded."""

import pytest

from accessibility.engine.checks.forms.error_message import ErrorMessageCheck
from accessibility.engine.checks.forms.error_text import says_nothing
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

FIELD = "<form><label>Sample age <input id=a></label> {}</form>"
TIED = "<form><label>Sample age <input id=a aria-describedby=m></label> {}</form>"
CASES = {
    "beside the field, only “invalid”": Case(
        FIELD.format("<span>Invalid value for sample age.</span>"), (("error-describes", FAILED, "#a"),)
    ),
    "tied to the field, only “error”": Case(
        TIED.format("<span id=m>Error!</span>"), (("error-describes", FAILED, "#a"),)
    ),
    "beside the field, only that it is wrong": Case(
        FIELD.format("<span>Invalid age</span>").replace("Sample age", "Age"), (("error-describes", REVIEW, "#a"),)
    ),
    "how to put it right": Case(FIELD.format("<span>Invalid value. Sample age must be at least 1.</span>")),
    "the cause is said elsewhere": Case(
        TIED.format("<b>Invalid value</b><p id=m>Enter a number from 1 to 9</p>").replace("</label> ", "</label>")
    ),
    "a message that is not seen": Case(FIELD.format("<span hidden>Invalid value.</span>")),
    "a hint": Case(FIELD.format("<span>In whole years</span>")),
    "text of another field": Case(FIELD.format("<label>Invalid <input></label>")),
    "hidden, and said with a button": Case(
        FIELD.format("<span id=m hidden>Invalid value: at least 1</span><button id=b aria-describedby=m>Send</button>"),
        (("error-describes", REVIEW, "#b"),),
    ),
    "for the form as a whole": Case(
        FIELD.format("<button>Send</button><p id=e>Invalid values</p>"), (("error-describes", REVIEW, "#e"),)
    ),
    "wrong, and no word": Case(
        "<form><label>Sample age <input id=a aria-invalid=true></label></form>", (("error-describes", REVIEW, "#a"),)
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ErrorMessageCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_message_says_what_is_wrong(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


@pytest.mark.parametrize("text", ["Champ invalide", "Invalid email", "Ungültige Eingabe"])
def test_bare_words_say_nothing(text: str) -> None:
    assert says_nothing(text, "Email")


@pytest.mark.parametrize("text", ["Email is required", "Enter a valid email", "Wrong century", "Note"])
def test_a_cause_or_a_way_out_says_something(text: str) -> None:
    assert not says_nothing(text, "Email")
