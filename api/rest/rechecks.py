"""Re-check now: a page or a ticket, without waiting for the night."""

from typing import Annotated

from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.audit import engines
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.recheck import recheck_page, recheck_ticket
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import Id, Writing
from api.rest import rest_router
from api.rest.audit_schemas import AuditOut, audit_out
from api.rest.given import Given, Nothing
from api.rest.lists import Slug
from api.rest.reach import platform_of
from api.rest.ticket_steps import reached_ticket
from core.people import rules

router = rest_router("audits")

Runner = Annotated[Caller, require_scope(rules.AUDITS_RUN)]


class WantedPage(Given):
    """A page, by its address as audits tell it."""

    url: str = Field(min_length=1, max_length=2000)


@router.post("/platforms/{slug}/rechecks", status_code=202)
def request_page_recheck(
    slug: Slug, given: WantedPage, caller: Runner, session: Writing, response: Response
) -> AuditOut:
    """Ask for a page again, in every role and viewport of the last night. `Location` says where to follow it."""
    platform = platform_of(session, caller, slug)
    audit = recheck_page(session, platform, given.url, engines(), caller.person.id, caller.actor)
    return _answer(session, audit, slug, response)


@router.post("/tickets/{ticket_id}/recheck", status_code=202)
def request_ticket_recheck(
    ticket_id: Id, caller: Runner, session: Writing, response: Response, _given: Nothing | None = None
) -> AuditOut:
    """Ask for the places again where the ticket's problem is open. `Location` says where to follow it."""
    view = reached_ticket(session, caller, ticket_id)
    audit = recheck_ticket(session, view.platform, view.ticket, engines(), caller.person.id, caller.actor)
    return _answer(session, audit, view.platform.slug, response)


def _answer(session: Session, audit: Audit, slug: str, response: Response) -> AuditOut:
    response.headers["Location"] = f"{rest.PREFIX}/platforms/{slug}/audits/{audit.number}"
    return audit_out(session, audit, slug)
