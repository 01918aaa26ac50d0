"""The purpose of fields about the visitor."""

import pytest

from accessibility.engine.checks.forms.field_purpose import FieldPurposeCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

PASSWORD = "<label>Password <input id=b type=password></label>"
CASES = {
    "a login without purposes": Case(
        f"<form><label>Email <input id=a type=email></label>{PASSWORD}</form>",
        (("field-purpose", FAILED, "#a"), ("field-purpose", FAILED, "#b")),
    ),
    "a login with purposes": Case(
        "<form><label>Email <input autocomplete=username></label>"
        + PASSWORD.replace("id=b", "autocomplete=current-password")
        + "</form>"
    ),
    "a form that may be about others": Case(
        "<form><label>First name <input id=a></label><label>Téléphone <input id=b></label></form>",
        (("field-purpose", REVIEW, "#a"),),
    ),
    "in another language": Case(
        "<form><label>البريد الإلكتروني <input id=a></label></form>", (("field-purpose", REVIEW, "#a"),)
    ),
    "a purpose of something else": Case(
        "<form><label>Phone number: <input id=a autocomplete=email></label></form>",
        (("field-purpose-fits", FAILED, "#a"),),
    ),
    "purposes that fit": Case(
        "<form><label>Date of birth <input autocomplete=bday></label><label>Nom de famille"
        " <input autocomplete='section-a billing family-name'></label></form>"
    ),
    "fields about something else": Case(
        "<form><label>Name of the course <input></label><label>Room <input></label></form>"
    ),
    "a search": Case("<form role=search><label>First name <input></label></form>"),
    "switched off": Case("<form><label>Email <input disabled></label></form>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(FieldPurposeCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_fields_say_what_they_are_for(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
