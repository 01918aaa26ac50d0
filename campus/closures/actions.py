"""Rules of closures, and what is done to the rooms after them: confirmed in one transaction, and undone as a whole."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.closures import queries, reading, rules
from campus.closures.fitting import ClaimChange
from campus.closures.models import ClosureChange, ClosureChangeClaim, ClosureClaim, ClosureRule
from campus.closures.proposal import Conflict as Meeting
from campus.closures.proposal import Proposal
from campus.closures.ways_out import Choices
from campus.known import known, supersede
from campus.occupancy import actions as claims
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from campus.places.models import Room
from campus.places.rules import checked_text
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import zone


@dataclass(frozen=True, slots=True)
class WantedRule:
    """Closed from a milestone's start less `days_before` until another one's finish plus `days_after`."""

    start_id: int
    days_before: int
    finish_id: int
    days_after: int


class Outdated(Conflict):
    """The books or the plan changed since the proposal was looked at."""


def set_rule(session: Session, package: WorksPackage, wanted: WantedRule, actor: str, reason: str = "") -> ClosureRule:
    """Give a package its rule, or change it; the same again changes nothing. Raises `InvalidInput`."""
    plan = works.plan(session)
    for place, key in (("start", wanted.start_id), ("finish", wanted.finish_id)):
        if key not in plan.of(package.id):
            raise InvalidInput(_("must be a milestone of these works"), place=place)
    rules.checked_buffer(wanted.days_before, "days_before")
    rules.checked_buffer(wanted.days_after, "days_after")
    before = queries.rule(session, package.id)
    if before is not None and _told(before) == asdict(wanted):
        return before
    if before is not None:
        supersede(session, before)
    made = ClosureRule(package_id=package.id, reason=checked_text(reason, "reason"), **asdict(wanted))
    made.recorded_at, made.recorded_by = clock.now(), actor
    session.add(made)
    session.flush()
    told = before and _told(before)
    trail.record(session, actor, "closure.rule", "works_package", package.id, before=told, after=asdict(wanted))
    return made


def adopt(session: Session, package: WorksPackage, actor: str) -> list[int]:
    """The extended closures of the pavilion that nobody's works own become those of this package; their numbers.

    Only those that meet the nights of its rule: it says which closure is meant.
    """
    rule = queries.rule(session, package.id)
    closure = queries.closure_of(rule, works.plan(session)) if rule else None
    if closure is None:
        return []
    query = (
        sa.select(Claim.number)
        .join(Room, Room.id == Claim.room_id)
        .where(known(Claim, None), Room.pavilion_id == package.pavilion_id, Claim.status == Status.BOOKED.value)
        .where(Claim.kind == Kind.EXTENDED_CLOSURE.value, Claim.first < closure.until, Claim.until > closure.first)
    )
    numbers = sorted(set(session.scalars(query)) - queries.owned_claims(session))
    session.add_all(ClosureClaim(number=number, package_id=package.id) for number in numbers)
    session.flush()
    if numbers:
        trail.record(session, actor, "closure.adopt", "works_package", package.id, after={"claims": numbers})
    return numbers


def confirm(
    session: Session, package: WorksPackage, digest: str, choices: Choices, actor: str, why: str
) -> ClosureChange:
    """Do what was proposed: stays move, then rooms close and reopen. When it raises, keep nothing.

    `digest` names the proposal that was looked at, with no choice made. Raises `Outdated` when it is another one by
    now, `InvalidInput` for a choice that cannot be.
    """
    why = checked_text(why, "why", needed=True)
    found = reading.look(session, package)
    if found is None:
        raise Conflict(_("These works have no closure rule, or one of its milestones was dropped."))
    books, proposed = found
    if proposed.digest != digest:
        raise Outdated(
            _("The books or the plan changed since you looked: this is the new proposal. Look at it, then confirm.")
        )
    chosen = reading.with_choices(books, package, proposed, choices) if choices else proposed
    if chosen.changes_nothing:
        raise Conflict(
            _("There is nothing to do: the books say what the plan says, or everything in conflict is left.")
        )
    change = ClosureChange(package_id=package.id, confirmed_at=clock.now(), confirmed_by=actor, why=why)
    session.add(change)
    session.flush()
    for before, after in _carried_out(session, package, chosen, actor, why).values():
        session.add(ClosureChangeClaim(change_id=change.id, number=after.number, before_id=before, after_id=after.id))
    session.flush()
    told = {"closed": chosen.closes, "reopened": chosen.reopens, "moved": _moved(chosen), "why": why}
    trail.record(session, actor, "closure.confirm", "closure_change", change.id, after=told)
    return change


def undo(session: Session, change: ClosureChange, actor: str) -> None:
    """Every claim is again what it was before. Raises `Conflict` naming what was changed since. Keep nothing then."""
    if reason := why_not(session, change):
        raise Conflict(reason)
    done = queries.claims_in_change(session, change.id)
    before = queries.versions(session, [one.before_id for one in done])
    said = _("closures of %(day)s undone", day=change.confirmed_at.astimezone(zone()).date().isoformat())
    claims.put_back(
        session, {one.number: before[one.before_id] if one.before_id else None for one in done}, actor, said
    )
    change.undone_at, change.undone_by = clock.now(), actor
    session.flush()
    trail.record(session, actor, "closure.undo", "closure_change", change.id)


def why_not(session: Session, change: ClosureChange) -> str:
    """Why a change cannot be undone; "" when it can, as long as nobody takes a night that it gave back."""
    if change.undone_at is not None:
        return _("It is undone already.")
    done = queries.claims_in_change(session, change.id)
    now = queries.current_versions(session, [one.number for one in done])
    since = [one.number for one in done if now.get(one.number) != one.after_id]
    if not since:
        return ""
    named = ", ".join(str(number) for number in since[:10]) + (" …" if len(since) > 10 else "")
    return _("It cannot be undone: these claims were changed since: %(claims)s.", claims=named)


def _carried_out(
    session: Session, package: WorksPackage, chosen: Proposal, actor: str, why: str
) -> Mapping[int, tuple[int | None, Claim]]:
    """Claim → the id of its version before (None: made here), and the version after."""
    found: dict[int, tuple[int | None, Claim]] = {}
    for one in chosen.conflicts:
        if one.chosen is not None:
            for after in _move(session, one, one.chosen, actor, why):
                found[after.number] = (one.claim.version if after.number == one.claim.number else None, after)
    versions = queries.current_versions(
        session, [one.number for room in chosen.rooms for one in room.claims if one.number]
    )
    for room in chosen.rooms:
        for change in room.claims:
            after = _close(session, package, room.room.id, change, actor, why)
            found[after.number] = (versions.get(after.number), after)
    return found


def _move(session: Session, one: Meeting, room_id: int, actor: str, why: str) -> list[Claim]:
    """Guests who are there already move on the day; the nights that are over stay where they were."""
    claim, starting = one.claim, one.nights.first if one.nights.first > one.claim.nights.first else None
    return claims.move(session, claim.number, room_id, actor, why, starting=starting, version=claim.version)


def _close(session: Session, package: WorksPackage, room_id: int, change: ClaimChange, actor: str, why: str) -> Claim:
    if change.number is not None:
        if change.nights is None:
            return claims.cancel(session, change.number, actor, why)
        return claims.change_nights(session, change.number, change.nights, actor, why)
    if change.nights is None:
        raise ValueError("a claim that is made has nights")
    closing = claims.Wanted(kind=Kind.EXTENDED_CLOSURE, room_id=room_id, nights=change.nights, note=package.name)
    made = claims.claim_room(session, closing, actor, reason=why)
    session.add(ClosureClaim(number=made.number, package_id=package.id))
    session.flush()
    return made


def _moved(chosen: Proposal) -> int:
    return sum(one.chosen is not None for one in chosen.conflicts)


def _told(rule: ClosureRule) -> dict[str, int]:
    return {
        "start_id": rule.start_id,
        "days_before": rule.days_before,
        "finish_id": rule.finish_id,
        "days_after": rule.days_after,
    }
