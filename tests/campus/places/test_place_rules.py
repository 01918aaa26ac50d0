"""Room numbers as people write them, and short names made of names."""

import pytest

from campus.places import rules
from core.errors import InvalidInput


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ("101–103", ["101", "102", "103"]),
        ("008-011, 201", ["008", "009", "010", "011", "201"]),
        ("G1 – G3,", ["G1", "G2", "G3"]),
        ("A1-3", ["A1", "A2", "A3"]),
        ("1.01, Sample suite", ["1.01", "Sample suite"]),
    ],
)
def test_a_list_of_rooms_holds_numbers_and_ranges(given: str, numbers: list[str]) -> None:
    assert rules.checked_numbers(given) == numbers


@pytest.mark.parametrize(
    "given", ["", " , ", "103-101", "A1-B3", "1-201", "1-150, 201-260", "101, 101", "100-102, 101", "#1", "1–999999"]
)
def test_a_list_that_cannot_be_rooms_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput, match=r"^numbers?: "):
        rules.checked_numbers(given)


def test_a_short_name_is_made_of_any_name() -> None:
    assert rules.slug_of("Salle « Été » 2", set(), "space") == "salle-ete-2"
    assert rules.slug_of("会议", {"event"}, "event") == "event-2"
    assert len(rules.slug_of("x" * 200, {"x" * 60}, "event")) == 62
