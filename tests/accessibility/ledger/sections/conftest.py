"""A platform with nights, whose sections can be made in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import actions
from accessibility.ledger.sections.actions import Wanted
from accessibility.ledger.sections.models import Section
from core.database import Database
from tests.accessibility.ledger.nights import Nights

Make = Callable[..., Section]


@pytest.fixture
def nights(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    """A platform at https://example.org/ with a coverage floor of 50 %."""
    made = Nights(database, tmp_path / "evidence", monkeypatch)
    settings = PlatformSettings(slug="sample-0", name="Sample", base=("https://example.org/",))
    with database.write() as session:
        platform = session.get_one(Platform, made.platform_id)
        platform.settings = settings.model_dump(mode="json", exclude={"roles"})
    return made


@pytest.fixture
def make(nights: Nights) -> Make:
    """`make("course", "/course/*")` adds a section."""

    def section(slug: str, *patterns: str, owner_id: int | None = None) -> Section:
        with nights.database.write() as session:
            platform = session.get_one(Platform, nights.platform_id)
            wanted = Wanted(slug, f"Sample {slug}", patterns, owner_id)
            return actions.create(session, platform, "person:1", wanted)

    return section
