"""Add milestones to works, change what they are, put them in order, drop them and bring them back."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel
from pydantic import Field as Checked
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import LARGEST_ID, Id, Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.places_form import Field, Form, form_page
from api.pages.works.package_one import ONE, address_of, crumbs, owner_options
from api.rendering import redirect
from campus.renovation import actions, milestone_actions, queries, rules
from campus.renovation.actions import WantedMilestone
from campus.renovation.models import MilestoneVersion, WorksPackage
from campus.renovation.network import Wanted, checked_span
from core.i18n import format_number, lazy
from core.i18n import gettext as _

router = page_router()
MILESTONE = f"{ONE}/milestones/{{key}}"


class MilestoneForm(BaseModel):
    """What a milestone is."""

    name: str
    weight: int = 1
    owner: RowId | None = None

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "weight": lazy("Enter a whole number, such as 12."),
        "start": lazy("Enter the first day, such as 27 3 2027."),
        "state": lazy("Choose how far it is."),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "weight": lazy("The weight"),
        "owner": lazy("The owner"),
        "start": lazy("The first day:"),
        "finish": lazy("The last day:"),
        "place": lazy("The place in the list"),
        "reason": lazy("The reason"),
    }

    def wanted(self) -> WantedMilestone:
        """As the books take it."""
        return WantedMilestone(name=self.name, weight=self.weight, owner_id=self.owner)


class ChangedMilestone(MilestoneForm):
    """A milestone and the one that it stands behind in the list, 0 for the first place."""

    place: Annotated[int, Checked(ge=0, le=LARGEST_ID)]
    reason: str = ""


class NewMilestone(MilestoneForm):
    """A milestone with its days; without a last day it is a moment."""

    start: date
    finish: date | None = None
    state: Literal["to come", "begun", "ended"] = "to come"

    def planned(self) -> Wanted:
        """Its first report. Raises `InvalidInput`."""
        span = checked_span(self.start, self.finish or self.start, "finish")
        return Wanted(span, begun=self.state != "to come", ended=self.state == "ended")


class DropForm(BaseModel):
    """Why a milestone belongs to the works no more."""

    reason: str = ""

    labels: ClassVar = {"reason": lazy("The reason")}


@router.get(f"{ONE}/milestones/add")
def new_milestone(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    start = {"weight": "1", "state": "to come"}
    return _page(request, session, Entered(start=start), queries.package(session, slug), None)


@router.post(f"{ONE}/milestones/add")
def add_milestone(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add it at the end."""
    package, entered = queries.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, package, None)):
        given = entered.check(NewMilestone)
        actions.add_milestone(session, package, given.wanted(), given.planned(), actor(person))
    return redirect(request, address_of(package), Flash(_("“%(name)s” is added.", name=given.name)))


@router.get(f"{MILESTONE}/edit")
def edit_milestone(request: Request, slug: str, key: Id, _person: Keeper, session: Reading) -> Response:
    """The milestone as it is."""
    package, present = _found(session, slug, key)
    keys = queries.plan(session).of(package.id)
    start = {
        "name": present.name,
        "weight": str(present.weight),
        "owner": str(present.owner_id or ""),
        "place": str(([0, *keys])[keys.index(key)]),
    }
    return _page(request, session, Entered(start=start), package, present)


@router.post(f"{MILESTONE}/edit")
def change_milestone(
    request: Request, slug: str, key: Id, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Save it, if nobody changed it meanwhile."""
    package, present = _found(session, slug, key)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, package, present)):
        given = entered.check(ChangedMilestone)
        milestone_actions.change_milestone(
            session, present, given.wanted(), actor(person), given.reason, version=entered.version()
        )
        milestone_actions.put_after(session, package, key, given.place or None, actor(person))
    return redirect(request, address_of(package), Flash(_("“%(name)s” is saved.", name=given.name)))


@router.get(f"{MILESTONE}/drop")
def ask_drop(request: Request, slug: str, key: Id, _person: Keeper, session: Reading) -> Response:
    """Ask why, before it goes."""
    package, present = _found(session, slug, key)
    return _drop_page(request, Entered(), package, present)


@router.post(f"{MILESTONE}/drop")
def drop_milestone(request: Request, slug: str, key: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Drop it, unless something needs it; undone by one button."""
    package, present = _found(session, slug, key)
    entered = Entered(posted)
    with entered.shown_again(lambda: _drop_page(request, entered, package, present)):
        reason = entered.check(DropForm).reason
        gone = milestone_actions.drop(session, present, actor(person), reason, version=entered.version())
    again = Undo(f"{address_of(package)}/milestones/{key}/reinstate", _("Undo"), {"version": str(gone.id)})
    return redirect(request, address_of(package), Flash(_("“%(name)s” is dropped.", name=gone.name), undo=again))


@router.post(f"{MILESTONE}/reinstate")
def reinstate_milestone(
    request: Request, slug: str, key: Id, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Bring back what was dropped, at the end of the list."""
    package = queries.package(session, slug)
    present = queries.of_package(session, package, key)
    milestone_actions.reinstate(session, present, actor(person), version=Entered(posted).version())
    return redirect(request, address_of(package), Flash(_("“%(name)s” belongs to the works again.", name=present.name)))


def _found(session: Session, slug: str, key: int) -> tuple[WorksPackage, MilestoneVersion]:
    """The works, and a milestone of theirs that was not dropped. Raises `NotFound`."""
    package = queries.package(session, slug)
    return package, queries.milestone(session, queries.of_package(session, package, key).milestone_id)


def _page(
    request: Request, session: Session, entered: Entered, package: WorksPackage, present: MilestoneVersion | None
) -> Response:
    weight_hint = _(
        "Its part of the progress, of the sum of all weights: 0 to %(most)s.", most=format_number(rules.MOST_WEIGHT)
    )
    fields = [
        Field("field", "name", _("Name"), most=120),
        Field("field", "weight", _("Weight"), hint=weight_hint, width="4", digits=True),
        Field("select", "owner", _("Owner"), options=owner_options(session, present.owner_id if present else None)),
    ]
    if present is None:
        states = [("to come", _("To come")), ("begun", _("It has begun")), ("ended", _("It has ended"))]
        fields += [
            Field("radios", "state", _("How far it is"), options=states),
            Field("date", "start", _("First day")),
            Field("date", "finish", _("Last day"), hint=_("Empty for a moment, such as a signature."), optional=True),
        ]
    else:
        why = _("What it was so far stays known with it. For another place alone none is needed.")
        fields += [
            Field("select", "place", _("Place in the list"), options=_places(session, package, present)),
            Field("field", "reason", _("Reason"), hint=why, most=500),
        ]
    address = address_of(package)
    form = Form(
        title=_("Change “%(name)s”", name=present.name) if present else _("Add a milestone"),
        above=crumbs(package),
        action=f"{address}/milestones/{present.milestone_id}/edit" if present else f"{address}/milestones/add",
        back=address,
        button=_("Save") if present else _("Add the milestone"),
        version=present.id if present else None,
        more=[(_("Drop this milestone"), f"{address}/milestones/{present.milestone_id}/drop")] if present else (),
    )
    return form_page(request, form, fields, entered)


def _places(session: Session, package: WorksPackage, present: MilestoneVersion) -> list[tuple[str, str]]:
    plan = queries.plan(session)
    others = [plan.milestones[key] for key in plan.of(package.id) if key != present.milestone_id]
    return [
        ("0", _("First")),
        *((str(one.milestone_id), _("After “%(name)s”", name=one.name)) for one in others),
    ]


def _drop_page(request: Request, entered: Entered, package: WorksPackage, present: MilestoneVersion) -> Response:
    address = address_of(package)
    form = Form(
        title=_("Drop “%(name)s”?", name=present.name),
        lead=_("It counts for the progress no more. What was reported of it stays known, and it can be brought back."),
        above=crumbs(package),
        action=f"{address}/milestones/{present.milestone_id}/drop",
        back=address,
        button=_("Drop it"),
        version=present.id,
        danger=True,
    )
    return form_page(request, form, [Field("field", "reason", _("Reason"), most=500)], entered)
