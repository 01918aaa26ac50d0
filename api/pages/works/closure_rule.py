"""The rule by which works close their pavilion: between two milestones, with buffers around them."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.works.closure import PAGE, address_of
from api.rendering import redirect, render
from campus.closures import actions, queries
from campus.closures.actions import WantedRule
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.errors import Conflict
from core.i18n import format_date, lazy
from core.i18n import gettext as _

router = page_router()


class RuleForm(BaseModel):
    """What stands in the form."""

    start: RowId
    days_before: int = Field(0, ge=0, le=366)
    finish: RowId
    days_after: int = Field(0, ge=0, le=366)
    adopt: bool = False
    reason: str = Field("", max_length=500)

    errors: ClassVar = {
        "start": lazy("Choose the milestone with which rooms close."),
        "finish": lazy("Choose the milestone after which rooms open."),
        "days_before": lazy("Enter a number of days from 0 to 366."),
        "days_after": lazy("Enter a number of days from 0 to 366."),
    }
    labels: ClassVar = {"start": lazy("The milestone"), "finish": lazy("The milestone"), "reason": lazy("The reason")}


@router.get(f"{PAGE}/rule")
def ask(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The rule as it is."""
    package = works.package(session, slug)
    rule = queries.rule(session, package.id)
    start = {"version": "0", "days_before": "0", "days_after": "0", "adopt": "1"}
    if rule is not None:
        start = {"start": str(rule.start_id), "finish": str(rule.finish_id), "version": str(rule.id)}
        start |= {"days_before": str(rule.days_before), "days_after": str(rule.days_after)}
    return _page(request, session, package, Entered(start=start))


@router.post(f"{PAGE}/rule")
def save(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save it. No room is closed by that: the proposal is shown first."""
    package = works.package(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, package, entered)):
        given = entered.check(RuleForm)
        now = queries.rule(session, package.id)
        if entered.version() != (now.id if now else 0):
            raise Conflict(_("Somebody changed this rule meanwhile. Look at it again, then save."))
        wanted = WantedRule(given.start, given.days_before, given.finish, given.days_after)
        actions.set_rule(session, package, wanted, actor(person), given.reason)
        if given.adopt:
            actions.adopt(session, package, actor(person))
    return redirect(
        request, address_of(package), Flash(_("The rule is saved. Nothing is closed yet: look at the proposal."))
    )


def _page(request: Request, session: Session, package: WorksPackage, entered: Entered) -> Response:
    plan = works.plan(session)
    options = [("", _("Choose one"))]
    for key in plan.of(package.id):
        span = plan.placed[key].span
        name, first, last = plan.milestones[key].name, format_date(span.start), format_date(span.finish)
        options.append((str(key), _("%(name)s, %(first)s to %(last)s", name=name, first=first, last=last)))
    return render(
        request,
        "works/closure_rule.html",
        package=package,
        address=address_of(package),
        entered=entered,
        options=options,
        has_rule=queries.rule(session, package.id) is not None,
    )
