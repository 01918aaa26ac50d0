"""A request keeps its room out of order by a claim, and gives it back: nights already lost stay lost."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from campus.nights import Nights
from campus.occupancy import actions as occupancy
from campus.occupancy import queries as claims
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status
from campus.requests.models import ServiceRequest
from core import trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today

KINDS = (Kind.OUT_OF_ORDER, Kind.OUT_OF_SERVICE)


@dataclass(frozen=True, slots=True)
class Taken:
    """Nights in a row that another claim has already."""

    nights: Nights
    claim: Claim


def claim_of(session: Session, request: ServiceRequest) -> Claim | None:
    """The claim by which the request keeps its room now or later; None when it does not, or no longer."""
    if request.claim is None:
        return None
    claim = claims.claim(session, request.claim)
    return claim if claim.status == Status.BOOKED and claim.until > today() else None


def in_the_way(session: Session, request: ServiceRequest, nights: Nights) -> list[Taken]:
    """What has the room in these nights already, other than the request itself."""
    found: list[Taken] = []
    for night, claim in claims.taken(session, request.room_id, nights):
        if claim.number == request.claim:
            continue
        last = found[-1] if found else None
        if last and last.claim.id == claim.id and last.nights.until == night:
            found[-1] = Taken(Nights(last.nights.first, night + timedelta(days=1)), claim)
        else:
            found.append(Taken(Nights(night, night + timedelta(days=1)), claim))
    return found


def take(session: Session, request: ServiceRequest, kind: Kind, nights: Nights, actor: str) -> Claim:
    """Put the room out of order, or out of service, for these nights; or change the nights in which it is.

    Raises `Conflict` naming the first night that something else has, `InvalidInput` for what cannot be.
    """
    Nights.checked(nights.first, nights.until)
    if kind not in KINDS:
        raise InvalidInput(_("must be “out of order” or “out of service”"), place="room_kind")
    claim = claim_of(session, request)
    if claim is None:
        return _make(session, request, kind, nights, actor)
    if claim.kind != kind:
        raise Conflict(_("The room is “%(kind)s” already. Give it back first.", kind=claim.kind))
    _check_past(claim, nights.first)
    _check_not_past(nights.until - timedelta(days=1), "until")
    with session.begin_nested():  # what is in the way is looked up in the books as they are
        changed = occupancy.change_nights(session, claim.number, nights, actor, _reason(request))
    _note_change(session, request)
    return changed


def give_back(session: Session, request: ServiceRequest, actor: str) -> bool:
    """From tonight on the room is free again; the nights before stay as they were. Whether there was anything to do."""
    claim = claim_of(session, request)
    if claim is None:
        return False
    if claim.first >= today():
        occupancy.cancel(session, claim.number, actor, _reason(request))
    else:
        occupancy.change_nights(session, claim.number, Nights(claim.first, today()), actor, _reason(request))
    _note_change(session, request)
    told = {"claim": claim.number, "until": max(claim.first, today()).isoformat()}
    trail.record(session, actor, "request.give_back", "service_request", request.id, after=told)
    return True


def _make(session: Session, request: ServiceRequest, kind: Kind, nights: Nights, actor: str) -> Claim:
    _check_not_past(nights.first, "first")
    wanted = occupancy.Wanted(kind=kind, room_id=request.room_id, nights=nights, note=_reason(request))
    with session.begin_nested():
        claim = occupancy.claim_room(session, wanted, actor)
    request.claim = claim.number
    session.flush()
    told = {"claim": claim.number, "kind": claim.kind, "first": str(claim.first), "until": str(claim.until)}
    trail.record(session, actor, "request.take_out", "service_request", request.id, after=told)
    return claim


def _note_change(session: Session, request: ServiceRequest) -> None:
    """Another version of the request: who saw the old nights must look again."""
    flag_modified(request, "claim")
    session.flush()


def _check_past(claim: Claim, first: date) -> None:
    if claim.first < today() and first != claim.first:
        raise InvalidInput(_("must stay as it is: nights that are over stay lost"), place="first")


def _check_not_past(night: date, place: str) -> None:
    if night < today():
        raise InvalidInput(_("must not lie in the past"), place=place)


def _reason(request: ServiceRequest) -> str:
    return _("service request %(n)s", n=request.id)
