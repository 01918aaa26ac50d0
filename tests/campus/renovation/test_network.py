"""What a slip of one milestone does to those after it."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.renovation.network import Dependency, Kind, Placed, Span, Wanted, checked_span, order, place
from core.errors import InvalidInput

DAY = date(2026, 1, 1)


def span(first: int, last: int) -> Span:
    return Span(DAY + timedelta(first), DAY + timedelta(last))


def wanted(*spans: tuple[int, int]) -> dict[int, Wanted]:
    return {number: Wanted(span(*one)) for number, one in enumerate(spans, 1)}


def path_to(key: int, placed: Mapping[int, Placed]) -> list[int]:
    """The milestones that push one to where it lies, the cause first and the one itself last."""
    path = [key]
    while (driver := placed[path[0]].driver) is not None:
        path.insert(0, driver)
    return path


def test_what_fits_stays_where_it_was_forecast() -> None:
    placed = place(wanted((0, 10), (10, 20)), [Dependency(1, 2)])
    assert placed[2].span == span(10, 20)
    assert placed[2].driver is None


def test_a_slip_pushes_what_waits_and_keeps_its_duration() -> None:
    placed = place(wanted((0, 52), (10, 20), (20, 20)), [Dependency(1, 2), Dependency(2, 3, lag=5)])
    assert placed[2].span == span(52, 62)
    assert placed[3].span == span(67, 67)
    assert path_to(3, placed) == [1, 2, 3]
    assert [key for key in placed if key != 1 and 1 in path_to(key, placed)] == [2, 3]


def test_the_latest_of_several_decides_and_is_named() -> None:
    placed = place(wanted((0, 12), (0, 30), (10, 15)), [Dependency(1, 3), Dependency(2, 3)])
    assert placed[3].span == span(30, 35)
    assert path_to(3, placed) == [2, 3]


def test_starts_and_finishes_can_be_tied() -> None:
    together = Dependency(1, 2, Kind.START_START, lag=3)
    assert place(wanted((5, 9), (0, 10)), [together])[2].span == span(8, 18)
    until = Dependency(1, 2, Kind.FINISH_FINISH, lag=-2)
    assert place(wanted((0, 20), (0, 10)), [until])[2].span == span(8, 18)


def test_what_has_begun_is_only_held_up_at_its_end_and_what_has_ended_not_at_all() -> None:
    ended = {1: Wanted(span(0, 40)), 2: Wanted(span(5, 10), begun=True, ended=True)}
    assert place(ended, [Dependency(1, 2)])[2].span == span(5, 10)
    begun = {1: Wanted(span(0, 40)), 2: Wanted(span(5, 10), begun=True)}
    assert place(begun, [Dependency(1, 2)])[2].span == span(5, 10)
    assert place(begun, [Dependency(1, 2, Kind.FINISH_FINISH)])[2].span == span(5, 40)


def test_a_cycle_is_refused_with_its_names() -> None:
    around = [Dependency(1, 2), Dependency(2, 3), Dependency(3, 1)]
    with pytest.raises(InvalidInput, match=r"wait for each other: .*Design.*Works"):
        order([1, 2, 3], around, {1: "Design", 2: "Tender", 3: "Works"})


def test_a_finish_before_its_start_is_refused() -> None:
    with pytest.raises(InvalidInput, match="must not lie before"):
        checked_span(DAY, DAY - timedelta(1), "finish")


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), min_size=1, max_size=8)


@st.composite
def networks(draw: st.DrawFn) -> tuple[dict[int, Wanted], list[Dependency]]:
    spans = draw(SPANS)
    milestones = wanted(*((first, first + days) for first, days in spans))
    pairs = [(one, other) for one in milestones for other in milestones if one < other]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
    return milestones, [
        Dependency(before, after, draw(st.sampled_from(Kind)), draw(st.integers(-10, 30))) for before, after in chosen
    ]


@given(networks())
def test_every_dependency_holds_and_durations_stay(network: tuple[dict[int, Wanted], list[Dependency]]) -> None:
    milestones, dependencies = network
    placed = place(milestones, dependencies)
    for one in dependencies:
        before, after = placed[one.before].span, placed[one.after].span
        held = after.finish if one.kind is Kind.FINISH_FINISH else after.start
        assert held >= (before.start if one.kind is Kind.START_START else before.finish) + timedelta(one.lag)
    assert all(placed[key].span.days == one.span.days for key, one in milestones.items())


@given(networks())
def test_placing_what_is_placed_changes_nothing(network: tuple[dict[int, Wanted], list[Dependency]]) -> None:
    milestones, dependencies = network
    once = {key: one.span for key, one in place(milestones, dependencies).items()}
    again = place({key: Wanted(one) for key, one in once.items()}, dependencies)
    assert {key: one.span for key, one in again.items()} == once


@given(networks(), st.integers(0, 60))
def test_a_slip_never_brings_anything_forward(network: tuple[dict[int, Wanted], list[Dependency]], days: int) -> None:
    milestones, dependencies = network
    first = milestones[1].span
    late = milestones | {1: Wanted(Span(first.start + timedelta(days), first.finish + timedelta(days)))}
    before, after = place(milestones, dependencies), place(late, dependencies)
    slips = [after[key].span.finish - before[key].span.finish for key in milestones]
    assert all(timedelta() <= slip <= timedelta(days) for slip in slips)


@given(networks())
def test_a_slip_of_zero_changes_nothing(network: tuple[dict[int, Wanted], list[Dependency]]) -> None:
    milestones, dependencies = network
    placed = place(milestones, dependencies)
    for key, one in milestones.items():
        again = milestones | {key: Wanted(Span(one.span.start + timedelta(0), one.span.finish + timedelta(0)))}
        assert place(again, dependencies) == placed


@given(networks(), st.data())
def test_any_dependency_keeps_the_order_or_is_refused_as_a_cycle(
    network: tuple[dict[int, Wanted], list[Dependency]], data: st.DataObject
) -> None:
    milestones, dependencies = network
    before, after = (data.draw(st.sampled_from(sorted(milestones))) for _end in range(2))
    reachable = {after}
    for _round in milestones:
        reachable |= {one.after for one in dependencies if one.before in reachable}
    more = [*dependencies, Dependency(before, after)]
    if before in reachable:
        with pytest.raises(InvalidInput, match="wait for each other"):
            order(milestones, more, {})
    else:
        ordered = order(milestones, more, {})
        assert sorted(ordered) == sorted(milestones)
        assert all(ordered.index(one.before) < ordered.index(one.after) for one in more)
