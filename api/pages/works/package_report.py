"""Report on all milestones of a package in one go. A row that says what counts already is not reported."""

from datetime import date
from typing import Any, Literal

from fastapi import Request
from pydantic import BaseModel, Field, create_model
from starlette.responses import Response

from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.asked import entries
from api.pages.works import plan_view as view
from api.pages.works import report_words as words
from api.pages.works.plan_view import REPORT
from api.rendering import redirect, render
from campus.renovation import queries, reporting
from campus.renovation.models import WorksPackage
from campus.renovation.network import Key, Span, Wanted
from campus.renovation.queries import Plan
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today

router = page_router()
State = Literal["planned", "begun", "ended"]


@router.get(REPORT)
def ask_reports(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """A row a milestone, with the dates that count now."""
    package, plan = queries.package(session, slug), queries.plan(session)
    return _form(request, package, plan, Entered(start=_start(plan, plan.of(package.id))))


@router.post(REPORT)
def report(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Show what the changed rows would move; store them when that was seen and nobody reported meanwhile."""
    package, plan = queries.package(session, slug), queries.plan(session)
    entered = Entered(posted)
    if entered.value("step") == "edit":
        return _form(request, package, plan, entered)
    with entered.shown_again(lambda: _form(request, package, plan, entered)):
        given = entered.check(_model(plan, plan.of(package.id)))
        reports = reporting.changed(plan, _wanted(given, plan.of(package.id)))
        if not reports:
            raise InvalidInput(_("Nothing was changed, so there is nothing to report."))
        reported_on, why = given.reported_on, given.why  # type: ignore[attr-defined]
        seen = reporting.preview(session, plan, reports, reported_on)
        if entered.value("step") != "store":
            return words.preview_page(
                request, session, package, seen, entered, (REPORT.format(slug=slug), package.name)
            )
        if entered.version() != reporting.newest(session):
            raise Conflict(_("Somebody reported meanwhile: look again at what your report would move."))
        reporting.report_all(session, plan, reports, reported_on, actor(person), why)
    return redirect(request, view.after_report(request, package), Flash(words.stored_said(seen, len(reports))))


def _form(request: Request, package: WorksPackage, plan: Plan, entered: Entered) -> Response:
    return render(
        request,
        "works/package_report.html",
        **view.frame(request, package),
        action=REPORT.format(slug=package.slug),
        entered=entered,
        rows=[(key, plan.milestones[key].name, words.driver_name(plan, key)) for key in plan.of(package.id)],
        states=list(words.STATES.items()),
    )


def _start(plan: Plan, keys: list[Key]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {**entries("reported_on", today())}
    for key in keys:
        wanted = plan.wanted[key]
        found |= entries(f"start_{key}", wanted.span.start) | entries(f"finish_{key}", wanted.span.finish)
        found[f"state_{key}"] = words.state_of(wanted)
    return found


def _model(plan: Plan, keys: list[Key]) -> type[BaseModel]:
    """The form of these milestones: `state_12`, `start_12`, `finish_12` for each, one day and one reason for all."""
    fields: dict[str, Any] = {"reported_on": (date, ...), "why": (str, Field("", max_length=500))}
    labels: dict[str, str] = {"reported_on": _("The day of the report"), "why": _("The reason")}
    for key in keys:
        fields |= {f"state_{key}": (State, ...), f"start_{key}": (date, ...), f"finish_{key}": (date, ...)}
    made = create_model("PackageReport", **fields)
    made.labels = labels  # type: ignore[attr-defined]
    return made


def _wanted(given: BaseModel, keys: list[Key]) -> dict[Key, Wanted]:
    values = dict(given)
    return {
        key: words.wanted(values[f"state_{key}"], Span(values[f"start_{key}"], values[f"finish_{key}"])) for key in keys
    }
