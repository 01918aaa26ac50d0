"""What stands in the committed files, whoever wrote them."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
VENDORED: list[dict[str, Any]] = tomllib.loads((PROJECT / "vendored.toml").read_text(encoding="utf-8"))["file"]

# Written apart, so that this file does not name them either.
REGISTRIES = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com")]
REGISTRIES += [("jsdelivr", "net"), ("unpkg", "com"), ("debian", "org/debian"), ("docker", "io")]
REGISTRY = re.compile("|".join(re.escape(".".join(parts)) for parts in REGISTRIES))
LOCAL_PATH = re.compile(r"(?<![\w./-])/(work|Users|home/(?!campus\b|\{)\w+)/")


def _committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    files = [PROJECT / name for name in listed.split("\0") if name]
    return [file for file in files if file.is_file()]  # not one that is deleted and not yet committed so


@pytest.mark.parametrize("forbidden", [REGISTRY, LOCAL_PATH], ids=["package registry", "path of a machine"])
def test_no_committed_file_names_a(forbidden: re.Pattern[str]) -> None:
    found = []
    for file in _committed():
        text = file.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{file.relative_to(PROJECT)}: {match.group()}" for match in forbidden.finditer(text)]
    assert found == []


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: entry["name"])
def test_a_vendored_file_is_the_one_that_was_recorded(entry: dict[str, Any]) -> None:
    content = (PROJECT / entry["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["proof"] in content.decode("utf-8"), "the file does not tell the recorded version"
    if "released_with" in entry:
        assert {one["version"] for one in VENDORED if one["name"] == entry["released_with"]} == {entry["version"]}
    else:
        assert entry["version"] in entry["proof"]
    for name, sum_ in entry.get("beside", {}).items():
        assert hashlib.sha256((PROJECT / entry["path"]).with_name(name).read_bytes()).hexdigest() == sum_, name


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: entry["name"])
def test_a_vendored_file_has_its_licence_beside_it(entry: dict[str, Any]) -> None:
    for licence in entry["licence_files"]:
        assert len((PROJECT / entry["path"]).with_name(licence).read_text(encoding="utf-8")) > 200


def test_every_file_of_others_is_recorded() -> None:
    recorded = {entry["path"] for entry in VENDORED}
    for entry in VENDORED:
        beside = [*entry["licence_files"], entry.get("made_with", "LICENSE"), *entry.get("beside", ())]
        recorded |= {str(Path(entry["path"]).with_name(name)) for name in beside}
    committed = [str(file.relative_to(PROJECT)) for file in _committed() if "vendor" in file.parts]
    assert [name for name in committed if name not in recorded] == []
