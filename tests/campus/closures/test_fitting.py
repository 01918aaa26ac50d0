"""Claims become the wanted ranges, whatever they were, and never two in one night on the way."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from campus.closures.fitting import ClaimChange, fit, runs
from campus.nights import Nights

START = date(2027, 1, 1)
days = st.sets(st.integers(0, 20), max_size=14).map(lambda some: {START + timedelta(days=one) for one in some})


@settings(max_examples=100)
@given(days, days)
def test_every_change_leaves_room_for_the_next_and_all_together_are_what_was_wanted(
    before: set[date], wanted: set[date]
) -> None:
    claims = dict(enumerate(runs(before), 1))
    now: dict[int, Nights] = dict(claims)
    for change in fit(claims, runs(wanted)):
        number = change.number or len(now) + 100
        now.pop(number, None)
        if change.nights is not None:
            assert not any(len(change.nights.clipped(held)) for held in now.values())
            now[number] = change.nights
    assert {night for nights in now.values() for night in nights} == wanted


def test_what_is_right_already_is_not_touched() -> None:
    nights = [Nights(START, START + timedelta(days=3)), Nights(START + timedelta(days=5), START + timedelta(days=7))]
    assert fit({4: nights[0], 9: nights[1]}, nights) == []


def test_a_range_that_moves_on_takes_its_claim_along() -> None:
    later = Nights(START + timedelta(days=2), START + timedelta(days=9))
    assert fit({4: Nights(START, START + timedelta(days=3))}, [later]) == [ClaimChange(4, later)]
