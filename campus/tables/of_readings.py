"""Meter readings from a file and into one. A reading is recognised by its meter and day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.energy import actions, consumption, queries
from campus.energy.consumption import Shown
from campus.energy.models import Meter, MeterReading, MeterVersion
from campus.known import known
from campus.nights import Nights
from campus.places.rules import checked_text
from campus.tables.bulk import Told, chunks, insert, supersede_all
from campus.tables.names import Things
from campus.tables.rules import Choices, Given, Line, Outcome, Problem, refused, settled
from core import clock
from core.errors import InvalidInput
from core.i18n import gettext as _

Written = dict[str, list[int]]
SHOWN = ("since", "day", "value", "kind", "new_value")


def plan(session: Session, rows: list[Given], choices: Choices) -> list[Line]:
    """What each row would do, by the rules of readings that are entered by hand."""
    books = _Books(session)
    lines = [_line(given, choices, books) for given in rows]
    return _following(lines, books)


class _Books:
    """All meters and their readings, and those that the file adds."""

    def __init__(self, session: Session) -> None:
        found = session.execute(
            sa.select(Meter.id, Meter.slug, MeterVersion.name)
            .join(MeterVersion, MeterVersion.meter_id == Meter.id)
            .where(known(MeterVersion, None))
        )
        self.meters = Things(found)
        versions = session.scalars(sa.select(MeterVersion).where(known(MeterVersion, None)))
        self.versions = {one.meter_id: one for one in versions}
        readings = session.scalars(sa.select(MeterReading).where(known(MeterReading, None)))
        self.there = {(one.meter_id, one.day): one for one in readings}
        self.rows: dict[tuple[int, date], int] = {}


def _line(given: Given, choices: Choices, books: _Books) -> Line:
    if given.problems:
        return refused(given)
    try:
        values = _values(given, choices, books)
        place = values["meter_id"], values["day"]
        if place in books.rows:
            raise InvalidInput(_("the same meter and day as row %(row)s", row=books.rows[place]))
        books.rows[place] = given.row
        return _settled(given, values, books)
    except InvalidInput as error:
        return refused(given, Problem(given.row, error.place, error.message))


def _values(given: Given, choices: Choices, books: _Books) -> dict[str, Any]:
    meter_id = books.meters.find(given.values["meter"], "meter")
    kind = (given.values.get("kind") or "").casefold()
    now = books.there.get((meter_id, given.values["day"]))
    shown = Shown(given.values["day"], given.values["value"], given.values.get("since"), kind)
    shown = replace(shown, new_value=given.values.get("new_value"))
    actions.checked_shown(books.versions[meter_id], shown)
    reason = checked_text(given.values.get("reason") or choices.reason, "reason")
    values = {"meter_id": meter_id, "reason": reason} | actions.reading_values(shown)
    if now is not None and not reason and queries.shown(now) != shown:
        raise InvalidInput(_("a correction needs its reason"), place="reason")
    return values


def _settled(given: Given, values: dict[str, Any], books: _Books) -> Line:
    now = books.there.get((values["meter_id"], values["day"]))
    shown = {name: values[name] for name in (*SHOWN, "reason")} | {"meter": books.meters.name(values["meter_id"])}
    if now is None:
        return Line(given.row, Outcome.ADD, values, shown)
    was = actions.reading_values(queries.shown(now))
    line = settled(given.row, values, shown, was, now.id)
    line.was = was
    return line


def _following(lines: list[Line], books: _Books) -> list[Line]:
    """Refuse the rows whose readings do not follow from those before them, in the books or in the file."""
    ours: dict[int, dict[date, Line]] = defaultdict(dict)
    for line in lines:
        if line.outcome is not Outcome.REFUSED:
            ours[line.values["meter_id"]][line.values["day"]] = line
    wrong: dict[int, Problem] = {}
    for meter_id, by_day in ours.items():
        wrong |= _faults(books.versions[meter_id], by_day, books)
    return [
        refused(Given(one.row, one.shown), wrong[one.row]) if one.changes and one.row in wrong else one for one in lines
    ]


def _faults(meter: MeterVersion, by_day: dict[date, Line], books: _Books) -> dict[int, Problem]:
    """Row → what is wrong with it. The readings of the books stand; a row that is wrong is left out for those after."""
    found: dict[int, Problem] = {}
    all_of_them = {day: queries.shown(one) for (of, day), one in books.there.items() if of == meter.meter_id}
    fixed = {day for day in all_of_them if day not in by_day or not by_day[day].changes}
    all_of_them |= {day: _shown_of(line) for day, line in by_day.items()}
    for day, line in by_day.items():
        try:
            consumption.check([all_of_them[day]], meter.digits)
        except InvalidInput as error:
            found[line.row] = Problem(line.row, error.place, error.message)
            del all_of_them[day]
    stands: list[Shown] = []
    for day in sorted(all_of_them):
        after = all_of_them[day]
        while stands and (message := consumption.fault(stands[-1], after, meter.digits)):
            guilty = next((one for one in (day, stands[-1].day) if one not in fixed), None)
            if guilty is None:
                break  # both are in the books already
            found[by_day[guilty].row] = Problem(by_day[guilty].row, "value", message)
            if guilty == day:
                break
            stands.pop()
        if day in fixed or by_day[day].row not in found:
            stands.append(after)
    return found


def _shown_of(line: Line) -> Shown:
    return Shown(**{name: line.values[name] for name in SHOWN})


def write(session: Session, lines: list[Line], actor: str) -> Written:
    """Write what the lines add and change. They must have been planned in this transaction."""
    supersede_all(session, MeterReading, [line.target for line in lines if line.target is not None])
    shared = {"recorded_at": clock.now(), "recorded_by": actor, "superseded_at": None}
    ids = insert(session, MeterReading, [line.values | shared for line in lines])
    told = Told(session, actor, "reading.enter", "meter")
    for line in lines:
        after = {name: line.values[name] for name in (*SHOWN, "reason")}
        told.add(line.values["meter_id"], dict(line.was) or None, after)
    told.write()
    return {"readings": ids}


def rows(session: Session, nights: Nights, pavilion_id: int | None) -> Iterator[dict[str, Any]]:
    """The readings of a period by day, by key of column."""
    books = _Books(session)
    for _slug, one in queries.all_readings(session, nights, pavilion_id):
        values = {name: getattr(one, name) for name in (*SHOWN, "reason")}
        yield values | {"meter": books.meters.name(one.meter_id)}


def are_leaned_on(session: Session, ids: list[int]) -> bool:
    """Whether readings that would stay did not follow from each other any more without these."""
    meters = set()
    for part in chunks(ids):
        meters |= set(session.scalars(sa.select(MeterReading.meter_id).where(MeterReading.id.in_(part))))
    gone = set(ids)
    for meter_id in meters:
        meter = session.scalars(
            sa.select(MeterVersion).where(MeterVersion.meter_id == meter_id, known(MeterVersion, None))
        ).one()
        rest = [queries.shown(one) for one in queries.readings(session, meter_id) if one.id not in gone]
        if any(consumption.fault(before, after, meter.digits) for before, after in pairwise(rest)):
            return True
    return False
