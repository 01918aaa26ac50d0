"""The service over a small ledger, and its clients."""

from pathlib import Path

import pytest

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

ALL = ("read", "audits:run", "tickets:write", "platforms:write")


@pytest.fixture
def ledger(sqlite_database: Database, tmp_path: Path) -> Ledger:
    """Two platforms after a night. Modules about what databases do differently have one of their own."""
    return Ledger(sqlite_database, tmp_path)


@pytest.fixture
def lead(ledger: Ledger) -> Browser:
    """The client of an accessibility lead, for all platforms."""
    return ledger.client(*ALL)


@pytest.fixture
def limited(ledger: Ledger) -> Browser:
    """The same, limited to the platform alpha."""
    return ledger.client(*ALL, platform="alpha")
