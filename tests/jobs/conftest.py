"""Fixtures of the jobs that several files share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.database import Database
from tests.accessibility.ledger.nights import Nights
from tests.jobs.alerting import use
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def mails(configure: Callable[..., None]) -> Iterator[MailServer]:
    """A mail server, and settings that send by it."""
    with mail_server() as server:
        use(server, configure)
        yield server


@pytest.fixture
def nights(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    """A platform and its nights."""
    return Nights(database, tmp_path / "evidence", monkeypatch)
