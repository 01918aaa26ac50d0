"""Milestone trend analysis of a package: its chart, and the same as tables."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import trend_chart
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader
from api.pages.works import plan_view as view
from api.pages.works.plan_view import TREND, Asked
from api.rendering import render
from api.trend_chart import TrendChart, TrendLine
from campus.known import end_of
from campus.renovation.models import WorksPackage
from campus.renovation.standing import history_of
from campus.renovation.trend import Trend, trends
from core.errors import NotFound
from core.i18n import format_number, ngettext, today
from core.i18n import gettext as _

router = page_router()


@router.get(TREND)
def trend_page(request: Request, slug: str, _person: Reader, session: Reading) -> Response:
    """Which milestones keep their dates, and which slip with each report."""
    package = view.package_of(session, slug)
    entered = Entered(FormData(dict(request.query_params)))
    with entered.shown_again(lambda: _page(request, package, entered, {"trends": []})):
        asked = view.asked_in(session, package, request.query_params)
    found, names = _trends(session, asked), _names(asked)
    shown = {
        "said": _said(found, names),
        "trends": found,
        "names": names,
        "signed": view.signed,
        "picture": f"{TREND.format(slug=slug)}.svg?{asked.query()}",
    }
    return _page(request, package, asked.filters(), shown | {"as_of": asked.as_of})


@router.get(f"{TREND}.svg")
def picture(request: Request, slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """The forecast of each milestone by the day of the report."""
    asked = view.asked_in(session, view.package_of(session, slug), request.query_params)
    found, names = _trends(session, asked), _names(asked)
    if not found:
        raise NotFound(_("These works have no milestone yet."))
    lines = tuple(TrendLine(names[one.key], tuple((point.on, point.finish) for point in one.points)) for one in found)
    chart = TrendChart(lines, asked.as_of or today())
    return Response(trend_chart.svg(chart, narrow=narrow), media_type="image/svg+xml")


def _page(request: Request, package: WorksPackage, entered: Entered, shown: dict[str, Any]) -> Response:
    return render(request, "works/trend.html", **view.frame(request, package), entered=entered, **shown)


def _trends(session: Session, asked: Asked) -> list[Trend]:
    plan = asked.plan.plan
    history = history_of(session, plan, end_of(asked.as_of) if asked.as_of else None)
    return trends(history, plan.dependencies, [line.key for line in asked.plan.lines])


def _names(asked: Asked) -> dict[int, str]:
    return {key: one.name for key, one in asked.plan.plan.milestones.items()}


def _said(found: list[Trend], names: dict[int, str]) -> str:
    if not found:
        return _("These works have no milestone yet.")
    late = [one for one in found if one.days > 0]
    if not late:
        return _("Since the first reports no milestone has slipped.")
    most = max(late, key=lambda one: one.days)
    text = ngettext(
        "%(n)s of %(all)s milestones has slipped since its first report.",
        "%(n)s of %(all)s milestones have slipped since their first reports.",
        len(late),
        all=format_number(len(found)),
    )
    farthest = ngettext(
        "“%(name)s” slipped the most, by %(n)s day.",
        "“%(name)s” slipped the most, by %(n)s days.",
        most.days,
        name=names[most.key],
    )
    return f"{text} {farthest}"
