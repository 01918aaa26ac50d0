"""What-ifs: other dates for some milestones, compared side by side with the plan as it is."""

from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.works.closures import LIST
from api.rendering import redirect, render
from campus.closures import queries, scenarios
from campus.closures.scenarios import Column
from campus.renovation import queries as works
from campus.renovation.network import Key, Span, checked_span
from campus.renovation.queries import Plan
from core.errors import InvalidInput
from core.i18n import format_date, lazy, ngettext
from core.i18n import gettext as _

router = page_router()
PAGE = f"{LIST}/scenarios"
ROWS = (1, 2, 3)  # milestones that the form takes


class ScenarioForm(BaseModel):
    """What stands in the form: up to three milestones with other dates."""

    name: str
    note: str = Field("", max_length=500)
    milestone_1: RowId
    start_1: date | None = None
    finish_1: date
    milestone_2: RowId | None = None
    start_2: date | None = None
    finish_2: date | None = None
    milestone_3: RowId | None = None
    start_3: date | None = None
    finish_3: date | None = None

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "milestone_1": lazy("Choose a milestone."),
        "finish_1": lazy("Enter when it would be finished, such as 27 3 2027."),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "note": lazy("The note"),
        "milestone_1": lazy("The milestone"),
        **{f"finish_{row}": lazy("The dates:") for row in ROWS},
    }


@router.get(PAGE)
def compare(request: Request, person: Reader, session: Reading) -> Response:
    """The plan as it is and every scenario, side by side."""
    columns = scenarios.compare(session, queries.scenarios(session))
    plan, names = works.plan(session), actors.names(session)
    packages = {one.id: one for one in works.packages(session)}
    return render(
        request,
        "works/scenarios.html",
        columns=columns,
        packages=packages,
        years=sorted({row.year for one in columns for row in one.years}),
        scenarios=[_scenario(one, plan, packages, names) for one in columns if one.scenario],
        said=_said(columns),
        keeper=keeps(person),
    )


@router.get(f"{PAGE}/add")
def ask(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered())


@router.post(f"{PAGE}/add")
def add(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Keep it."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered)):
        given = entered.check(ScenarioForm)
        spans = _spans(given, works.plan(session))
        scenarios.add_scenario(session, given.name, spans, actor(person), given.note)
    return redirect(request, PAGE, Flash(_("“%(name)s” is kept. No room is closed by it.", name=given.name)))


@router.get(f"{PAGE}/{{scenario_id}}/drop")
def ask_drop(request: Request, scenario_id: Id, _person: Keeper, session: Reading) -> Response:
    """What dropping does."""
    found = queries.scenario(session, scenario_id)
    return render(
        request,
        "confirm.html",
        title=_("Drop “%(name)s”", name=found.name),
        consequences=[_("It is compared no more. The books and the plan stay as they are.")],
        button=_("Drop it"),
        action=f"{PAGE}/{scenario_id}/drop",
        back=PAGE,
    )


@router.post(f"{PAGE}/{{scenario_id}}/drop")
def drop(request: Request, scenario_id: Id, person: Keeper, session: Writing) -> Response:
    """Compare it no more."""
    found = queries.scenario(session, scenario_id)
    scenarios.drop_scenario(session, found, actor(person))
    return redirect(request, PAGE, Flash(_("“%(name)s” is dropped.", name=found.name)))


def _spans(given: ScenarioForm, plan: Plan) -> dict[Key, Span]:
    """Without a start, what has begun keeps its own, and everything else its length."""
    spans: dict[Key, Span] = {}
    for row in ROWS:
        key, start, finish = (getattr(given, f"{name}_{row}") for name in ("milestone", "start", "finish"))
        if key is None:
            continue
        if key not in plan.wanted or key in spans:
            raise InvalidInput(_("must be a milestone, each one once"), place=f"milestone_{row}")
        if finish is None:
            raise InvalidInput(_("Enter when it would be finished, such as 27 3 2027."), place=f"finish_{row}")
        known, placed = plan.wanted[key], plan.placed[key].span
        usual = known.span.start if known.begun else finish - (placed.finish - placed.start)
        spans[key] = checked_span(start or usual, finish, f"finish_{row}")
    return spans


def _page(request: Request, session: Session, entered: Entered) -> Response:
    plan = works.plan(session)
    packages = {one.id: one.name for one in works.packages(session)}
    options = [("", _("None"))]
    for key, version in plan.milestones.items():
        if not plan.wanted[key].ended:
            last = format_date(plan.placed[key].span.finish)
            name = f"{packages[plan.package_of[key]]}: {version.name}"
            options.append((str(key), _("%(name)s, now until %(last)s", name=name, last=last)))
    return render(request, "works/scenario_new.html", entered=entered, options=options, rows=ROWS, address=PAGE)


def _scenario(column: Column, plan: Plan, packages: dict[int, Any], names: dict[str, str]) -> dict[str, Any]:
    """A scenario's dates, each with the milestone report that would adopt it."""
    found: Any = column.scenario
    return {
        "scenario": found,
        "by": names.get(found.made_by, found.made_by),
        "dates": [
            {
                "milestone": plan.milestones[key].name if key in plan.milestones else _("a milestone that was dropped"),
                "package": packages[plan.package_of[key]].name if key in plan.milestones else "",
                "span": span,
                "report": _report_address(packages[plan.package_of[key]].slug, key, span)
                if key in plan.milestones
                else "",
            }
            for key, span in column.spans.items()
        ],
    }


def _report_address(slug: str, key: Key, span: Span) -> str:
    return f"/works/packages/{slug}/milestones/{key}/report?start={span.start}&finish={span.finish}"


def _said(columns: list[Column]) -> str:
    if len(columns) == 1:
        return _("No scenario is kept yet.")
    return ngettext(
        "%(n)s scenario stands beside the plan, each computed against the books as they are now.",
        "%(n)s scenarios stand beside the plan, each computed against the books as they are now.",
        len(columns) - 1,
    )
