"""Fixtures: the small history of `seed.py`, made once per process and copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from core import clock
from core.database import Database
from core.settings import PREFIX, settings
from tests.accessibility.seed import Seed
from tests.accessibility.seed_gates import gates_and_baselines
from tests.api.people import add_person
from tests.campus.sample_campus import add_campus
from tests.databases import opened


@pytest.fixture(scope="session")
def history_folder(_sqlite_template: Path) -> Path:
    """A data folder with the history, people in it as `Sample lead` and `Sample developer`."""
    return _made(_sqlite_template)


@cache
def _made(template: Path) -> Path:
    """Once for all: pytest would make a session's fixture anew for each module that imports it."""
    folder = template.parent.with_name("history")
    folder.mkdir()
    shutil.copy(template, folder / "campus.sqlite")
    database = Database(f"sqlite:///{folder / 'campus.sqlite'}")
    add_person(database, "accessibility", name="Sample lead")
    add_person(database, "accessibility", name="Sample developer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(f"{PREFIX}DATA_DIR", str(folder))  # its key encrypts the logins
        settings.cache_clear()

        def set_now(instant: datetime) -> None:
            patch.setattr(clock, "now", lambda: instant)

        seed = Seed(database, folder / "evidence", clock.now(), set_now)
        seed.run()
        seed.run_more()
        gates_and_baselines(database)
    settings.cache_clear()
    add_campus(database)
    database.close()
    return folder


@pytest.fixture
def history(history_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The history in a database of its own, its pictures in the data folder of the settings."""
    folder = tmp_path / "data"
    shutil.copytree(history_folder, folder)
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(folder))
    settings.cache_clear()
    yield from opened(f"sqlite:///{folder / 'campus.sqlite'}")
    monkeypatch.undo()
    settings.cache_clear()
