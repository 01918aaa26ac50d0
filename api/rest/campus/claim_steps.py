"""The steps of a claim: move, swap, cancel, no-show, and back. Each names the version that it is based on."""

from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Writing
from api.rest import rest_router
from api.rest.campus import Keeper
from api.rest.campus.claim_schemas import Move, Reason, Swap, WholeClaimOut
from api.rest.campus.claims import answer
from api.rest.preconditions import ExpectedVersion, expected_version, must_be
from campus.occupancy import actions, queries

router = rest_router("claims")


@router.post("/claims/{number}/move")
def move_claim(
    number: Id, given: Move, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> WholeClaimOut:
    """Move it into another room; from a later night on the answer is the new part, and `parts` names the other."""
    _based_on(session, number, version)
    moved = actions.move(session, number, given.room, caller.actor, given.reason, starting=given.starting)
    return answer(session, moved[-1].number, caller, response)


@router.post("/claims/{number}/swap")
def swap_claims(
    number: Id, given: Swap, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> WholeClaimOut:
    """Exchange rooms with another claim, in one step. 412 when either was changed meanwhile."""
    _based_on(session, number, version)
    _based_on(session, given.other, expected_version(given.other_etag))
    actions.swap(session, number, given.other, caller.actor, given.reason)
    return answer(session, number, caller, response)


@router.post("/claims/{number}/cancel")
def cancel_claim(
    number: Id, given: Reason, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> WholeClaimOut:
    """End it: room and revenue are free."""
    _based_on(session, number, version)
    actions.cancel(session, number, caller.actor, given.reason)
    return answer(session, number, caller, response)


@router.post("/claims/{number}/no-show")
def mark_no_show(
    number: Id, given: Reason, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> WholeClaimOut:
    """Nobody came: the revenue counts, the room does not."""
    _based_on(session, number, version)
    actions.mark_no_show(session, number, caller.actor, given.reason)
    return answer(session, number, caller, response)


@router.post("/claims/{number}/reinstate")
def reinstate_claim(
    number: Id, given: Reason, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> WholeClaimOut:
    """Take a cancellation or no-show back. 409 when the room is taken meanwhile."""
    _based_on(session, number, version)
    actions.reinstate(session, number, caller.actor, given.reason)
    return answer(session, number, caller, response)


def _based_on(session: Session, number: int, version: int) -> None:
    must_be(queries.claim(session, number).id, version)
