"""One meter: its readings, what was used month by month, and what is worth a look. Keepers enter readings here."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, energy_charts
from api import energy_words as words
from api.dependencies import Reading
from api.energy_charts import Chart, Point
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.energy import PAGE, pavilions
from api.paging import Paging, WantedPage
from api.rendering import render
from api.table_files import csv_table
from campus.energy import consumption, queries, rules, savings
from campus.energy import months as tables
from campus.energy.consumption import MonthUse, Stretch
from campus.energy.models import MeterReading, MeterVersion
from campus.nights import Nights
from core.i18n import format_date, format_month, format_number, today
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()
ONE = f"{PAGE}/{{slug}}"
SHOWN_MONTHS = 36


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading and what was used since the one before; None for the first."""

    reading: MeterReading
    used: int | None


@router.get(ONE)
def one_meter(request: Request, slug: str, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """Its readings, the newest first."""
    return page(request, session, slug, person, Entered(), paging)


@router.get(f"{ONE}/use.svg")
def use_picture(slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """What was used month by month."""
    meter = queries.meter(session, slug)
    weight = tables.factor(meter)
    points = tuple(Point(one.month.first, one.used * weight if one.whole else None) for one in _months(session, meter))
    chart = Chart(points, (str(_("Used")), ""), words.figures_unit(meter))
    return Response(energy_charts.svg(chart, narrow=narrow), media_type="image/svg+xml")


@router.get(f"{ONE}/months.csv")
def months_file(slug: str, _person: Reader, session: Reading) -> Response:
    """Every month with the days that readings cover."""
    meter = queries.meter(session, slug)
    weight = tables.factor(meter)
    uses = tables.month_use(session, meter, tables.period_of([meter]))
    heading = ("month", "used", "unit", "days_covered", "days")
    unit = words.figures_unit(meter)
    rows = [
        (f"{one.month.first:%Y-%m}", round(one.used * weight, 2), unit, one.covered, len(one.month)) for one in uses
    ]
    return csv_table(f"energy-{slug}", heading, rows)


def page(request: Request, session: Session, slug: str, person: Person, entered: Entered, paging: Paging) -> Response:
    """The page of a meter, with what stands in the form for a reading."""
    meter = queries.meter(session, slug)
    readings = queries.readings(session, meter.meter_id)
    stretches = consumption.stretches([queries.shown(one) for one in readings], meter.digits)
    months = _months(session, meter)
    report = savings.report(session, slug)
    shown = _lines(readings, meter)[::-1][paging.offset : paging.offset + paging.size]
    return render(
        request,
        "works/energy_meter.html",
        slug=slug,
        meter=meter,
        where=pavilions(session).get(meter.pavilion_id or 0, _("Whole campus")),
        lead=words.told(report, words.figures_unit(meter)) if report else _last(months, meter, slug),
        report=report,
        months=months[::-1],
        weight=tables.factor(meter),
        total=len(readings),
        lines=shown,
        paging=paging.of(len(readings)),
        notes=_notes(stretches, meter),
        entered=entered,
        keeper=keeps(person),
        who=actors.names(session),
        words=words,
        reading_kinds=list(words.READING_KINDS.items()),
    )


def _months(session: Session, meter: MeterVersion) -> list[MonthUse]:
    """The last months of which anything is known."""
    uses = [one for one in tables.month_use(session, meter, tables.period_of([meter])) if one.covered]
    return uses[-SHOWN_MONTHS:]


def _lines(readings: list[MeterReading], meter: MeterVersion) -> list[ReadingLine]:
    if meter.digits is None:
        return [ReadingLine(one, one.value) for one in readings]
    found = [ReadingLine(one, None) for one in readings[:1]]
    for before, after in pairwise(readings):
        used = consumption.used_between(queries.shown(before), queries.shown(after), meter.digits)
        found.append(ReadingLine(after, used))
    return found


def _last(months: list[MonthUse], meter: MeterVersion, slug: str) -> str:
    whole = [one for one in months if one.whole]
    if not whole:
        return _("No month is covered by readings yet.")
    return _(
        "%(amount)s %(unit)s were used in %(month)s. What was avoided cannot be told without a baseline.",
        amount=words.amount(whole[-1].used * tables.factor(meter)),
        unit=words.figures_unit(meter),
        month=format_month(whole[-1].month.first),
    )


def _notes(stretches: list[Stretch], meter: MeterVersion) -> list[tuple[str, str]]:
    """State and sentence of what is worth a look: gaps, long stretches, jumps."""
    said: list[tuple[str, str]] = [("warn", words.jump(one, meter)) for one in consumption.jumps(stretches)]
    if not stretches:
        return said
    until = min(today(), meter.until) if meter.until else today()
    covered = Nights(meter.first, max(meter.first, stretches[-1].days.until))
    said += [("warn", _gap(hole)) for hole in consumption.gaps(stretches, covered)]
    if meter.digits is not None:
        said += [("info", _spread(one)) for one in consumption.long_ones(stretches)]
    behind = (until - stretches[-1].days.until).days
    if behind > rules.LONG:
        said.append(("warn", _("Nothing was read for %(n)s days.", n=format_number(behind))))
    return said


def _gap(hole: Nights) -> str:
    values: dict[str, Any] = {
        "first": format_date(hole.first),
        "until": format_date(date.fromordinal(hole.until.toordinal() - 1)),
    }
    return _("No readings cover %(first)s to %(until)s.", **values)


def _spread(one: Stretch) -> str:
    return _(
        "Between %(first)s and %(until)s nothing was read: the use of these months is spread evenly over their days.",
        first=format_date(one.days.first),
        until=format_date(one.days.until),
    )
