"""Figures of one item are held against what they add up to, or against each other."""

from campus.funds.discrepancies import Discrepancy, Figure, discrepancies


def test_what_is_printed_twice_alike_is_no_discrepancy() -> None:
    assert discrepancies([Figure("Sample", "here", 5), Figure("Sample", "there", 5)], {}) == []


def test_two_places_are_held_against_each_other_once() -> None:
    found = discrepancies([Figure("Sample", "summary", 7), Figure("Sample", "details", 5)], {})
    assert found == [Discrepancy("Sample", "summary", 7, 5, "details")]
    assert found[0].difference == 2


def test_where_numbers_add_up_every_place_is_held_against_the_sum() -> None:
    found = discrepancies([Figure("Sample", "summary", 7), Figure("Sample", "details", 5)], {"Sample": 6})
    assert [(one.where, one.difference, one.other_where) for one in found] == [
        ("summary", 1, "computed"),
        ("details", -1, "computed"),
    ]
