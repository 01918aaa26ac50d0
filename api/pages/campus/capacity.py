"""Capacity of any period: the bridge, occupancy, month by month and by a cut, narrowed if wanted; as a file too."""

from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import charts, waterfall
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus import capacity_csv, figures
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.asked import Asked, asked_in
from api.rendering import redirect, render
from api.table_files import csv_table
from campus.capacity import prints, things
from campus.capacity.queries import Cut
from campus.capacity.report import Report, make_report
from campus.nights import Nights
from core.i18n import format_list, lazy, today
from core.i18n import gettext as _

router = page_router()
PAGE = "/rooms/capacity"


class PrintForm(BaseModel):
    """What a print is called."""

    title: str

    errors: ClassVar = {"title": lazy("Enter what the print is for, in at most 200 characters.")}
    labels: ClassVar = {"title": lazy("What the print is for")}


@router.get(PAGE)
def period_view(request: Request, person: Reader, session: Reading) -> Response:
    """The period in one sentence, and its figures."""
    params = request.query_params
    entered = Entered(FormData(dict(params)))
    with entered.shown_again(lambda: _page(request, session, entered, None)):
        asked = asked_in(session, params)
    return _page(request, session, Entered(start=asked.start()), asked, keeper=keeps(person))


@router.post(PAGE)
def keep_print(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Keep the report of this address as it stands now."""
    asked = asked_in(session, request.query_params)
    start, entered = Entered(start=asked.start()), Entered(posted)
    with entered.shown_again(lambda: _page(request, session, start, asked, keeper=True, kept=entered)):
        title = entered.check(PrintForm).title
        kept = prints.keep(session, title, asked.question, asked.moment, actor(person))
    return redirect(request, f"/rooms/prints/{kept.id}", Flash(_("The print is kept.")))


@router.get(f"{PAGE}/bridge.svg")
def bridge_picture(request: Request, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """The bridge as bars."""
    report = _report(session, asked_in(session, request.query_params))
    return Response(waterfall.svg(figures.bars(report.total), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}/occupancy.svg")
def occupancy_picture(request: Request, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """Occupancy by two denominators, month by month."""
    report = _report(session, asked_in(session, request.query_params))
    return Response(charts.svg(figures.occupancy_chart(report.steps), narrow=narrow), media_type="image/svg+xml")


@router.get("/rooms/capacity.csv")
def file(request: Request, _person: Reader, session: Reading) -> Response:
    """The same figures for a spreadsheet."""
    asked = asked_in(session, request.query_params)
    report = _report(session, asked)
    lines = figures.named(things.things_of(session, asked.question.cut), report.things, asked.question.cut)
    name = f"capacity-{asked.question.nights.first}-{asked.last}"
    return csv_table(name, capacity_csv.headings(), capacity_csv.rows(report, lines))


def _report(session: Session, asked: Asked) -> Report:
    return make_report(session, asked.question, asked.moment)


def _page(
    request: Request,
    session: Session,
    entered: Entered,
    asked: Asked | None,
    *,
    keeper: bool = False,
    kept: Entered | None = None,
) -> Response:
    """With the report; without a question that can be asked the form alone, and what is wrong with it."""
    return render(
        request,
        "rooms/capacity.html",
        asked=asked,
        keeper=keeper,
        entered=entered,
        kept=kept or Entered(),
        cuts=[(one.value, title) for one, title in figures.cuts().items()],
        filters=[
            (
                things.FIELDS[cut],
                title,
                [("", _("All")), *((one.slug, one.name) for one in things.things_of(session, cut))],
            )
            for cut, title in figures.cuts().items()
            if cut is not Cut.WHOLE
        ],
        **(_shown(session, asked) if asked else {}),
    )


def _shown(session: Session, asked: Asked) -> dict[str, Any]:
    report, cut = _report(session, asked), asked.question.cut
    span, only = asked.question.nights, asked.question.only
    names = things.names_in(session, only)
    title = figures.period_name(span, Nights(span.first, span.first))
    return {
        "report": report,
        "title": title,
        "narrowed": format_list(names),
        "of_demand": only.of_demand,
        "without_held": only.pavilion is not None,
        "said": figures.demand_said(report.total) if only.of_demand else figures.bridge_said(report.total),
        "partly_future": span.first < report.moment.on < span.until,
        "steps": figures.steps(report.total),
        "bed_steps": figures.bed_steps(report.total),
        "occupancy": figures.occupancy(report.total),
        "occupancy_said": figures.occupancy_said(report.steps, span),
        "months": [(figures.period_name(nights, span), bridge) for nights, bridge in report.steps],
        "cut": cut,
        "thing": figures.cuts()[cut],
        "things": figures.named(things.things_of(session, cut), report.things, cut),
        "of_rooms": cut in things.OF_ROOMS and not only.of_demand,
        "query": asked.query(),
        "periods": _periods(asked),
    }


def _periods(asked: Asked) -> list[tuple[str, str]]:
    """Months, quarters and years to choose with one click: title and address."""
    now = today()
    month = now.replace(day=1)
    quarter = month.replace(month=(now.month - 1) // 3 * 3 + 1)
    periods = [
        (_("This month"), Nights(month, _months_later(month, 1))),
        (_("Last month"), Nights(_months_later(month, -1), month)),
        (_("This quarter"), Nights(quarter, _months_later(quarter, 3))),
        (_("Last quarter"), Nights(_months_later(quarter, -3), quarter)),
        (_("This year"), Nights.year(now.year)),
        (_("Last year"), Nights.year(now.year - 1)),
    ]
    return [(title, f"{PAGE}?{asked.query(nights)}") for title, nights in periods]


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)
