"""One guest room: what it is like and when, what takes it, and all that was ever recorded of it. Many come at once.

Other parts of the service link to a room's page, and put what they know of a room beside “In use” (`#in-use`).
"""

from collections.abc import Sequence
from datetime import date

from fastapi import Request
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus import places_words as words
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.places import address_of as address_of_pavilion
from api.pages.campus.places_form import parts
from api.pages.campus.places_room_forms import (
    ADD,
    ONE,
    NewRooms,
    Reason,
    Renumbering,
    RoomChange,
    address_of,
    form_of_change,
    form_of_many,
    form_of_number,
    form_of_taking,
    title,
)
from api.rendering import redirect, render
from campus.nights import LATEST, Nights
from campus.occupancy.models import Claim
from campus.places import actions, claimed, queries, rooms, rules
from campus.places.models import Pavilion, RoomPeriod, RoomType
from campus.places.overview import room_on
from campus.places.rooms import RoomKind
from core.i18n import gettext as _
from core.i18n import ngettext, today

router = page_router()
MOST_CLAIMS = 20


@router.get(ADD)
def new_rooms(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form for many rooms."""
    return form_of_many(request, session, Entered(start={"beds": "1", **parts("first", today())}), slug)


@router.post(ADD)
def add_rooms(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add all of them, or none."""
    pavilion, entered = queries.by_slug(session, Pavilion, slug), Entered(posted)
    with entered.shown_again(lambda: form_of_many(request, session, entered, slug)):
        new = entered.check(NewRooms)
        kind = RoomKind(new.type, new.beds, tuple(new.features))
        numbers = rules.checked_numbers(new.numbers)
        added = rooms.add_rooms(session, pavilion, numbers, kind, new.first, new.until, actor(person))
    told = ngettext("One room is added.", "%(n)s rooms are added.", len(added))
    return redirect(request, address_of_pavilion(slug), Flash(told))


@router.get(ONE)
def one_room(request: Request, room_id: Id, person: Reader, session: Reading) -> Response:
    """The room today, its periods, what takes it from today on, and its history."""
    line = room_on(session, today(), room_id)
    types = {one.id: one.name for one in queries.every(session, RoomType)}
    versions = queries.period_versions(session, room_id)
    claims = claimed.claims_of(session, room_id, Nights(today(), LATEST))
    return render(
        request,
        "rooms/places_room.html",
        line=line,
        title=title(session, line.room),
        state=words.state(line),
        said=words.kind_of(line.period, line.type) if line.period and line.type else "",
        periods=queries.periods(session, room_id),
        types=types,
        claims=claims[:MOST_CLAIMS],
        free_from=_free_from(claims, today()),
        versions=versions,
        texts={one.id: _text(one, types[one.type_id]) for one in versions},
        who=actors.names(session),
        address=address_of(room_id),
        words=words,
        keeps=keeps(person),
    )


def _free_from(claims: Sequence[Claim], day: date) -> date:
    """The first night from this day on that nothing takes; the claims are by their first nights."""
    for claim in claims:
        if claim.first <= day < claim.until:
            day = claim.until
    return day


@router.get(f"{ONE}/change")
def edit_room(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """The room as it is, to be changed from a night on."""
    room, periods = queries.room(session, room_id), queries.periods(session, room_id)
    start: dict[str, str | list[str]] = {"becomes": "room", "beds": "1", **parts("first", today())}
    if periods:
        last = periods[-1]
        start |= {"type": str(last.type_id), "beds": str(last.beds), "features": list(last.features)}
    return form_of_change(request, session, Entered(start=start), room)


@router.post(f"{ONE}/change")
def change_room(request: Request, room_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Lay a period over those that are there."""
    room, entered = queries.room(session, room_id), Entered(posted)
    with entered.shown_again(lambda: form_of_change(request, session, entered, room)):
        given = entered.check(RoomChange)
        actions.must_be(queries.changes_of(session, "room", room_id), entered.version(), title(session, room))
        rooms.change_room(session, room, given.kind(), given.first, given.until, actor(person), given.reason)
    return redirect(request, address_of(room_id), Flash(_("%(name)s is saved.", name=title(session, room))))


@router.get(f"{ONE}/number")
def edit_number(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """The number as it is."""
    room = queries.room(session, room_id)
    return form_of_number(request, session, Entered(start={"number": room.number}), room)


@router.post(f"{ONE}/number")
def change_number(request: Request, room_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Give the door another number."""
    room, entered = queries.room(session, room_id), Entered(posted)
    with entered.shown_again(lambda: form_of_number(request, session, entered, room)):
        given = entered.check(Renumbering)
        actions.must_be(queries.changes_of(session, "room", room_id), entered.version(), title(session, room))
        rooms.renumber(session, room, given.number, actor(person))
    return redirect(request, address_of(room_id), Flash(_("%(name)s is saved.", name=title(session, room))))


@router.get(f"{ONE}/take-away")
def ask_take_away(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a room that was entered by mistake is none."""
    return form_of_taking(request, session, Entered(), queries.room(session, room_id))


@router.post(f"{ONE}/take-away")
def take_away(request: Request, room_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """It never was a room."""
    room, entered = queries.room(session, room_id), Entered(posted)
    with entered.shown_again(lambda: form_of_taking(request, session, entered, room)):
        reason = entered.check(Reason).reason
        actions.must_be(queries.changes_of(session, "room", room_id), entered.version(), title(session, room))
        rooms.take_away(session, room, actor(person), reason)
    return redirect(request, address_of(room_id), Flash(_("%(name)s is no room any more.", name=title(session, room))))


def _text(period: RoomPeriod, type_name: str) -> str:
    """A version in one line."""
    beds = ngettext("%(n)s bed", "%(n)s beds", period.beds)
    when = words.period(period.first, period.until)
    said = _("%(type)s, %(beds)s, %(when)s", type=type_name, beds=beds, when=when)
    return f"{said} ({features})" if (features := words.features(period.features)) else said
