"""A small campus with a request to work on, and the service over it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.app import create_app
from campus.requests import actions, keys, queries
from campus.requests.actions import Wanted
from campus.requests.rules import RequestKind
from core.database import Database
from core.settings import Settings
from tests.api.people import Browser, add_person
from tests.campus.books import TEST, Campus, open_campus


@dataclass
class Place:
    """A campus of four rooms, the first of them with a code, and the folder of pictures."""

    database: Database
    campus: Campus
    key: str
    folder: Path

    def request(self, room: int = 0, kind: RequestKind = RequestKind.FAULT, text: str = "Sample: a tap drips.") -> int:
        """A request for a room; its number."""
        with self.database.write() as session:
            wanted = Wanted(room_id=self.campus.rooms[room], kind=kind, text=text)
            return actions.report(session, wanted, TEST).id

    def all(self) -> list[queries.Line]:
        """Every request there is."""
        with self.database.read() as session:
            return queries.requests(session, queries.Filter(group="all"), queries.Sort.REPORTED)[0]


def _place(database: Database, folder: Path) -> Place:
    with database.write() as session:
        campus = open_campus(session)
        keys.make_missing(session, campus.rooms[:1], TEST)
        key = queries.room_keys(session, campus.rooms)[campus.rooms[0]]
    return Place(database, campus, key, folder / "evidence")


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    """On SQLite and on PostgreSQL."""
    return _place(database, tmp_path)


@pytest.fixture
def small(sqlite_database: Database, tmp_path: Path) -> Place:
    """For what has nothing to do with the kind of database."""
    return _place(sqlite_database, tmp_path)


@pytest.fixture
def app(small: Place, tmp_path: Path) -> FastAPI:
    """The service over the small campus."""
    return create_app(small.database, Settings(data_dir=tmp_path))


@pytest.fixture
def guest(app: FastAPI) -> Browser:
    """Somebody with a telephone and no account."""
    return Browser(app, follow_redirects=False)


@pytest.fixture
def browser_of(app: FastAPI, small: Place) -> Callable[..., Browser]:
    """`browser_of("facilities")` is the browser of somebody new with these roles."""

    def browser(*roles: str) -> Browser:
        person = add_person(small.database, *roles)
        return Browser(app, follow_redirects=False).sign_in_as(small.database, person)

    return browser
