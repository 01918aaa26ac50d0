"""Plan an improvement action, and say anew what it is; with what the plan can hope to show, before it is saved."""

from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import improvement_words as words
from api.dependencies import Id, Reading, Writing, actor
from api.figure_words import area as area_name
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.asked import entries
from api.pages.feedback.access import Improver
from api.pages.feedback.action_one import ONE, aid_said
from api.pages.feedback.actions import LIST
from api.rendering import redirect, render
from campus import amounts
from campus.improvement import actions, queries
from campus.improvement.actions import WantedAction
from campus.improvement.models import ActionVersion
from campus.improvement.queries import Aid
from campus.improvement.rules import Terms
from campus.places import queries as places
from campus.places.models import Pavilion
from campus.results.rules import number
from core.i18n import format_entry, lazy
from core.i18n import gettext as _

router = page_router()


class ActionForm(BaseModel):
    """What stands in the form."""

    name: str
    area: str
    hypothesis: str
    measure: str
    expected: str
    cost_planned: str
    owner: RowId
    due: date
    check_on: date
    pavilions: list[str] = []
    comparison: list[str] = []
    reason: str = ""

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "hypothesis": lazy("Say what you expect to happen, and why."),
        "expected": lazy("Enter the change that you expect, such as 0.5."),
        "cost_planned": lazy("Enter the planned cost, such as 1200; 0 for none."),
        "owner": lazy("Choose who looks after it."),
        "due": lazy("Enter the day by which it is to be done, such as 27 3 2027."),
        "check_on": lazy("Enter the day of the planned check, such as 1 10 2027."),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "area": lazy("The area"),
        "hypothesis": lazy("The hypothesis"),
        "measure": lazy("The measure"),
        "expected": lazy("The expected change"),
        "cost_planned": lazy("The planned cost"),
        "owner": lazy("The owner"),
        "due": lazy("The day it is due"),
        "check_on": lazy("The day of the planned check"),
        "pavilions": lazy("The pavilions"),
        "comparison": lazy("The comparison"),
        "reason": lazy("The reason"),
    }

    def wanted(self) -> WantedAction:
        """As the books take it. Raises `InvalidInput`."""
        plain = self.model_dump(exclude={"expected", "cost_planned", "owner", "reason"})
        return WantedAction(
            **plain,
            expected=number(self.expected, "number", "expected"),
            cost_planned=amounts.cents(self.cost_planned, "cost_planned"),
            owner_id=self.owner,
        )


@router.get(f"{LIST}/add")
def new_action(request: Request, person: Improver, session: Reading) -> Response:
    """An empty form, but for the area that the address names."""
    start = {"owner": str(person.id), "area": request.query_params.get("area", "")}
    return _page(request, session, Entered(start=start), None)


@router.post(f"{LIST}/add")
def plan_action(request: Request, person: Improver, session: Writing, posted: Posted) -> Response:
    """Plan it."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, None)):
        wanted = entered.check(ActionForm).wanted()
        if entered.value("step") == "look":
            actions.checked(session, wanted)
            return _page(request, session, entered, None, wanted)
        made = actions.plan(session, wanted, actor(person))
    return redirect(request, f"{LIST}/{made.action_id}", Flash(_("“%(name)s” is planned.", name=made.name)))


@router.get(f"{ONE}/edit")
def edit_action(request: Request, key: Id, _person: Improver, session: Reading) -> Response:
    """The action as it is."""
    version = queries.version(session, key)
    return _page(request, session, Entered(start=_start(version)), version)


@router.post(f"{ONE}/edit")
def change_action(request: Request, key: Id, person: Improver, session: Writing, posted: Posted) -> Response:
    """Save it as entered, if nobody changed it meanwhile."""
    version, entered = queries.version(session, key), Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, version)):
        given = entered.check(ActionForm)
        wanted = given.wanted()
        if entered.value("step") == "look":
            actions.checked(session, wanted, version)
            return _page(request, session, entered, version, wanted)
        actions.change(session, version, wanted, actor(person), given.reason, seen=entered.version())
    return redirect(request, f"{LIST}/{key}", Flash(_("“%(name)s” is saved.", name=wanted.name)))


def _start(version: ActionVersion) -> dict[str, Any]:
    start: dict[str, Any] = {name: getattr(version, name) for name in ("name", "area", "hypothesis", "measure")}
    start |= {"expected": format_entry(version.expected), "cost_planned": amounts.entry(version.cost_planned)}
    start |= {"owner": str(version.owner_id or ""), "version": str(version.id)}
    start |= {"pavilions": version.pavilions, "comparison": version.comparison}
    return start | entries("due", version.due) | entries("check_on", version.check_on)


def _page(
    request: Request,
    session: Session,
    entered: Entered,
    version: ActionVersion | None,
    looked: WantedAction | None = None,
) -> Response:
    measures = queries.measures(session)
    areas = sorted({one.area for one in measures.values()})
    owners = {str(one.id): one.name for one in queries.owners(session)}
    if version and version.owner_id:
        owners.setdefault(str(version.owner_id), queries.owner_names(session).get(version.owner_id, ""))
    aid = _aid(session, looked) if looked else None
    return render(
        request,
        "feedback/action_form.html",
        title=_("Change “%(name)s”", name=version.name) if version else _("Plan an improvement action"),
        version=version,
        action=f"{LIST}/{version.action_id}/edit" if version else f"{LIST}/add",
        back=f"{LIST}/{version.action_id}" if version else LIST,
        entered=entered,
        aid=aid,
        aid_said=aid_said(aid, looked.expected, measures[looked.measure].kind) if aid and looked else None,
        areas=[(one, area_name(one)) for one in areas],
        measures=[(key, f"{area_name(one.area)}: {words.measure(key, measures)}") for key, one in measures.items()],
        pavilions=[(one.slug, one.name) for one in places.every(session, Pavilion)],
        owners=[("", _("Choose somebody")), *owners.items()],
        words=words,
    )


def _aid(session: Session, wanted: WantedAction) -> Aid:
    terms = Terms(wanted.measure, tuple(wanted.pavilions), tuple(wanted.comparison), wanted.check_on, None)
    return queries.aid(session, terms)
