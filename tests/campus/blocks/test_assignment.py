"""Whole stays in single rooms: the search finds a room for each with the fewest moves, or says that there is none."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from campus.blocks.assignment import Answer, Placed, Promise, Rooms, near, whole_stays
from campus.blocks.assignment_search import check
from campus.nights import Nights

START = date(2030, 1, 7)


def days(first: int, until: int) -> Nights:
    return Nights(START + timedelta(first), START + timedelta(until))


def meet(one: Nights, other: Nights) -> bool:
    return len(one.clipped(other)) > 0


def arrangements(rooms: Rooms, promises: Sequence[Promise]) -> Iterator[tuple[int, int]]:
    """Promised stays without a room, and moves, of every possible arrangement."""
    promised = [one.nights for one in promises for _room in range(one.rooms)]
    for homes in product(rooms.taken, repeat=len(rooms.placed)):
        for given_rooms in product([*rooms.taken, None], repeat=len(promised)):
            stays = [(one.nights, room) for one, room in zip(rooms.placed, homes, strict=True)]
            stays += [(nights, room) for nights, room in zip(promised, given_rooms, strict=True) if room is not None]
            stays += [(nights, room) for room, ranges in rooms.taken.items() for nights in ranges]
            clash = any(
                one[1] == other[1] and meet(one[0], other[0])
                for number, one in enumerate(stays)
                for other in stays[:number]
            )
            if not clash:
                moved = sum(one.room != room for one, room in zip(rooms.placed, homes, strict=True))
                yield given_rooms.count(None), moved


def assert_works(rooms: Rooms, promises: Sequence[Promise], answer: Answer) -> None:
    """The offered moves leave nobody in two places at once, and every promised stay that has a room fits."""
    homes = {one.claim: one.room for one in rooms.placed} | {move.stay.claim: move.room for move in answer.moves}
    taken = {room: list(ranges) for room, ranges in rooms.taken.items()}
    for one in rooms.placed:
        assert not any(meet(one.nights, other) for other in taken[homes[one.claim]])
        taken[homes[one.claim]].append(one.nights)
    again = check(Rooms(taken), promises)
    assert sum(one.rooms for one in again.unplaced) == sum(one.rooms for one in answer.unplaced)


ranges = st.tuples(st.integers(0, 4), st.integers(1, 3)).map(lambda one: days(one[0], one[0] + one[1]))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rooms, list[Promise]]:
    """Up to three rooms, each perhaps out of order for a while, up to three stays, up to two promised ones."""
    taken: dict[int, list[Nights]] = {room: [] for room in range(1, draw(st.integers(1, 3)) + 1)}
    placed: list[Placed] = []
    for kind, room, nights in draw(
        st.lists(st.tuples(st.booleans(), st.sampled_from(sorted(taken)), ranges), max_size=4)
    ):
        others = taken[room] + [one.nights for one in placed if one.room == room]
        if any(meet(nights, other) for other in others):
            continue
        if kind and len(placed) < 3:
            placed.append(Placed(len(placed) + 1, room, nights))
        else:
            taken[room].append(nights)
    promises = [Promise(number, nights) for number, nights in enumerate(draw(st.lists(ranges, min_size=1, max_size=2)))]
    return Rooms(taken, placed), promises


@settings(max_examples=150)
@given(cases())
@example((Rooms({1: [], 2: []}, [Placed(1, 1, days(0, 2)), Placed(2, 2, days(2, 4))]), [Promise(1, days(0, 4))]))
def test_no_arrangement_has_fewer_stays_without_a_room_or_fewer_moves(case: tuple[Rooms, list[Promise]]) -> None:
    rooms, promises = case
    answer = check(rooms, promises)
    assert answer.proven
    assert_works(rooms, promises, answer)
    assert (sum(one.rooms for one in answer.unplaced), len(answer.moves)) == min(arrangements(rooms, promises))


def test_what_fits_needs_no_move() -> None:
    assert check(Rooms({1: [], 2: [days(0, 2)]}), [Promise(7, days(0, 4)), Promise(7, days(2, 4))]) == Answer()


def test_two_half_empty_rooms_take_a_whole_stay_after_one_move() -> None:
    rooms = Rooms({1: [], 2: []}, [Placed(1, 1, days(0, 2)), Placed(2, 2, days(2, 4))])
    answer = check(rooms, [Promise(7, days(0, 4))])
    assert len(answer.moves) == 1
    assert (answer.fits, answer.proven, answer.at_least) == (True, True, 1)


def test_stays_that_cannot_be_moved_leave_a_stay_without_a_room_and_it_is_named() -> None:
    answer = check(Rooms({1: [days(0, 2)], 2: [days(2, 4)]}), [Promise(7, days(0, 4), 2)])
    assert answer.unplaced == (Promise(7, days(0, 4), 2),)
    assert answer.proven
    assert not answer.moves


def test_empty_rooms_that_are_alike_are_shared_out_without_a_clash() -> None:
    rooms = Rooms({room: [] for room in range(30)})
    promises = [Promise(1, days(first, first + 3), 10) for first in (0, 1, 2, 3, 4, 5)]
    assert check(rooms, promises).fits
    assert sum(one.rooms for one in check(rooms, [*promises, Promise(2, days(2, 3))]).unplaced) == 1


def test_a_search_that_is_ended_says_that_nothing_is_proven() -> None:
    starts = [(room, 7 * week + room % 6) for room in range(40) for week in range(4)]
    placed = [Placed(number, room, days(first, first + 3)) for number, (room, first) in enumerate(starts)]
    rooms = Rooms({room: [] for room in range(40)}, placed)
    answer = check(rooms, [Promise(1, days(0, 5), 12), Promise(2, days(9, 15), 12)], seconds=0.001)
    assert not answer.proven


def test_the_stays_of_a_block_are_layers_of_what_it_holds_by_night() -> None:
    rest = {START + timedelta(day): rooms for day, rooms in enumerate((3, 3, 2, 0, 1))}
    assert whole_stays(rest) == Counter({days(0, 3): 2, days(0, 2): 1, days(4, 5): 1})
    assert whole_stays({}) == Counter()


def test_what_meets_no_night_of_the_block_bears_no_relation_to_it() -> None:
    chain = [Promise(1, days(0, 3)), Promise(2, days(2, 6)), Promise(3, days(5, 8)), Promise(4, days(8, 9))]
    assert {one.block for one in near(chain, [days(0, 1)])} == {1, 2, 3}
