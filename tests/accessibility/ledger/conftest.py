"""Fixtures of the ledger's tests."""

from pathlib import Path

import pytest

from core.database import Database
from tests.accessibility.ledger.nights import Nights


@pytest.fixture
def nights(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    """A platform whose nights can be scripted, on both databases. Its coverage floor is 50 %."""
    return Nights(database, tmp_path / "evidence", monkeypatch)
