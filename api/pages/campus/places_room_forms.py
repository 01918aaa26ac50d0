"""The forms of guest rooms: what stands in them, and how they are shown."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.claim_words import FEATURES
from api.forms import Entered, RowId
from api.pages.campus import places_words as words
from api.pages.campus.places import address_of as address_of_pavilion
from api.pages.campus.places_form import PLACES, Field, Form, above, form_page
from campus.places import queries
from campus.places.models import Pavilion, Room, RoomType
from campus.places.rooms import RoomKind
from core.i18n import gettext as _
from core.i18n import lazy

ADD = f"{PLACES}/pavilions/{{slug}}/add-rooms"
ONE = f"{PLACES}/rooms/{{room_id}}"
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


def address_of(room_id: int) -> str:
    """Where a room's page is."""
    return ONE.format(room_id=room_id)


def title(session: Session, room: Room) -> str:
    """What a room is called."""
    return queries.room_name(session, room.id)


def _above(session: Session, room: Room | None, pavilion: Pavilion) -> list[tuple[str, str]]:
    rows = above((pavilion.name, address_of_pavilion(pavilion.slug)))
    return [*rows, (title(session, room), address_of(room.id))] if room else rows


def _fields_of_kind(session: Session) -> list[Field]:
    types = [(one.id, one.name) for one in queries.every(session, RoomType)]
    return [
        Field("select", "type", _("Room type"), options=types),
        Field("text", "beds", _("Beds"), width="2", digits=True, most=2),
        Field("checkboxes", "features", _("Accessible features"), options=words.options(FEATURES)),
    ]


def _fields_of_nights() -> list[Field]:
    end = _("The first night in which it no longer is so. Leave it empty when no end is known.")
    return [Field("date", "first", _("First night")), Field("date", "until", _("Until"), hint=end, optional=True)]


def form_of_many(request: Request, session: Session, entered: Entered, slug: str) -> Response:
    """Rooms that are alike, for a pavilion."""
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


def form_of_change(request: Request, session: Session, entered: Entered, room: Room) -> Response:
    """What a room is from a night on."""
    heading = _("Change %(name)s from a night on", name=title(session, room))
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
        _form(request, session, room, {"title": heading, "lead": lead, "button": _("Save this change")}),
        fields,
        entered,
    )


def form_of_number(request: Request, session: Session, entered: Entered, room: Room) -> Response:
    """The number on a room's door."""
    heading = _("Change the number of %(name)s", name=title(session, room))
    fields = [Field("text", "number", _("Number on the door"), width="10", most=20)]
    return form_page(request, _form(request, session, room, {"title": heading, "button": _("Save")}), fields, entered)


def form_of_taking(request: Request, session: Session, entered: Entered, room: Room) -> Response:
    """Why a room never was one."""
    heading = _("Was %(name)s never a room?", name=title(session, room))
    lead = _("Only for what was entered by mistake: from now on no night counts it. A room that was one gets an end.")
    form = _form(request, session, room, {"title": heading, "lead": lead, "button": _("Take away")}, danger=True)
    return form_page(request, form, [Field("text", "reason", _("Reason"), most=500)], entered)
