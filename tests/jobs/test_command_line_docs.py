import re
from pathlib import Path

import pytest

from accessibility.engine.page import REASONS, Reason
from accessibility.engine.platform_file import read_platform_file
from jobs import cli

DOCS = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_documented_in_the_words_of_the_service(reason: Reason) -> None:
    assert f"| `{reason.value}` | {REASONS[reason]} |" in DOCS


@pytest.mark.parametrize("command", ["audit", "gate"])
def test_every_option_is_documented(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    cli.main([command, "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options
    assert {option for option in options if f"`{option}" not in DOCS} == set()


def test_the_example_of_a_platform_file_is_one(tmp_path: Path) -> None:
    example = DOCS[DOCS.index('    slug = "learn"') :].partition("\n## ")[0]
    (tmp_path / "learn.toml").write_text("\n".join(line[4:] for line in example.splitlines()), encoding="utf-8")
    (tmp_path / "teacher.json").write_text('{"cookies": []}', encoding="utf-8")
    names = ("LEARN_USER", "LEARN_PASSWORD", "EDITOR_PASSWORD", "TESTER_AUTHORIZATION")
    secrets = dict.fromkeys(names, "sample")
    settings = read_platform_file(tmp_path / "learn.toml", secrets)
    assert settings.role_names == ("anonymous", "student", "editor", "tester", "teacher")
