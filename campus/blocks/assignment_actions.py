"""Carrying out the moves that the assignment check offers: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.occupancy import actions, queries
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind
from campus.places import queries as places
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today


@dataclass(frozen=True, slots=True)
class WantedMove:
    """A stay into another room of its type. `version`: the id of the claim's version that was looked at."""

    claim: int
    version: int
    room_id: int


def move_stays(session: Session, moves: Sequence[WantedMove], actor: str, reason: str) -> None:
    """Move them in one step. Raises `Conflict` when one was changed meanwhile, is in house, or changes its type."""
    if not moves or len({one.claim for one in moves}) != len(moves):
        raise InvalidInput(_("each stay must be named once"), place="moves")
    for one in moves:
        _check(session, queries.claim(session, one.claim), one)
    actions.move_together(session, {one.claim: one.room_id for one in moves}, actor, reason)


def _check(session: Session, claim: Claim, wanted: WantedMove) -> None:
    if claim.id != wanted.version:
        raise Conflict(_("Claim %(number)s was changed meanwhile: check again.", number=claim.number))
    if claim.kind != Kind.STAY or claim.first < today():
        raise Conflict(_("Claim %(number)s is no stay that is still to come.", number=claim.number))
    types = {room: _types(session, room, claim) for room in (claim.room_id, wanted.room_id)}
    if types[claim.room_id] != types[wanted.room_id]:
        raise Conflict(
            _(
                "Room %(room)s is of another type than the room of claim %(number)s.",
                room=places.room_name(session, wanted.room_id),
                number=claim.number,
            )
        )


def _types(session: Session, room_id: int, claim: Claim) -> list[int | None]:
    return [places.type_on(session, room_id, night) for night in Nights(claim.first, claim.until)]
