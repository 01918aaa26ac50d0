"""The profile of docs/seccomp.json: Chromium starts under it with its sandbox, and what it refuses is refused.

A container engine hands the same rules to the same library; here a process is put under them directly.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.engine.crawl.chromium import find_browser
from tests.ground.seccomp_profile import PROFILE, REFUSED

PROJECT = Path(__file__).parents[2]
GIVEN = json.loads(PROFILE.read_text(encoding="utf-8"))
USER = "nobody"
PAGE = "data:text/html,<title>x</title><p>Sample page"
NEW_USER_NAMESPACE = 0x10000000


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of the user without rights."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        yield folder


def under(profile: Path, home: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    start = [sys.executable, "-m", "tests.ground.seccomp_profile", str(profile), USER]
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(PROJECT)}
    return subprocess.run([*start, *command], env=environment, cwd="/", capture_output=True, text=True, timeout=120)


def browser(home: Path) -> list[str]:
    return [
        find_browser(os.environ.get("CAMPUS_BROWSER", "")),
        "--headless",
        f"--user-data-dir={home}",
        "--dump-dom",
        PAGE,
    ]


def test_chromium_shows_a_page_with_its_sandbox_under_the_profile(home: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "profile.json"
    nothing.write_text(json.dumps({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []}))

    shown = under(PROFILE, home, *browser(home / "a"))

    # Where the machine itself lets no user make namespaces, no profile can: then nothing starts either way.
    without = under(nothing, home, *browser(home / "b"))
    assert ("Sample page" in shown.stdout) is ("Sample page" in without.stdout), shown.stderr
    assert "Sample page" in shown.stdout or "sandbox" in without.stderr, without.stderr


def test_without_its_namespaces_chromium_does_not_start_at_all(home: Path, tmp_path: Path) -> None:
    strict = json.loads(json.dumps(GIVEN))
    for group in strict["syscalls"]:
        for argument in group.get("args", []):
            argument["value"] |= NEW_USER_NAMESPACE
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps(strict))

    done = under(profile, home, *browser(home / "profile"))

    assert "Sample page" not in done.stdout
    assert "sandbox" in done.stderr


@pytest.mark.parametrize("namespaces", [("--mount",), ("--user", "--mount")])
def test_mounts_cannot_be_changed_not_even_in_a_namespace_of_users(namespaces: tuple[str, ...], home: Path) -> None:
    assert "Function not implemented" in under(PROFILE, home, "unshare", *namespaces, "true").stderr


def test_what_is_refused_is_nowhere_allowed() -> None:
    refused = {name for names in REFUSED.values() for name in names.split()} | {"clone3"}
    allowed = [name for group in GIVEN["syscalls"] if group["action"] == "SCMP_ACT_ALLOW" for name in group["names"]]
    assert GIVEN["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not refused & set(allowed)
    assert len(allowed) == len(set(allowed))
    assert {"execve", "openat", "futex", "clone", "unshare", "chroot"} <= set(allowed)
