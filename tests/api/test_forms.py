"""What was typed, checked."""

from datetime import date
from typing import ClassVar

import pytest
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.forms import Entered, Rejected
from core.errors import Conflict, InvalidInput


class Thing(BaseModel):
    name: str
    password: str = ""
    due: date | None = None
    kinds: list[str] = []
    count: int = 0

    errors: ClassVar = {"name": "Enter a name."}
    labels: ClassVar = {"name": "The name"}


def typed(*pairs: tuple[str, str]) -> Entered:
    return Entered(FormData(pairs))


def test_text_is_trimmed_but_a_password_is_not() -> None:
    thing = typed(("name", " a "), ("password", " b ")).check(Thing)
    assert (thing.name, thing.password) == ("a", " b ")


def test_a_date_is_read_from_its_three_fields() -> None:
    assert typed(("name", "a"), ("due-day", "7"), ("due-month", "3"), ("due-year", "2027")).check(Thing).due == date(
        2027, 3, 7
    )


def test_three_empty_fields_are_no_date() -> None:
    assert typed(("name", "a"), ("due-day", ""), ("due-month", " ")).check(Thing).due is None


@pytest.mark.parametrize("parts", [("31", "2", "2027"), ("7", "", "2027"), ("x", "3", "2027"), ("7", "3", "27")])
def test_what_is_no_date_is_told_so(parts: tuple[str, str, str]) -> None:
    entered = typed(("name", "a"), ("due-day", parts[0]), ("due-month", parts[1]), ("due-year", parts[2]))
    with pytest.raises(ValidationError):
        entered.check(Thing)
    assert entered.error("due") == "Enter a real date, such as 27 3 2027."
    assert entered.value("due-day") == parts[0]


def test_every_value_of_a_list_counts() -> None:
    assert typed(("name", "a"), ("kinds", "x"), ("kinds", "y")).check(Thing).kinds == ["x", "y"]


def test_each_wrong_field_has_one_sentence() -> None:
    entered = typed(("count", "many"))
    with pytest.raises(ValidationError):
        entered.check(Thing)
    assert entered.errors == {"name": "Enter a name.", "count": "Enter a whole number, such as 12."}


def test_before_posting_a_form_shows_what_it_starts_with() -> None:
    entered = Entered(start={"name": "a", "kinds": ["x"], "one": "y"})
    assert (entered.value("name"), entered.values("kinds"), entered.values("one")) == ("a", ["x"], ["y"])
    assert (entered.value("kinds"), entered.value("other"), entered.values("other")) == ("", "", [])


def test_wrong_input_from_below_goes_on_from_the_fields_name() -> None:
    entered = typed(("name", "a"))
    entered.check(Thing)
    with pytest.raises(Rejected) as rejected, entered.shown_again(Response):
        raise InvalidInput("is taken", place="name")
    assert entered.errors == {"name": "The name is taken"}
    assert rejected.value.page.status_code == 422


def test_a_conflict_belongs_to_the_whole_form() -> None:
    entered = typed(("name", "a"))
    with pytest.raises(Rejected), entered.shown_again(Response):
        raise Conflict("Changed meanwhile.")
    assert entered.errors == {"": "Changed meanwhile."}


def test_a_fault_of_our_own_is_not_blamed_on_the_form() -> None:
    with pytest.raises(ValidationError), typed(("name", "a")).shown_again(Response):
        Thing.model_validate({})
