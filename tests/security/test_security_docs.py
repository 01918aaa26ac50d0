"""docs/security.md promises nothing that no test shows."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
DOCS = (PROJECT / "docs/security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCS)
LINES = [line for line in DOCS.splitlines() if line.startswith("| ") and not line.startswith("| Attack")]


def test_every_named_test_is_there() -> None:
    missing = [
        f"{file}::{test}" for file, test in NAMED if f"def {test}(" not in (PROJECT / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_line_names_a_test_and_every_file_of_the_pass_is_named() -> None:
    assert [line for line in LINES if "`tests/" not in line] == []
    ours = {f"tests/security/{file.name}" for file in Path(__file__).parent.glob("test_*.py")}
    assert ours - {file for file, _test in NAMED} == {f"tests/security/{Path(__file__).name}"}
