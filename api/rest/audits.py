"""Audits of a platform: asked for, followed, looked into, cancelled."""

from typing import Annotated

from fastapi import Path, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.audit import engines
from accessibility.engine.page import Reason, RowState
from accessibility.ledger.audits import actions, queries
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import recipes
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import LARGEST_ID, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.audit_schemas import AuditAsked, AuditDetail, AuditOut, RowOut, audit_detail, audit_out
from api.rest.given import Nothing
from api.rest.lists import Slug, tell_pages
from api.rest.reach import platform_of
from core.people import rules

router = rest_router("audits")

Reader = Annotated[Caller, require_scope(rules.READ)]
Runner = Annotated[Caller, require_scope(rules.AUDITS_RUN)]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID, description="Counts the platform's audits from 1.")]


@router.get("/platforms/{slug}/audits")
def list_audits(slug: Slug, caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[AuditOut]:
    """The platform's audits, the newest first."""
    platform = platform_of(session, caller, slug)
    found, total = queries.audits_of(session, platform.id, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [audit_out(session, audit, slug) for audit in found]


@router.post("/platforms/{slug}/audits", status_code=202)
def request_audit(
    slug: Slug, caller: Runner, session: Writing, response: Response, given: AuditAsked | None = None
) -> AuditOut:
    """Ask for an audit with the platform's settings as they are now. `Location` says where to follow it.

    A worker takes it as soon as one is free. While another audit of the platform is unfinished the answer is 409.
    """
    platform = platform_of(session, caller, slug)
    recorded = recipes.as_recorded(platform)
    audit = actions.request_audit(
        session,
        platform.id,
        actions.BY_HAND,
        caller.person.id,
        recorded,
        engines(),
        actor=caller.actor,
        profile=(given or AuditAsked()).profile,
    )
    response.headers["Location"] = f"{rest.PREFIX}/platforms/{slug}/audits/{audit.number}"
    return audit_out(session, audit, slug)


@router.get("/platforms/{slug}/audits/{number}")
def get_audit(slug: Slug, number: Number, caller: Reader, session: Reading) -> AuditDetail:
    """One audit: coverage, score and counts when it is done, its progress while it is not."""
    return audit_detail(session, _audit(session, caller, slug, number), slug)


@router.get("/platforms/{slug}/audits/{number}/rows")
def list_audit_rows(
    slug: Slug,
    number: Number,
    caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    state: RowState | None = None,
    reason: Reason | None = None,
    role: Annotated[str, Query(max_length=40)] = "",
    viewport: Annotated[str, Query(max_length=30)] = "",
) -> list[RowOut]:
    """The audit's pages in each role and viewport, by address: what became of each, and why.

    Failed and cancelled audits have none: nothing of them counts.
    """
    found, total = queries.coverage_rows(
        session,
        _audit(session, caller, slug, number),
        state=state,
        reason=reason.value if reason else "",
        role=role,
        viewport=viewport,
        offset=part.offset,
        limit=part.size,
    )
    tell_pages(response, part, total)
    return [RowOut.model_validate(one, from_attributes=True) for one in found]


@router.post("/platforms/{slug}/audits/{number}/cancel")
def cancel_audit(
    slug: Slug, number: Number, caller: Runner, session: Writing, _given: Nothing | None = None
) -> AuditOut:
    """Stop an audit that waits or runs: its work is dropped, and nothing of it counts. 409 when it has ended."""
    audit = _audit(session, caller, slug, number)
    return audit_out(session, actions.cancel(session, audit.id, caller.person.id, actor=caller.actor), slug)


def _audit(session: Session, caller: Caller, slug: str, number: int) -> Audit:
    return queries.audit_by_number(session, platform_of(session, caller, slug).id, number)
