"""The pages of the accessibility half over the small history of `tests/accessibility/seed.py`."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from core.database import Database
from core.people.models import Person
from core.settings import settings
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.people import Browser, add_person


@pytest.fixture
def app(history: Database, _shared_app: FastAPI) -> Iterator[FastAPI]:  # noqa: F811
    """The application that all tests share, over the history and its pictures."""
    before = _shared_app.state.settings
    _shared_app.state.database = history
    _shared_app.state.settings = settings()
    yield _shared_app
    _shared_app.state.settings = before


@pytest.fixture
def lead(app: FastAPI, history: Database) -> Browser:  # noqa: F811
    """The browser of the accessibility lead, who did all the work in the history."""
    with history.read() as session:
        person = session.scalars(sa.select(Person).where(Person.name == "Sample lead")).one()
    return Browser(app, follow_redirects=False).sign_in_as(history, person)


@pytest.fixture
def browser_of(app: FastAPI, history: Database) -> Callable[..., Browser]:  # noqa: F811
    """`browser_of("viewer")` is the browser of somebody new with these roles."""

    def browser(*roles: str) -> Browser:
        return Browser(app, follow_redirects=False).sign_in_as(history, add_person(history, *roles))

    return browser
