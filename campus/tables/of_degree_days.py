"""Degree-days from a file and into one. A row is recognised by its station, its day, and whether it is of a month."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.energy import queries, rules
from campus.energy.models import DegreeDays
from campus.known import known
from campus.nights import Nights
from campus.places.rules import checked_text
from campus.tables.bulk import Told, insert, supersede_all
from campus.tables.column import plain
from campus.tables.rules import Choices, Given, Line, Outcome, Problem, refused, settled
from core import clock
from core.errors import InvalidInput
from core.i18n import gettext as _

Written = dict[str, list[int]]
Place = tuple[str, bool, date]
VALUES = ("heating", "heating_base", "cooling", "cooling_base")
DAY, MONTH = ("", "day", "jour"), ("month", "mois")


def plan(session: Session, rows: list[Given], choices: Choices) -> list[Line]:
    """What each row would do."""
    books = _Books(session)
    return [_line(given, choices, books) for given in rows]


class _Books:
    """What is there of all stations, and the rows of the file by their place."""

    def __init__(self, session: Session) -> None:
        found = session.scalars(sa.select(DegreeDays).where(known(DegreeDays, None)))
        self.there: dict[Place, DegreeDays] = {(one.station, one.monthly, one.first): one for one in found}
        self.names = {plain(station): station for station in queries.stations(session)}
        self.bases = dict(queries.bases(session))
        self.rows: dict[Place, int] = {}


def _line(given: Given, choices: Choices, books: _Books) -> Line:
    if given.problems:
        return refused(given)
    try:
        values = _values(given, choices, books)
        place = values["station"], values["monthly"], values["first"]
        if place in books.rows:
            raise InvalidInput(_("the same station and day as row %(row)s", row=books.rows[place]))
        line = _settled(given, values, books.there.get(place))
        books.rows[place] = given.row
        books.bases[values["station"]] = _agreed(values, books)
        return line
    except InvalidInput as error:
        return refused(given, Problem(given.row, error.place, error.message))


def _values(given: Given, choices: Choices, books: _Books) -> dict[str, Any]:
    station = checked_text(given.values["station"], "station", 80, needed=True)
    station = books.names.setdefault(plain(station), station)
    first, monthly = rules.checked_day(given.values["first"], "first"), _monthly(given)
    if monthly and first.day != 1:
        raise InvalidInput(_("must be the first day of the month"), place="first")
    values: dict[str, Any] = {"station": station, "monthly": monthly, "first": first}
    for name in ("heating", "cooling"):
        values[name] = _degrees(given.values.get(name), name)
        values[f"{name}_base"] = _base(given.values.get(f"{name}_base"), f"{name}_base", values[name] is not None)
    if values["heating"] is None and values["cooling"] is None:
        raise InvalidInput(_("is missing, and so are cooling degree-days"), place="heating")
    _agreed(values, books)
    return values | {"reason": checked_text(given.values.get("reason") or choices.reason, "reason")}


def _monthly(given: Given) -> bool:
    said = (given.values.get("monthly") or "").casefold()
    if said not in (*DAY, *MONTH):
        raise InvalidInput(_("must be “day” or “month”"), place="monthly")
    return said in MONTH


def _degrees(value: int | None, place: str) -> int | None:
    if value is not None and not 0 <= value <= rules.MOST_DEGREE_DAYS:
        raise InvalidInput(_("must be 0 to %(most)s", most=rules.MOST_DEGREE_DAYS // 100), place=place)
    return value


def _base(text: str | None, place: str, needed: bool) -> int | None:
    if not needed:
        return None
    if not text:
        raise InvalidInput(_("is missing"), place=place)
    base = rules.decimal(text, 1, place)
    if not rules.BASES[0] <= base <= rules.BASES[1]:
        raise InvalidInput(_("must be 0 to %(most)s", most=rules.BASES[1] // 10), place=place)
    return base


def _agreed(values: dict[str, Any], books: _Books) -> tuple[int | None, int | None]:
    """The bases of the station. Raises `InvalidInput` where a row has another one."""
    found: list[int | None] = []
    for name, now in zip(("heating", "cooling"), books.bases.get(values["station"], (None, None)), strict=True):
        base = values[f"{name}_base"]
        if base is not None and now is not None and base != now:
            raise InvalidInput(
                _("this station has the base %(base)s °C: give the other series another name", base=now / 10),
                place=f"{name}_base",
            )
        found.append(base if now is None else now)
    return found[0], found[1]


def _settled(given: Given, values: dict[str, Any], now: DegreeDays | None) -> Line:
    shown = _shown(values)
    if now is None:
        return Line(given.row, Outcome.ADD, values, shown)
    was = {name: getattr(now, name) for name in VALUES}
    line = settled(given.row, values, shown, _shown(was), now.id)
    line.was = was
    if line.changes and not values["reason"]:
        raise InvalidInput(_("a correction needs its reason"), place="reason")
    return line


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in values.items() if name != "monthly"}
    for name in ("heating_base", "cooling_base"):
        told[name] = None if values[name] is None else f"{values[name] // 10}.{values[name] % 10}"
    return told | ({"monthly": "month" if values["monthly"] else "day"} if "monthly" in values else {})


def write(session: Session, lines: list[Line], actor: str) -> Written:
    """Write what the lines add and change. They must have been planned in this transaction."""
    supersede_all(session, DegreeDays, [line.target for line in lines if line.target is not None])
    shared = {"recorded_at": clock.now(), "recorded_by": actor, "superseded_at": None}
    ids = insert(session, DegreeDays, [line.values | shared for line in lines])
    told = Told(session, actor, "degree_days.enter", "degree_days")
    for line, row_id in zip(lines, ids, strict=True):
        told.add(row_id, dict(line.was) or None, line.values)
    told.write()
    return {"degree_days": ids}


def rows(session: Session, nights: Nights, pavilion_id: int | None) -> Iterator[dict[str, Any]]:
    """The degree-days of a period by station and day, by key of column; they are of no pavilion."""
    for one in queries.degree_days(session, queries.stations(session), nights):
        names = ("station", "first", "monthly", "reason", *VALUES)
        yield _shown({name: getattr(one, name) for name in names})
