"""Baselines of a package: the list, one approved, and two of them compared."""

from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.works import plan_view as view
from api.pages.works.plan_view import BASELINES
from api.rendering import redirect, render
from campus.renovation import actions, queries, reporting, slips, standing
from campus.renovation.models import WorksPackage
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy, ngettext

router = page_router()


class ApprovalForm(BaseModel):
    """Why the present plan becomes a baseline."""

    why: str

    errors: ClassVar = {"why": lazy("Say in at most 500 characters why it is approved.")}
    labels: ClassVar = {"why": lazy("Why it is approved"), "milestones": lazy("The plan:")}


@router.get(BASELINES)
def list_baselines(
    request: Request, slug: str, person: Reader, session: Reading, first: str = "", second: str = ""
) -> Response:
    """Every baseline with who approved it, when and why; and what changed from one to another."""
    package = view.package_of(session, slug)
    found = queries.baselines(session, package.id)
    return render(
        request,
        "works/baselines.html",
        **view.frame(request, package),
        **_compared(session, package, first, second),
        baselines=found[::-1],
        options=view.baseline_options(found),
        names=actors.names(session),
        signed=view.signed,
        keeper=keeps(person),
    )


@router.get(f"{BASELINES}/approve")
def ask_approval(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """What would be kept."""
    return _approval(request, session, view.package_of(session, slug), Entered())


@router.post(f"{BASELINES}/approve")
def approve(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Keep the plan as it was shown."""
    package, entered = view.package_of(session, slug), Entered(posted)
    with entered.shown_again(lambda: _approval(request, session, package, entered)):
        given = entered.check(ApprovalForm)
        if entered.version() != reporting.newest(session):
            raise Conflict(_("Somebody reported meanwhile: look at the plan again before you approve it."))
        made = actions.approve_baseline(session, package, actor(person), given.why)
    return redirect(
        request, BASELINES.format(slug=slug), Flash(_("Baseline %(n)s is approved and kept.", n=made.number))
    )


def _approval(request: Request, session: Session, package: WorksPackage, entered: Entered) -> Response:
    plan = standing.package_plan(session, package)
    return render(
        request,
        "works/baseline_approve.html",
        **view.frame(request, package),
        entered=entered,
        lines=plan.lines,
        milestones=plan.plan.milestones,
        number=len(plan.baselines) + 1,
        version=reporting.newest(session),
        signed=view.signed,
    )


def _compared(session: Session, package: WorksPackage, first: str, second: str) -> dict[str, Any]:
    """Two baselines side by side: those asked for, else the last two."""
    found = queries.baselines(session, package.id)
    if len(found) < 2:
        return {"rows": [], "filters": Entered()}
    numbers = {str(one.number): one for one in found}
    if (first and first not in numbers) or (second and second not in numbers):
        raise InvalidInput(_("There is no such baseline."), place="baseline")
    one, other = numbers.get(first, found[-2]), numbers.get(second, found[-1])
    old, new = standing.spans(session, one), standing.spans(session, other)
    days = slips.between(old, new)
    milestones = queries.milestone_names(session, {*old, *new})
    rows = [(name, old.get(key), new.get(key), days.get(key)) for key, name in milestones.items()]
    return {
        "rows": rows,
        "compared": (one, other),
        "compared_said": _difference(one.number, other.number, rows),
        "filters": Entered(start={"first": str(one.number), "second": str(other.number)}),
    }


def _difference(first: int, second: int, rows: list[Any]) -> str:
    """What the comparison shows, in a sentence."""
    moved = [days for _name, _old, _new, days in rows if days]
    changed = [1 for _name, old, new, _days in rows if (old is None) != (new is None)]
    if not moved and not changed:
        return _("Baselines %(first)s and %(second)s end every milestone on the same day.", first=first, second=second)
    text = ngettext(
        "From baseline %(first)s to baseline %(second)s the finish of %(n)s milestone moved.",
        "From baseline %(first)s to baseline %(second)s the finish of %(n)s milestones moved.",
        len(moved),
        first=first,
        second=second,
    )
    if changed:
        more = ngettext("%(n)s is in one of them only.", "%(n)s are in one of them only.", len(changed))
        return f"{text} {more}"
    return text
