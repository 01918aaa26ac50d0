"""What only a person can decide: problems that need review are confirmed as failures, or dismissed."""

from datetime import datetime
from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets import history, queries, review
from accessibility.ledger.tickets.models import Component
from accessibility.ledger.tickets.rules import COMMENT_LENGTH
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.findings import PNG, FindingOut, picture
from api.rest.given import Given, Nothing
from api.rest.lists import WantedPlatform, tell_pages
from api.rest.reach import wanted_platform
from api.rest.ticket_schemas import TicketDetail
from api.rest.tickets import answer
from core.i18n import gettext as _
from core.people import rules

router = rest_router("review")

Reader = Annotated[Caller, require_scope(rules.READ)]
Keeper = Annotated[Caller, require_scope(rules.TICKETS_WRITE)]


class ReviewItem(BaseModel):
    """A problem that a check could not decide. `decision` is empty while nobody decided. `first`: an audit's number."""

    id: int
    platform: str
    key: str
    check: str
    rule: str
    criteria: list[str]
    impact: str
    first: int
    decision: str
    decision_reason: str
    decided_at: datetime | None
    ticket: int | None
    example: FindingOut
    evidence: str | None


class ReviewLine(ReviewItem):
    """An item of the list, and on how many pages it is."""

    pages: int


class Dismissal(Given):
    """Why it is no failure."""

    reason: str = Field(min_length=1, max_length=COMMENT_LENGTH)


@router.get("/review")
def list_review(
    caller: Reader, session: Reading, part: WantedPart, response: Response, slug: WantedPlatform = None
) -> list[ReviewLine]:
    """What waits for a decision, the most widespread first."""
    platform = wanted_platform(session, caller, slug)
    platform_id = platform.id if platform else None
    found, total = queries.review_list(session, caller.platforms, platform_id, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [ReviewLine(**_shown(one.component, one.platform.slug).model_dump(), pages=one.pages) for one in found]


@router.get("/review/{component_id}")
def get_review_item(component_id: Id, caller: Reader, session: Reading) -> ReviewItem:
    """One item with its example, decided or not."""
    return _item(session, caller, component_id)


@router.get("/review/{component_id}/evidence", response_class=Response, responses=PNG)
def get_review_evidence(request: Request, component_id: Id, caller: Reader, session: Reading) -> Response:
    """A picture of the problem, as PNG, where there is one."""
    _item(session, caller, component_id)
    return picture(request, queries.component(session, component_id).evidence)


@router.post("/review/{component_id}/confirm")
def confirm_review_item(
    component_id: Id, caller: Keeper, session: Writing, response: Response, _given: Nothing | None = None
) -> TicketDetail:
    """It is a failure: the answer is its ticket, new or reopened. 409 when it does not wait for a decision."""
    _item(session, caller, component_id)
    ticket = review.confirm(session, component_id, history.person(caller.person, caller.actor))
    response.headers["Location"] = f"{rest.PREFIX}/tickets/{ticket.id}"
    return answer(session, caller, ticket.id, response)


@router.post("/review/{component_id}/dismiss")
def dismiss_review_item(component_id: Id, given: Dismissal, caller: Keeper, session: Writing) -> ReviewItem:
    """It is no failure, for a reason. 409 when it does not wait for a decision."""
    _item(session, caller, component_id)
    review.dismiss(session, component_id, history.person(caller.person, caller.actor), given.reason)
    return _item(session, caller, component_id)


@router.post("/review/{component_id}/reconsider")
def reconsider_review_item(
    component_id: Id, caller: Keeper, session: Writing, _given: Nothing | None = None
) -> ReviewItem:
    """Take a dismissal back: it waits for a decision again. 409 when it was not dismissed."""
    _item(session, caller, component_id)
    review.reconsider(session, component_id, history.person(caller.person, caller.actor))
    return _item(session, caller, component_id)


def _item(session: Session, caller: Caller, component_id: int) -> ReviewItem:
    component = queries.component(session, component_id)
    platform = platforms.by_id(session, component.platform_id)
    caller.must_reach(platform.slug, _("There is no such problem."))
    return _shown(component, platform.slug)


def _shown(component: Component, slug: str) -> ReviewItem:
    return ReviewItem(
        id=component.id,
        platform=slug,
        key=component.key,
        check=component.check,
        rule=component.rule,
        criteria=component.criteria,
        impact=component.impact,
        first=component.first,
        decision=component.decision,
        decision_reason=component.decision_reason,
        decided_at=component.decided_at,
        ticket=component.ticket_id,
        example=FindingOut.model_validate(component.finding),
        evidence=f"{rest.PREFIX}/review/{component.id}/evidence" if component.evidence else None,
    )
