"""One guest room: what it is like and when, what takes it, and all that was ever recorded of it. Many come at once.

Other parts of the service link to a room's page, and put what they know of a room beside “In use” (`#in-use`).
"""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus import places_words as words
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.places import address_of as address_of_pavilion
from api.pages.campus.places_form import PLACES, Field, Form, above, form_page, parts
from api.rendering import redirect, render
from campus.nights import LATEST, Nights
from campus.places import actions, queries, rooms, rules
from campus.places.models import Pavilion, Room, RoomPeriod, RoomType
from campus.places.overview import room_on
from campus.places.rooms import RoomKind
from core.i18n import gettext as _
from core.i18n import lazy, ngettext, today

router = page_router()
ADD = f"{PLACES}/pavilions/{{slug}}/add-rooms"
ONE = f"{PLACES}/rooms/{{room_id}}"
MOST_CLAIMS = 20
LABELS = {
    "numbers": lazy("The numbers"),
    "number": lazy("The number"),
    "type": lazy("The type"),
    "beds": lazy("The beds:"),
    "features": lazy("The features:"),
    "first": lazy("The first night"),
    "until": lazy("The end"),
    "reason": lazy("The reason"),
}


class NewRooms(BaseModel):
    """Rooms that are alike."""

    numbers: str
    type: RowId
    beds: int
    features: list[str] = []
    first: date
    until: date | None = None

    errors: ClassVar = {"numbers": lazy("Enter the numbers of the rooms, such as: 101–128, 201")}
    labels: ClassVar = LABELS


class RoomChange(BaseModel):
    """What a room is from a night on; type, beds and features count only where it is a room."""

    becomes: str = "room"
    type: RowId | None = None
    beds: int = 0
    features: list[str] = []
    first: date
    until: date | None = None
    reason: str

    errors: ClassVar = {"reason": lazy("Say why, in at most 500 characters: the books keep it.")}
    labels: ClassVar = LABELS

    def kind(self) -> RoomKind | None:
        """What the room is then; None for no room."""
        return None if self.becomes == "none" else RoomKind(self.type or 0, self.beds, tuple(self.features))


class Renumbering(BaseModel):
    """Another number on the door."""

    number: str
    errors: ClassVar = {"number": lazy("Enter the number that stands on the door.")}
    labels: ClassVar = LABELS


class Reason(BaseModel):
    """Why something is done."""

    reason: str
    errors: ClassVar = RoomChange.errors
    labels: ClassVar = LABELS


@router.get(ADD)
def new_rooms(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form for many rooms."""
    return _form_of_many(request, session, Entered(start={"beds": "1", **parts("first", today())}), slug)


@router.post(ADD)
def add_rooms(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add all of them, or none."""
    pavilion, entered = queries.by_slug(session, Pavilion, slug), Entered(posted)
    with entered.shown_again(lambda: _form_of_many(request, session, entered, slug)):
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
    claims = queries.claims_of(session, room_id, Nights(today(), LATEST))
    return render(
        request,
        "rooms/places_room.html",
        line=line,
        title=_title(session, line.room),
        state=words.state(line),
        said=words.kind_of(line.period, line.type) if line.period and line.type else "",
        periods=queries.periods(session, room_id),
        types=types,
        claims=claims[:MOST_CLAIMS],
        versions=versions,
        texts={one.id: _text(one, types[one.type_id]) for one in versions},
        who=words.authors(session),
        address=address_of(room_id),
        words=words,
        keeps=keeps(person),
    )


@router.get(f"{ONE}/change")
def edit_room(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """The room as it is, to be changed from a night on."""
    room, periods = queries.room(session, room_id), queries.periods(session, room_id)
    start: dict[str, str | list[str]] = {"becomes": "room", "beds": "1", **parts("first", today())}
    if periods:
        last = periods[-1]
        start |= {"type": str(last.type_id), "beds": str(last.beds), "features": list(last.features)}
    return _form_of_change(request, session, Entered(start=start), room)


@router.post(f"{ONE}/change")
def change_room(request: Request, room_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Lay a period over those that are there."""
    room, entered = queries.room(session, room_id), Entered(posted)
    with entered.shown_again(lambda: _form_of_change(request, session, entered, room)):
        given = entered.check(RoomChange)
        actions.must_be(queries.changes_of(session, "room", room_id), entered.version(), _title(session, room))
        rooms.change_room(session, room, given.kind(), given.first, given.until, actor(person), given.reason)
    return redirect(request, address_of(room_id), Flash(_("%(name)s is saved.", name=_title(session, room))))


@router.get(f"{ONE}/number")
def edit_number(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """The number as it is."""
    room = queries.room(session, room_id)
    return _form_of_number(request, session, Entered(start={"number": room.number}), room)


@router.post(f"{ONE}/number")
def change_number(request: Request, room_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Give the door another number."""
    room, entered = queries.room(session, room_id), Entered(posted)
    with entered.shown_again(lambda: _form_of_number(request, session, entered, room)):
        given = entered.check(Renumbering)
        actions.must_be(queries.changes_of(session, "room", room_id), entered.version(), _title(session, room))
        rooms.renumber(session, room, given.number, actor(person))
    return redirect(request, address_of(room_id), Flash(_("%(name)s is saved.", name=_title(session, room))))


@router.get(f"{ONE}/take-away")
def ask_take_away(request: Request, room_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a room that was entered by mistake is none."""
    return _form_of_taking(request, session, Entered(), queries.room(session, room_id))


@router.post(f"{ONE}/take-away")
def take_away(request: Request, room_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """It never was a room."""
    room, entered = queries.room(session, room_id), Entered(posted)
    with entered.shown_again(lambda: _form_of_taking(request, session, entered, room)):
        reason = entered.check(Reason).reason
        actions.must_be(queries.changes_of(session, "room", room_id), entered.version(), _title(session, room))
        rooms.take_away(session, room, actor(person), reason)
    return redirect(request, address_of(room_id), Flash(_("%(name)s is no room any more.", name=_title(session, room))))


def address_of(room_id: int) -> str:
    """Where a room's page is."""
    return ONE.format(room_id=room_id)


def _title(session: Session, room: Room) -> str:
    return queries.room_name(session, room.id)


def _text(period: RoomPeriod, type_name: str) -> str:
    """A version in one line."""
    beds = ngettext("%(n)s bed", "%(n)s beds", period.beds)
    when = words.period(period.first, period.until)
    said = _("%(type)s, %(beds)s, %(when)s", type=type_name, beds=beds, when=when)
    return f"{said} ({features})" if (features := words.listed(period.features, words.FEATURES)) else said


def _above(session: Session, room: Room | None, pavilion: Pavilion) -> list[tuple[str, str]]:
    rows = above((pavilion.name, address_of_pavilion(pavilion.slug)))
    return [*rows, (_title(session, room), address_of(room.id))] if room else rows


def _fields_of_kind(session: Session) -> list[Field]:
    types = [(one.id, one.name) for one in queries.every(session, RoomType)]
    return [
        Field("select", "type", _("Room type"), options=types),
        Field("text", "beds", _("Beds"), width="2", digits=True, most=2),
        Field("checkboxes", "features", _("Accessible features"), options=words.options(words.FEATURES)),
    ]


def _fields_of_nights() -> list[Field]:
    end = _("The first night in which it no longer is so. Leave it empty when no end is known.")
    return [Field("date", "first", _("First night")), Field("date", "until", _("Until"), hint=end, optional=True)]


def _form_of_many(request: Request, session: Session, entered: Entered, slug: str) -> Response:
    pavilion = queries.by_slug(session, Pavilion, slug)
    back = address_of_pavilion(slug)
    form = Form(
        title=_("Add rooms to %(name)s", name=pavilion.name),
        lead="" if queries.every(session, RoomType) else _("There is no room type yet: add one first, under Places."),
        above=_above(session, None, pavilion),
        action=ADD.format(slug=slug),
        back=back,
        button=_("Add these rooms"),
    )
    hint = _("Numbers and ranges, with commas between them, such as: 101–128, 201. At most 200 rooms in one step.")
    numbers = Field("text", "numbers", _("Room numbers"), hint=hint, most=2000)
    return form_page(request, form, [numbers, *_fields_of_kind(session), *_fields_of_nights()], entered)


def _form(request: Request, session: Session, room: Room, form: dict[str, str], danger: bool = False) -> Form:
    return Form(
        title=form["title"],
        lead=form.get("lead", ""),
        above=_above(session, room, session.get_one(Pavilion, room.pavilion_id)),
        action=request.url.path,
        back=address_of(room.id),
        button=form["button"],
        version=queries.changes_of(session, "room", room.id),
        danger=danger,
    )


def _form_of_change(request: Request, session: Session, entered: Entered, room: Room) -> Response:
    title = _("Change %(name)s from a night on", name=_title(session, room))
    lead = _("What was so before stays in the books. Where a claim or a group would lose its room, nothing is changed.")
    becomes: list[tuple[str, ...]] = [
        ("room", _("A guest room, as described here")),
        ("none", _("No guest room"), _("It ends, for good or for some time. Type, beds and features do not count.")),
    ]
    fields = [
        *_fields_of_nights(),
        Field("radios", "becomes", _("In these nights it is"), options=becomes),
        *_fields_of_kind(session),
        Field("text", "reason", _("Reason"), most=500),
    ]
    return form_page(
        request,
        _form(request, session, room, {"title": title, "lead": lead, "button": _("Save this change")}),
        fields,
        entered,
    )


def _form_of_number(request: Request, session: Session, entered: Entered, room: Room) -> Response:
    title = _("Change the number of %(name)s", name=_title(session, room))
    fields = [Field("text", "number", _("Number on the door"), width="10", most=20)]
    return form_page(request, _form(request, session, room, {"title": title, "button": _("Save")}), fields, entered)


def _form_of_taking(request: Request, session: Session, entered: Entered, room: Room) -> Response:
    title = _("Was %(name)s never a room?", name=_title(session, room))
    lead = _("Only for what was entered by mistake: from now on no night counts it. A room that was one gets an end.")
    form = _form(request, session, room, {"title": title, "lead": lead, "button": _("Take away")}, danger=True)
    return form_page(request, form, [Field("text", "reason", _("Reason"), most=500)], entered)
