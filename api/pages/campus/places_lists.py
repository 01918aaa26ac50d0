"""The short lists by which rooms and claims are told apart: room types, parties, segments. One way for all three."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from babel.support import LazyProxy
from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus import places_words as words
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.places_form import PLACES, Field, Form, above, ask_to_take_away, form_page
from api.rendering import redirect, render
from campus import amounts
from campus.amounts import euros
from campus.places import actions, queries
from campus.places.actions import Wanted, WantedParty, WantedRoomType, WantedSegment
from campus.places.models import Party, RoomType, Segment
from core.errors import NotFound
from core.i18n import format_number, lazy
from core.i18n import gettext as _

router = page_router()
LIST = f"{PLACES}/lists/{{kind}}"
ONE = f"{LIST}/{{slug}}"
Thing = RoomType | Party | Segment


class TypeForm(BaseModel):
    """A room type."""

    name: str
    errors: ClassVar = {"name": lazy("Enter a name of at most 120 characters.")}
    labels: ClassVar = {
        "name": lazy("The name"),
        "kind": lazy("The kind:"),
        "rate": lazy("The rate"),
        "position": lazy("The place in lists"),
    }

    def wanted(self) -> Wanted:
        """As the books take it."""
        return WantedRoomType(name=self.name)


class PartyForm(TypeForm):
    """A party."""

    kind: Literal["own", "partner", "third party"]

    def wanted(self) -> Wanted:
        """As the books take it."""
        return WantedParty(name=self.name, kind=self.kind)


class SegmentForm(TypeForm):
    """A segment, with its usual rate in euros as it is typed."""

    rate: str = "0"
    position: int = 0

    def wanted(self) -> Wanted:
        """As the books take it. Raises `InvalidInput` for what is no amount."""
        return WantedSegment(name=self.name, position=self.position, rate_cents=amounts.cents(self.rate, "rate"))


@dataclass(frozen=True)
class Listed:
    """One of the lists: its words, its table, its form."""

    title: LazyProxy
    add: LazyProxy
    lead: LazyProxy
    empty: LazyProxy
    table: Any
    form: type[TypeForm]
    columns: Callable[[Any], list[tuple[str, str, bool]]]  # title, text, whether it is a number
    start: Callable[[Any], dict[str, str]]


LISTS = {
    "types": Listed(
        title=lazy("Room types"),
        add=lazy("Add a room type"),
        lead=lazy("Kinds of guest rooms that can be promised before a room is known."),
        empty=lazy("Room types such as “single” stand here. Rooms need one, so this list comes first."),
        table=RoomType,
        form=TypeForm,
        columns=lambda _one: [],
        start=lambda _one: {},
    ),
    "parties": Listed(
        title=lazy("Parties"),
        add=lazy("Add a party"),
        lead=lazy("Who rooms are held for: own programmes, partner agencies, third parties. Never a guest."),
        empty=lazy("Organisations stand here that stays, blocks, events and offices belong to."),
        table=Party,
        form=PartyForm,
        columns=lambda one: [(_("Kind"), str(words.PARTY_KINDS[one.kind]), False)],
        start=lambda one: {"kind": one.kind},
    ),
    "segments": Listed(
        title=lazy("Segments"),
        add=lazy("Add a segment"),
        lead=lazy("The parts of the demand, each with the rate that a room usually costs a night."),
        empty=lazy("Segments such as courses and conferences stand here. Capacity and forecast are parted by them."),
        table=Segment,
        form=SegmentForm,
        columns=lambda one: [
            (_("Place in lists"), format_number(one.position), True),
            (_("Usual rate of a room and night"), euros(one.rate_cents), True),
        ],
        start=lambda one: {"rate": amounts.entry(one.rate_cents), "position": str(one.position)},
    ),
}


@router.get(LIST)
def listed(request: Request, kind: str, person: Reader, session: Reading) -> Response:
    """The whole list: none of them is long."""
    of = list_of(kind)
    return render(
        request,
        "rooms/places_list.html",
        of=of,
        rows=[(one, of.columns(one)) for one in queries.every(session, of.table)],
        address=LIST.format(kind=kind),
        keeps=keeps(person),
    )


@router.get(f"{LIST}/add")
def new_one(request: Request, kind: str, _person: Keeper) -> Response:
    """An empty form."""
    return _form(request, Entered(), kind, None)


@router.post(f"{LIST}/add")
def add_one(request: Request, kind: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add to the list."""
    of, entered = list_of(kind), Entered(posted)
    with entered.shown_again(lambda: _form(request, entered, kind, None)):
        thing = actions.add(session, of.table, entered.check(of.form).wanted(), actor(person))
    return redirect(request, LIST.format(kind=kind), Flash(_("%(name)s is added.", name=thing.name)))


@router.get(f"{ONE}/edit")
def edit_one(request: Request, kind: str, slug: str, _person: Keeper, session: Reading) -> Response:
    """The thing as it is."""
    thing = queries.by_slug(session, list_of(kind).table, slug)
    return _form(request, Entered(start={"name": thing.name, **list_of(kind).start(thing)}), kind, thing)


@router.post(f"{ONE}/edit")
def change_one(request: Request, kind: str, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save it."""
    of, entered = list_of(kind), Entered(posted)
    thing = queries.by_slug(session, of.table, slug)
    with entered.shown_again(lambda: _form(request, entered, kind, thing)):
        wanted = entered.check(of.form).wanted()
        actions.change(session, thing, wanted, actor(person), version=entered.version())
    return redirect(request, LIST.format(kind=kind), Flash(_("%(name)s is saved.", name=thing.name)))


@router.get(f"{ONE}/delete")
def ask_delete(request: Request, kind: str, slug: str, _person: Keeper, session: Reading) -> Response:
    """Ask before it goes."""
    thing = queries.by_slug(session, list_of(kind).table, slug)
    condition = _("It can be taken away only while nothing refers to it.")
    return ask_to_take_away(
        request,
        thing.name,
        condition,
        address=ONE.format(kind=kind, slug=slug),
        back=LIST.format(kind=kind),
        version=thing.version,
    )


@router.post(f"{ONE}/delete")
def delete_one(request: Request, kind: str, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take it away, if it is still as it was when the question was asked."""
    thing = queries.by_slug(session, list_of(kind).table, slug)
    actions.delete(session, thing, actor(person), version=Entered(posted).version())
    return redirect(request, LIST.format(kind=kind), Flash(_("%(name)s is taken away.", name=thing.name)))


def list_of(kind: str) -> Listed:
    """The list of this name. Raises `NotFound`."""
    if kind not in LISTS:
        raise NotFound(_("There is no such list."))
    return LISTS[kind]


def _form(request: Request, entered: Entered, kind: str, thing: Thing | None) -> Response:
    of, back = list_of(kind), LIST.format(kind=kind)
    form = Form(
        title=_("Change %(name)s", name=thing.name) if thing else str(of.add),
        above=above((str(of.title), back)),
        action=f"{ONE.format(kind=kind, slug=thing.slug)}/edit" if thing else f"{back}/add",
        back=back,
        button=_("Save") if thing else _("Add"),
        version=thing.version if thing else None,
    )
    fields = [Field("text", "name", _("Name"), most=120)]
    if kind == "parties":
        fields.append(Field("radios", "kind", _("Kind"), options=words.options(words.PARTY_KINDS)))
    if kind == "segments":
        rate = _("What a room usually costs a night. A stay may have another rate.")
        place = _("Lists and charts begin with the smallest number.")
        fields.append(Field("text", "rate", _("Usual rate (euros)"), hint=rate, width="10", optional=True, most=12))
        fields.append(
            Field("text", "position", _("Place in lists"), hint=place, width="4", optional=True, digits=True, most=3)
        )
    return form_page(request, form, fields, entered)
