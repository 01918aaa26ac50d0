"""Fixtures: a small campus on a day in March, and the browsers of those who keep and who read its books."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from core import clock
from core.database import Database
from tests.api.people import Browser
from tests.campus.books import Campus, open_campus

Clock = Callable[[str], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`at("2026-03-10 08:00")`, in UTC, is the present from now on; the campus is an hour ahead."""

    def set_now(text: str) -> None:
        now = datetime.fromisoformat(text).replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: now)

    set_now("2026-03-10 08:00")
    return set_now


@pytest.fixture
def campus(database: Database, at: Clock) -> Campus:
    """Four rooms in two pavilions; last night one room of the first has two guests."""
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-08", "2026-03-10", guests=2)
    return campus


@pytest.fixture
def keeper(campus: Campus, signed_in: Callable[..., Browser]) -> Browser:
    """Somebody of facilities."""
    return signed_in("facilities")


@pytest.fixture
def reader(campus: Campus, signed_in: Callable[..., Browser]) -> Browser:
    """Somebody who may look."""
    return signed_in("viewer")
