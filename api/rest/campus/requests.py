"""Service requests and planned maintenance. Neither photos nor the contacts of guests are told here."""

from typing import Annotated

from fastapi import Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.request_schemas import (
    CommentOut,
    GivenComment,
    GivenPlan,
    GivenRequest,
    PlanChange,
    PlanOut,
    RequestChange,
    RequestOut,
    changed_plan,
    comment_out,
    plan_out,
    request_out,
    wanted_plan,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.nights import Nights
from campus.requests import actions, out_of_order, plans, queries
from campus.requests.queries import Filter, Sort
from campus.requests.rules import Priority, RequestKind, State
from core.i18n import today

router = rest_router("service requests")
PATH = "/service-requests"
PLANS = "/maintenance-plans"


@router.get(PATH)
def list_service_requests(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    state: Annotated[State | None, Query(description="Only in this state.")] = None,
    kind: Annotated[RequestKind | None, Query(description="Only of this kind.")] = None,
    pavilion: Annotated[str, Query(max_length=64, description="Only of the pavilion of this short name.")] = "",
    assignee: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only what this person has.")] = None,
    overdue: Annotated[bool, Query(description="Only what is overdue.")] = False,
    sort: Annotated[Sort, Query(description="By what the list is ordered.")] = Sort.DUE,
) -> list[RequestOut]:
    """The requests that all the filters given let through, ended or not."""
    wanted = Filter(
        group="all",
        state=state,
        kind=kind,
        pavilion=pavilion,
        assignee_id=assignee,
        overdue_on=today() if overdue else None,
    )
    lines, total = queries.requests(session, wanted, sort, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [request_out(session, line) for line in lines]


@router.post(PATH, status_code=201)
def create_service_request(given: GivenRequest, caller: Keeper, session: Writing, response: Response) -> RequestOut:
    """Report something. Due day and priority are those usual for the kind where none is given."""
    wanted = actions.Wanted(
        room_id=queries.room_named(session, given.room.pavilion, given.room.number),
        kind=given.kind,
        text=given.text,
        due=given.due,
        priority=Priority[given.priority.upper()] if given.priority else None,
    )
    made = actions.report(session, wanted, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}{PATH}/{made.id}"
    return _answer(session, made.id, response)


@router.get(f"{PATH}/{{number}}")
def get_service_request(number: Id, _caller: Reader, session: Reading, response: Response) -> RequestOut:
    """One request."""
    return _answer(session, number, response)


@router.patch(f"{PATH}/{{number}}")
def change_service_request(
    number: Id, change: RequestChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> RequestOut:
    """Assign it, set due day and priority, take the room out or give it back, move it on: all of it, or nothing."""
    found = queries.request(session, number)
    must_be(found.version, version)
    given = change.model_fields_set
    if "assignee" in given:
        actions.assign(session, found, change.assignee, caller.actor)
    if given & {"due", "priority"}:
        due = change.due if "due" in given else found.due
        priority = Priority[change.priority.upper()] if change.priority else Priority(found.priority)
        actions.schedule(session, found, due, priority, caller.actor)
    if change.out is not None:
        nights = Nights.checked(change.out.first, change.out.until)
        out_of_order.take(session, found, change.out.kind, nights, caller.actor)
    elif "out" in given:
        out_of_order.give_back(session, found, caller.actor)
    if change.state is not None:
        actions.step(session, found, change.state, caller.actor, reason=change.reason, duplicate_of=change.duplicate_of)
    return _answer(session, number, response)


@router.get(f"{PATH}/{{number}}/comments")
def list_service_comments(
    number: Id, _caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[CommentOut]:
    """What was said of a request, the oldest first."""
    found = queries.comments(session, queries.request(session, number).id)
    tell_pages(response, part, len(found))
    return [comment_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post(f"{PATH}/{{number}}/comments", status_code=201)
def add_service_comment(number: Id, given: GivenComment, caller: Keeper, session: Writing) -> CommentOut:
    """Comment on a request."""
    return comment_out(actions.comment(session, queries.request(session, number), given.text, caller.actor))


@router.get(PLANS)
def list_maintenance_plans(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[PlanOut]:
    """Everything that is planned, also what has ended."""
    found = plans.plans(session)
    tell_pages(response, part, len(found))
    return [plan_out(session, one) for one in found[part.offset : part.offset + part.size]]


@router.post(PLANS, status_code=201)
def create_maintenance_plan(given: GivenPlan, caller: Keeper, session: Writing, response: Response) -> PlanOut:
    """Plan work. What is due within `ahead_days` becomes a request in the night."""
    made = plans.add(session, wanted_plan(session, given), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}{PLANS}/{made.id}"
    response.headers["ETag"] = etag(made.version)
    return plan_out(session, made)


@router.get(f"{PLANS}/{{plan_id}}")
def get_maintenance_plan(plan_id: Id, _caller: Reader, session: Reading, response: Response) -> PlanOut:
    """One plan with the day on which it is due next."""
    found = plans.plan(session, plan_id)
    response.headers["ETag"] = etag(found.version)
    return plan_out(session, found)


@router.patch(f"{PLANS}/{{plan_id}}")
def change_maintenance_plan(
    plan_id: Id, change: PlanChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> PlanOut:
    """Plan it otherwise from now on; `until` ends it. Requests that were made stay."""
    found = plans.plan(session, plan_id)
    must_be(found.version, version)
    plans.change(session, plan_id, changed_plan(found, change), caller.actor, version=version)
    response.headers["ETag"] = etag(found.version)
    return plan_out(session, found)


def _answer(session: Session, number: int, response: Response) -> RequestOut:
    line = queries.line(session, number)
    response.headers["ETag"] = etag(line.request.version)
    return request_out(session, line)
