"""The service over a small ledger, and its clients."""

import shutil
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


@pytest.fixture(scope="session")
def _ledger_folder(_shared_app: FastAPI, _sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two platforms after a night, made once: a night takes longer than most tests about it."""
    folder = tmp_path_factory.mktemp("ledger")
    shutil.copy(_sqlite_template, folder / "campus.sqlite")
    before = _shared_app.state.settings
    database = Database(f"sqlite:///{folder / 'campus.sqlite'}")
    Ledger(_shared_app, database, folder)
    database.close()
    _shared_app.state.settings = before
    return folder


@pytest.fixture
def ledger(service: FastAPI, _ledger_folder: Path, sqlite_database: Database, tmp_path: Path) -> Ledger:
    """Two platforms after a night. Modules about what databases do differently have one of their own."""
    sqlite_database.close()
    shutil.copytree(_ledger_folder, tmp_path, dirs_exist_ok=True)
    return Ledger(service, sqlite_database, tmp_path, slugs=())


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
