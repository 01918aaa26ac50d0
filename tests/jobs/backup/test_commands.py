"""`campus backup` and `campus restore`, as somebody types them."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from core import clock
from core.database import Database
from core.job_runs import JobRun
from jobs.cli import main


def test_the_commands_say_what_they_did_and_warn_of_another_key(
    history: Database,
    file: Path,
    configure: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["backup", str(file)]) == 0
    assert "rows and" in capsys.readouterr().out
    configure(data_dir=file.parent / "new", secret_key=Fernet.generate_key().decode())

    assert main(["restore", str(file)]) == 0

    out, err = capsys.readouterr()
    assert "as it was on" in out
    assert "The key here is not the one of the backup" in err
    assert main(["restore", str(file)]) == 3
    assert "--replace" in capsys.readouterr().err


def test_whoever_cannot_be_asked_must_say_yes(
    history: Database,
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file), "--replace"]) == 3
    assert "--yes" in capsys.readouterr().err
    assert main(["restore", str(file), "--replace", "--yes"]) == 0
    assert "The key here" not in capsys.readouterr().err


def test_a_file_that_cannot_be_written_or_read_is_named(
    history: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["backup", str(tmp_path / "nowhere" / "file")]) == 3
    assert main(["restore", str(tmp_path / "nothing")]) == 3
    assert "nothing: cannot be read" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("yes", 130), ("replace", 0)])
def test_at_a_terminal_the_word_must_be_typed(
    typed: str,
    code: int,
    sqlite_database: Database,
    file: Path,
    configure: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(database_url=sqlite_database.engine.url)
    assert main(["backup", str(file)]) == 0
    with sqlite_database.write() as session:
        session.add(JobRun(job="since then", planned_at=clock.now()))
    monkeypatch.setattr("sys.stdin", Terminal(f"{typed}\n"))

    assert main(["restore", str(file), "--replace"]) == code

    with sqlite_database.read() as session:
        assert len(session.scalars(sa.select(JobRun)).all()) == (1 if code else 0)
