"""The cells of the room chart: what each shows, says to who cannot see it, and leads to.

A chart has thousands of cells: dates are put into words once for each day.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby

from api.claim_words import HELD, KINDS
from campus.nights import Nights
from campus.occupancy.chart import ChartRow, Held, State, Stretch
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind
from core.i18n import format_date, format_list, language, ngettext, today
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell over `span` nights. `short` is what a wide window shows, `full` what is said; `phone` the same for a
    narrow window, where a row of free nights is one line; `path` is that of the kind's shape."""

    style: str
    span: int = 1
    address: str = ""
    short: str = ""
    full: str = ""
    phone: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the chart: its heading and cells."""

    title: str
    address: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()  # text and address
    cells: tuple[Cell, ...] = field(default=())


def body_of(rows: list[ChartRow], parties: dict[int, str], nights: Nights, keeps: bool) -> list[tuple[str, list[Line]]]:
    """The lines of each pavilion."""
    return [
        (pavilion, [_line(row, parties, nights, keeps) for row in group])
        for pavilion, group in groupby(rows, lambda row: row.pavilion)
    ]


def held_lines(found: list[Held], nights: Nights) -> list[Line]:
    """A line for each type and group that holds rooms of it."""
    lines = []
    for (kind, _block, name), runs in groupby(found, lambda one: (one.type, one.block, one.block_name)):
        cells: list[Cell] = []
        day = nights.first
        for run in runs:
            cells += _empty(day, run.nights.first)
            cells.append(_held(run))
            day = run.nights.until
        lines.append(Line(kind, notes=(name,), cells=(*cells, *_empty(day, nights.until))))
    return lines


def _empty(first: date, until: date) -> list[Cell]:
    return [Cell("none", len(Nights(first, until)))] if first < until else []


def _held(run: Held) -> Cell:
    rooms = ngettext("%(n)s room held", "%(n)s rooms held", run.rooms)
    full = _("%(rooms)s, %(nights)s", rooms=rooms, nights=_days(run.nights.first, run.nights.until, language()))
    return Cell(HELD.style, len(run.nights), short=str(run.rooms), full=full, phone=full, path=HELD.path)


def _line(row: ChartRow, parties: dict[int, str], nights: Nights, keeps: bool) -> Line:
    cells: list[Cell] = []
    for one in row.stretches:
        if one.claim:
            cells.append(_bar(one, one.claim, parties))
        elif one.state is State.NO_ROOM:
            text = _("no room")
            cells.append(Cell("none", len(one.nights), full=text, phone=f"{text}, {_nights(one.nights)}"))
        else:
            cells += _free(row, one, keeps)
    faults = tuple(
        (
            _("Out of service until %(day)s", day=_day(fault.until, language())),
            f"/rooms/claims/{fault.number}",
        )
        for fault in row.faults
    )
    notes = (format_list(row.types), *((_("step-free"),) if "step-free" in row.features else ()))
    return Line(row.number, f"/rooms/claims?room_id={row.room_id}", notes, faults, tuple(cells))


def _bar(stretch: Stretch, claim: Claim, parties: dict[int, str]) -> Cell:
    kind = KINDS[Kind(claim.kind)]
    name = parties.get(claim.party_id or 0, "")
    when = _days(claim.first, claim.until, language())
    said = [str(kind.text), name, when]
    if claim.kind == Kind.STAY:
        said.append(ngettext("%(n)s guest", "%(n)s guests", claim.guests))
    if stretch.faulty:
        said.append(_("out of service meanwhile"))
    cut = ("before " if claim.first < stretch.nights.first else "") + (
        "after " if claim.until > stretch.nights.until else ""
    )
    full = ", ".join(one for one in said if one)
    style = f"bar {kind.style} {cut}{'faulty' if stretch.faulty else ''}".rstrip()
    return Cell(
        style, len(stretch.nights), f"/rooms/claims/{claim.number}", name or str(kind.text), full, full, kind.path
    )


def _free(row: ChartRow, stretch: Stretch, keeps: bool) -> list[Cell]:
    """A cell for each night. In a narrow window the first one speaks for all."""
    cells = []
    for number, night in enumerate(stretch.nights):
        fault = _("out of service") if night in stretch.faulty else ""
        address = f"/rooms/claims/new?room={row.room_id}&first={night.isoformat()}" if keeps else ""
        words = _("Claim %(room)s from %(day)s", room=row.number, day=_day(night, language())) if keeps else _("free")
        full = f"{words}, {fault}" if fault else words
        phone = _("Free, %(nights)s", nights=_nights(stretch.nights)) if not number else ""
        style = f"free{' today' if night == today() else ''}{' weekend' if night.weekday() > 4 else ''}"
        cells.append(Cell(f"{style} faulty" if fault else style, 1, address, "", full, phone))
    return cells


def _nights(nights: Nights) -> str:
    count = ngettext("%(n)s night", "%(n)s nights", len(nights))
    return f"{_days(nights.first, nights.until, language())} ({count})"


@lru_cache(4096)
def _days(first: date, until: date, spoken: str) -> str:
    return _("%(first)s until %(until)s", first=_day(first, spoken), until=_day(until, spoken))


@lru_cache(4096)
def _day(day: date, spoken: str) -> str:
    """In the visitor's language, which `spoken` names for the cache."""
    return format_date(day)
