"""Labels that do not describe."""

import pytest

from accessibility.engine.checks.forms.label_text import LabelTextCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Expected, Found, look


def fails(selector: str) -> tuple[Expected, ...]:
    return (("label-describes", FAILED, selector),)


ICON = "<svg width=9 height=9></svg>"
OFF = "style='position:absolute;left:-999px'"
CASES = {
    "sample text": Case("<label>Lorem ipsum dolor sit <input id=a></label>", fails("#a")),
    "a name that a program left": Case(f"<button id=a aria-label=undefined>{ICON}</button>", fails("#a")),
    "the name of a button says what it is": Case(
        f"<button id=a aria-label=Button>{ICON}</button>", (("label-describes", REVIEW, "#a"),)
    ),
    "an action beside a field": Case("<button id=b>Go</button><input id=a aria-labelledby=b>", fails("#a")),
    "perhaps left over": Case("<label>Label 1 <input id=a></label>", (("label-describes", REVIEW, "#a"),)),
    "another thing than the code says": Case(
        "<label>Menu <input id=a name=phone></label>", (("label-describes", REVIEW, "#a"),)
    ),
    "the same thing as the code says": Case(
        "<label>Username <input name=email></label><label>Téléphone <input name=tel></label>"
    ),
    "groups whose headings are not seen": Case(
        f"<div><h2 {OFF}>Home</h2><label>Street <input name=home-street></label></div>"
        f"<div><h2 {OFF}>Work</h2><label>Street <input id=a name=work-street></label></div>",
        fails("#a"),
    ),
    "groups whose headings are seen": Case(
        "<div><h2>Home</h2><label>Street <input name=home-street></label></div>"
        "<div><h2>Work</h2><label>Street <input name=work-street></label></div>"
    ),
    "rows of the same": Case("<label>Guest <input name=guest1></label><label>Guest <input name=guest2></label>"),
    "one label of two fields": Case(
        "<p id=l>Price</p><input name=from aria-labelledby=l><input name=to aria-labelledby=l>"
    ),
    "forms of their own": Case(
        "<form><label>Email <input name=news></label></form><form><label>Email <input name=login></label></form>"
    ),
    "in a table": Case(
        "<table><tr><td><label>Street <input name=home></label><td><label>Street <input name=work></label></table>"
    ),
    "labels that describe": Case(
        "<label>First name <input></label><button>Go</button><button aria-label='Next page'>&gt;</button>"
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(LabelTextCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_labels_describe(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
