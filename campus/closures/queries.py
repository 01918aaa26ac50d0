"""Every SELECT on closure rules, confirmed changes and scenarios."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.closures import rules
from campus.closures.books import Holder
from campus.closures.models import (
    ClosureChange,
    ClosureChangeClaim,
    ClosureClaim,
    ClosureRule,
    ClosureScenario,
    ScenarioSpan,
)
from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from campus.places.models import Room
from campus.renovation.network import Key, Span
from campus.renovation.queries import Plan
from core.errors import NotFound
from core.i18n import gettext as _

HOLDER = (
    *(Claim.number, Claim.id, Claim.kind, Claim.room_id, Claim.first, Claim.until),
    *(Claim.guests, Claim.segment_id, Claim.rate_cents),
)


def rule(session: Session, package_id: int, at: datetime | None = None) -> ClosureRule | None:
    """The rule of a package as known at an instant; None without one."""
    mine = ClosureRule.package_id == package_id
    return session.scalar(sa.select(ClosureRule).where(mine, known(ClosureRule, at)))


def all_rules(session: Session, at: datetime | None = None) -> dict[int, ClosureRule]:
    """Package → its rule, as known at an instant."""
    return {one.package_id: one for one in session.scalars(sa.select(ClosureRule).where(known(ClosureRule, at)))}


def closure_of(found: ClosureRule, plan: Plan) -> Nights | None:
    """The nights that a rule closes after a plan; None when one of its milestones was dropped."""
    if found.start_id not in plan.placed or found.finish_id not in plan.placed:
        return None
    start, finish = plan.placed[found.start_id], plan.placed[found.finish_id]
    return rules.closure(start.span, finish.span, found.days_before, found.days_after)


def claims_of(session: Session, package_id: int, at: datetime | None = None) -> list[Claim]:
    """The claims by which a package closes rooms, as known at an instant, also those that ended."""
    mine = sa.select(ClosureClaim.number).where(ClosureClaim.package_id == package_id)
    query = sa.select(Claim).where(Claim.number.in_(mine), known(Claim, at))
    return list(session.scalars(query.order_by(Claim.room_id, Claim.first)))


def own_claims(session: Session, packages: Iterable[int]) -> dict[int, list[Holder]]:
    """Package → the claims by which it closes rooms, those that are over too, by room and night."""
    query = (
        sa.select(ClosureClaim.package_id, *HOLDER)
        .join(Claim, Claim.number == ClosureClaim.number)
        .where(ClosureClaim.package_id.in_(list(packages)), known(Claim, None), Claim.status == Status.BOOKED.value)
        .order_by(Claim.room_id, Claim.first)
    )
    found: dict[int, list[Holder]] = defaultdict(list)
    for package_id, *columns in session.execute(query):
        found[package_id].append(_holder(*columns))
    return found


def holders(session: Session, nights: Nights, pavilions: Collection[int] | None = None) -> list[Holder]:
    """Claims that keep everybody else out of their rooms in some of the nights, by room and night.

    Of some pavilions they are found by the nights that they take, of all by their own dates: the quick way for each.
    """
    query = (
        sa.select(*HOLDER)
        .where(known(Claim, None), Claim.status == Status.BOOKED.value, Claim.kind != Kind.OUT_OF_SERVICE.value)
        .where(Claim.first < nights.until, Claim.until > nights.first)
        .order_by(Claim.room_id, Claim.first)
    )
    if pavilions is not None:
        query = query.where(
            Claim.id.in_(
                sa.select(RoomNight.claim_id)
                .join(Room, Room.id == RoomNight.room_id)
                .where(Room.pavilion_id.in_(pavilions))
                .where(RoomNight.night >= nights.first, RoomNight.night < nights.until)
            )
        )
    return [_holder(*columns) for columns in session.execute(query)]


def faulty(session: Session, nights: Nights) -> dict[int, list[Nights]]:
    """Room → when it is out of service, of what meets the nights."""
    query = (
        sa.select(Claim.room_id, Claim.first, Claim.until)
        .where(known(Claim, None), Claim.status == Status.BOOKED.value, Claim.kind == Kind.OUT_OF_SERVICE.value)
        .where(Claim.first < nights.until, Claim.until > nights.first)
        .order_by(Claim.room_id, Claim.first)
    )
    found: dict[int, list[Nights]] = defaultdict(list)
    for room_id, first, until in session.execute(query):
        found[room_id].append(Nights(first, until))
    return found


def owned_claims(session: Session) -> set[int]:
    """The numbers of the claims by which any works close rooms."""
    return set(session.scalars(sa.select(ClosureClaim.number)))


def change(session: Session, change_id: int) -> ClosureChange:
    """A confirmed change. Raises `NotFound`."""
    found = session.get(ClosureChange, change_id)
    if found is None:
        raise NotFound(_("There is no such change of closures."))
    return found


def changes(session: Session, package_id: int | None = None) -> list[ClosureChange]:
    """What was confirmed, of a package or of all, the newest first."""
    query = sa.select(ClosureChange).order_by(ClosureChange.id.desc())
    return list(session.scalars(query if package_id is None else query.where(ClosureChange.package_id == package_id)))


def claims_in_change(session: Session, change_id: int) -> list[ClosureChangeClaim]:
    """What a change did, by the numbers of the claims."""
    query = sa.select(ClosureChangeClaim).where(ClosureChangeClaim.change_id == change_id)
    return list(session.scalars(query.order_by(ClosureChangeClaim.number)))


def versions(session: Session, ids: Iterable[int | None]) -> Mapping[int, Claim]:
    """Versions of claims by their ids."""
    wanted = [one for one in ids if one is not None]
    return {one.id: one for one in session.scalars(sa.select(Claim).where(Claim.id.in_(wanted)))}


def current_versions(session: Session, numbers: Iterable[int]) -> dict[int, int]:
    """Claim → the id of its current version."""
    query = sa.select(Claim.number, Claim.id).where(Claim.number.in_(list(numbers)), known(Claim, None))
    return {row.number: row.id for row in session.execute(query)}


def scenario(session: Session, scenario_id: int) -> ClosureScenario:
    """A scenario that was not dropped. Raises `NotFound`."""
    found = session.get(ClosureScenario, scenario_id)
    if found is None or found.dropped_at is not None:
        raise NotFound(_("There is no such scenario."))
    return found


def scenarios(session: Session) -> list[ClosureScenario]:
    """The scenarios that are kept, the oldest first."""
    query = sa.select(ClosureScenario).where(ClosureScenario.dropped_at.is_(None))
    return list(session.scalars(query.order_by(ClosureScenario.id)))


def spans_of(session: Session, scenario_id: int) -> dict[Key, Span]:
    """Milestone → when it lies in a scenario."""
    found = session.scalars(sa.select(ScenarioSpan).where(ScenarioSpan.scenario_id == scenario_id))
    return {one.milestone_id: Span(one.start, one.finish) for one in found}


def _holder(
    number: int,
    version: int,
    kind: str,
    room_id: int,
    first: date,
    until: date,
    guests: int,
    segment_id: int | None,
    rate_cents: int,
) -> Holder:
    """A row of the columns `HOLDER`: plain rows, as there are thousands of them."""
    return Holder(number, version, Kind(kind), room_id, Nights(first, until), guests, segment_id, rate_cents)
