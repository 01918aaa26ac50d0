"""Finds a room for every promised stay, with the fewest moves of stays that have one already. Pure.

The question is one of interval scheduling with rooms that are partly taken, answered by mixed integer programming
(HiGHS, through `scipy.optimize.milp`): each stay goes into exactly one room, no room takes two in a night, and each
stay that is not in its present room counts as a move. A promised stay without a room costs more than all moves
together, so the fewest stay without one first, then the fewest are moved.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

import numpy as np

from campus.blocks.assignment import Answer, Move, Placed, Promise, Rooms
from campus.nights import Nights

SECONDS = 8.0  # the most that one search takes
MOST_CHOICES = 150_000  # stay × room; beyond, only stays that meet a promised one are moved, and nothing is proven


def check(rooms: Rooms, promises: Sequence[Promise], seconds: float = SECONDS) -> Answer:
    """Find a room for every promised stay, with the fewest moves of stays that have one already."""
    without = check_without_moves(rooms, promises, seconds)
    if without.fits:
        return without
    movable, complete = _movable(rooms, promises)
    answer = _solve(_without(rooms, movable), movable, promises, seconds, complete=complete)
    at_least = max(answer.at_least, int(without.proven and answer.fits))  # without any move it did not fit
    proven = answer.proven or (answer.fits and len(answer.moves) == at_least)
    return replace(answer, at_least=at_least, proven=proven)


def check_without_moves(rooms: Rooms, promises: Sequence[Promise], seconds: float = SECONDS) -> Answer:
    """Find a room for every promised stay while everybody stays where they are; quick."""
    return _solve(_without(rooms, ()), (), promises, seconds, complete=True)


def _movable(rooms: Rooms, promises: Sequence[Promise]) -> tuple[list[Placed], bool]:
    """The stays whose moves could help, and whether these are all of them: those that meet, directly or by others."""
    rest, found = list(rooms.placed), list[Placed]()
    todo = [one.nights for one in promises]
    rounds = 0
    while todo:
        met = [one for one in rest if any(len(one.nights.clipped(nights)) for nights in todo)]
        if rounds and (len(found) + len(met)) * len(rooms.taken) > MOST_CHOICES:
            return found, False
        found += met
        chosen = set(met)
        rest = [one for one in rest if one not in chosen]
        todo, rounds = [one.nights for one in met], rounds + 1
    return found, True


def _without(rooms: Rooms, movable: Sequence[Placed]) -> dict[int, list[Nights]]:
    """The rooms with every stay in its place that is not movable."""
    fixed = {room: list(taken) for room, taken in rooms.taken.items()}
    loose = set(movable)
    for one in rooms.placed:
        if one not in loose:
            fixed[one.room].append(one.nights)
    return fixed


@dataclass(frozen=True, slots=True)
class _Item:
    """A stay to be given a room: promised ones of the same nights together, or one that is placed."""

    nights: Nights
    count: int
    placed: Placed | None = None


@dataclass(frozen=True, slots=True)
class _Bin:
    """Rooms that are taken in the same nights and where nobody may be moved from: one as good as the other."""

    rooms: tuple[int, ...]
    taken: frozenset[date]


def _bins(taken: Mapping[int, Sequence[Nights]], movable: Sequence[Placed], window: Nights) -> list[_Bin]:
    homes = {one.room for one in movable}
    alike: dict[frozenset[date], list[int]] = defaultdict(list)
    bins = []
    for room, ranges in taken.items():
        nights = frozenset(night for one in ranges for night in one.clipped(window))
        if room in homes:
            bins.append(_Bin((room,), nights))
        else:
            alike[nights].append(room)
    return bins + [_Bin(tuple(rooms), nights) for nights, rooms in alike.items()]


def _solve(
    taken: Mapping[int, Sequence[Nights]],
    movable: Sequence[Placed],
    promises: Sequence[Promise],
    seconds: float,
    *,
    complete: bool,
) -> Answer:
    if not promises:
        return Answer()
    wanted = Counter[Nights]()
    for one in promises:
        wanted[one.nights] += one.rooms
    items = [_Item(nights, count) for nights, count in wanted.items()]
    items += [_Item(one.nights, 1, one) for one in movable]
    window = Nights(min(one.nights.first for one in items), max(one.nights.until for one in items))
    model = _Model(items, _bins(taken, movable, window))
    chosen, bound = model.solve(seconds)
    moves, missing = model.told(chosen)
    cost = model.weight * sum(missing.values()) + len(moves)
    optimal = complete and ceil(bound - 1e-6) >= cost
    at_least = len(moves) if optimal else max(0, ceil(bound - 1e-6) - model.weight * sum(missing.values()))
    return Answer(tuple(moves), _whose(missing, promises), optimal, at_least if complete else 0)


def _whose(missing: Counter[Nights], promises: Sequence[Promise]) -> tuple[Promise, ...]:
    """Promises that stay without a room; among blocks of the same nights the one that holds rooms last."""
    found = []
    for one in sorted(promises, key=lambda one: -one.block):
        if rooms := min(one.rooms, missing[one.nights]):
            missing[one.nights] -= rooms
            found.append(Promise(one.block, one.nights, rooms))
    return tuple(found)


class _Model:
    """The integer program: how many of each item go into each bin, and how many into none."""

    def __init__(self, items: Sequence[_Item], bins: Sequence[_Bin]) -> None:
        self.items, self.bins = items, bins
        self.weight = 1 + sum(1 for item in items if item.placed)
        self.choices = [
            (number, place)
            for number, item in enumerate(items)
            for place, one in enumerate(bins)
            if one.taken.isdisjoint(item.nights)
        ]
        self.without = [number for number, item in enumerate(items) if item.placed is None]

    def solve(self, seconds: float) -> tuple[np.ndarray[Any, np.dtype[np.int64]] | None, float]:
        """Counts by variable (choices, then those without a room), None if none was found; a bound of the cost."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # late: only who asks for a check pays for it

        upper = [float(min(self.items[item].count, len(self.bins[place].rooms))) for item, place in self.choices]
        upper += [float(self.items[item].count) for item in self.without]
        matrix, low, high = self._constraints()
        found = milp(
            self._costs(),
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(len(upper)),
            bounds=Bounds(0, upper),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        bound = 0.0 if found.mip_dual_bound is None else max(0.0, float(found.mip_dual_bound))
        return (None if found.x is None else np.rint(found.x).astype(np.int64)), bound

    def told(self, counts: np.ndarray[Any, np.dtype[np.int64]] | None) -> tuple[list[Move], Counter[Nights]]:
        """The moves of a solution, and how many stays of which nights are without a room."""
        if counts is None:  # nothing found in time: nobody moves, and nothing is promised
            return [], Counter({self.items[number].nights: self.items[number].count for number in self.without})
        missing: Counter[Nights] = Counter()
        for number, count in zip(self.without, counts[len(self.choices) :], strict=True):
            if count:
                missing[self.items[number].nights] += int(count)
        given: dict[int, list[_Item]] = defaultdict(list)
        for (number, place), count in zip(self.choices, counts, strict=False):
            given[place] += [self.items[number]] * int(count)
        moves = [move for place, items in given.items() for move in _shared_out(self.bins[place], items)]
        return sorted(moves, key=lambda move: (move.stay.nights.first, move.stay.claim)), missing

    def _costs(self) -> list[float]:
        costs = []
        for number, place in self.choices:
            placed = self.items[number].placed
            costs.append(0.0 if placed is None or self.bins[place].rooms == (placed.room,) else 1.0)
        return costs + [float(self.weight)] * len(self.without)

    def _constraints(self) -> tuple[Any, list[float], list[float]]:
        """Every item goes somewhere; in no night more than a bin has rooms.

        Only nights of arrivals are looked at: who meets in a night has met on the last arrival before it too.
        """
        from scipy.sparse import coo_array

        arrivals = sorted({item.nights.first for item in self.items})
        row_of = {number: number for number in range(len(self.items))}
        rows, columns = [], []
        low = [float(item.count) for item in self.items]
        high = list(low)
        of_night: dict[tuple[int, date], int] = {}
        for column, (number, place) in enumerate(self.choices):
            rows.append(row_of[number])
            columns.append(column)
            for night in arrivals:
                if night in self.items[number].nights:
                    row = of_night.get((place, night))
                    if row is None:
                        row = of_night[place, night] = len(low)
                        low.append(0.0)
                        high.append(float(len(self.bins[place].rooms)))
                    rows.append(row)
                    columns.append(column)
        for column, number in enumerate(self.without, len(self.choices)):
            rows.append(number)
            columns.append(column)
        shape = (len(low), len(self.choices) + len(self.without))
        return coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr(), low, high


def _shared_out(place: _Bin, items: Sequence[_Item]) -> list[Move]:
    """Give the stays of a bin its rooms one after the other, by arrival: that always works out (an interval graph)."""
    until = dict.fromkeys(place.rooms, date.min)
    moves = []
    for item in sorted(items, key=lambda item: item.nights.first):
        room = next(room for room, end in until.items() if end <= item.nights.first)
        until[room] = item.nights.until
        if item.placed is not None and item.placed.room != room:
            moves.append(Move(item.placed, room))
    return moves
