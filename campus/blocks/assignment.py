"""Whole stays in single rooms: what is asked and what is answered. `assignment_search.py` finds the answer. Pure.

Counters per night are not enough: two rooms that are each empty for half a week take no guest for the whole week.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campus.nights import Nights

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """So many rooms are promised to a block for these nights, as whole stays, and not chosen yet."""

    block: int
    nights: Nights
    rooms: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A stay that has a room already and may be moved; `version` is the id of the claim's version."""

    claim: int
    room: int
    nights: Nights
    version: int = 0


@dataclass(frozen=True, slots=True)
class Rooms:
    """Rooms of one type: in which nights each can take nobody (other claims, or not of the type), and who may move."""

    taken: Mapping[int, Sequence[Nights]]
    placed: Sequence[Placed] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A stay into another room of the same type, with all its nights."""

    stay: Placed
    room: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search found. `unplaced`: whole stays without a single room, even with these moves.

    `proven`: fewer unplaced stays, and for as many unplaced fewer moves, are impossible. Without it the search ended at
    its time bound (or was too large to be complete), and `at_least` moves are certain to be needed.
    """

    moves: tuple[Move, ...] = ()
    unplaced: tuple[Promise, ...] = ()
    proven: bool = True
    at_least: int = 0

    @property
    def fits(self) -> bool:
        """Whether every promised stay has a room, after the moves."""
        return not self.unplaced


def whole_stays(rest: Mapping[date, int]) -> Counter[Nights]:
    """The whole stays of a block that still holds so many rooms in each night: layer by layer, the longest first.

    A block of 3, 3, 2 rooms is two stays of three nights and one of two. Rooms can be shared out otherwise, but never
    so that fewer stays come out of it.
    """
    found: Counter[Nights] = Counter()
    for layer in range(1, max(rest.values(), default=0) + 1):
        run: list[date] = []
        for night in (*sorted(night for night, rooms in rest.items() if rooms >= layer), None):
            if run and night != run[-1] + DAY:
                found[Nights(run[0], run[-1] + DAY)] += 1
                run = []
            if night is not None:
                run.append(night)
    return found


def near(promises: Iterable[Promise], to: Iterable[Nights]) -> list[Promise]:
    """The promises that meet any of these nights, or meet one that does: what does not bears no relation to them."""
    rest, reached, todo = list(promises), [], list(to)
    while todo:
        nights = todo.pop()
        for one in [one for one in rest if len(one.nights.clipped(nights))]:
            rest.remove(one)
            reached.append(one)
            todo.append(one.nights)
    return reached
