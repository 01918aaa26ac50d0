"""Blocks: which wait for somebody, one at a glance, and its history."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import LARGEST_ID, Id, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.paging import WantedPage
from api.rendering import render
from campus.blocks import assignment_queries, assignment_search
from campus.blocks import queries as block_queries
from campus.blocks.queries import BlockLine, Sort
from campus.blocks.rules import SOON_DAYS, State
from campus.nights import Nights
from campus.occupancy.availability import free_rooms
from campus.occupancy.models import Claim, GuestName
from campus.occupancy.rules import Status
from campus.places.models import Event, Party, Pavilion, Room, RoomType, Segment
from core.i18n import format_list, format_number, lazy, ngettext, today
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()
LIST = "/rooms/blocks"
ONE = f"{LIST}/{{number}}"
SHOWN: dict[str, tuple[State, ...]] = {
    "": (State.HELD, State.RELEASED),
    "held": (State.HELD,),
    "released": (State.RELEASED,),
    "over": (State.OVER,),
    "cancelled": (State.CANCELLED,),
    "all": tuple(State),
}
STATES = [
    ("", lazy("Upcoming and under way")),
    ("held", lazy("Holding rooms")),
    ("released", lazy("Released at the cut-off")),
    ("over", lazy("Over")),
    ("cancelled", lazy("Cancelled")),
    ("all", lazy("All")),
]
QUICK_SECONDS = 1.0  # for the check without moves, on the block's own page


@router.get(LIST)
def blocks(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The blocks that the address asks for; those upcoming when it asks for nothing."""
    params = request.query_params
    sort, descending = sort_of(params.get("sort", ""))
    lines, total = block_queries.lines(
        session,
        states=SHOWN.get(params.get("state", ""), SHOWN[""]),
        party_id=row_id(params.get("party", "")),
        segment_id=row_id(params.get("segment", "")),
        sort=sort,
        descending=descending,
        offset=paging.offset,
        limit=paging.size,
    )
    filtered = any(params.get(name) for name in ("state", "party", "segment"))
    return render(
        request,
        "rooms/blocks.html",
        lines=lines,
        paging=paging.of(total),
        said=_said_of_all(block_queries.soon(session)),
        tags={line.block.number: tag(line) for line in lines},
        filters=Entered(start=dict(params)),
        filtered=filtered,
        states=STATES,
        parties=[("", _("All")), *choices(session, Party)],
        segments=[("", _("All")), *choices(session, Segment)],
        keeps=keeps(person),
    )


@router.get(ONE)
def one_block(request: Request, number: Id, person: Reader, session: Reading) -> Response:
    """One block: what it holds by night, its stays, whether they fit, what happened to it."""
    return block_page(request, session, person, number, Entered())


def block_page(request: Request, session: Session, person: Person, number: int, entered: Entered) -> Response:
    """The page of a block, with the form for a later cut-off as `entered`."""
    line = block_queries.line(session, number)
    block = line.block
    event = session.get(Event, block.event_id) if block.event_id else None
    return render(
        request,
        "rooms/block.html",
        line=line,
        block=block,
        address=f"{LIST}/{number}",
        tag=tag(line),
        said=_said(line),
        event=event.name if event else "",
        usual_wash=block_queries.usual_wash(session, block.segment_id),
        nights=_nights(session, line),
        stays=stays_of(session, number, named=keeps(person)),
        fit=_fit(session, number) if line.state is State.HELD else None,
        steps=block_queries.history(session, number),
        words=STEPS,
        names=actors.names(session),
        keeps=keeps(person),
        open=line.state in (State.HELD, State.RELEASED),
        entered=entered,
    )


STEPS = {
    "hold": lazy("Held"),
    "change": lazy("Changed"),
    "cancel": lazy("Cancelled"),
    "release": lazy("Released at the cut-off"),
}


def tag(line: BlockLine) -> tuple[str, str]:
    """Kind and text of the tag that says where a block stands."""
    days = (line.block.cut_off - today()).days
    match line.state:
        case State.CANCELLED:
            return "info", _("Cancelled")
        case State.OVER:
            return "info", _("Over")
        case State.RELEASED:
            return "info", _("Released")
    if not line.figures.held:
        return "good", _("All picked up")
    text = ngettext("Cut-off tomorrow", "Cut-off in %(n)s days", days)
    return ("warn" if days <= SOON_DAYS else "info"), text


def sort_of(given: str) -> tuple[Sort, bool]:
    """The order that an address asks for; a minus turns it around."""
    name, descending = given.removeprefix("-"), given.startswith("-")
    return (Sort(name), descending) if name in tuple(Sort) else (Sort.ARRIVAL, False)


def row_id(given: str) -> int | None:
    """The row that a filter asks for; None for all."""
    return int(given) if given.isascii() and given.isdecimal() and int(given[:20]) <= LARGEST_ID else None


def choices(session: Session, table: type[Party] | type[Segment]) -> list[tuple[str, str]]:
    """Every row for a select, by name."""
    return [(str(one.id), one.name) for one in session.execute(sa.select(table.id, table.name).order_by(table.name))]


def type_names(session: Session) -> dict[int, str]:
    """Room type → its name, in the order in which they were added."""
    return {one.id: one.name for one in session.execute(sa.select(RoomType.id, RoomType.name).order_by(RoomType.id))}


def room_names(session: Session) -> dict[int, str]:
    """Room → pavilion and number."""
    found = session.execute(sa.select(Room.id, Pavilion.name, Room.number).join(Pavilion))
    return {number: f"{pavilion} {room}" for number, pavilion, room in found}


def stays_of(session: Session, number: int, *, named: bool) -> list[dict[str, Any]]:
    """The stays picked from a block, with the guests' names for who keeps the books."""
    stays = block_queries.picks(session, number)
    rooms = room_names(session)
    bookings = {one.booking for one in stays} if named else set()
    guests = session.scalars(sa.select(GuestName).where(GuestName.booking.in_(bookings)))
    names = {one.booking: one.names for one in guests}
    return [
        {"claim": one, "room": rooms[one.room_id], "names": names.get(one.booking, ""), "booked": _booked(one)}
        for one in stays
    ]


def _booked(claim: Claim) -> bool:
    return claim.status == Status.BOOKED.value


def _said_of_all(soon: list[BlockLine]) -> str:
    if not soon:
        return _("No block reaches its cut-off within %(days)s days with rooms still to pick.", days=SOON_DAYS)
    room_nights = format_number(sum(line.figures.held for line in soon))
    return ngettext(
        "One block reaches its cut-off within %(days)s days with %(room_nights)s room-nights not picked up.",
        "%(n)s blocks reach their cut-off within %(days)s days with %(room_nights)s room-nights not picked up.",
        len(soon),
        days=SOON_DAYS,
        room_nights=room_nights,
    )


def _said(line: BlockLine) -> str:
    sums = line.figures
    values = {
        "picked": format_number(sums.picked),
        "contracted": format_number(sums.contracted),
        "held": format_number(sums.held),
    }
    if line.state is State.HELD and sums.held:
        return _("%(picked)s of %(contracted)s room-nights picked up; %(held)s held until the cut-off.", **values)
    return _("%(picked)s of %(contracted)s room-nights picked up; nothing is held.", **values)


def _nights(session: Session, line: BlockLine) -> list[dict[str, Any]]:
    """For each type of the block its nights: contracted, picked up, held, and free for anybody."""
    names = type_names(session)
    types = sorted({type_id for type_id, _night in (*line.contracted, *line.picked)})
    every = [night for _type, night in (*line.contracted, *line.picked)]
    free = free_rooms(session, types, Nights(min(every), max(every) + timedelta(days=1)))
    return [
        {
            "name": names[type_id],
            "rows": [
                {
                    "night": night,
                    "contracted": line.contracted.get((type_id, night), 0),
                    "picked": line.picked.get((type_id, night), 0),
                    "held": line.held((type_id, night)),
                    "free": free[type_id, night],
                }
                for night in sorted({night for one, night in (*line.contracted, *line.picked) if one == type_id})
            ],
        }
        for type_id in types
    ]


def _fit(session: Session, number: int) -> dict[str, Any]:
    """Whether the whole stays that are still promised fit while everybody stays where they are."""
    names = type_names(session)
    short = [
        names[one.type_id]
        for one in assignment_queries.questions(session, number)
        if not assignment_search.check_without_moves(one.rooms, one.promises, QUICK_SECONDS).fits
    ]
    return {"fits": not short, "types": format_list(short)}
