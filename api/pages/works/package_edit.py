"""Add works, change what they are called and for, take away what has nothing yet."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import works_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.places_form import Field, Form, ask_to_take_away, form_page
from api.pages.works.package_one import ONE, PACKAGES, address_of, crumbs, owner_options
from api.pages.works.packages import LIST
from api.rendering import redirect
from campus.places import queries as places
from campus.places.models import Pavilion
from campus.renovation import actions, package_actions, queries
from campus.renovation.actions import WantedPackage
from campus.renovation.models import WorksPackage
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()


class PackageForm(BaseModel):
    """What works are."""

    name: str
    pavilion: RowId
    purposes: list[str] = []
    owner: RowId | None = None

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "pavilion": lazy("Choose the pavilion."),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "pavilion": lazy("The pavilion"),
        "purposes": lazy("The purposes:"),
        "owner": lazy("The owner"),
    }

    def wanted(self) -> WantedPackage:
        """As the books take it."""
        return WantedPackage(name=self.name, pavilion_id=self.pavilion, purposes=self.purposes, owner_id=self.owner)


@router.get(f"{PACKAGES}/add")
def new_package(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered(), None)


@router.post(f"{PACKAGES}/add")
def add_package(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add works; their milestones come next."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, None)):
        package = actions.add_package(session, entered.check(PackageForm).wanted(), actor(person))
    text = _("%(name)s is added. Now add its milestones.", name=package.name)
    return redirect(request, address_of(package), Flash(text))


@router.get(f"{ONE}/edit")
def edit_package(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The works as they are."""
    package = queries.package(session, slug)
    start: dict[str, str | list[str]] = {
        "name": package.name,
        "pavilion": str(package.pavilion_id),
        "purposes": package.purposes,
        "owner": str(package.owner_id or ""),
    }
    return _page(request, session, Entered(start=start), package)


@router.post(f"{ONE}/edit")
def change_package(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save them, if nobody changed them meanwhile."""
    package, entered = queries.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, package)):
        wanted = entered.check(PackageForm).wanted()
        package_actions.change_package(session, package, wanted, actor(person), version=entered.version())
    return redirect(request, address_of(package), Flash(_("%(name)s is saved.", name=package.name)))


@router.get(f"{ONE}/delete")
def ask_delete_package(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """Ask before works go."""
    package = queries.package(session, slug)
    condition = _("It can be taken away only while nothing refers to it.")
    back = address_of(package)
    return ask_to_take_away(request, package.name, condition, address=back, back=back, version=package.version)


@router.post(f"{ONE}/delete")
def delete_package(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take them away, if nothing came meanwhile."""
    package = queries.package(session, slug)
    name = package.name
    package_actions.delete_package(session, package, actor(person), version=Entered(posted).version())
    return redirect(request, LIST, Flash(_("%(name)s is taken away.", name=name)))


def _page(request: Request, session: Session, entered: Entered, package: WorksPackage | None) -> Response:
    pavilions = [(str(one.id), one.name) for one in places.every(session, Pavilion)]
    fields = [
        Field("field", "name", _("Name"), most=120),
        Field("select", "pavilion", _("Pavilion"), options=[("", _("Choose one")), *pavilions]),
        Field(
            "checkboxes",
            "purposes",
            _("What the works are for"),
            options=[(name, str(text)) for name, text in words.PURPOSES.items()],
        ),
        Field("select", "owner", _("Owner"), options=owner_options(session, package.owner_id if package else None)),
    ]
    back = address_of(package) if package else LIST
    form = Form(
        title=_("Change %(name)s", name=package.name) if package else _("Add works"),
        above=crumbs(package),
        action=f"{back}/edit" if package else f"{PACKAGES}/add",
        back=back,
        button=_("Save") if package else _("Add works"),
        version=package.version if package else None,
    )
    return form_page(request, form, fields, entered)
