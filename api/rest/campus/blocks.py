"""Blocks: rooms held for groups before it is known who sleeps in which."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.block_schemas import (
    BlockChange,
    BlockNightOut,
    BlockOut,
    BlockStepOut,
    GivenBlock,
    GivenReason,
    GivenRooms,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.blocks import actions as blocks
from campus.blocks import queries as block_queries
from campus.blocks.actions import WantedBlock
from campus.blocks.queries import BlockLine
from campus.blocks.rules import MOST_NIGHTS, State
from campus.nights import Nights
from campus.occupancy.queries import current_block
from campus.occupancy.rules import TypeNight
from campus.places.models import Event, Party, RoomType, Segment
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("blocks")
Named = type[Party] | type[Segment] | type[Event] | type[RoomType]
Slug = Annotated[str | None, Query(max_length=64)]


@router.get("/blocks")
def list_blocks(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    state: Annotated[list[Literal["held", "released", "over", "cancelled"]] | None, Query()] = None,
    party: Slug = None,
    segment: Slug = None,
) -> list[BlockOut]:
    """The blocks that all the filters given let through, by arrival."""
    lines, total = block_queries.lines(
        session,
        states=[State(one) for one in state] if state else tuple(State),
        party_id=_id_of(session, Party, party, "party"),
        segment_id=_id_of(session, Segment, segment, "segment"),
        offset=part.offset,
        limit=part.size,
    )
    tell_pages(response, part, total)
    return _told(session, lines)


@router.post("/blocks", status_code=201)
def create_block(given: GivenBlock, caller: Keeper, session: Writing, response: Response) -> BlockOut:
    """Hold rooms for a group: all that is asked for, or nothing."""
    contracted = _contracted(session, given.rooms)
    wanted = WantedBlock(
        name=given.name,
        party_id=_needed(session, Party, given.party, "party"),
        segment_id=_needed(session, Segment, given.segment, "segment"),
        event_id=_id_of(session, Event, given.event, "event"),
        cut_off=given.cut_off,
        expected_wash=given.expected_wash,
        rate_cents=given.rate_cents,
    )
    block = blocks.hold(session, wanted, contracted, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/blocks/{block.number}"
    return _answer(session, block.number, response)


@router.get("/blocks/{number}")
def get_block(number: Id, _caller: Reader, session: Reading, response: Response) -> BlockOut:
    """One block with its rooms by type and night."""
    return _answer(session, number, response)


@router.patch("/blocks/{number}")
def change_block(
    number: Id, change: BlockChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> BlockOut:
    """Change what is held or for whom; a later cut-off holds released rooms again where they are still free."""
    line = block_queries.line(session, number)
    must_be(line.block.id, version)
    contracted = dict(line.contracted) if change.rooms is None else _contracted(session, change.rooms)
    wanted = _changed(session, line, change)
    blocks.change(session, number, wanted, contracted, caller.actor, change.reason)
    return _answer(session, number, response)


@router.post("/blocks/{number}/cancel")
def cancel_block(
    number: Id, given: GivenReason, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> BlockOut:
    """Give back what was not picked up. Rooms that were picked stay sold."""
    must_be(current_block(session, number).id, version)
    blocks.cancel(session, number, caller.actor, given.reason)
    return _answer(session, number, response)


@router.get("/blocks/{number}/history")
def list_block_history(number: Id, _caller: Reader, session: Reading) -> list[BlockStepOut]:
    """What happened to a block, its release at the cut-off too, the newest first."""
    current_block(session, number)
    return [BlockStepOut.model_validate(step, from_attributes=True) for step in block_queries.history(session, number)]


def type_slugs(session: Session) -> dict[int, str]:
    """Room type → its short name."""
    return {row.id: row.slug for row in session.execute(sa.select(RoomType.id, RoomType.slug))}


def _answer(session: Session, number: int, response: Response) -> BlockOut:
    line = block_queries.line(session, number)
    response.headers["ETag"] = etag(line.block.id)
    return _told(session, [line])[0]


def _told(session: Session, lines: Sequence[BlockLine]) -> list[BlockOut]:
    types = type_slugs(session)
    parties = _slugs(session, Party, {line.block.party_id for line in lines})
    segments = _slugs(session, Segment, {line.block.segment_id for line in lines})
    events = _slugs(session, Event, {line.block.event_id for line in lines if line.block.event_id})
    found = []
    for line in lines:
        block, sums = line.block, line.figures
        found.append(
            BlockOut(
                number=block.number,
                name=block.name,
                state=line.state.value,
                party=parties[block.party_id],
                segment=segments[block.segment_id],
                event=events[block.event_id] if block.event_id else None,
                first=line.nights.first,
                until=line.nights.until,
                cut_off=block.cut_off,
                expected_wash=block.expected_wash,
                rate_cents=block.rate_cents,
                contracted=sums.contracted,
                picked=sums.picked,
                held=sums.held,
                expected=line.expected,
                wash=sums.wash,
                nights=[_night(line, key, types) for key in sorted({*line.contracted, *line.picked})],
            )
        )
    return found


def _night(line: BlockLine, key: TypeNight, types: dict[int, str]) -> BlockNightOut:
    return BlockNightOut(
        type=types[key[0]],
        night=key[1],
        contracted=line.contracted.get(key, 0),
        picked=line.picked.get(key, 0),
        held=line.held(key),
    )


def _changed(session: Session, line: BlockLine, change: BlockChange) -> WantedBlock:
    """The block with what was sent in place."""
    block, given = line.block, change.model_fields_set
    party = _id_of(session, Party, change.party, "party")
    segment = _id_of(session, Segment, change.segment, "segment")
    return WantedBlock(
        name=block.name if change.name is None else change.name,
        party_id=block.party_id if party is None else party,
        segment_id=block.segment_id if segment is None else segment,
        event_id=_id_of(session, Event, change.event, "event") if "event" in given else block.event_id,
        cut_off=block.cut_off if change.cut_off is None else change.cut_off,
        expected_wash=block.expected_wash if change.expected_wash is None else change.expected_wash,
        rate_cents=block.rate_cents if change.rate_cents is None else change.rate_cents,
    )


def _contracted(session: Session, given: Sequence[GivenRooms]) -> dict[TypeNight, int]:
    contracted: dict[TypeNight, int] = {}
    for position, one in enumerate(given):
        place = f"rooms.{position}"
        nights = Nights.checked(one.first, one.until, f"{place}.until")
        if len(nights) > MOST_NIGHTS:
            raise InvalidInput(_("a block has at most %(most)s nights", most=MOST_NIGHTS), place=f"{place}.until")
        type_id = _needed(session, RoomType, one.type, f"{place}.type")
        contracted |= {(type_id, night): one.rooms for night in nights}
    return contracted


def _needed(session: Session, table: Named, slug: str, place: str) -> int:
    found = _id_of(session, table, slug, place)
    if found is None:
        raise InvalidInput(_("is needed"), place=place)
    return found


def _id_of(session: Session, table: Named, slug: str | None, place: str) -> int | None:
    """The row of a short name; None for none. Raises `InvalidInput` naming the place."""
    if slug is None:
        return None
    found: int | None = session.scalar(sa.select(table.id).where(table.slug == slug))
    if found is None:
        raise InvalidInput(_("“%(name)s” is not there", name=slug), place=place)
    return found


def _slugs(session: Session, table: Named, ids: set[Any]) -> dict[int, str]:
    return {row.id: row.slug for row in session.execute(sa.select(table.id, table.slug).where(table.id.in_(ids)))}
