"""Last night, as the page of that name tells it: does anybody have to act?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel
from sqlalchemy.orm import Session

from accessibility.ledger.audits import nights
from accessibility.ledger.tickets.models import Ticket
from api import accessibility_words as words
from api.callers import Caller, require_scope
from api.dependencies import Reading
from api.pages.last_night import EACH, Line, line_of
from api.rest import rest_router
from api.rest.audit_schemas import AuditOut, audit_out
from core import clock
from core.people import rules

router = rest_router("last night")
ORDER = {"bad": 0, "warn": 1}


class NightTicket(BaseModel):
    """A ticket that the night opened or reopened."""

    id: int
    number: int
    title: str
    impact: str
    state: str
    roles: list[str]
    viewports: list[str]


class Gap(BaseModel):
    """Rows of the plan that were not audited, and why, in words and what can be done about it."""

    reason: str
    rows: int
    meaning: str
    advice: str


class NightOut(BaseModel):
    """A platform after its last audit.

    `urgency`: bad (act now), warn (decide or look), info, good (all well). `headline` says it in words, `trouble` why
    the night could not be judged. `tickets` are the worst of those that the night opened or reopened.
    """

    platform: str
    name: str
    needs_you: bool
    urgency: Literal["bad", "warn", "info", "good"]
    headline: str
    trouble: str
    audit: AuditOut | None
    score_before: float | None
    running: AuditOut | None
    tickets: list[NightTicket]
    not_audited: list[Gap]


class LastNight(BaseModel):
    """Every active platform that you may read, those that need somebody first."""

    needing: int
    begun: datetime | None
    ended: datetime | None
    platforms: list[NightOut]


@router.get("/last-night")
def get_last_night(caller: Annotated[Caller, require_scope(rules.READ)], session: Reading) -> LastNight:
    """What the last audit of every platform found. What could not be judged says so: it is never read as success."""
    now = clock.now()
    found = nights.nights(session, caller.platforms)
    lines = sorted((line_of(night, now) for night in found), key=lambda line: ORDER.get(line.state.kind, 2))
    tickets = nights.night_tickets(session, found, EACH)
    places = nights.places(session, [ticket for some in tickets.values() for ticket in some])
    audits = [night.audit for night in found if night.audit]
    return LastNight(
        needing=sum(line.needs_you for line in lines),
        begun=min((audit.started_at for audit in audits if audit.started_at), default=None),
        ended=max((audit.ended_at for audit in audits if audit.ended_at), default=None),
        platforms=[_night(session, line, tickets.get(line.night.platform.id, []), places) for line in lines],
    )


def _night(session: Session, line: Line, tickets: Sequence[Ticket], places: Mapping[int, nights.Places]) -> NightOut:
    night, slug = line.night, line.night.platform.slug
    return NightOut(
        platform=slug,
        name=night.platform.name,
        needs_you=line.needs_you,
        urgency=line.state.kind,
        headline=str(line.state.text),
        trouble=line.trouble,
        audit=audit_out(session, night.audit, slug) if night.audit else None,
        score_before=night.score_before,
        running=audit_out(session, night.running, slug) if night.running else None,
        tickets=[_ticket(ticket, places.get(ticket.id, nights.Places())) for ticket in tickets],
        not_audited=_gaps(night.audit.not_covered if night.audit else {}),
    )


def _ticket(ticket: Ticket, places: nights.Places) -> NightTicket:
    told = {name: getattr(ticket, name) for name in ("id", "number", "title", "impact", "state")}
    return NightTicket(**told, roles=list(places.roles), viewports=list(places.viewports))


def _gaps(not_covered: Mapping[str, int]) -> list[Gap]:
    gaps = []
    for reason, rows in sorted(not_covered.items(), key=lambda one: -one[1]):
        said = words.reason(reason)
        gaps.append(Gap(reason=reason, rows=rows, meaning=str(said.meaning), advice=str(said.advice)))
    return gaps
