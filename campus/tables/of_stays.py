"""Stays from a file: recognised, checked by the rules of single bookings, and told apart into new, changed and same.

A stay is recognised by its number in the books, else by its reference, else by room, arrival and party. The rows are
gone through in their order, each as if those before were written already.
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy import rules
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import Room
from campus.places.rules import first_night_outside
from campus.tables.bulk import chunks
from campus.tables.column import plain
from campus.tables.names import Names
from campus.tables.rooms_taken import Taken
from campus.tables.rules import Choices, Given, Line, Outcome, Problem, refused, settled
from campus.tables.stay_books import CLAIM, FIELDS, Stay, StayBooks, references_of
from campus.tables.texts import tidy
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, today
from core.i18n import gettext as _

MOST_NOTE, MOST_REFERENCE = 500, 80
STATUSES = {
    **{plain(one.value): one for one in Status},
    **dict.fromkeys(("reserve", "réservé", "confirmé", "confirmed"), Status.BOOKED),
    **dict.fromkeys(("noshow", "non présenté"), Status.NO_SHOW),
    **dict.fromkeys(("annulé", "canceled"), Status.CANCELLED),
}
Resolve = Callable[[Given, StayBooks], dict[str, Any]]


def plan(session: Session, rows: list[Given], choices: Choices) -> list[Line]:
    """What each row would do."""
    return planned(session, rows, choices.reason, resolve)


def planned(session: Session, rows: list[Given], reason: str, resolved: Resolve) -> list[Line]:
    """As `plan`; `resolved` gives what a row says of its stay, as the books hold it, and only what it says."""
    books = StayBooks(session, _span(rows), *_named(rows))
    planner = _Planner(books, reason, resolved)
    return [planner.line(given) for given in rows]


def resolve(given: Given, books: StayBooks) -> dict[str, Any]:
    """The values of a row of stays. Raises `InvalidInput` naming the column."""
    said, names = given.values, books.names
    values = where_and_when(given, books)
    values["party_id"] = names.parties.find(said["party"], "party")
    values["segment_id"] = names.segments.find(said["segment"], "segment")
    if said.get("event"):
        values["event_id"] = names.events.find(said["event"], "event")
    if (block := said.get("block")) is not None:
        if block not in books.blocks:
            raise InvalidInput(_("there is no block %(number)s", number=block), place="block")
        values["block"] = block
    if (rate := said.get("rate_cents")) is not None:
        values["rate_cents"] = rate
    if status := said.get("status"):
        if plain(status) not in STATUSES:
            raise InvalidInput(_("must be booked, no show or cancelled"), place="status")
        values["status"] = STATUSES[plain(status)].value
    return values


def where_and_when(given: Given, books: StayBooks) -> dict[str, Any]:
    """Room, nights, guests and note of a row."""
    said = given.values
    nights = Nights.checked(said["first"], said["until"], "until")
    values = {"room_id": books.names.room(said.get("pavilion"), said["room"]), "first": nights.first}
    values["until"] = nights.until
    if (guests := said.get("guests")) is not None:
        values["guests"] = guests
    if note := said.get("note"):
        if len(note) > MOST_NOTE:
            raise InvalidInput(_("must be at most %(most)s characters", most=MOST_NOTE), place="note")
        values["note"] = note
    return values


def shown(stay: Stay, names: Names) -> dict[str, Any]:
    """A stay by key of column, as an export writes it and a row of a file says it."""
    room = names.rooms[stay["room_id"]]
    return {
        "pavilion": names.pavilions.name(room.pavilion_id),
        "room": room.number,
        "first": stay["first"],
        "until": stay["until"],
        "guests": stay["guests"],
        "rate_cents": stay["rate_cents"],
        "party": names.parties.name(stay["party_id"]),
        "segment": names.segments.name(stay["segment_id"]),
        "event": names.events.slug(stay["event_id"]),
        "block": stay["block"],
        "status": stay["status"],
        "note": tidy(stay["note"]) or None,
    }


class _Planner:
    def __init__(self, books: StayBooks, reason: str, resolved: Resolve) -> None:
        self.books, self.reason, self.resolved = books, reason, resolved
        self._rows: dict[object, int] = {}  # what a row was recognised by → its number

    def line(self, given: Given) -> Line:
        """What a row would do."""
        if given.problems:
            return refused(given)
        try:
            values = self.resolved(given, self.books)
            target = self._target(given, values)
            self._once(given, values, target)
            return self._add(given, values) if target is None else self._change(given, values, target)
        except InvalidInput as error:
            return refused(given, Problem(given.row, error.place, error.message))
        except Conflict as error:
            return refused(given, Problem(given.row, "", str(error)))

    def _target(self, given: Given, values: dict[str, Any]) -> int | None:
        """The number of the stay that the row speaks of."""
        number, reference = given.values.get("number"), given.values.get("reference")
        if reference and len(reference) > MOST_REFERENCE:
            raise InvalidInput(_("must be at most %(most)s characters", most=MOST_REFERENCE), place="reference")
        if number is not None:
            if number not in self.books.stays:
                raise InvalidInput(_("there is no stay %(number)s", number=number), place="number")
            if reference and self.books.references.get(reference, number) != number:
                raise InvalidInput(_("belongs to another stay"), place="reference")
            return int(number)
        if reference:
            return self.books.references.get(reference)
        return self.books.by_key.get((values["room_id"], values["first"], values["party_id"]))

    def _once(self, given: Given, values: dict[str, Any], target: int | None) -> None:
        """Two rows must not speak of the same stay."""
        keys: list[object] = [target] if target is not None else []
        if reference := given.values.get("reference"):
            keys.append(reference)
        elif target is None:
            keys.append((values["room_id"], values["first"], values["party_id"]))
        for key in keys:
            if key in self._rows:
                raise InvalidInput(_("the same stay as row %(row)s", row=self._rows[key]))
        self._rows |= dict.fromkeys(keys, given.row)

    def _add(self, given: Given, values: dict[str, Any]) -> Line:
        rate = self.books.names.segments.row(values["segment_id"]).rate_cents
        stay = {"guests": 1, "rate_cents": rate, "status": Status.BOOKED.value, "note": ""} | values
        stay = {"kind": Kind.STAY.value, "event_id": None, "block": None} | stay
        self._check(given, stay)
        self._take(given, stay)
        return Line(given.row, Outcome.ADD, stay | self._beside(given), self._said(given, stay))

    def _change(self, given: Given, values: dict[str, Any], number: int) -> Line:
        now = self.books.stays[number]
        stay = now | values
        reference = given.values.get("reference")
        there = shown(now, self.books.names) | {"reference": reference if reference in self.books.references else None}
        line = settled(given.row, stay | self._beside(given), self._said(given, stay), there, number)
        line.was = now
        if not line.changes:
            return line
        if set(line.before) == {"reference"}:  # what others call it is no fact of the books
            return line
        if now["status"] != Status.BOOKED:
            raise Conflict(_("This claim has already ended: it is “%(status)s”.", status=now["status"]))
        if stay["status"] != now["status"]:
            rules.check_step(Status(now["status"]), Status(stay["status"]), Kind.STAY, now["first"], today())
        self._check(given, stay, Nights(now["first"], now["until"]))
        self._release(now)
        try:
            self._take(given, stay)
        except InvalidInput:
            self._take_back(now)
            raise
        return line

    def _check(self, given: Given, stay: Stay, before: Nights | None = None) -> None:
        """What a single booking is asked too."""
        try:
            rules.check_stay(stay["guests"], stay["rate_cents"])
        except InvalidInput as error:
            raise InvalidInput(error.message, place={"rate": "rate_cents"}.get(error.place, error.place)) from None
        nights = Nights(stay["first"], stay["until"])
        there = (period for _type, period in self.books.periods.get(stay["room_id"], []))
        outside = first_night_outside(there, nights)
        if outside is not None:
            room = self.books.names.room_name(stay["room_id"])
            raise InvalidInput(
                _("room %(room)s is no room on %(night)s", room=room, night=format_date(outside)), place="room"
            )
        if any(self.books.is_closed(one) for one in (nights, before) if one) and not self.reason:
            raise InvalidInput(_("lies in a month that is closed: the import needs a reason"), place="first")

    def _take(self, given: Given, stay: Stay) -> None:
        """Its nights, if it takes any, are taken for the rows to come."""
        if not rules.takes_nights(Kind.STAY, Status(stay["status"])):
            return
        nights = Nights(stay["first"], stay["until"])
        holder = self.books.occupied.holder(stay["room_id"], nights)
        if holder is not None:
            raise InvalidInput(self._taken(holder, nights), place="room")
        for night in nights:
            type_id = self.books.type_on(stay["room_id"], night)
            if type_id is not None and self.books.promises.refuses(type_id, night, stay["block"]):
                raise InvalidInput(
                    _(
                        "the last rooms of this type are held for a group in the night of %(night)s",
                        night=format_date(night),
                    ),
                    place="room",
                )
        self.books.occupied.take(stay["room_id"], Taken(nights.first, nights.until, stay.get("number", 0), given.row))
        self._sell(stay, 1)

    def _release(self, now: Stay) -> None:
        self.books.occupied.free(now["room_id"], now["number"])
        self._sell(now, -1)

    def _take_back(self, now: Stay) -> None:
        self.books.occupied.take(now["room_id"], Taken(now["first"], now["until"], now["number"]))
        self._sell(now, 1)

    def _sell(self, stay: Stay, rooms: int) -> None:
        for night in Nights(stay["first"], stay["until"]):
            type_id = self.books.type_on(stay["room_id"], night)
            if type_id is not None:
                self.books.promises.sell(type_id, night, stay["block"], rooms)

    def _taken(self, holder: Taken, nights: Nights) -> str:
        night = format_date(max(holder.first, nights.first))
        if holder.row:
            return _("is taken in the night of %(night)s by row %(row)s of this file", night=night, row=holder.row)
        return _("is taken in the night of %(night)s by claim %(number)s", night=night, number=holder.claim)

    def _beside(self, given: Given) -> dict[str, Any]:
        """What is written beside the claim."""
        return {"reference": given.values.get("reference"), "reason": self.reason}

    def _said(self, given: Given, stay: Stay) -> dict[str, Any]:
        told = shown(stay, self.books.names)
        reference = given.values.get("reference")
        return told | ({"reference": reference} if reference else {})


def _span(rows: list[Given]) -> Nights:
    """All nights that the rows speak of, within sensible years."""
    days = [given.values[name] for given in rows if not given.problems for name in ("first", "until")]
    days = [day for day in days if EARLIEST <= day <= LATEST]
    return Nights(min(days), max(days)) if days else Nights(today(), today())


def _named(rows: list[Given]) -> tuple[set[int], set[str]]:
    numbers = {given.values["number"] for given in rows if given.values.get("number") is not None}
    references = {given.values["reference"] for given in rows if given.values.get("reference")}
    return numbers, {one for one in references if isinstance(one, str) and len(one) <= MOST_REFERENCE}


def rows(session: Session, nights: Nights, pavilion_id: int | None) -> Iterator[dict[str, Any]]:
    """The stays that meet a period, by arrival and number, by key of column. Never the names of guests."""
    meets = Claim.first < nights.until, Claim.until > nights.first
    query = CLAIM.where(*meets, Claim.kind == Kind.STAY.value).order_by(Claim.first, Claim.number)
    if pavilion_id is not None:
        query = query.join(Room, Room.id == Claim.room_id).where(Room.pavilion_id == pavilion_id)
    yield from stay_rows(session, query)


def stay_rows(session: Session, query: sa.Select[Any]) -> Iterator[dict[str, Any]]:
    """The stays of a query, by key of column."""
    names = Names(session)
    for part in chunks(session.execute(query, execution_options={"yield_per": 1000})):
        stays = [dict(zip(FIELDS, row, strict=True)) for row in part]
        references = references_of(session, [stay["number"] for stay in stays])
        for stay in stays:
            number = stay["number"]
            yield shown(stay, names) | {"number": number, "reference": references.get(number)}
