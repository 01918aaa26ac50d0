"""Daily counts from a file and into one. A count is recognised by its pavilion and night."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.counts import queries, rules
from campus.counts.models import DailyCount
from campus.counts.rules import Seen
from campus.known import known
from campus.months import adjustments
from campus.months import queries as months
from campus.months.rules import month_of
from campus.nights import EARLIEST, LATEST, Nights
from campus.tables.bulk import Told, insert, supersede_all
from campus.tables.names import Names
from campus.tables.rules import Choices, Given, Line, Outcome, Problem, refused, settled
from core import clock
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today

Written = dict[str, list[int]]


def plan(session: Session, rows: list[Given], choices: Choices) -> list[Line]:
    """What each row would do, by the rules of counts that are entered by hand."""
    names, days = Names(session), [given.values["night"] for given in rows if not given.problems]
    days = [day for day in days if date(1964, 1, 1) <= day <= today()]
    span = Nights(min(days), max(days) + timedelta(days=1)) if days else Nights(today(), today())
    books = _Books(session, span)
    seen: dict[tuple[int, date], int] = {}
    return [_line(given, choices, names, books, seen) for given in rows]


class _Books:
    """Rooms that are there, counts and closed months of the file's nights."""

    def __init__(self, session: Session, nights: Nights) -> None:
        self.rooms = queries.rooms_there(session, nights)
        self.closed = months.closed(session, nights)
        columns = (DailyCount.id, DailyCount.pavilion_id, DailyCount.night, DailyCount.rooms, DailyCount.guests)
        within = sa.and_(DailyCount.night >= nights.first, DailyCount.night < nights.until)
        found = session.execute(sa.select(*columns).where(within, known(DailyCount, None)))
        self.counts = {(row.pavilion_id, row.night): row for row in found}


def _line(given: Given, choices: Choices, names: Names, books: _Books, seen: dict[tuple[int, date], int]) -> Line:
    if given.problems:
        return refused(given)
    try:
        values = _values(given, choices, names, books)
        place = values["pavilion_id"], values["night"]
        if place in seen:
            raise InvalidInput(_("the same pavilion and night as row %(row)s", row=seen[place]))
        seen[place] = given.row
        return _settled(given, values, books, names)
    except InvalidInput as error:
        return refused(given, Problem(given.row, error.place, error.message))


def _values(given: Given, choices: Choices, names: Names, books: _Books) -> dict[str, Any]:
    night = given.values["night"]
    pavilion_id = names.pavilions.find(given.values["pavilion"], "pavilion")
    if night < date(1964, 1, 1):
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place="night")
    rules.check_night(night, today(), "night")
    rooms = books.rooms.get((pavilion_id, night), 0)
    if not rooms:
        raise InvalidInput(_("this pavilion has no rooms in this night"), place="pavilion")
    counted = Seen(given.values["rooms"], given.values["guests"])
    try:
        rules.check(counted, rooms, "rooms")
    except InvalidInput as error:
        raise InvalidInput(error.message, place="guests" if "guests" in error.place else "rooms") from None
    reason = given.values.get("reason") or choices.reason
    if len(reason) > 500:
        raise InvalidInput(_("must be 1 to 500 characters"), place="reason")
    return {"pavilion_id": pavilion_id, "night": night, "rooms": counted.rooms, "guests": counted.guests} | {
        "reason": reason
    }


def _settled(given: Given, values: dict[str, Any], books: _Books, names: Names) -> Line:
    now = books.counts.get((values["pavilion_id"], values["night"]))
    line = Line(given.row, Outcome.ADD, values, _shown(values, names))
    if now is not None:
        line = settled(given.row, values, line.shown, {"rooms": now.rooms, "guests": now.guests}, now.id)
        line.was = {"rooms": now.rooms, "guests": now.guests}
    correction = now is not None or month_of(values["night"]) in books.closed
    if line.changes and correction and not values["reason"]:
        raise InvalidInput(_("a correction needs its reason"), place="reason")
    return line


def _shown(values: dict[str, Any], names: Names) -> dict[str, Any]:
    told = {name: values[name] for name in ("night", "rooms", "guests", "reason")}
    return told | {"pavilion": names.pavilions.name(values["pavilion_id"])}


def write(session: Session, lines: list[Line], actor: str) -> Written:
    """Write what the lines add and change. They must have been planned in this transaction."""
    supersede_all(session, DailyCount, [line.target for line in lines if line.target is not None])
    now = clock.now()
    shared = {"explained": None, "explanation": "", "recorded_at": now, "recorded_by": actor, "superseded_at": None}
    ids = insert(session, DailyCount, [line.values | shared for line in lines])
    _adjust(session, lines, ids)
    told = Told(session, actor, "count.enter", "count")
    for line, row_id in zip(lines, ids, strict=True):
        after = {"pavilion": line.values["pavilion_id"], "night": line.values["night"].isoformat()}
        after |= {name: line.values[name] for name in ("rooms", "guests", "reason")}
        told.add(row_id, dict(line.was) or None, after)
    told.write()
    return {"counts": ids}


def _adjust(session: Session, lines: list[Line], ids: list[int]) -> None:
    """Note what is changed in closed months."""
    closed = months.closed(session, Nights(EARLIEST, LATEST))
    for line, row_id in zip(lines, ids, strict=True):
        if month_of(line.values["night"]) in closed:
            before = session.get(DailyCount, line.target) if line.target is not None else None
            adjustments.note_count(session, before, session.get_one(DailyCount, row_id))


def rows(session: Session, nights: Nights, pavilion_id: int | None) -> Iterator[dict[str, Any]]:
    """The counts of a period by night and pavilion, by key of column."""
    names = Names(session)
    query = sa.select(
        DailyCount.pavilion_id, DailyCount.night, DailyCount.rooms, DailyCount.guests, DailyCount.reason
    ).where(DailyCount.night >= nights.first, DailyCount.night < nights.until, known(DailyCount, None))
    if pavilion_id is not None:
        query = query.where(DailyCount.pavilion_id == pavilion_id)
    query = query.order_by(DailyCount.night, DailyCount.pavilion_id)
    for row in session.execute(query, execution_options={"yield_per": 1000}):
        yield _shown(row._asdict(), names)
