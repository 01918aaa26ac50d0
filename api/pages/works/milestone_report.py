"""Report on a milestone: first it is shown what the report would move, then it is appended. And all its reports."""

from datetime import date
from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.asked import entries
from api.pages.works import plan_view as view
from api.pages.works import report_words as words
from api.pages.works.plan_view import MILESTONE
from api.rendering import redirect, render
from campus.renovation import queries, reporting
from campus.renovation.models import MilestoneReport, MilestoneVersion, WorksPackage
from campus.renovation.network import Span, Wanted
from core.errors import Conflict, NotFound
from core.i18n import format_date, lazy, ngettext, today
from core.i18n import gettext as _

router = page_router()


class ReportForm(BaseModel):
    """What is known of a milestone on a day."""

    state: Literal["planned", "begun", "ended"]
    start: date
    finish: date
    reported_on: date
    why: str = Field("", max_length=500)

    errors: ClassVar = {
        "state": lazy("Choose how far the milestone is."),
        "why": lazy("Say why in at most 500 characters."),
    }
    labels: ClassVar = {
        "start": lazy("The start:"),
        "finish": lazy("The finish:"),
        "reported_on": lazy("The day of the report"),
        "why": lazy("The reason"),
    }

    def wanted(self) -> Wanted:
        """The report as the books take it."""
        return words.wanted(self.state, Span(self.start, self.finish))


@router.get(f"{MILESTONE}/reports")
def list_reports(request: Request, slug: str, key: Id, person: Reader, session: Reading) -> Response:
    """Every report of a milestone, the one that counts now marked."""
    package, milestone = _found(session, slug, key)
    reports = queries.reports(session, [key])
    before = [None, *reports[:-1]]
    return render(
        request,
        "works/milestone_reports.html",
        **view.frame(request, package),
        milestone=milestone,
        key=key,
        said=_said(reports),
        lines=[
            (one, (one.finish - old.finish).days if old else None) for one, old in zip(reports, before, strict=True)
        ][::-1],
        states=words.STATES,
        state_of=words.state_of,
        names=actors.names(session),
        signed=view.signed,
        keeper=keeps(person),
    )


@router.get(f"{MILESTONE}/report")
def ask_report(request: Request, slug: str, key: Id, _person: Keeper, session: Reading) -> Response:
    """The dates that count now, to be changed."""
    package, milestone = _found(session, slug, key)
    return _form(request, session, package, milestone, Entered(start=_start(session, key)))


@router.post(f"{MILESTONE}/report")
def report(request: Request, slug: str, key: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Show what the report would move; store it when that was seen and nobody reported meanwhile."""
    package, milestone = _found(session, slug, key)
    entered = Entered(posted)
    if entered.value("step") == "edit":
        return _form(request, session, package, milestone, entered)
    with entered.shown_again(lambda: _form(request, session, package, milestone, entered)):
        given = entered.check(ReportForm)
        plan = queries.plan(session)
        seen = reporting.preview(session, plan, {key: given.wanted()}, given.reported_on)
        if entered.value("step") != "store":
            return words.preview_page(request, session, package, seen, entered, (_address(slug, key), milestone.name))
        if entered.version() != reporting.newest(session):
            raise Conflict(_("Somebody reported meanwhile: look again at what your report would move."))
        reporting.report_all(session, plan, {key: given.wanted()}, given.reported_on, actor(person), given.why)
    return redirect(request, view.after_report(request, package), Flash(words.stored_said(seen, 1)))


def _form(
    request: Request, session: Session, package: WorksPackage, milestone: MilestoneVersion, entered: Entered
) -> Response:
    key = milestone.milestone_id
    plan = queries.plan(session)
    return render(
        request,
        "works/milestone_report.html",
        **view.frame(request, package),
        milestone=milestone,
        key=key,
        action=_address(package.slug, key),
        entered=entered,
        states=list(words.CHOICES),
        counts=queries.last_reports(session)[key],
        placed=plan.placed[key],
        own=plan.wanted[key],
        driver=words.driver_name(plan, key),
    )


def _found(session: Session, slug: str, key: int) -> tuple[WorksPackage, MilestoneVersion]:
    """Raises `NotFound` for a milestone of other works too."""
    package = queries.package(session, slug)
    if key not in queries.plan(session).of(package.id):
        raise NotFound(_("There is no such milestone."))
    return package, queries.milestone(session, key)


def _start(session: Session, key: int) -> dict[str, str | list[str]]:
    last = queries.last_reports(session)[key]
    dates = entries("start", last.start) | entries("finish", last.finish) | entries("reported_on", today())
    return {**dates, "state": words.state_of(last)}


def _address(slug: str, key: int) -> str:
    return f"{MILESTONE.format(slug=slug, key=key)}/report"


def _said(reports: list[MilestoneReport]) -> str:
    last = reports[-1]
    day, finish = format_date(last.reported_on), format_date(last.finish, "long")
    text = (
        _("By the report of %(day)s it ended on %(finish)s.", day=day, finish=finish)
        if last.ended
        else _("By the report of %(day)s it ends on %(finish)s.", day=day, finish=finish)
    )
    count = ngettext("%(n)s report was made.", "%(n)s reports were made; none is ever changed.", len(reports))
    return f"{text} {count}"
