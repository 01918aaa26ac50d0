"""Closures of works: rule, proposal, confirmation, and what was confirmed."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import sqlalchemy as sa
from fastapi import Path, Response
from sqlalchemy.orm import Session

from accessibility.engine.platform import SLUG
from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.blocks import type_slugs
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works.closure_schemas import (
    ChangedClaimOut,
    ChangeOut,
    ClosureOut,
    ConflictOut,
    EndOut,
    GivenConfirmation,
    GivenRule,
    ProposalOut,
    RoomChangeOut,
    RuleOut,
    ShortOut,
    SpanOut,
    WayOutOut,
    YearOut,
)
from campus.closures import actions, queries, reading
from campus.closures.actions import WantedRule
from campus.closures.consequences import End, YearChange
from campus.closures.models import ClosureChange, ClosureRule
from campus.closures.proposal import Conflict, Proposal
from campus.nights import Nights
from campus.places.models import Segment
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.errors import NotFound
from core.i18n import gettext as _

router = rest_router("works")
Works = Annotated[str, Path(pattern=SLUG.pattern, max_length=64, description="The short name of the works.")]


@router.get("/works/{slug}/closure-rule")
def get_closure_rule(slug: Works, _caller: Reader, session: Reading, response: Response) -> RuleOut:
    """When a package's pavilion is closed. 404 without a rule; the first one is put with `If-Match: "v0"`."""
    return _rule(session, works.package(session, slug), response)


@router.put("/works/{slug}/closure-rule")
def put_closure_rule(
    slug: Works, given: GivenRule, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> RuleOut:
    """Give a package its rule, or change it. No room is closed by that."""
    package = works.package(session, slug)
    now = queries.rule(session, package.id)
    must_be(now.id if now else 0, version)
    wanted = WantedRule(given.start, given.days_before, given.finish, given.days_after)
    actions.set_rule(session, package, wanted, caller.actor, given.reason)
    if given.adopt:
        actions.adopt(session, package, caller.actor)
    return _rule(session, package, response)


@router.get("/works/{slug}/closure")
def get_closure_proposal(slug: Works, _caller: Reader, session: Reading) -> ProposalOut:
    """What the plan asks of the rooms, against the closures in the books. Nothing is changed by asking."""
    found = reading.proposal_of(session, works.package(session, slug))
    if found is None:
        raise NotFound(_("These works have no closure rule, or one of its milestones was dropped."))
    return _proposal(session, found)


@router.post("/works/{slug}/closure", status_code=201)
def confirm_closure(
    slug: Works, given: GivenConfirmation, caller: Keeper, session: Writing, response: Response
) -> ChangeOut:
    """Do what was proposed, all of it or nothing. 409 when it is another proposal by now."""
    package = works.package(session, slug)
    choices = {one.claim: one.room for one in given.choices}
    change = actions.confirm(session, package, given.digest, choices, caller.actor, given.why)
    response.headers["Location"] = f"{rest.PREFIX}/closures/changes/{change.id}"
    return _change(session, change)


@router.get("/closures")
def list_closures(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[ClosureOut]:
    """Every package with a rule, and how far the books are from its plan."""
    found = reading.standings(session)
    tell_pages(response, part, len(found))
    return [
        ClosureOut(
            works=one.package.slug,
            matches=one.matches,
            closure=_span(one.closure),
            room_nights_to_close=one.proposal.closes + one.proposal.waiting.total() if one.proposal else 0,
            room_nights_to_reopen=one.proposal.reopens if one.proposal else 0,
            conflicts=len(one.proposal.conflicts) if one.proposal else 0,
        )
        for one in found[part.offset : part.offset + part.size]
    ]


@router.get("/closures/changes")
def list_closure_changes(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[ChangeOut]:
    """What was confirmed, the newest first."""
    found = queries.changes(session)
    tell_pages(response, part, len(found))
    return [_change(session, one) for one in found[part.offset : part.offset + part.size]]


@router.get("/closures/changes/{change_id}")
def get_closure_change(change_id: Id, _caller: Reader, session: Reading) -> ChangeOut:
    """One confirmed change with every claim that it changed."""
    return _change(session, queries.change(session, change_id))


@router.post("/closures/changes/{change_id}/undo")
def undo_closure_change(change_id: Id, caller: Keeper, session: Writing) -> ChangeOut:
    """Put every claim back. 409 names what was changed since."""
    change = queries.change(session, change_id)
    actions.undo(session, change, caller.actor)
    return _change(session, change)


def years_out(session: Session, years: Iterable[YearChange]) -> list[YearOut]:
    """Years as REST tells them."""
    slugs = {row.id: row.slug for row in session.execute(sa.select(Segment.id, Segment.slug))}
    return [
        YearOut(
            year=one.year,
            lost=one.lost,
            waiting=one.waiting,
            lost_stays=one.lost_stays,
            no_longer_fits=round(one.no_longer_fits, 2),
            income_cents={slugs[segment]: cents for segment, cents in one.income.items()},
            target=one.target,
            before=_end(one.before),
            demand_moves=_end(one.moves),
            demand_stays_away=_end(one.stays_away),
        )
        for one in years
    ]


def span_out(nights: Nights) -> SpanOut:
    """Nights as REST tells them."""
    return SpanOut(first=nights.first, until=nights.until)


def _span(nights: Nights | None) -> SpanOut | None:
    return span_out(nights) if nights else None


def _end(end: End | None) -> EndOut | None:
    return EndOut(expected=round(end.expected, 2), chance=end.chance) if end else None


def _rule(session: Session, package: WorksPackage, response: Response) -> RuleOut:
    found: ClosureRule | None = queries.rule(session, package.id)
    if found is None:
        raise NotFound(_("These works have no closure rule yet."))
    response.headers["ETag"] = etag(found.id)
    return RuleOut(
        start=found.start_id,
        days_before=found.days_before,
        finish=found.finish_id,
        days_after=found.days_after,
        closure=_span(queries.closure_of(found, works.plan(session))),
        recorded_at=found.recorded_at,
        recorded_by=found.recorded_by,
        reason=found.reason,
    )


def _proposal(session: Session, found: Proposal) -> ProposalOut:
    years, kept = reading.consequences(session, [found])
    types = type_slugs(session)
    return ProposalOut(
        closure=span_out(found.closure),
        digest=found.digest,
        matches=found.is_empty,
        room_nights_to_close=found.closes,
        room_nights_to_reopen=found.reopens,
        rooms=[
            RoomChangeOut(
                room=one.room.id,
                name=one.room.name,
                close=[span_out(nights) for nights in one.close],
                reopen=[span_out(nights) for nights in one.reopen],
            )
            for one in found.rooms
        ],
        conflicts=[_conflict(one) for one in found.conflicts],
        blocks=[
            ShortOut(
                block=one.block,
                type=types[one.type_id],
                rooms=dict(one.rooms),
                instead=_by_slug(one.instead, types),
            )
            for one in found.blocks
        ],
        forecast_of=kept.made_on if kept else None,
        years=years_out(session, years),
    )


def _by_slug(rooms: Mapping[int, int], types: Mapping[int, str]) -> dict[str, int]:
    return {types[type_id]: number for type_id, number in rooms.items()}


def _conflict(one: Conflict) -> ConflictOut:
    return ConflictOut(
        claim=one.claim.number,
        kind=one.claim.kind.value,
        room=one.claim.room_id,
        first=one.nights.first,
        until=one.nights.until,
        nights_to_close=len(one.closing),
        move_to=one.chosen,
        rooms=[
            WayOutOut(room=way.room.id, name=way.room.name, same_type=way.same_type, out_of_service=way.faulty)
            for way in one.rooms
        ],
    )


def _change(session: Session, change: ClosureChange) -> ChangeOut:
    return ChangeOut(
        id=change.id,
        works=session.get_one(WorksPackage, change.package_id).slug,
        confirmed_at=change.confirmed_at,
        confirmed_by=change.confirmed_by,
        why=change.why,
        undone_at=change.undone_at,
        why_not=actions.why_not(session, change),
        claims=[
            ChangedClaimOut(claim=one.number, before=one.before_id, after=one.after_id)
            for one in queries.claims_in_change(session, change.id)
        ],
    )
