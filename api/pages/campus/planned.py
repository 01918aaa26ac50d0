"""Planned maintenance: the list, and the form by which work is planned and changed."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, field_validator
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import request_words as words
from api.dependencies import LARGEST_ID, Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.request_new import room_options
from api.pages.campus.requests import LIST
from api.rendering import redirect, render
from campus.places import queries as places
from campus.places.models import Pavilion
from campus.requests import plans, queries
from campus.requests.models import MaintenancePlan
from campus.requests.plans import WantedPlan
from campus.requests.rules import RequestKind
from core.i18n import format_date, lazy, ngettext, today
from core.i18n import gettext as _

router = page_router()
PLANNED = f"{LIST}/planned"


class PlanForm(BaseModel):
    """What stands in the form. `place` is `pavilion-3` or `room-17`; dates stand one a line."""

    place: str
    kind: RequestKind
    text: str
    first: date | None = None
    every_months: int | None = None
    dates: str = ""
    ahead_days: int = 30
    out_days: int = 0
    until: date | None = None

    errors: ClassVar = {
        "place": lazy("Choose a pavilion or a room."),
        "kind": lazy("Choose what it is."),
        "text": lazy("Say what is to be done."),
        "every_months": lazy("Enter a whole number of months, such as 12."),
        "ahead_days": lazy("Enter a whole number of days, such as 30."),
        "out_days": lazy("Enter a whole number of nights, such as 2."),
    }
    labels: ClassVar = {
        "text": lazy("What is to be done:"),
        "every_months": lazy("Months:"),
        "ahead_days": lazy("Days before:"),
        "out_days": lazy("Nights out of order:"),
        "dates": lazy("The dates:"),
        "first": lazy("The first day:"),
    }

    @field_validator("place")
    @classmethod
    def _names_a_row(cls, given: str) -> str:
        kind, _dash, number = given.partition("-")
        if kind not in ("pavilion", "room") or not number.isascii() or not number.isdecimal() or len(number) > 10:
            raise ValueError(_("Choose a pavilion or a room."))
        if not 0 < int(number) <= LARGEST_ID:
            raise ValueError(_("Choose a pavilion or a room."))
        return given

    @field_validator("dates")
    @classmethod
    def _are_dates(cls, given: str) -> str:
        for text in given.split():
            try:
                date.fromisoformat(text)
            except ValueError:
                raise ValueError(_("“%(text)s” is no date such as 2027-03-27.", text=text[:20])) from None
        return given

    def wanted(self) -> WantedPlan:
        """The plan as the books take it."""
        kind, _dash, number = self.place.partition("-")
        return WantedPlan(
            pavilion_id=int(number) if kind == "pavilion" else None,
            room_id=int(number) if kind == "room" else None,
            dates=[date.fromisoformat(one).isoformat() for one in self.dates.split()],
            **{name: getattr(self, name) for name in _SAME},
        )


_SAME = ("kind", "text", "first", "every_months", "ahead_days", "out_days", "until")


@router.get(PLANNED)
def planned(request: Request, person: Reader, session: Reading) -> Response:
    """Everything that is planned: where, what, how often, and when next."""
    lines = [(one, _where(session, one), _how_often(one), plans.next_day(one, today())) for one in plans.plans(session)]
    return render(request, "rooms/planned.html", lines=lines, words=words, keeps=keeps(person), on=today())


@router.get(f"{PLANNED}/add")
def new_plan(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered(start={"ahead_days": "30", "out_days": "0"}), None)


@router.post(f"{PLANNED}/add")
def add_plan(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Plan work."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, None)):
        plans.add(session, entered.check(PlanForm).wanted(), actor(person))
    return redirect(request, PLANNED, Flash(_("It is planned. What is due soon becomes a request tonight.")))


@router.get(f"{PLANNED}/{{plan_id}}")
def edit_plan(request: Request, plan_id: Id, _person: Keeper, session: Reading) -> Response:
    """The plan as it is."""
    found = plans.plan(session, plan_id)
    return _page(request, session, Entered(start=_entries(found)), found)


@router.post(f"{PLANNED}/{{plan_id}}")
def change_plan(request: Request, plan_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Plan it otherwise."""
    entered, found = Entered(posted), plans.plan(session, plan_id)
    with entered.shown_again(lambda: _page(request, session, entered, found)):
        wanted = entered.check(PlanForm).wanted()
        plans.change(session, plan_id, wanted, actor(person), version=entered.version())
    return redirect(request, PLANNED, Flash(_("It is changed.")))


def _where(session: Session, found: MaintenancePlan) -> str:
    if found.room_id is not None:
        return places.room_name(session, found.room_id)
    return _("%(pavilion)s, every room", pavilion=session.get_one(Pavilion, found.pavilion_id).name)


def _how_often(found: MaintenancePlan) -> str:
    said = []
    if found.every_months:
        said.append(ngettext("every month", "every %(n)s months", found.every_months))
    elif found.first:
        said.append(_("on %(day)s", day=format_date(found.first)))
    if found.dates:
        said.append(ngettext("on %(n)s date", "on %(n)s dates", len(found.dates)))
    return ", ".join(said)


def _entries(found: MaintenancePlan) -> dict[str, str | list[str]]:
    place = f"room-{found.room_id}" if found.room_id is not None else f"pavilion-{found.pavilion_id}"
    start: dict[str, str | list[str]] = {"place": place, "dates": "\n".join(found.dates), "version": str(found.version)}
    for name in ("kind", "text", "every_months", "ahead_days", "out_days"):
        value = getattr(found, name)
        start[name] = "" if value is None else str(value)
    for name, day in (("first", found.first), ("until", found.until)):
        if day:
            start |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return start


def _page(request: Request, session: Session, entered: Entered, found: MaintenancePlan | None) -> Response:
    pavilions = [
        (f"pavilion-{one.id}", _("%(pavilion)s, every room", pavilion=one.name)) for one in queries.pavilions(session)
    ]
    rooms = [(f"room-{number}", name) for number, name in room_options(session)]
    return render(
        request,
        "rooms/planned_form.html",
        entered=entered,
        found=found,
        title=_("Change planned maintenance") if found else _("Plan maintenance"),
        action=f"{PLANNED}/{found.id}" if found else f"{PLANNED}/add",
        places=[("", _("Choose")), *pavilions, *rooms],
        kinds=list(words.KINDS.items()),
        back=PLANNED,
    )
