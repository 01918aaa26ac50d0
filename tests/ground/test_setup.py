"""bin/setup, in a folder of its own and with no other programs than those it is given."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.engine.crawl.chromium import CANDIDATES

PROJECT = Path(__file__).parents[2]
BASICS = ["bash", "cat", "dirname", "env", "flock", "head", "id", "install", "rm", "sed", "sha256sum", "sleep"]
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A project with bin/setup alone, readable by all, and a folder `programs` to be its search path."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "bin").mkdir()
        (folder / "programs").mkdir()
        shutil.copy(PROJECT / "bin/setup", folder / "bin/setup")
        _give(folder, *BASICS)
        yield folder


def _give(folder: Path, *programs: str) -> None:
    for name in programs:
        (folder / "programs" / name).symlink_to(str(shutil.which(name)))


def _setup(
    folder: Path, *arguments: str, user: int | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [folder / "bin/setup", *arguments],
        env={"PATH": str(folder / "programs"), **environment},
        user=user,
        capture_output=True,
        text=True,
    )


def test_what_is_missing_is_named_with_its_debian_packages(folder: Path) -> None:
    done = _setup(folder)
    assert done.returncode == 1
    assert (
        "missing: Python 3.11 or newer, libatomic for Playwright, Pango for the board report's PDF, Chromium or Chrome;"
        in done.stderr
    )
    packages = "python3 python3-venv libatomic1 libpango-1.0-0 libpangoft2-1.0-0 chromium fonts-liberation"
    assert f"apt-get install --no-install-recommends {packages}" in done.stderr
    assert not (folder / ".venv").exists()


def test_without_rights_it_says_what_an_administrator_must_run(folder: Path) -> None:
    _give(folder, "apt-get")
    done = _setup(folder, user=NOBODY if os.geteuid() == 0 else None)
    assert done.returncode == 1
    assert "an administrator must run: apt-get install --no-install-recommends python3" in done.stderr


def test_without_rights_neither_postgresql_nor_curl_is_asked_of_an_administrator(folder: Path) -> None:
    _give(folder, "apt-get")
    done = _setup(folder, "--test", user=NOBODY if os.geteuid() == 0 else None)
    assert "without curl the tests of the documentation's examples fail" in done.stderr
    named = done.stderr.split("missing:")[1]
    assert "PostgreSQL" not in named
    assert "curl" not in named


def test_where_postgresql_cannot_be_installed_its_programs_come_from_a_hashed_package() -> None:
    """`bin/check-bare user` carries this out."""
    text = (PROJECT / "bin/setup").read_text(encoding="utf-8")
    assert "locks+=(requirements-postgres.lock)" in text
    assert 'pip_install --require-hashes --requirement "$lock"' in text


def test_without_the_lock_program_nothing_is_begun(folder: Path) -> None:
    (folder / "programs/flock").unlink()
    done = _setup(folder)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "setup: flock is missing; on Debian an administrator runs: apt-get install util-linux"
    )


def test_a_browser_named_in_the_settings_must_be_a_program(folder: Path) -> None:
    done = _setup(folder, CAMPUS_BROWSER="/nowhere/chromium")
    assert done.returncode == 1
    assert "CAMPUS_BROWSER: /nowhere/chromium is no program" in done.stderr


def test_wrong_use_changes_nothing(folder: Path) -> None:
    done = _setup(folder, "--tests")
    assert done.returncode == 2
    assert "usage: bin/setup [--test]" in done.stderr


def test_it_looks_for_the_browsers_that_the_engine_looks_for() -> None:
    (names,) = re.findall(r"^BROWSERS=\((.*)\)$", (PROJECT / "bin/setup").read_text(encoding="utf-8"), re.M)
    assert tuple(names.split()) == CANDIDATES
