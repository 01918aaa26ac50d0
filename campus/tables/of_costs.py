"""Running costs, recoveries and rents, from a file and into one. An amount is known by its line, party and period."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.places.rules import checked_text
from campus.running_costs import actions, queries, rules, words
from campus.running_costs.models import CostEntry
from campus.running_costs.rules import COSTS, INCOMES, Kind, Line, Place, Status
from campus.tables.bulk import Told, chunks, insert, supersede_all
from campus.tables.column import plain
from campus.tables.names import Names
from campus.tables.rules import Choices, Given, Outcome, Problem, Table, refused, settled
from campus.tables.rules import Line as FileLine
from core import clock
from core.errors import InvalidInput
from core.i18n import format_list
from core.i18n import gettext as _

Written = dict[str, list[int]]
What = TypeVar("What")
EURO_NAMES = ("eur", "€", "euro", "euros")
LINES_OF = {Table.COSTS: (*COSTS, Line.SECURITY), Table.INCOMES: INCOMES}


def plan(session: Session, rows: list[Given], choices: Choices) -> list[FileLine]:
    """What each row of a file of costs would do, by the rules of entries that are made by hand."""
    return _plan(session, rows, choices, LINES_OF[Table.COSTS])


def plan_incomes(session: Session, rows: list[Given], choices: Choices) -> list[FileLine]:
    """The same for recoveries and rents, which have a party."""
    return _plan(session, rows, choices, INCOMES)


def _plan(session: Session, rows: list[Given], choices: Choices, lines: Collection[Line]) -> list[FileLine]:
    books = _Books(session, lines, choices.reason)
    return [books.line(given) for given in rows]


class _Books:
    """The entries that count, by what must not overlap; and what the rows of the file said so far."""

    def __init__(self, session: Session, lines: Collection[Line], reason: str) -> None:
        self._names, self._reason = Names(session), reason
        self._lines = {plain(name): line for line in lines for name in words.line_names(line)}
        self._kinds = {plain(name): kind for kind in Kind for name in words.kind_names(kind)}
        self._present: dict[Any, _Periods[CostEntry]] = defaultdict(_Periods)
        for one in queries.entries(session, lines=lines):
            self._present[queries.place_of(one).row].add(Nights(one.first, one.until), one)
        self._said: dict[Any, _Periods[int]] = defaultdict(_Periods)

    def line(self, given: Given) -> FileLine:
        """What a row would do."""
        if given.problems:
            return refused(given)
        try:
            place, values = self._values(given)
            self._refuse_twice(given.row, place)
            return self._settled(given, place, values)
        except InvalidInput as error:
            return refused(given, Problem(given.row, error.place, error.message))

    def _values(self, given: Given) -> tuple[Place, dict[str, Any]]:
        cells = given.values
        line = _word(cells["line"], self._lines, "line")
        kind = _word(cells["kind"], self._kinds, "kind")
        party = self._names.parties.find(cells["party"], "party") if cells.get("party") else None
        period = rules.checked_days(cells["first"], cells["last"])
        place = rules.checked_place(Place(line, kind, period, party))
        if (currency := cells.get("currency") or "").casefold() not in ("", *EURO_NAMES):
            raise InvalidInput(_("“%(text)s” is not the euro", text=currency[:40]), place="currency")
        return place, {
            "cents": rules.checked_cents(cells["amount"]),
            "note": checked_text(cells.get("note") or "", "note"),
            "reason": checked_text(cells.get("reason") or self._reason, "reason"),
        }

    def _refuse_twice(self, row: int, place: Place) -> None:
        said = self._said[place.row]
        for other in said.meeting(place.period):
            raise InvalidInput(_("has days in common with row %(row)s", row=other), place="first")
        said.add(place.period, row)

    def _settled(self, given: Given, place: Place, values: dict[str, Any]) -> FileLine:
        now = actions.present_of(list(self._present[place.row].meeting(place.period)), place.period)
        shown = _shown(place, values, self._names)
        if now is None:
            return FileLine(given.row, Outcome.ADD, values | {"place": place}, shown)
        was = {"amount": now.cents, "note": now.note}
        if not given.values.get("note"):  # an empty cell changes nothing
            values, shown = values | {"note": now.note}, shown | {"note": now.note}
        line = settled(given.row, values | {"place": place, "number": now.number}, shown, was, now.id)
        line.was = actions.told(place, now.cents, now.note)
        if line.changes and not values["reason"]:
            raise InvalidInput(_("a correction needs its reason"), place="reason")
        return line


class _Periods(Generic[What]):
    """Periods without a day in common, in their order, and what each is of: a file may have thousands of a kind."""

    def __init__(self) -> None:
        self._kept: list[tuple[date, date, What]] = []

    def add(self, period: Nights, what: What) -> None:
        """A period that meets none of the others."""
        insort(self._kept, (period.first, period.until, what), key=itemgetter(0))

    def meeting(self, period: Nights) -> Iterator[What]:
        """What has a day in common with a period."""
        begin = bisect_right(self._kept, period.first, key=itemgetter(1))
        end = bisect_left(self._kept, period.until, key=itemgetter(0))
        return (what for _first, _until, what in self._kept[begin:end])


def _word(text: str, known: Mapping[str, Any], place: str) -> Any:
    found = known.get(plain(text))
    if found is None:
        names = dict.fromkeys(str(one.value) for one in known.values())
        raise InvalidInput(
            _("“%(name)s” is none of %(names)s", name=text[:60], names=format_list(names)),
            place=place,
        )
    return found


def _shown(place: Place, values: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        "first": place.period.first,
        "last": rules.last_day(place.period),
        "line": place.line.value,
        "party": names.parties.name(place.party_id),
        "kind": place.kind.value,
        "amount": values["cents"],
        "currency": "EUR",
        "note": values["note"],
        "reason": values["reason"],
    }


def write(session: Session, lines: list[FileLine], actor: str) -> Written:
    """Write what the lines add and change. They must have been planned in this transaction."""
    supersede_all(session, CostEntry, [line.target for line in lines if line.target is not None])
    numbers = _numbers(session)
    for line in lines:
        line.values.setdefault("number", numbers(line.values["place"]))
    ids = insert(session, CostEntry, [_version(line.values, actor) for line in lines])
    entered, corrected = (Told(session, actor, action, "cost") for action in ("cost.enter", "cost.correct"))
    for line in lines:
        after = actions.told(line.values["place"], line.values["cents"], line.values["note"])
        told = entered if line.target is None else corrected
        told.add(line.values["number"], dict(line.was) or None, after | {"reason": line.values["reason"]})
    entered.write()
    corrected.write()
    return {"costs": ids}


def _numbers(session: Session) -> Callable[[Place], int]:
    """A number for each new entry: that of a withdrawn one of the same place, or the next."""
    withdrawn = queries.withdrawn(session)
    following = queries.next_number(session)

    def number(place: Place) -> int:
        nonlocal following
        before = withdrawn.pop(place, None)
        if before is not None:
            supersede_all(session, CostEntry, [before.id])
            return before.number
        following += 1
        return following - 1

    return number


def _version(values: Mapping[str, Any], actor: str, status: Status = Status.ENTERED) -> dict[str, Any]:
    place: Place = values["place"]
    return {
        "number": values["number"],
        "cost_line": place.line.value,
        "kind": place.kind.value,
        "party_id": place.party_id,
        "first": place.period.first,
        "until": place.period.until,
        "cents": values["cents"],
        "note": values["note"],
        "status": status.value,
        "reason": values["reason"],
        "recorded_at": clock.now(),
        "recorded_by": actor,
        "superseded_at": None,
    }


def withdraw(session: Session, ids: Sequence[int], actor: str, reason: str) -> None:
    """These versions, which count, count no more; the reason stands in the history."""
    for part in chunks(ids):
        for one in queries.by_id(session, part):
            actions.withdraw(session, one.number, reason, actor)


def rows(session: Session, table: Table, nights: Nights) -> Iterator[dict[str, Any]]:
    """The entries that share a day with a period, by key of column."""
    names = Names(session)
    for one in queries.entries(session, within=nights, lines=LINES_OF[table]):
        yield _shown(queries.place_of(one), {"cents": one.cents, "note": one.note, "reason": one.reason}, names)
