"""People of the service, for administrators: list, add, change, take away and give back access."""

from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from api.dependencies import Id, Reading, Writing, actor, require
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.rendering import redirect, render
from api.words import ROLES
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import actions, passwords, queries
from core.people.access import EVERY
from core.people.models import Person
from core.people.oidc import accounts
from core.settings import settings

router = page_router()
Administrator = Annotated[Person, require("admin")]
LIST = "/settings/people"
LABELS = {"email": lazy("The e-mail address"), "name": lazy("The name"), "roles": lazy("The roles")}
ERRORS = {
    "email": lazy("Enter an e-mail address, such as name@example.org."),
    "name": lazy("Enter the person's name."),
}


class NewPerson(BaseModel):
    """A person to add."""

    name: str
    email: str
    roles: list[str] = []

    errors: ClassVar = ERRORS
    labels: ClassVar = LABELS


class ChangedPerson(BaseModel):
    """A person after the change, and the version it was based on."""

    name: str
    roles: list[str] = []
    version: int

    errors: ClassVar = ERRORS
    labels: ClassVar = LABELS


@router.get(LIST)
def people(request: Request, _person: Administrator, session: Reading) -> Response:
    """Everybody."""
    everybody = queries.people(session)
    return render(
        request,
        "people.html",
        everybody=everybody,
        active=sum(one.active for one in everybody),
        roles=ROLES,
        linked=accounts.linked_people(session, settings().oidc_issuer),
        provider=settings().oidc_label,
    )


@router.get(f"{LIST}/add")
def new_person(request: Request, _person: Administrator) -> Response:
    """The form for a new person."""
    return _new_page(request, Entered())


@router.post(f"{LIST}/add")
def add_person(request: Request, person: Administrator, session: Writing, posted: Posted) -> Response:
    """Add a person and show the one-time password, once."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _new_page(request, entered)):
        new = entered.check(NewPerson)
        password = passwords.one_time()
        hashed = passwords.hash_new(password, new.email)
        added = actions.create_person(session, actor(person), **new.model_dump(), password_hash=hashed)
    return _password_page(request, _("%(name)s can sign in now", name=added.name), added, password)


@router.get(f"{LIST}/{{person_id}}")
def one_person(request: Request, person_id: Id, _person: Administrator, session: Reading) -> Response:
    """One person, to be changed."""
    return _one_page(request, session, queries.person(session, person_id))


@router.post(f"{LIST}/{{person_id}}")
def change_person(request: Request, person_id: Id, person: Administrator, session: Writing, posted: Posted) -> Response:
    """Change name and roles."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _one_page(request, session, queries.person(session, person_id), entered)):
        change = entered.check(ChangedPerson)
        changed = actions.change_person(
            session, actor(person), person_id, change.version, name=change.name, roles=change.roles
        )
    return redirect(request, LIST, Flash(_("%(name)s is changed.", name=changed.name)))


@router.get(f"{LIST}/{{person_id}}/deactivate")
def ask_deactivate(request: Request, person_id: Id, _person: Administrator, session: Reading) -> Response:
    """Ask before access is taken away."""
    found = queries.person(session, person_id)
    return render(
        request,
        "confirm.html",
        title=_("Take away access of %(name)s?", name=found.name),
        consequences=[
            _("They are signed out everywhere at once and cannot sign in again."),
            _("Their API tokens end for good: new ones are needed if access is given back."),
            _("What they did stays in the trail. You can give access back at any time."),
        ],
        button=_("Take away access"),
        action=f"{LIST}/{person_id}/deactivate",
        back=f"{LIST}/{person_id}",
    )


@router.post(f"{LIST}/{{person_id}}/deactivate")
def deactivate(request: Request, person_id: Id, person: Administrator, session: Writing) -> Response:
    """Take away access."""
    found = queries.person(session, person_id)
    actions.change_person(session, actor(person), person_id, found.version, active=False)
    undo = Undo(f"{LIST}/{person_id}/activate", _("Give access back"))
    return redirect(request, LIST, Flash(_("%(name)s can no longer sign in.", name=found.name), undo=undo))


@router.post(f"{LIST}/{{person_id}}/activate")
def activate(request: Request, person_id: Id, person: Administrator, session: Writing) -> Response:
    """Give access back."""
    found = queries.person(session, person_id)
    actions.change_person(session, actor(person), person_id, found.version, active=True)
    return redirect(request, LIST, Flash(_("%(name)s can sign in again.", name=found.name)))


@router.get(f"{LIST}/{{person_id}}/password")
def ask_new_password(request: Request, person_id: Id, _person: Administrator, session: Reading) -> Response:
    """Ask before a password is replaced."""
    found = queries.person(session, person_id)
    return render(
        request,
        "confirm.html",
        title=_("Make a one-time password for %(name)s?", name=found.name),
        consequences=[
            _("Their present password ends, and they are signed out everywhere."),
            _("You see the one-time password once. They choose their own at the next sign-in."),
        ],
        button=_("Make a one-time password"),
        kind="",
        action=f"{LIST}/{person_id}/password",
        back=f"{LIST}/{person_id}",
    )


@router.post(f"{LIST}/{{person_id}}/password")
def new_password(request: Request, person_id: Id, person: Administrator, session: Writing) -> Response:
    """Replace a forgotten password by a one-time one, shown once."""
    password = passwords.one_time()
    hashed = passwords.hash_new(password, "")
    actions.set_password(session, actor(person), person_id, hashed, one_time=True)
    found = queries.person(session, person_id)
    return _password_page(request, _("One-time password for %(name)s", name=found.name), found, password)


def _new_page(request: Request, entered: Entered) -> Response:
    return render(request, "person_new.html", entered=entered, roles=ROLES)


def _one_page(request: Request, session: Session, found: Person, entered: Entered | None = None) -> Response:
    start: dict[str, str | list[str]] = {"name": found.name, "roles": found.roles, "version": str(found.version)}
    names = {one.slug: one.name for one in platforms.platforms(session, EVERY)}
    return render(
        request,
        "person.html",
        found=found,
        entered=entered or Entered(start=start),
        roles=ROLES,
        platform_names=names,
        link=accounts.link_of(session, found.id, settings().oidc_issuer),
        provider=settings().oidc_label,
        role_names={name: text for name, text, _explained in ROLES},
    )


def _password_page(request: Request, title: str, found: Person, password: str) -> Response:
    return render(
        request,
        "secret.html",
        title=title,
        label=_("One-time password"),
        secret=password,
        explained=_(
            "Give it to %(name)s in person or by telephone. They sign in with %(email)s and choose their own "
            "password then.",
            name=found.name,
            email=found.email,
        ),
        back=LIST,
        back_text=_("Back to people"),
    )
