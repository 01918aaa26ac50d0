"""The money of a works package: its budget, what is promised and paid, and what is earned for it."""

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, charts, money_told, money_words
from api.charts import Chart, Line
from api.dependencies import Reading
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.funding import plain
from api.pages.works.money_form import asked_day
from api.rendering import render
from api.table_files import csv_table
from campus.known import end_of
from campus.money import queries, rules
from campus.money.performance import Performance, performance
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.i18n import gettext as _
from core.i18n import today, zone

router = page_router()
ONE = "/works/packages/{slug}"
PAGE = f"{ONE}/money"
EARNED = f"{PAGE}/earned-value"
THOUSAND = 1000_00  # cents


@router.get(PAGE)
def package_money(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """The package's money, as known now or on a past day, against a chosen baseline."""
    package = works.package(session, slug)
    day, filters = asked_day(request)
    found = _performance(request, session, package, day)
    at = end_of(found.on)
    baselines = works.baselines(session, package.id, at)
    return render(
        request,
        "works/package_money.html",
        package=package,
        address=f"/works/packages/{slug}/money",
        query=_query(request, day),
        said=money_told.said(found),
        notes=money_told.notes(found),
        figures=money_told.figures(found),
        chart_said=money_told.said_of_chart(found),
        found=found,
        months=found.months(),
        plan=found.plan(),
        filters=filters,
        baselines=[(str(one.number), _("Baseline %(number)s", number=one.number)) for one in reversed(baselines)],
        as_of=day,
        commitments=queries.commitments(session, at, package_id=package.id),
        sources={one.id: one for one in queries.sources(session)},
        words=money_words,
        keeper=keeps(person),
        **_costs(session, package, found, at),
        names=actors.names(session),
    )


@router.get(f"{EARNED}.svg")
def earned_picture(request: Request, slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """PV, EV and AC by month, cumulative, in thousands of euros; the plan goes on after the day."""
    found = _performance(request, session, works.package(session, slug), asked_day(request)[0])
    past, ahead = found.months(), found.plan()
    days = [day for day, _value in past] + [day for day, _pv in ahead]
    nothing = (None,) * len(ahead)
    lines = [
        Line(_("Earned"), (*(one.ev / THOUSAND for _day, one in past), *nothing)),
        Line(_("Paid"), (*(one.ac / THOUSAND for _day, one in past), *nothing)),
    ]
    if found.baseline:
        planned = [one.pv for _day, one in past] + [pv for _day, pv in ahead]
        values = (None if one is None else one / THOUSAND for one in planned)
        lines.append(Line(_("Planned"), tuple(values)))
    instants = tuple(datetime.combine(day, time(12), zone()) for day in days)
    chart = Chart(instants, tuple(lines), dates="%b %Y")
    return Response(charts.svg(chart, narrow=narrow), media_type="image/svg+xml")


@router.get(f"{EARNED}.csv")
def earned_file(request: Request, slug: str, _person: Reader, session: Reading) -> Response:
    """The same as a table for other programs, amounts in euros; after the day the plan alone."""
    found = _performance(request, session, works.package(session, slug), asked_day(request)[0])
    heading = ("until", "bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi", "eac", "etc", "vac")
    rows: list[list[object]] = [
        [
            day,
            *map(plain, (one.bac, one.pv, one.ev, one.ac, one.sv, one.cv)),
            *(_rounded(one.spi), _rounded(one.cpi)),
            *map(plain, (one.eac, one.etc, one.vac)),
        ]
        for day, one in found.months()
    ]
    rows += [[day, plain(found.course.bac), plain(pv), *[""] * 9] for day, pv in found.plan()]
    return csv_table(f"earned-value-{slug}", heading, rows)


def _performance(request: Request, session: Session, package: WorksPackage, day: date | None) -> Performance:
    number = request.query_params.get("baseline", "")
    chosen = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else None
    return performance(session, package.id, day or today(), chosen)


def _query(request: Request, day: date | None) -> str:
    """What a picture or file of the same figures is asked."""
    number = request.query_params.get("baseline", "")
    asked = {"as_of": day.isoformat() if day else "", "baseline": number if number.isdecimal() else ""}
    return "&".join(f"{name}={value}" for name, value in asked.items() if value)


def _costs(session: Session, package: WorksPackage, found: Performance, at: datetime) -> dict[str, Any]:
    """By cost type: budget, allocated, committed, paid, expected in the end; and the budgets themselves."""
    budgets = queries.budgets(session, package.id, at)
    lines = queries.budget_lines(session, budgets)
    reports = queries.expected(session, package.id, at)
    last = queries.last_expected(reports)
    parts = [one for one in queries.parts(session, at) if one.package_id == package.id]
    budget = rules.by_cost_type(
        (kind, cents) for (kind, _year), cents in (lines[found.budget.id] if found.budget else {}).items()
    )
    sums = {
        name: rules.by_cost_type((one.cost_type, getattr(one, name)) for one in parts)
        for name in ("allocated", "committed", "paid")
    }
    rows: list[dict[str, Any]] = [
        {"name": word, "budget": budget[kind], "report": last.get(kind)}
        | {name: by_type[kind] for name, by_type in sums.items()}
        for kind, word in money_words.COST_TYPES.items()
    ]
    expected = sum(last[kind].cents if kind in last else budget[kind] for kind in rules.COST_TYPES)
    return {
        "rows": rows,
        "totals": {name: sum(row[name] for row in rows) for name in ("budget", *sums)} | {"expected": expected},
        "said_of_costs": money_told.said_of_expected(found, expected, len(last)),
        "reports": reports,
        "budgets": [(one, sum(lines[one.id].values())) for one in reversed(budgets)],
    }


def _rounded(ratio: Fraction | None) -> object:
    return "" if ratio is None else round(float(ratio), 4)
