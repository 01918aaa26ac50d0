"""Which rooms a claim in conflict could have instead, and one choice for all of them that does not clash. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campus.closures.books import Books, Holder, Room
from campus.nights import Nights
from campus.occupancy.rules import TypeNight
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_SHOWN = 12  # rooms that a claim is offered
NOTHING: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WayOut:
    """A room that fits: free in the nights, with beds for all guests and the features of the room before.

    `faulty`: it is out of service in some of the nights, and can be used if it must.
    """

    room: Room
    same_type: bool
    faulty: bool
    slack: int  # beds more than guests


Choices = Mapping[int, int | None]  # claim → the room it is moved to; None leaves it where it is


def fitting_rooms(books: Books, nights_of: Mapping[int, Nights], closing: Mapping[int, Collection[date]]) -> "Fits":
    """Prepares the search: `nights_of` are the nights in which each claim needs a room, `closing` those of rooms."""
    taken: dict[int, set[date]] = defaultdict(set)
    for room_id, nights in closing.items():
        taken[room_id].update(nights)
    for one in books.holders:
        taken[one.room_id].update(one.nights)
    return Fits(books, dict(nights_of), taken)


class Fits:
    """Rooms that are free besides what is closed, and what is given away of them while choices are made."""

    def __init__(self, books: Books, nights_of: Mapping[int, Nights], taken: Mapping[int, set[date]]) -> None:
        self._books, self._nights_of, self._taken = books, nights_of, taken
        self._given: dict[int, set[date]] = defaultdict(set)
        self._spent: dict[TypeNight, int] = defaultdict(int)
        self._at_first: dict[int, list[tuple[WayOut, int]]] = {}  # claim → rooms with their types, before any choice

    def of(self, claim: Holder) -> list[WayOut]:
        """The rooms for a claim: those of its own type first, without a fault, with the fewest beds too many.

        Choices only ever take rooms away: what a claim could have at first is looked for once.
        """
        if claim.number not in self._at_first:
            self._at_first[claim.number] = self._search(claim)
        types = self._types(claim)
        return [way for way, type_id in self._at_first[claim.number] if self._is_left(claim, way, type_id, types)]

    def _search(self, claim: Holder) -> list[tuple[WayOut, int]]:
        nights, types = self._nights_of[claim.number], set(self._types(claim))
        needed, found = frozenset(nights), []
        for room in self._books.rooms.values():
            if room.id == claim.room_id or not self._taken.get(room.id, NOTHING).isdisjoint(needed):
                continue
            period = room.through(nights)
            if period is None or period.beds < claim.guests or not self._keeps_features(claim, period.features):
                continue
            faulty = any(len(one.clipped(nights)) for one in self._books.faulty.get(room.id, ()))
            way = WayOut(room, types == {period.type_id}, faulty, period.beds - claim.guests)
            found.append((way, period.type_id))
        return sorted(found, key=lambda one: (not one[0].same_type, one[0].faulty, one[0].slack, one[0].room.order))

    def _is_left(self, claim: Holder, way: WayOut, type_id: int, types: Sequence[int | None]) -> bool:
        """Whether nobody was given the room since, and nothing of its type that is promised would be taken."""
        nights = self._nights_of[claim.number]
        given = self._given.get(way.room.id)
        if given and not given.isdisjoint(nights):
            return False
        return way.same_type or self._is_unpromised(types, type_id, nights)

    def give(self, claim: Holder, room: Room) -> None:
        """From now on the room is this claim's in its nights. Raises `InvalidInput` where it cannot be."""
        nights = self._nights_of[claim.number]
        if room.id not in {one.room.id for one in self.of(claim)}:
            said = _("room %(room)s does not fit claim %(number)s, or is taken", room=room.name, number=claim.number)
            raise InvalidInput(said, place=f"move-{claim.number}")
        self._given[room.id].update(nights)
        for night, before in zip(nights, self._types(claim), strict=True):
            period = room.on(night)
            if period is not None and before != period.type_id:
                self._spent[period.type_id, night] += 1

    def _keeps_features(self, claim: Holder, features: frozenset[str]) -> bool:
        now = self._books.rooms[claim.room_id].on(self._nights_of[claim.number].first)
        return now is None or now.features <= features

    def _is_unpromised(self, types: Sequence[int | None], type_id: int, nights: Nights) -> bool:
        """Within a type a move takes nothing that is promised; from another type a room must be left over."""
        return all(
            before == type_id or self._books.free.get((type_id, night), 0) - self._spent[type_id, night] >= 1
            for night, before in zip(nights, types, strict=True)
        )

    def _types(self, claim: Holder) -> list[int | None]:
        room, nights = self._books.rooms[claim.room_id], self._nights_of[claim.number]
        return [period.type_id if (period := room.on(night)) else None for night in nights]


def assign(fits: Fits, claims: Sequence[Holder], rooms: Mapping[int, Room], fixed: Choices) -> dict[int, int | None]:
    """A room for each claim, so that no two have the same room in a night; None where none is left.

    What is `fixed` comes first. Then the claim with the fewest rooms to choose from; of equal ones the earliest.
    """
    chosen: dict[int, int | None] = {}
    for claim in claims:
        if claim.number in fixed:
            wanted = fixed[claim.number]
            if wanted is not None:
                fits.give(claim, _known(rooms, wanted, claim.number))
            chosen[claim.number] = wanted
    rest = [claim for claim in claims if claim.number not in chosen]
    for claim in sorted(rest, key=_fewest_first(fits, rest)):
        found = fits.of(claim)
        if found:
            fits.give(claim, found[0].room)
        chosen[claim.number] = found[0].room.id if found else None
    return chosen


def shown(found: Sequence[WayOut], chosen: Iterable[int | None]) -> tuple[WayOut, ...]:
    """The first rooms of a long list, and those that are chosen."""
    wanted = set(chosen)
    return tuple(one for number, one in enumerate(found) if number < MOST_SHOWN or one.room.id in wanted)


def _known(rooms: Mapping[int, Room], room_id: int, number: int) -> Room:
    if room_id not in rooms:
        raise InvalidInput(_("is not known"), place=f"move-{number}")
    return rooms[room_id]


def _fewest_first(fits: Fits, claims: Sequence[Holder]) -> "_Order":
    return _Order({claim.number: len(fits.of(claim)) for claim in claims})


@dataclass(frozen=True, slots=True)
class _Order:
    choices: Mapping[int, int]

    def __call__(self, claim: Holder) -> tuple[int, date, int]:
        return self.choices[claim.number], claim.nights.first, claim.number
