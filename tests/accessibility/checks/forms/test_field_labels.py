"""Labels that are seen, and instructions."""

import pytest

from accessibility.engine.checks.forms.field_labels import FieldLabelsCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

RADIOS = "<label><input type=radio name=r id=a> Yes</label><label><input type=radio name=r> No</label>"
OPTIONAL = "<p><label>Sample street <input></label></p>"
SAID_OPTIONAL = "<p><label>Sample street (optional) <input></label></p>"
CASES = {
    "nothing that is seen": Case(
        "<!doctype html><html lang=en><title>Sample form</title><form><input id=a aria-label=Name></form>",
        (("field-label-seen", FAILED, "#a"),),
    ),
    "only a placeholder": Case(
        "<form><p><input id=a placeholder='Sample name'></p></form>", (("field-label-seen", REVIEW, "#a"),)
    ),
    "a text before it": Case("<form><div>Sample name</div><div><input aria-label='Sample name'></div></form>"),
    "a search": Case("<form role=search><input placeholder=Sample></form><input type=search placeholder=Sample>"),
    "in a table": Case("<table><tr><th>Price<td><input aria-label=Price></table>"),
    "required, and not said": Case(
        f"<form><p><label>Sample name <input id=a required></label></p>{OPTIONAL}</form>",
        (("form-instructions", REVIEW, "#a"),),
    ),
    "required, and said": Case(
        f"<form><p><label>Sample name * <input required></label></p>{OPTIONAL}</form>"
        f"<form><p><label>Sample name <input required></label></p>{SAID_OPTIONAL}</form>"
    ),
    "required, all of them": Case("<form><p><label>Sample name <input required></label></p></form>"),
    "required, marked by the style sheet": Case(
        f"<style>.r::after{{content:' *'}}</style><form><p><label class=r for=a>Sample name</label><input "
        f"id=a required></p>{OPTIONAL}</form>"
    ),
    "a format that is not said": Case(
        "<form><p><label>Sample number <input id=a pattern='[A-Z]{3}'></label></p></form>",
        (("form-instructions", REVIEW, "#a"),),
    ),
    "a format that is said": Case(
        "<form><p><label>Sample number <input pattern='[A-Z]{3}'></label> Three capital letters</p></form>"
    ),
    "choices without a question": Case(
        f"<form><p>Do you come?</p>{RADIOS}</form>", (("choices-have-question", REVIEW, "#a"),)
    ),
    "choices with a question": Case(
        f"<fieldset><legend>Do you come?</legend>{RADIOS}</fieldset><div role=radiogroup aria-label=Coming>"
        + RADIOS.replace("name=r", "name=s").replace("id=a", "")
        + "</div>"
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(FieldLabelsCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_people_are_told_what_to_fill_in(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
