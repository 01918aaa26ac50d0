"""The service over a small ledger, and its clients."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

ALL = ("read", "audits:run", "gates:run", "tickets:write", "platforms:write")


@pytest.fixture(scope="module")
def service(_shared_app: FastAPI) -> Iterator[FastAPI]:
    """The application that all tests share, whose settings are its own again afterwards."""
    before = _shared_app.state.settings
    yield _shared_app
    _shared_app.state.settings = before


@pytest.fixture
def ledger(service: FastAPI, sqlite_database: Database, tmp_path: Path) -> Ledger:
    """Two platforms after a night. Modules about what databases do differently have one of their own."""
    return Ledger(service, sqlite_database, tmp_path)


@pytest.fixture
def lead(ledger: Ledger) -> Browser:
    """The client of an accessibility lead, for all platforms."""
    return ledger.client(*ALL)


@pytest.fixture(params=["token", "person"])
def limited(ledger: Ledger, request: pytest.FixtureRequest) -> Browser:
    """The same on the platform alpha alone: by a limited token, or as somebody who has a role only there."""
    if request.param == "token":
        return ledger.client(*ALL, platform="alpha")
    return ledger.client(*ALL, roles=(), there={"alpha": "accessibility"})


@pytest.fixture
def address(ledger: Ledger) -> str:
    """Of a ticket of the platform alpha."""
    return f"/api/v1/tickets/{ledger.ticket().id}"
