"""Planned maintenance: what is due becomes a request, once for each room and day, however often the job runs."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.occupancy.rules import Kind
from campus.requests import actions, out_of_order, queries, rules
from campus.requests.models import MaintenancePlan, ServiceRequest
from campus.requests.rules import RequestKind
from core import trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _

CLOCK = "clock"
MADE_UP_DAYS = 7  # what was due while no worker ran, as far back as the schedule makes up for


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPlan:
    """Planned work: of a room, or of every room of a pavilion."""

    pavilion_id: int | None = None
    room_id: int | None = None
    kind: RequestKind = RequestKind.FAULT
    text: str = ""
    first: date | None = None
    every_months: int | None = None
    dates: list[str] = field(default_factory=list)
    ahead_days: int = 30
    out_days: int = 0
    until: date | None = None


def plans(session: Session) -> list[MaintenancePlan]:
    """Every plan, those that have ended last."""
    return list(session.scalars(sa.select(MaintenancePlan).order_by(MaintenancePlan.until.is_(None).desc(), "id")))


def plan(session: Session, plan_id: int) -> MaintenancePlan:
    """One plan. Raises `NotFound`."""
    found = session.get(MaintenancePlan, plan_id)
    if found is None:
        raise NotFound(_("There is no such plan."))
    return found


def add(session: Session, wanted: WantedPlan, actor: str) -> MaintenancePlan:
    """Plan work. Raises `InvalidInput`."""
    _check(session, wanted)
    made = MaintenancePlan(**_columns(wanted))
    session.add(made)
    session.flush()
    trail.record(session, actor, "maintenance.plan", "maintenance_plan", made.id, after=_told(wanted))
    return made


def change(session: Session, plan_id: int, wanted: WantedPlan, actor: str, *, version: int) -> MaintenancePlan:
    """Plan it otherwise from now on; requests that were made stay. Raises `Conflict`, `InvalidInput`, `NotFound`."""
    found = plan(session, plan_id)
    if found.version != version:
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))
    _check(session, wanted)
    before = _told(as_wanted(found))
    for name, value in _columns(wanted).items():
        setattr(found, name, value)
    session.flush()
    trail.record(session, actor, "maintenance.change", "maintenance_plan", plan_id, before=before, after=_told(wanted))
    return found


def as_wanted(found: MaintenancePlan) -> WantedPlan:
    """The plan as it stands."""
    values = {name: getattr(found, name) for name in WantedPlan.__dataclass_fields__}
    return WantedPlan(**values | {"kind": RequestKind(found.kind)})


def next_day(found: MaintenancePlan, today: date) -> date | None:
    """When it is due next, within the ten years to come."""
    return next(iter(_days(found, today, today + timedelta(days=3653))), None)


def make_due(session: Session, today: date) -> dict[str, int]:
    """Make the requests that are due by now. How many, and how many rooms could not be taken out of order."""
    made = blocked = 0
    for found in plans(session):
        for room_id, day in _missing(session, found, today):
            request = _request(session, found, room_id, day)
            made += 1
            if found.out_days and not _taken_out(session, request, Nights(day, day + timedelta(days=found.out_days))):
                blocked += 1
    return {"made": made, "rooms_taken": blocked}


def _missing(session: Session, found: MaintenancePlan, today: date) -> Iterable[tuple[int, date]]:
    made = sa.select(ServiceRequest.room_id, ServiceRequest.planned_for).where(ServiceRequest.plan_id == found.id)
    there = {(room_id, day) for room_id, day in session.execute(made)}
    days = _days(found, today - timedelta(days=MADE_UP_DAYS), today + timedelta(days=found.ahead_days))
    for day in days:
        for room_id in _rooms(session, found, day):
            if (room_id, day) not in there:
                yield room_id, day


def _days(found: MaintenancePlan, since: date, through: date) -> list[date]:
    days = rules.due_days(found.first, found.every_months, found.dates, since, through)
    return [day for day in days if found.until is None or day < found.until]


def _rooms(session: Session, found: MaintenancePlan, day: date) -> list[int]:
    rooms = [room.id for room, _pavilion in queries.rooms(session, day, found.pavilion_id)]
    return rooms if found.room_id is None else [one for one in rooms if one == found.room_id]


def _request(session: Session, found: MaintenancePlan, room_id: int, day: date) -> ServiceRequest:
    wanted = actions.Wanted(
        room_id=room_id, kind=RequestKind(found.kind), text=found.text, due=day, plan_id=found.id, planned_for=day
    )
    return actions.report(session, wanted, CLOCK)


def _taken_out(session: Session, request: ServiceRequest, nights: Nights) -> bool:
    """Whether the room could be put out of order. If not, the request's page shows what is in the way."""
    try:
        out_of_order.take(session, request, Kind.OUT_OF_ORDER, nights, CLOCK)
    except (Conflict, InvalidInput):
        told = {"first": nights.first, "until": nights.until}
        trail.record(session, CLOCK, "request.blocked", actions.SUBJECT, request.id, after=told)
        return False
    return True


def _check(session: Session, wanted: WantedPlan) -> None:
    rules.checked_text(wanted.text)
    if (wanted.pavilion_id is None) == (wanted.room_id is None):
        raise InvalidInput(_("Choose a pavilion or a room."), place="place")
    if wanted.room_id is not None:
        queries.check_room(session, wanted.room_id)
    if wanted.pavilion_id is not None:
        queries.check_pavilion(session, wanted.pavilion_id)
    if wanted.first is None and not wanted.dates:
        raise InvalidInput(_("Give the first day, or dates."), place="first")
    if wanted.every_months is not None and wanted.first is None:
        raise InvalidInput(_("Give the first day, from which the months are counted."), place="first")
    _check_range(wanted.every_months, 1, rules.MOST_MONTHS, "every_months")
    _check_range(wanted.ahead_days, 0, rules.MOST_AHEAD, "ahead_days")
    _check_range(wanted.out_days, 0, rules.MOST_OUT, "out_days")
    if len(wanted.dates) > rules.MOST_DATES:
        raise InvalidInput(_("must be at most %(most)s dates", most=rules.MOST_DATES), place="dates")
    for day in (wanted.first, wanted.until, *map(date.fromisoformat, wanted.dates)):
        if day is not None:
            Nights.of(day, "first" if day == wanted.first else "until" if day == wanted.until else "dates")


def _check_range(given: int | None, least: int, most: int, place: str) -> None:
    if given is not None and not least <= given <= most:
        raise InvalidInput(_("must be %(least)s to %(most)s", least=least, most=most), place=place)


def _columns(wanted: WantedPlan) -> dict[str, Any]:
    return asdict(wanted) | {
        "kind": wanted.kind.value,
        "text": wanted.text.strip(),
        "dates": sorted(set(wanted.dates)),
    }


def _told(wanted: WantedPlan) -> dict[str, Any]:
    """For the trail, without its text, which people write."""
    return {name: value for name, value in _columns(wanted).items() if name != "text"}
