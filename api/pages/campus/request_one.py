"""One request: what was reported, how far it is, the room, and what happened."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import FileResponse, Response

from api import request_words as words
from api.dependencies import Id, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.requests import LIST
from api.rendering import render
from api.routing import paths
from campus.nights import Nights
from campus.occupancy import queries as claims
from campus.requests import out_of_order, plans, queries
from campus.requests.models import ServiceRequest
from campus.requests.out_of_order import Taken
from campus.requests.rules import ENDED, STEPS, State, is_overdue
from core import picture_store
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today
from core.people.models import Person
from core.settings import Settings

router = page_router()
ONE = f"{LIST}/{{number}}"
CLAIM = "/rooms/claims/{number}"


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Nights that another claim has, and where that claim is shown; no address while there is no such page."""

    taken: Taken
    address: str


@router.get(ONE)
def one_request(request: Request, number: Id, person: Reader, session: Reading) -> Response:
    """The request's page."""
    return request_page(request, session, person, number)


@router.get(f"{ONE}/photo.jpg")
def photo(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The photo of a request. It may show what is a guest's: only keepers get it, and nothing keeps a copy."""
    config: Settings = request.app.state.settings
    found = queries.photo(session, number)
    if found is None:
        raise NotFound(picture_store.missing())
    return FileResponse(picture_store.kept(config.evidence_dir, found.digest, "jpg"), media_type="image/jpeg")


def address_of(number: int) -> str:
    """Where the request's page is."""
    return f"{LIST}/{number}"


def request_page(
    request: Request,
    session: Session,
    person: Person,
    number: int,
    *,
    entered: Entered | None = None,
    wanted: Nights | None = None,
) -> Response:
    """The page, with what stands in its forms when one was wrong, and what is in the way of the nights wanted."""
    line = queries.line(session, number)
    found = line.request
    claim = out_of_order.claim_of(session, found)
    keeping = keeps(person)
    wanted = wanted or _planned_nights(session, found)
    blocked = out_of_order.in_the_way(session, found, wanted) if wanted else []
    return render(
        request,
        "rooms/request.html",
        line=line,
        found=found,
        address=address_of(number),
        reporter=words.actors(session).get(found.reported_by, found.reported_by),
        overdue=is_overdue(found.state, found.due, today()),
        ended=found.state in ENDED,
        photo=queries.photo(session, number) if keeping else None,
        contact=queries.contact(session, number) if keeping else "",
        claim=claim,
        past_claim=claims.claim(session, found.claim) if found.claim and not claim else None,
        duplicates=queries.duplicates(session, number),
        in_the_way=[_shown(request, one) for one in blocked],
        claim_address=_claim_address(request, claim.number) if claim else "",
        steps=words.steps(State(found.state)),
        may_end=State.REFUSED in STEPS[State(found.state)],
        history=words.history(session, found),
        entered=entered or Entered(),
        forms=_forms(request, session, found, entered),
        people=[("", _("Nobody")), *((str(one.id), one.name) for one in queries.workers(session))],
        words=words,
        keeps=keeping,
    )


def _forms(request: Request, session: Session, found: ServiceRequest, wrong: Entered | None) -> dict[str, Entered]:
    """What stands in each form of the page, by the last part of its address; one of them was perhaps wrong."""
    claim = out_of_order.claim_of(session, found)
    nights = Nights(claim.first, claim.until) if claim else _planned_nights(session, found)
    nights = nights or Nights(today(), today() + timedelta(days=1))
    start = {
        "assignee": str(found.assignee_id or ""),
        "priority": str(found.priority),
        "room_kind": claim.kind if claim else "out of order",
    }
    for name, day in (("due", found.due), ("first", nights.first), ("until", nights.until)):
        if day:
            start |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    forms = dict.fromkeys(("step", "refuse", "assign", "schedule", "comment", "room"), Entered(start=start))
    return forms | ({request.url.path.rpartition("/")[2]: wrong} if wrong else {})


def _planned_nights(session: Session, found: ServiceRequest) -> Nights | None:
    """The nights for which the plan behind a request wanted the room, while it has not got it."""
    if found.plan_id is None or found.planned_for is None or found.claim is not None:
        return None
    days = plans.plan(session, found.plan_id).out_days
    return Nights(found.planned_for, found.planned_for + timedelta(days=days)) if days else None


def _shown(request: Request, taken: Taken) -> InTheWay:
    return InTheWay(taken, _claim_address(request, taken.claim.number))


def _claim_address(request: Request, number: int) -> str:
    return CLAIM.format(number=number) if CLAIM in paths(request.app) else ""
