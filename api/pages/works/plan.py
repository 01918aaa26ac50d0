"""A package's plan: the Gantt chart over a baseline, and its table with slips, drift and what causes them."""

from datetime import date
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api import gantt
from api.dependencies import Reading
from api.forms import Entered
from api.gantt import Gantt, Row
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works import plan_view as view
from api.pages.works.plan_view import PLAN, Asked
from api.rendering import render
from campus.renovation import queries
from campus.renovation.models import WorksPackage
from campus.renovation.slips import Standing
from core.i18n import ngettext, today

router = page_router()


@router.get(PLAN)
def plan_page(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """How late the works are, why, and where every milestone lies."""
    package = view.package_of(session, slug)
    entered = Entered(FormData(dict(request.query_params)))
    options = view.baseline_options(queries.baselines(session, package.id))
    with entered.shown_again(lambda: _page(request, package, entered, options, None)):
        asked = view.asked_in(session, package, request.query_params)
    return _page(request, package, asked.filters(), options, asked, keeper=keeps(person))


@router.get(f"{PLAN}.svg")
def picture(request: Request, slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """Baseline, forecast and facts of every milestone."""
    asked = view.asked_in(session, view.package_of(session, slug), request.query_params)
    return Response(gantt.svg(_chart(asked), narrow=narrow), media_type="image/svg+xml")


def _page(
    request: Request,
    package: WorksPackage,
    entered: Entered,
    options: list[tuple[str, str]],
    asked: Asked | None,
    *,
    keeper: bool = False,
) -> Response:
    """With the plan; without it the form alone, and what is wrong with it."""
    shown: dict[str, Any] = {"lines": []}
    if asked:
        plan, on = asked.plan, asked.as_of or today()
        shown = {
            "said": view.said(asked),
            "cause": view.cause_said(plan),
            "lines": plan.lines,
            "milestones": plan.plan.milestones,
            "states": {line.key: view.state_of(plan, line, on) for line in plan.lines},
            "drivers": {line.key: view.driver_said(plan, line) for line in plan.lines},
            "pushes": {line.key: view.pushes_said(plan, line) for line in plan.lines},
            "picture": f"{PLAN.format(slug=package.slug)}.svg?{asked.query()}",
        }
    return render(
        request,
        "works/plan.html",
        **view.frame(request, package),
        **shown,
        asked=asked,
        entered=entered,
        options=options,
        signed=view.signed,
        keeper=keeper,
    )


def _chart(asked: Asked) -> Gantt:
    plan, on = asked.plan, asked.as_of or today()
    rows = tuple(
        Row(plan.plan.milestones[line.key].name, line.placed.span, line.baseline, _fact(asked, line), _label(line))
        for line in plan.lines
    )
    return Gantt(rows, on)


def _fact(asked: Asked, line: Standing) -> date | None:
    """Until which day the milestone is a fact."""
    wanted = asked.plan.plan.wanted[line.key]
    if wanted.ended:
        return line.placed.span.finish
    return (asked.as_of or today()) if wanted.begun else None


def _label(line: Standing) -> str:
    """How late, beside the bar; nothing where it is as planned."""
    if not line.slip:
        return ""
    sign = "+" if line.slip > 0 else "−"
    return ngettext("%(sign)s%(n)s day", "%(sign)s%(n)s days", abs(line.slip), sign=sign)
