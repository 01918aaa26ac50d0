"""Rooms of blocks: which fit, picking them, and whether whole stays still fit into single rooms."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api.dependencies import Id, Reading, TheDatabase, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.block_schemas import (
    AssignmentOut,
    FittingRoomOut,
    GivenMoves,
    GivenPicks,
    MoveOut,
    PickedOut,
    UnplacedOut,
)
from api.rest.campus.blocks import type_slugs
from api.rest.lists import tell_pages
from campus.blocks import assignment_actions, picking
from campus.blocks import queries as block_queries
from campus.blocks.assignment import Answer
from campus.blocks.assignment_actions import WantedMove
from campus.blocks.assignment_check import check_block
from campus.blocks.picking import Pick
from campus.nights import Nights
from campus.occupancy.models import Claim
from campus.occupancy.queries import current_block

router = rest_router("blocks")


@router.get("/blocks/{number}/rooms")
def list_fitting_rooms(
    number: Id,
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    first: Annotated[date | None, Query(description="The arrival; the block's own when left out.")] = None,
    until: Annotated[date | None, Query(description="The departure; the block's own when left out.")] = None,
) -> list[FittingRoomOut]:
    """The rooms of the block's types that are empty through all the nights, the tightest gaps first."""
    line = block_queries.line(session, number)
    nights = Nights.checked(first or line.nights.first, until or line.nights.until)
    types = type_slugs(session)
    rooms = picking.rooms_that_fit(session, {type_id for type_id, _night in line.contracted}, nights)
    tell_pages(response, part, len(rooms))
    return [
        FittingRoomOut(room=one.id, name=one.name, type=types[one.type_id], beds=one.beds, slack=one.slack)
        for one in rooms[part.offset : part.offset + part.size]
    ]


@router.get("/blocks/{number}/stays")
def list_block_stays(number: Id, _caller: Reader, session: Reading) -> list[PickedOut]:
    """The stays of a block, those that ended too, by arrival; without the names of guests."""
    current_block(session, number)
    return _picked(block_queries.picks(session, number))


@router.post("/blocks/{number}/stays", status_code=201)
def pick_rooms(number: Id, given: GivenPicks, caller: Keeper, session: Writing) -> list[PickedOut]:
    """Pick rooms from a block, all of them or none: each passes from held to sold."""
    picks = [
        Pick(
            room_id=one.room,
            nights=Nights.checked(one.first, one.until, f"picks.{position}.until"),
            guests=one.guests,
            names=one.names,
        )
        for position, one in enumerate(given.picks)
    ]
    return _picked(picking.pick(session, number, picks, caller.actor))


@router.get("/blocks/{number}/assignment")
def check_assignment(number: Id, _caller: Reader, database: TheDatabase) -> list[AssignmentOut]:
    """Whether the whole stays still promised fit into single rooms, by room type, with the fewest moves that help."""
    with database.read() as session:
        current_block(session, number)
        types = type_slugs(session)
    return [_assignment(types[question.type_id], answer) for question, answer in check_block(database, number)]


@router.post("/blocks/{number}/assignment", status_code=204)
def move_stays(number: Id, given: GivenMoves, caller: Keeper, session: Writing) -> None:
    """Make moves that the check told, all of them or none."""
    current_block(session, number)
    moves = [WantedMove(one.claim, one.version, one.to_room) for one in given.moves]
    assignment_actions.move_stays(session, moves, caller.actor, given.reason)


def _picked(claims: Sequence[Claim]) -> list[PickedOut]:
    return [
        PickedOut(
            claim=one.number, room=one.room_id, first=one.first, until=one.until, guests=one.guests, status=one.status
        )
        for one in claims
    ]


def _assignment(type_slug: str, answer: Answer) -> AssignmentOut:
    if answer.fits:
        words = "fits after moves" if answer.moves else "fits"
    else:
        words = "does not fit" if answer.proven else "not known"
    return AssignmentOut(
        type=type_slug,
        answer=words,
        fits=answer.fits,
        proven=answer.proven,
        at_least=answer.at_least,
        moves=[
            MoveOut(
                claim=one.stay.claim,
                version=one.stay.version,
                from_room=one.stay.room,
                to_room=one.room,
                first=one.stay.nights.first,
                until=one.stay.nights.until,
            )
            for one in answer.moves
            if answer.fits
        ],
        unplaced=[
            UnplacedOut(block=one.block, first=one.nights.first, until=one.nights.until, rooms=one.rooms)
            for one in answer.unplaced
        ],
    )
