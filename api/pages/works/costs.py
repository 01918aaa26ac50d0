"""Running costs of any period against their budget, a square metre and a room-night; as a file too."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import bars, cost_words, grouped_bars
from api.cost_files import HEADINGS, file_name, report_lines
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import day_in, entries, past_day_in
from api.rendering import render
from api.table_files import XLSX, csv_table, download, pieces
from campus import amounts
from campus.capacity.report import Moment
from campus.nights import Nights
from campus.running_costs import queries, rules, units
from campus.running_costs.report import Report, make_report
from campus.running_costs.rules import Kind
from campus.running_costs.units import Units
from campus.running_costs.words import KINDS, LINES
from campus.tables.exports import xlsx_of
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today

router = page_router()
PAGE = "/works/costs"


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, and the day whose knowledge counts."""

    period: Nights
    as_of: date | None

    @property
    def moment(self) -> Moment:
        """Whose knowledge counts."""
        return Moment.evening(self.as_of)

    def start(self) -> dict[str, str]:
        """What stands in the form."""
        dates = entries("first", self.period.first) | entries("last", rules.last_day(self.period))
        return dates | entries("as_of", self.as_of)

    def query(self, period: Nights | None = None) -> str:
        """The parameters that ask the same, of another period where one is given."""
        span = period or self.period
        asked = {"first": span.first.isoformat(), "last": rules.last_day(span).isoformat()}
        return urlencode(asked | ({"as_of": self.as_of.isoformat()} if self.as_of else {}))


def asked_in(request: Request, session: Session) -> Asked:
    """The question of an address; what is most worth seeing where it asks nothing. Raises `InvalidInput`."""
    params = request.query_params
    first, last, as_of = day_in(params, "first"), day_in(params, "last"), past_day_in(params)
    if first is None and last is None:
        return Asked(usual(session, Moment.evening(as_of)), as_of)
    first = first or (last or today()).replace(month=1, day=1)
    try:
        return Asked(rules.checked_days(first, last or first.replace(month=12, day=31)), as_of)
    except InvalidInput as error:
        raise InvalidInput(_("The last day %(problem)s.", problem=error.message), place="last") from None


@router.get(PAGE)
def running_costs(request: Request, person: Reader, session: Reading) -> Response:
    """The period in one sentence, its lines, and what is paid back."""
    entered = Entered(FormData(dict(request.query_params)))
    with entered.shown_again(lambda: _page(request, session, entered, None)):
        asked = asked_in(request, session)
    return _page(request, session, Entered(start=asked.start()), asked, keeper=keeps(person))


@router.get(f"{PAGE}/lines.svg")
def lines_picture(request: Request, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """Budget and actual as bars, line by line."""
    chart = cost_words.chart(_report(session, asked_in(request, session)))
    return Response(grouped_bars.svg(chart, narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}/per-m2.svg")
def area_picture(request: Request, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """Net cost of a square metre, step by step."""
    return _trend_picture(request, session, per_night=False, narrow=narrow)


@router.get(f"{PAGE}/per-room-night.svg")
def night_picture(request: Request, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """Net cost of an occupied room-night, step by step."""
    return _trend_picture(request, session, per_night=True, narrow=narrow)


@router.get(f"{PAGE}/report.csv")
def report_csv(request: Request, _person: Reader, session: Reading) -> Response:
    """The same figures for a spreadsheet, to the cent."""
    asked = asked_in(request, session)
    lines = report_lines(_report(session, asked), queries.party_names(session))
    return csv_table(file_name(asked.period), HEADINGS, lines)


@router.get(f"{PAGE}/report.xlsx")
def report_xlsx(request: Request, _person: Reader, session: Reading) -> Response:
    """The same figures as a workbook."""
    asked = asked_in(request, session)
    lines = report_lines(_report(session, asked), queries.party_names(session))
    file = xlsx_of(HEADINGS, lines, _("Running costs"))
    return download(pieces(file), XLSX, f"{file_name(asked.period)}.xlsx")


def _report(session: Session, asked: Asked) -> Report:
    return make_report(session, asked.period, asked.moment)


def _steps(session: Session, asked: Asked) -> list[tuple[Nights, Units | None]]:
    parts = units.steps(asked.period)
    return list(zip(parts, units.units(session, parts, asked.moment), strict=True))


def _trend_picture(request: Request, session: Session, *, per_night: bool, narrow: bool) -> Response:
    steps = _steps(session, asked_in(request, session))
    return Response(bars.svg(cost_words.trend(steps, per_night=per_night), narrow=narrow), media_type="image/svg+xml")


def usual(session: Session, moment: Moment) -> Nights:
    """This year where anything counts within it, else the year or years of the newest amounts."""
    year = Nights.year(moment.on.year)
    newest = queries.newest(session, moment.at)
    if newest is None or len(queries.entries(session, within=year, at=moment.at)):
        return year
    return newest if len(newest) > len(year) else Nights.year(newest.first.year)


def _page(
    request: Request, session: Session, entered: Entered, asked: Asked | None, *, keeper: bool = False
) -> Response:
    """With the report; without a question that can be asked the form alone, and what is wrong with it."""
    shown = _shown(session, asked) if asked else {}
    return render(request, "works/costs.html", asked=asked, entered=entered, keeper=keeper, words=cost_words, **shown)


def _shown(session: Session, asked: Asked) -> dict[str, Any]:
    report, steps = _report(session, asked), _steps(session, asked)
    (whole,) = units.units(session, [asked.period], asked.moment)
    return {
        "report": report,
        "title": cost_words.period(asked.period),
        "standing": cost_words.standing(report),
        "whole": whole,
        "steps": [(cost_words.period(span), one, span) for span, one in steps],
        "trends": [
            (name, said)
            for name, said in (
                ("per-m2", cost_words.trend_said(steps, per_night=False)),
                ("per-room-night", cost_words.trend_said(steps, per_night=True)),
            )
            if said
        ],
        "parties": queries.party_names(session),
        "kinds": [(kind, KINDS[kind]) for kind in Kind],
        "lines": LINES,
        "euros": amounts.whole_euros,
        "exact": amounts.euros,
        "query": asked.query(),
        "periods": _periods(session, asked),
        "last_day": rules.last_day,
    }


def _periods(session: Session, asked: Asked) -> list[tuple[str, str]]:
    """Years, quarters and budget periods to choose with one click: title and address."""
    now = today()
    quarter = now.replace(month=(now.month - 1) // 3 * 3 + 1, day=1)
    before = (quarter - timedelta(days=1)).replace(day=1)
    last_quarter = Nights(before.replace(month=before.month - 2), quarter)
    found = [Nights.year(now.year), Nights.year(now.year - 1), last_quarter]
    found += queries.long_periods(session, asked.moment.at)
    return [(cost_words.period(one), f"{PAGE}?{asked.query(one)}") for one in dict.fromkeys(found)]
