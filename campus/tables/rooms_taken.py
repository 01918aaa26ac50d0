"""Which nights of rooms are taken while the rows of a file are gone through, one after the other. Pure.

A file of many stays is checked in memory as if each row were written before the next is looked at.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campus.nights import Nights

TypeNight = tuple[int, date]
Promised = tuple[int, int, date]  # block, room type, night


@dataclass(frozen=True, order=True, slots=True)
class Taken:
    """Nights of a room and who has them: a claim's number, or a row of the file."""

    first: date
    until: date
    claim: int = 0
    row: int = 0


class Occupied:
    """The nights that are taken, by room. Those of one room never overlap."""

    def __init__(self, taken: Iterable[tuple[int, Taken]]) -> None:
        self._rooms: dict[int, list[Taken]] = defaultdict(list)
        for room_id, one in sorted(taken):
            self._rooms[room_id].append(one)

    def holder(self, room_id: int, nights: Nights) -> Taken | None:
        """Who has the first of the nights that is taken."""
        there = self._rooms[room_id]
        place = max(0, bisect_right(there, nights.first, key=lambda one: one.first) - 1)
        for one in there[place : place + 2]:
            if one.first < nights.until and one.until > nights.first:
                return one
        return None

    def take(self, room_id: int, taken: Taken) -> None:
        """These nights are taken from now on."""
        insort(self._rooms[room_id], taken)

    def free(self, room_id: int, claim: int) -> None:
        """What this claim took is free."""
        self._rooms[room_id] = [one for one in self._rooms[room_id] if one.claim != claim]


class Promises:
    """Rooms that are free, and those that blocks still hold, where they hold any: what may be sold besides.

    `free` are rooms neither taken nor held, `contracted` and `picked` those of the blocks.
    """

    def __init__(
        self, free: Mapping[TypeNight, int], contracted: Mapping[Promised, int], picked: Mapping[Promised, int]
    ) -> None:
        self._contracted, self._picked = contracted, dict(picked)
        self._held_in = {(type_id, night) for _block, type_id, night in contracted}
        self._free = {key: free[key] for key in self._held_in}

    def refuses(self, type_id: int, night: date, block: int | None) -> bool:
        """Whether the last rooms of this type are held for others in this night."""
        if (type_id, night) not in self._held_in:
            return False
        return self._free[type_id, night] + self._held(block, type_id, night) < 1

    def sell(self, type_id: int, night: date, block: int | None, rooms: int = 1) -> None:
        """A room is taken, from its block if it has one; -1 gives it back."""
        if (type_id, night) not in self._held_in:
            return
        before = self._held(block, type_id, night)
        if block is not None:
            key = block, type_id, night
            self._picked[key] = self._picked.get(key, 0) + rooms
        self._free[type_id, night] += before - self._held(block, type_id, night) - rooms

    def _held(self, block: int | None, type_id: int, night: date) -> int:
        key = block or 0, type_id, night
        return max(0, self._contracted.get(key, 0) - self._picked.get(key, 0))
