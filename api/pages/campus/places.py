"""The campus's places at a glance, and its pavilions: seen with their rooms and spaces, added, changed, taken away."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus import places_words as words
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.places_form import PLACES, Field, Form, above, ask_to_take_away, form_page
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.places import actions, queries, rules
from campus.places.actions import WantedPavilion
from campus.places.models import Pavilion
from campus.places.overview import RoomFilter, SpaceFilter, pavilions_on, rooms_on, spaces_on
from core.i18n import format_number, lazy, ngettext, today
from core.i18n import gettext as _

router = page_router()
ADD = f"{PLACES}/add-pavilion"
ONE = f"{PLACES}/pavilions/{{slug}}"
MOST_SPACES = 200


class PavilionForm(BaseModel):
    """What stands in the form."""

    name: str
    uses: list[str] = []
    area: int | None = None

    errors: ClassVar = {"name": lazy("Enter a name of at most 120 characters.")}
    labels: ClassVar = {"name": lazy("The name"), "area": lazy("The area"), "uses": lazy("The uses:")}

    def wanted(self) -> WantedPavilion:
        """The pavilion as the books take it."""
        return WantedPavilion(name=self.name, uses=self.uses, area_m2=self.area)


@router.get(PLACES)
def overview(request: Request, person: Reader, session: Reading) -> Response:
    """All pavilions with their rooms today."""
    lines = pavilions_on(session, today())
    return render(
        request,
        "rooms/places.html",
        lines=lines,
        said=_said(sum(one.rooms for one in lines), sum(one.closed for one in lines), len(lines)),
        invented=words.invented(one.pavilion for one in lines),
        words=words,
        keeps=keeps(person),
    )


@router.get(ADD)
def new_pavilion(request: Request, _person: Keeper) -> Response:
    """An empty form."""
    return _form(request, Entered(), None)


@router.post(ADD)
def add_pavilion(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add a pavilion."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, entered, None)):
        pavilion = actions.add(session, Pavilion, entered.check(PavilionForm).wanted(), actor(person))
    return redirect(request, address_of(pavilion.slug), Flash(_("%(name)s is added.", name=pavilion.name)))


@router.get(ONE)
def one_pavilion(request: Request, slug: str, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """A pavilion with its rooms today, and its meeting rooms and offices."""
    pavilion = queries.by_slug(session, Pavilion, slug)
    line = next(one for one in pavilions_on(session, today()) if one.pavilion.id == pavilion.id)
    rooms, total = rooms_on(session, today(), RoomFilter(slug), offset=paging.offset, limit=paging.size)
    spaces, _total = spaces_on(session, today(), SpaceFilter(slug), limit=MOST_SPACES)
    return render(
        request,
        "rooms/places_pavilion.html",
        pavilion=pavilion,
        line=line,
        said=_said(line.rooms, line.closed, None),
        rooms=rooms,
        paging=paging.of(total),
        spaces=spaces,
        address=address_of(slug),
        today=today(),
        words=words,
        keeps=keeps(person),
    )


@router.get(f"{ONE}/edit")
def edit_pavilion(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The pavilion as it is."""
    pavilion = queries.by_slug(session, Pavilion, slug)
    area = "" if pavilion.area_m2 is None else str(pavilion.area_m2)
    return _form(request, Entered(start={"name": pavilion.name, "uses": pavilion.uses, "area": area}), pavilion)


@router.post(f"{ONE}/edit")
def change_pavilion(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save the pavilion."""
    pavilion, entered = queries.by_slug(session, Pavilion, slug), Entered(posted)
    with entered.shown_again(lambda: _form(request, entered, pavilion)):
        wanted = entered.check(PavilionForm).wanted()
        actions.change(session, pavilion, wanted, actor(person), version=entered.version())
    return redirect(request, address_of(slug), Flash(_("%(name)s is saved.", name=pavilion.name)))


@router.get(f"{ONE}/delete")
def ask_delete(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """Ask before a pavilion goes."""
    pavilion = queries.by_slug(session, Pavilion, slug)
    condition = _("It can be taken away only while it has no room, no space and no count.")
    return ask_to_take_away(
        request, pavilion.name, condition, address=address_of(slug), back=address_of(slug), version=pavilion.version
    )


@router.post(f"{ONE}/delete")
def delete_pavilion(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take away a pavilion that is still as it was when the question was asked."""
    pavilion = queries.by_slug(session, Pavilion, slug)
    actions.delete(session, pavilion, actor(person), version=Entered(posted).version())
    return redirect(request, PLACES, Flash(_("%(name)s is taken away.", name=pavilion.name)))


def address_of(slug: str) -> str:
    """Where a pavilion's page is."""
    return ONE.format(slug=slug)


def _said(rooms: int, closed: int, pavilions: int | None) -> str:
    """How many rooms there are today, in one sentence."""
    if not rooms:
        return _("There is no guest room today.")
    said = ngettext("%(n)s guest room today", "%(n)s guest rooms today", rooms)
    if pavilions is not None:
        values = {"rooms": said, "pavilions": ngettext("%(n)s pavilion", "%(n)s pavilions", pavilions)}
        said = _("%(rooms)s in %(pavilions)s", **values)
    if closed:
        return _("%(rooms)s, %(closed)s of them closed.", rooms=said, closed=format_number(closed))
    return _("%(rooms)s, none of them closed.", rooms=said)


def _form(request: Request, entered: Entered, pavilion: Pavilion | None) -> Response:
    back = address_of(pavilion.slug) if pavilion else PLACES
    form = Form(
        title=_("Change %(name)s", name=pavilion.name) if pavilion else _("Add a pavilion"),
        above=above((pavilion.name, back)) if pavilion else above(),
        action=f"{back}/edit" if pavilion else ADD,
        back=back,
        button=_("Save") if pavilion else _("Add this pavilion"),
        version=pavilion.version if pavilion else None,
    )
    fields = [
        Field("text", "name", _("Name"), most=120),
        Field("checkboxes", "uses", _("What it is used for"), options=words.options(words.USES)),
        Field("text", "area", _("Area (m²)"), optional=True, width="10", digits=True, most=len(str(rules.MOST_AREA))),
    ]
    return form_page(request, form, fields, entered)


def pavilion_options(session: Session) -> list[tuple[int, str]]:
    """All pavilions to choose from."""
    return [(one.pavilion.id, one.pavilion.name) for one in pavilions_on(session, today())]
