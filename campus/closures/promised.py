"""Blocks whose contracted rooms can no longer be met once rooms are closed. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from campus.closures.books import Books
from campus.occupancy.rules import TypeNight


@dataclass(frozen=True, slots=True)
class Short:
    """So many rooms of a type are missing to a block, by night. `instead`: rooms of other types free in all of them."""

    block: int
    type_id: int
    rooms: Mapping[date, int]
    instead: Mapping[int, int]

    @property
    def most(self) -> int:
        """Rooms that are missing in the worst night."""
        return max(self.rooms.values())


def short_blocks(books: Books, change: Mapping[TypeNight, int]) -> list[Short]:
    """Blocks that lack rooms after a change of the free rooms by type and night; by block and type.

    What is missing already is no matter of this change. Where several blocks hold rooms of a type in a night, the one
    that was held last lacks them first.
    """
    missing: dict[tuple[int, int], dict[date, int]] = defaultdict(dict)
    holding: dict[TypeNight, list[tuple[int, int]]] = defaultdict(list)
    for (block, type_id, night), rooms in books.held.items():
        holding[type_id, night].append((block, rooms))
    after = {key: books.free.get(key, 0) + more for key, more in change.items()}
    for (type_id, night), more in change.items():
        short = max(0, -after[type_id, night]) - max(0, -books.free.get((type_id, night), 0)) if more < 0 else 0
        for block, rooms in sorted(holding[type_id, night], reverse=True):
            lacks = min(rooms, short)
            if lacks > 0:
                missing[block, type_id][night] = lacks
                short -= lacks
    types = {type_id for type_id, _night in books.free}
    return [
        Short(block, type_id, nights, _instead(books, after, types - {type_id}, nights))
        for (block, type_id), nights in sorted(missing.items())
    ]


def _instead(
    books: Books, after: Mapping[TypeNight, int], types: set[int], nights: Mapping[date, int]
) -> dict[int, int]:
    free = {
        other: min(after.get((other, night), books.free.get((other, night), 0)) for night in nights)
        for other in sorted(types)
    }
    return {other: rooms for other, rooms in free.items() if rooms > 0}
