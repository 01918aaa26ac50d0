"""What routes ask for: a session of the database, the person signed in, a role, a token's scope.

    @router.post("/things")
    def add(session: Writing, person: Annotated[Person, require("accessibility")]) -> Response: ...

`Reading` and `Writing` end before the answer leaves (`scope="function"`): a commit that fails is an error, never a 200.
Administrators may do what any role may.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Path, Request
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from api import cookies
from core import clock, i18n
from core.database import Database
from core.errors import NotAllowed
from core.i18n import gettext as _
from core.people import access, queries
from core.people.models import Person, SignIn

LARGEST_ID = 2**31 - 1
PASSWORD_PAGE = "/account/password"  # noqa: S105 - an address
OPEN_WITH_OLD_PASSWORD = (PASSWORD_PAGE, "/sign-out")


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in, and by which sign-in."""

    sign_in: SignIn
    person: Person


def database_of(request: Request) -> Database:
    """The service's database, for the few steps that open transactions themselves."""
    database: Database = request.app.state.database
    return database


def reading(request: Request) -> Iterator[Session]:
    """A session for looking."""
    with database_of(request).read() as session:
        yield session


def writing(request: Request) -> Iterator[Session]:
    """A session whose changes are committed when the route returns, and rolled back when it raises."""
    with database_of(request).write() as session:
        yield session


Reading = Annotated[Session, Depends(reading, scope="function")]
Writing = Annotated[Session, Depends(writing, scope="function")]
TheDatabase = Annotated[Database, Depends(database_of)]


def visitor(request: Request) -> Visitor | None:
    """Who is signed in, or None. The look-up is a transaction of its own, so that no route holds two connections."""
    if not hasattr(request.state, "visitor"):
        key = cookies.read(request, cookies.SESSION)
        request.state.visitor = _look_up(request, key) if key else None
        if request.state.visitor:
            person = request.state.visitor.person
            i18n.speak(person.language)  # what a person chose counts in every browser, whatever this one was told
            request.state.by = f"person {person.id}"  # for the log
    found: Visitor | None = request.state.visitor
    return found


def current_visitor(request: Request, found: Annotated[Visitor | None, Depends(visitor)]) -> Visitor:
    """Who is signed in. Others are sent to the sign-in page, and those with a one-time password to change it."""
    if found is None:
        back = "" if request.method != "GET" or "hx-request" in request.headers else f"?next={quote(_here(request))}"
        raise _see_other(f"/sign-in{back}")
    if found.person.must_change_password and request.url.path not in OPEN_WITH_OLD_PASSWORD:
        raise _see_other(PASSWORD_PAGE)
    return found


def current_person(found: Annotated[Visitor, Depends(current_visitor)]) -> Person:
    """The person signed in."""
    return found.person


CurrentVisitor = Annotated[Visitor, Depends(current_visitor)]
CurrentPerson = Annotated[Person, Depends(current_person)]


Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
"""The number of a row in an address. Others than a database can hold are "not found"."""


def require(*roles: str) -> Any:
    """The person signed in, who must have one of these roles: `person: Annotated[Person, require("quality")]`."""

    def with_role(person: CurrentPerson) -> Person:
        if not may(person, *roles):
            raise not_in_roles()
        return person

    return Depends(with_role)


def with_scope(person: Person, scope: str) -> Person:
    """Somebody who has this right. Raises `NotAllowed`."""
    if not access.of_person(person).may(scope):
        raise not_in_roles()
    return person


def not_in_roles() -> NotAllowed:
    """What somebody is told who lacks the right for a page."""
    return NotAllowed(_("Your roles do not include this. Ask an administrator if you need it."))


def may(person: Person, *roles: str) -> bool:
    """Whether the person has one of the roles, or is an administrator."""
    return "admin" in person.roles or not set(roles).isdisjoint(person.roles)


def actor(person: Person) -> str:
    """How the trail names this person."""
    return f"person:{person.id}"


def _look_up(request: Request, key: str) -> Visitor | None:
    with database_of(request).read() as session:
        found = queries.signed_in(session, key, clock.now())
        return Visitor(*found) if found else None


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _see_other(address: str) -> HTTPException:
    return HTTPException(303, headers={"Location": address})
