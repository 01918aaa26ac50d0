"""People and their browsers for the tests: somebody of a role, signed in, who posts forms as the pages have them."""

import atexit
import itertools
import re
from contextlib import ExitStack
from functools import cache
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from httpx2 import Response
from starlette.testclient import TestClient

from api import cookies
from core.database import Database
from core.people import actions, grants, keys, passwords
from core.people.models import Person

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


@cache
def password_hash() -> str:
    """The hash of `PASSWORD`, made once: argon2 is slow on purpose."""
    return passwords.hash_new(PASSWORD, "")


def add_person(
    database: Database, *roles: str, name: str = "", one_time: bool = False, there: dict[str, str] | None = None
) -> Person:
    """A person with these roles, `PASSWORD` and an address of their own; `there` has a platform's name to a role."""
    number = next(_numbers)
    with database.write() as session:
        person = actions.create_person(
            session,
            "command",
            email=f"person{number}@example.org",
            name=name or f"Sample {' '.join(roles)} {number}",
            roles=roles,
            password_hash=password_hash(),
            one_time=one_time,
        )
        for slug, role in (there or {}).items():
            grants.grant(session, "command", person.id, role, slug)
        return person


@cache
def event_loop() -> BlockingPortal:
    """One event loop for the requests of all browsers: a new one for each takes a quarter of a request's time."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(start_blocking_portal())


class Browser(TestClient):
    """A browser that follows no redirect by itself and keeps cookies."""

    person: Person

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.portal = event_loop()
        self._tokens: dict[tuple[str | None, ...], str] = {}

    def sign_in_as(self, database: Database, person: Person) -> "Browser":
        """Open a session for the person as the sign-in page does, without its slow password check."""
        with database.write() as session:
            key = keys.start_sign_in(session, person.id, "Sample browser", 12)
        self.cookies.set(cookies.SESSION, key, domain="testserver.local", path="/")
        self.person = person
        return self

    def token(self) -> str:
        """The token that forms carry now; the page it stands in is read once a session."""
        session = tuple(self.cookies.get(name) for name in (cookies.SESSION, cookies.VISIT))
        if session not in self._tokens:
            page = self.get("/nowhere").text  # an error page has the form that chooses the language
            found = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
            session = tuple(self.cookies.get(name) for name in (cookies.SESSION, cookies.VISIT))
            self._tokens[session] = found
        return self._tokens[session]

    def post_form(self, address: str, fields: dict[str, Any] | None = None, **options: Any) -> Response:
        """Post a form of ours: with its token."""
        return self.post(address, data={"csrf": self.token(), **(fields or {})}, **options)
