"""The application in a test client, and people signed in to it."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI

from api.app import create_app
from core.database import Database
from core.settings import Settings
from tests.api.people import Browser, add_person

Client = Callable[..., Browser]


@pytest.fixture(scope="session")
def _shared_app() -> FastAPI:
    return create_app(Database("sqlite://"))


@pytest.fixture
def app(database: Database, _shared_app: FastAPI) -> FastAPI:
    """The application, on SQLite and on PostgreSQL. One for all tests, which must not change its routes: building the
    routes costs a good part of a second."""
    _shared_app.state.database = database
    return _shared_app


@pytest.fixture
def client(app: FastAPI) -> Iterator[Browser]:
    """A browser that nobody has signed in with."""
    with Browser(app, follow_redirects=False) as browser:
        yield browser


@pytest.fixture
def signed_in(app: FastAPI, database: Database) -> Callable[..., Browser]:
    """`signed_in("quality")` is the browser of somebody new with these roles."""

    def browser(*roles: str) -> Browser:
        return Browser(app, follow_redirects=False).sign_in_as(database, add_person(database, *roles))

    return browser


@pytest.fixture
def https(sqlite_database: Database) -> Browser:
    """A browser of a service that people reach by HTTPS."""
    app = create_app(sqlite_database, Settings(public_url="https://campus.example.org"))
    return Browser(app, base_url="https://campus.example.org", follow_redirects=False)
