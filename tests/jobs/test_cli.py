import os
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer

from core import settings as core_settings
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, TooManyAttempts, Unavailable
from jobs import cli


def run_with(monkeypatch: pytest.MonkeyPatch, body: Callable[[], int | None]) -> int:
    """Run `campus sample`, a command that does nothing but `body`."""

    def assemble(_names: object) -> typer.Typer:
        app = typer.Typer()
        app.callback()(lambda: None)
        app.command("sample")(body)
        return app

    monkeypatch.setattr(cli, "assemble", assemble)
    return cli.main(["sample"])


@pytest.mark.parametrize(("answer", "code"), [(None, 0), (0, 0), (1, 1), (2, 2)])
def test_what_a_command_answers_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, answer: int | None, code: int
) -> None:
    assert run_with(monkeypatch, lambda: answer) == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInput("is wrong", place="sample.toml: name"), 3),
        (NotFound("no such platform"), 3),
        (NotAllowed("not yours"), 3),
        (Conflict("changed meanwhile"), 3),
        (Unavailable("no browser"), 2),
        (TooManyAttempts("later", retry_after=3), 2),
        (typer.BadParameter("not a number"), 3),
        (KeyboardInterrupt(), 130),
        (typer.Abort(), 130),
        (BrokenPipeError(32, "Broken pipe"), 2),
        (RuntimeError("unforeseen"), 2),
        (typer.Exit(1), 1),
    ],
)
def test_every_error_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int
) -> None:
    def fail() -> None:
        raise error

    assert run_with(monkeypatch, fail) == code
    if isinstance(error, InvalidInput):
        assert capsys.readouterr().err == "campus: sample.toml: name: is wrong\n"


def test_an_unforeseen_error_shows_its_traceback_without_local_variables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        password = "correct " + "horse"
        raise RuntimeError(f"unforeseen {len(password)}")

    run_with(monkeypatch, fail)
    said = capsys.readouterr().err
    assert "RuntimeError: unforeseen 13" in said
    assert "correct horse" not in said


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["--no-such-option"], ["audit", "--no-such-option"]])
def test_wrong_use_is_3_and_says_where_help_is(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.main(arguments) == 3
    assert "Try 'campus --help'" in capsys.readouterr().err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in cli.COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("campus ")


def test_a_wrong_setting_is_named_and_its_value_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMPUS_PORT", "hunter2")
    core_settings.settings.cache_clear()
    try:
        assert cli.main(["audit", "http://example.org/"]) == 3
    finally:
        core_settings.settings.cache_clear()
    said = capsys.readouterr().err
    assert "CAMPUS_PORT" in said
    assert "hunter2" not in said


def test_the_process_ends_with_the_exit_code_and_needs_no_database_and_no_web_framework() -> None:
    code = "import sys; from jobs.cli import main; code = main(['gate', '--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert "'typer'" in done.stdout
    assert "'sqlalchemy'" not in done.stdout
    assert "'fastapi'" not in done.stdout
    wrong = subprocess.run([sys.executable, "-m", "jobs.cli", "gate"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (3, "")
