"""Meeting rooms and offices: what each holds, who occupies it and when, and all that was ever recorded of it."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus import places_words as words
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.places import pavilion_options
from api.pages.campus.places_form import PLACES, Field, Form, above, ask_to_take_away, form_page, parts
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.places import actions, queries, spaces, stretches
from campus.places.models import Party, Pavilion, Space
from campus.places.overview import SpaceFilter, spaces_on
from campus.places.spaces import WantedSpace
from core.i18n import gettext as _
from core.i18n import lazy, ngettext, today

router = page_router()
LIST = f"{PLACES}/spaces"
ADD = f"{LIST}/add"
ONE = f"{LIST}/{{space_id}}"
LABELS = {
    "name": lazy("The name"),
    "capacity": lazy("The number of people"),
    "pavilion": lazy("The pavilion"),
    "party": lazy("The party"),
    "kind": lazy("The kind:"),
    "first": lazy("The first day"),
    "until": lazy("The end"),
}


class SpaceForm(BaseModel):
    """What stands in the form."""

    pavilion: RowId
    name: str
    kind: str
    capacity: int
    first: date
    until: date | None = None

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "kind": lazy("Choose what it is."),
    }
    labels: ClassVar = LABELS

    def wanted(self) -> WantedSpace:
        """The space as the books take it."""
        values = self.model_dump() | {"pavilion_id": self.pavilion}
        values.pop("pavilion")
        return WantedSpace(**values)


class OccupantForm(BaseModel):
    """Who occupies it in a period; an empty party for nobody."""

    party: RowId | None = None
    first: date
    until: date | None = None
    reason: str = ""

    labels: ClassVar = LABELS


@router.get(LIST)
def spaces_list(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """All meeting rooms and offices with who occupies them today."""
    params = request.query_params
    wanted = SpaceFilter(
        pavilion=params.get("pavilion", ""),
        kind=params.get("kind", ""),
        party=params.get("party", ""),
        free=params.get("free") == "1",
    )
    found, total = spaces_on(session, today(), wanted, offset=paging.offset, limit=paging.size)
    _free, free = spaces_on(session, today(), SpaceFilter(free=True), limit=1)
    pavilions = queries.every(session, Pavilion)
    return render(
        request,
        "rooms/places_spaces.html",
        found=found,
        paging=paging.of(total),
        said=_said_of_all(free),
        filtered=wanted != SpaceFilter(),
        filters=Entered(start=dict(params)),
        pavilions=[("", _("All")), *((one.slug, one.name) for one in pavilions)],
        kinds=[("", _("All")), *words.options(words.SPACE_KINDS)],
        parties=[("", _("All")), *((one.slug, one.name) for one in queries.every(session, Party))],
        states=[("", _("All")), ("1", _("Free today"))],
        invented=words.invented(pavilions),
        words=words,
        today=today(),
        keeps=keeps(person),
    )


@router.get(ADD)
def new_space(request: Request, _person: Keeper, session: Reading, pavilion: str = "") -> Response:
    """An empty form, with the pavilion that one came from."""
    start = {"kind": "meeting room", **parts("first", today())}
    if pavilion:
        start["pavilion"] = str(queries.by_slug(session, Pavilion, pavilion).id)
    return _form(request, session, Entered(start=start), None)


@router.post(ADD)
def add_space(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add a space."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered, None)):
        space = spaces.add_space(session, entered.check(SpaceForm).wanted(), actor(person))
    return redirect(request, address_of(space.id), Flash(_("%(name)s is added.", name=space.name)))


@router.get(ONE)
def one_space(request: Request, space_id: Id, person: Reader, session: Reading) -> Response:
    """The space, its occupants, its history."""
    space = queries.space(session, space_id)
    names = {one.id: one.name for one in queries.every(session, Party)}
    versions = queries.use_versions(session, space_id)
    uses = queries.uses(session, space_id)
    now = next((one for one in uses if today() in stretches.nights_of(one.first, one.until)), None)
    return render(
        request,
        "rooms/places_space.html",
        space=space,
        pavilion=session.get_one(Pavilion, space.pavilion_id),
        said=_said(space, names[now.party_id] if now else None),
        uses=uses,
        names=names,
        versions=versions,
        texts={one.id: f"{names[one.party_id]}, {words.period(one.first, one.until)}" for one in versions},
        who=actors.names(session),
        address=address_of(space_id),
        words=words,
        keeps=keeps(person),
    )


@router.get(f"{ONE}/edit")
def edit_space(request: Request, space_id: Id, _person: Keeper, session: Reading) -> Response:
    """The space as it is."""
    space = queries.space(session, space_id)
    start = {"pavilion": str(space.pavilion_id), "name": space.name, "kind": space.kind}
    start |= {"capacity": str(space.capacity), **parts("first", space.first), **parts("until", space.until)}
    return _form(request, session, Entered(start=start), space)


@router.post(f"{ONE}/edit")
def change_space(request: Request, space_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save the space."""
    space, entered = queries.space(session, space_id), Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered, space)):
        wanted = entered.check(SpaceForm).wanted()
        spaces.change_space(session, space, wanted, actor(person), version=entered.version())
    return redirect(request, address_of(space_id), Flash(_("%(name)s is saved.", name=space.name)))


@router.get(f"{ONE}/occupant")
def edit_occupant(request: Request, space_id: Id, _person: Keeper, session: Reading) -> Response:
    """Who occupies it from a day on."""
    return _occupant_form(request, session, Entered(start=parts("first", today())), queries.space(session, space_id))


@router.post(f"{ONE}/occupant")
def change_occupant(request: Request, space_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save who occupies it, or that nobody does."""
    space, entered = queries.space(session, space_id), Entered(posted)
    with entered.shown_again(lambda: _occupant_form(request, session, entered, space)):
        given = entered.check(OccupantForm)
        actions.must_be(queries.changes_of(session, "space", space_id), entered.version(), space.name)
        spaces.occupy(session, space, given.party, given.first, given.until, actor(person), given.reason)
    return redirect(request, address_of(space_id), Flash(_("%(name)s is saved.", name=space.name)))


@router.get(f"{ONE}/delete")
def ask_delete(request: Request, space_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before it goes."""
    space = queries.space(session, space_id)
    condition = _("It can be taken away only if nobody ever occupied it. Otherwise give it an end.")
    return ask_to_take_away(
        request,
        space.name,
        condition,
        address=address_of(space_id),
        back=address_of(space_id),
        version=queries.changes_of(session, "space", space_id),
    )


@router.post(f"{ONE}/delete")
def delete_space(request: Request, space_id: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take it away, if it is still as it was when the question was asked."""
    space = queries.space(session, space_id)
    name = space.name
    spaces.delete_space(session, space, actor(person), version=Entered(posted).version())
    return redirect(request, LIST, Flash(_("%(name)s is taken away.", name=name)))


def address_of(space_id: int) -> str:
    """Where a space's page is."""
    return ONE.format(space_id=space_id)


def _said_of_all(free: int) -> str:
    if not free:
        return _("No meeting room and no office is free today.")
    return ngettext(
        "One meeting room or office is free today.", "%(n)s meeting rooms and offices are free today.", free
    )


def _said(space: Space, occupant: str | None) -> str:
    if today() not in stretches.nights_of(space.first, space.until):
        return _("Not in use as such today.")
    if occupant:
        return _("Occupied today by %(party)s.", party=occupant)
    return _("Free today.")


def _days(end: str) -> list[Field]:
    return [Field("date", "first", _("First day")), Field("date", "until", _("Until"), hint=end, optional=True)]


def _form(request: Request, session: Session, entered: Entered, space: Space | None) -> Response:
    back = address_of(space.id) if space else LIST
    crumbs = above((_("Meeting rooms and offices"), LIST))
    form = Form(
        title=_("Change %(name)s", name=space.name) if space else _("Add a meeting room or office"),
        above=[*crumbs, (space.name, back)] if space else crumbs,
        action=f"{back}/edit" if space else ADD,
        back=back,
        button=_("Save") if space else _("Add"),
        version=queries.changes_of(session, "space", space.id) if space else None,
    )
    end = _("The first day on which it is no such space any more. Leave it empty when no end is known.")
    fields = [
        Field("select", "pavilion", _("Pavilion"), options=pavilion_options(session)),
        Field("text", "name", _("Name"), hint=_("As on the door, such as: Meeting room 1"), most=120),
        Field("radios", "kind", _("Kind"), options=words.options(words.SPACE_KINDS)),
        Field("text", "capacity", _("People it holds"), width="4", digits=True, most=6),
        *_days(end),
    ]
    return form_page(request, form, fields, entered)


def _occupant_form(request: Request, session: Session, entered: Entered, space: Space) -> Response:
    parties = [(one.id, one.name) for one in queries.every(session, Party)]
    form = Form(
        title=_("Who occupies %(name)s?", name=space.name),
        above=above((_("Meeting rooms and offices"), LIST), (space.name, address_of(space.id))),
        action=f"{address_of(space.id)}/occupant",
        back=address_of(space.id),
        button=_("Save"),
        lead=_("One party at a time. To end an occupancy, choose nobody, from the day on which it is free."),
        version=queries.changes_of(session, "space", space.id),
    )
    end = _("The first day on which it no longer is so. Leave it empty when no end is known.")
    fields = [
        Field("select", "party", _("Occupant"), options=[("", _("Nobody")), *parties]),
        *_days(end),
        Field("text", "reason", _("Reason"), optional=True, most=500),
    ]
    return form_page(request, form, fields, entered)
