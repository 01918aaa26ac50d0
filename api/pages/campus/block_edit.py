"""Hold rooms for a group, and change what is held: dates and rooms by type at once, single nights where they differ."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from fastapi import Request
from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import DATE_PARTS, Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.blocks import LIST, ONE, choices, type_names
from api.rendering import redirect, render
from campus import amounts
from campus.blocks import actions as blocks
from campus.blocks import queries as block_queries
from campus.blocks.actions import WantedBlock
from campus.blocks.queries import BlockLine
from campus.blocks.rules import MOST_NIGHTS, MOST_ROOMS
from campus.nights import Nights
from campus.occupancy.rules import TypeNight
from campus.places.models import Event, Party, Segment
from core.errors import Conflict, InvalidInput
from core.i18n import format_entry, format_number, format_percent, lazy, today
from core.i18n import gettext as _

router = page_router()
USUAL_WASH = 10  # percent, to begin with


def _with_a_point(entry: object) -> object:
    return entry.strip().replace(",", ".") if isinstance(entry, str) else entry


Decimal = Annotated[float, BeforeValidator(_with_a_point)]


class BlockForm(BaseModel):
    """What stands in the form, beside the rooms."""

    name: str
    party: RowId
    segment: RowId
    event: RowId | None = None
    first: date
    until: date
    cut_off: date
    wash: Decimal
    rate: str
    reason: str = Field("", max_length=500)

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 200 characters."),
        "wash": lazy("Enter a percentage from 0 to 100, such as 10."),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "cut_off": lazy("The cut-off"),
        "until": lazy("The dates:"),
        "wash": lazy("The expected wash"),
        "party": lazy("The party"),
        "segment": lazy("The segment"),
        "event": lazy("The event"),
        "rate": lazy("The rate"),
        "rooms": lazy("The number of rooms"),
        "reason": lazy("The reason"),
    }

    def wanted(self) -> WantedBlock:
        """The block as the books take it."""
        if not 0 <= self.wash <= 100:
            raise InvalidInput(_("must be 0 to 100"), place="wash")
        return WantedBlock(
            name=self.name,
            party_id=self.party,
            segment_id=self.segment,
            event_id=self.event,
            cut_off=self.cut_off,
            expected_wash=self.wash / 100,
            rate_cents=amounts.cents(self.rate, "rate"),
        )


@router.get(f"{LIST}/add")
def new_block(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered(start={"wash": str(USUAL_WASH)}), None)


@router.post(f"{LIST}/add")
def add_block(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Hold the rooms."""
    entered = Entered(posted)
    if entered.value("step") == "nights":
        return _page(request, session, entered, None)
    with entered.shown_again(lambda: _page(request, session, entered, None)):
        given = entered.check(BlockForm)
        nights = _checked(given)
        contracted = _contracted(entered, nights, type_names(session))
        block = blocks.hold(session, given.wanted(), contracted, actor(person))
    return redirect(request, f"{LIST}/{block.number}", Flash(_("The rooms are held for %(name)s.", name=block.name)))


@router.get(f"{ONE}/edit")
def edit_block(request: Request, number: Id, _person: Keeper, session: Reading) -> Response:
    """The block as it is."""
    line = block_queries.line(session, number)
    return _page(request, session, Entered(start=_start(line, type_names(session))), line)


@router.post(f"{ONE}/edit")
def change_block(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save the block as it was entered, if nobody changed it meanwhile."""
    line = block_queries.line(session, number)
    entered = Entered(posted)
    if entered.value("step") == "nights":
        return _page(request, session, entered, line)
    with entered.shown_again(lambda: _page(request, session, entered, line)):
        given = entered.check(BlockForm)
        must_be(line, entered)
        if not given.reason:
            raise InvalidInput(_("must say why it is changed"), place="reason")
        nights = _checked(given)
        contracted = _contracted(entered, nights, type_names(session))
        blocks.change(session, number, given.wanted(), contracted, actor(person), given.reason)
    return redirect(request, f"{LIST}/{number}", Flash(_("%(name)s is saved.", name=given.name)))


def must_be(line: BlockLine, entered: Entered) -> None:
    """Raises `Conflict` when the block is no longer the one that the form was about."""
    if line.block.id != entered.version():
        raise Conflict(_("Somebody changed this block meanwhile: look at it again before you change it."))


def _checked(given: BlockForm) -> Nights:
    nights = Nights.checked(given.first, given.until)
    if len(nights) > MOST_NIGHTS:
        raise InvalidInput(_("a block has at most %(most)s nights", most=MOST_NIGHTS), place="until")
    return nights


def _contracted(entered: Entered, nights: Nights, types: Mapping[int, str]) -> dict[TypeNight, int]:
    """Rooms by type and night: those of every night, but for the single nights that say otherwise."""
    contracted = {}
    for type_id in types:
        usual = _count(entered, f"rooms-{type_id}") or 0
        for night in nights:
            single = _count(entered, f"night-{type_id}-{night.isoformat()}")
            contracted[type_id, night] = usual if single is None else single
    return contracted


def _count(entered: Entered, field: str) -> int | None:
    entry = entered.value(field).strip()
    if not entry:
        return None
    if not (entry.isascii() and entry.isdecimal() and len(entry) < 6 and int(entry) <= MOST_ROOMS):
        raise InvalidInput(
            _("Enter a whole number of rooms, 0 to %(most)s.", most=format_number(MOST_ROOMS)), place=field
        )
    return int(entry)


def _start(line: BlockLine, types: Mapping[int, str]) -> dict[str, str]:
    """The entries of a block: the most frequent number of rooms as that of every night, others as single nights."""
    block = line.block
    start = {
        "name": block.name,
        "party": str(block.party_id),
        "segment": str(block.segment_id),
        "event": str(block.event_id or ""),
        "wash": format_entry(block.expected_wash * 100),
        "rate": amounts.entry(block.rate_cents),
        "version": str(block.id),
    }
    for name, day in (("first", line.nights.first), ("until", line.nights.until), ("cut_off", block.cut_off)):
        start |= {f"{name}-{part}": str(getattr(day, part)) for part in DATE_PARTS}
    for type_id in types:
        by_night = {night: line.contracted.get((type_id, night), 0) for night in line.nights}
        usual = Counter(by_night.values()).most_common(1)[0][0]
        start[f"rooms-{type_id}"] = str(usual or "")
        for night, rooms in by_night.items():
            if rooms != usual:
                start |= {f"night-{type_id}-{night.isoformat()}": str(rooms), "single": "1"}
    return start


def _page(request: Request, session: Session, entered: Entered, line: BlockLine | None) -> Response:
    found = line.block if line else None
    back = f"{LIST}/{found.number}" if found else LIST
    types = type_names(session)
    segment = found.segment_id if found else None
    return render(
        request,
        "rooms/block_form.html",
        title=_("Change %(name)s", name=found.name) if found else _("Hold rooms for a group"),
        found=found,
        action=f"{back}/edit" if found else f"{LIST}/add",
        back=back,
        entered=entered,
        types=types,
        single_nights=_single_nights(entered),
        parties=[("", _("Choose one")), *choices(session, Party)],
        segments=[("", _("Choose one")), *choices(session, Segment)],
        events=_events(session, found.event_id if found else None),
        wash_hint=_wash_hint(session, segment),
    )


def _single_nights(entered: Entered) -> list[date]:
    """The nights to offer singly: when asked for, and once arrival and departure can be read."""
    if not entered.value("single") and entered.value("step") != "nights":
        return []
    try:
        first, until = (
            date(*(int(entered.value(f"{name}-{part}")) for part in reversed(DATE_PARTS)))
            for name in ("first", "until")
        )
        nights = Nights.checked(first, until)
    except (ValueError, OverflowError, InvalidInput):
        if entered.value("step") == "nights":
            entered.errors["first"] = _("Enter arrival and departure first: then their nights stand here.")
        return []
    return list(nights) if len(nights) <= MOST_NIGHTS else []


def _events(session: Session, chosen: int | None) -> list[tuple[str, str]]:
    """Events that are still to come, and the one that was chosen."""
    wanted = sa.or_(Event.until > today() - timedelta(days=1), Event.id == chosen)
    found: Any = session.execute(sa.select(Event.id, Event.name).where(wanted).order_by(Event.first, Event.name))
    return [("", _("None")), *((str(one.id), one.name) for one in found)]


def _wash_hint(session: Session, segment_id: int | None) -> str:
    hint = _("Of the rooms that are not picked up yet, the part that you expect never to be.")
    usual = None if segment_id is None else block_queries.usual_wash(session, segment_id)
    if usual is None:
        return hint
    said = _("The last blocks of this segment washed %(percent)s.", percent=format_percent(usual))
    return f"{hint} {said}"
