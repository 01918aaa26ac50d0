"""The lock files: complete, hashed, and silent about where packages come from."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-postgres.lock"]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_holds_an_address(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|://|index-url|find-links|trusted-host| @ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_hashes(lock: str) -> None:
    for line in _lines(lock):
        assert re.match(r"[a-z0-9._-]+==[\w.!+-]+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+$", line), line


def test_the_lock_holds_what_the_project_and_its_build_ask_for() -> None:
    asked = _project()["project"]["dependencies"] + _group("build")
    assert _unmet(asked, _pins("requirements.lock")) == []


def test_the_development_lock_holds_what_the_development_group_asks_for() -> None:
    assert _unmet(_group("dev"), _pins("requirements-dev.lock")) == []


def test_the_lock_of_postgresql_holds_what_its_group_asks_for_and_contradicts_no_other() -> None:
    pins = _pins("requirements-postgres.lock")
    assert _unmet(_group("postgres"), pins) == []
    others = _pins("requirements-dev.lock")
    assert {name: others[name] for name in pins if name in others}.items() <= pins.items()


def test_the_development_lock_holds_the_other_lock_in_the_same_versions() -> None:
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


def _lines(lock: str) -> list[str]:
    return (PROJECT / lock).read_text(encoding="utf-8").replace(" \\\n    ", " ").splitlines()


def _pins(lock: str) -> dict[str, str]:
    pins = (line.split(" ", 1)[0].split("==") for line in _lines(lock))
    return {canonicalize_name(name): version for name, version in pins}


def _project() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def _group(name: str) -> list[str]:
    asked: list[str] = []
    for entry in _project()["dependency-groups"][name]:
        asked += [entry] if isinstance(entry, str) else _group(entry["include-group"])
    return asked


def _unmet(asked: list[str], pins: dict[str, str]) -> list[str]:
    requirements = [Requirement(text) for text in asked]
    return [
        str(wanted)
        for wanted in requirements
        if not wanted.specifier.contains(pins.get(canonicalize_name(wanted.name), "0"), prereleases=True)
        or canonicalize_name(wanted.name) not in pins
    ]
