"""`campus section`: sections from a CSV file, as somebody types it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.database import Database
from jobs.cli import main
from tests.jobs.platforms import save

FILE = "slug,name,patterns,owner\ncourse-1,Sample course,/course/1/*,\n"


@pytest.fixture
def file(sqlite_database: Database, configure: Callable[..., None], tmp_path: Path) -> Path:
    """A file, and a platform in the database that the commands open."""
    configure(database_url=sqlite_database.engine.url)
    save(sqlite_database)
    file = tmp_path / "sections.csv"
    file.write_text(FILE)
    return file


def test_a_file_is_tried_loaded_and_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["section", "load", "sample", str(file), "--dry-run"]) == 0
    assert main(["section", "load", "sample", str(file)]) == 0
    assert main(["section", "load", "sample", str(file)]) == 0
    assert main(["section", "list", "sample"]) == 0
    out = capsys.readouterr().out
    assert out.count("add course-1\n1 new, 0 changed, 0 as they were") == 2
    assert "0 new, 0 changed, 1 as they were" in out
    assert "Everything else" in out


def test_a_wrong_file_is_refused_with_its_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(FILE + "x,,/x,\ny,Y,y,\n")
    assert main(["section", "load", "sample", str(file)]) == 3
    said = capsys.readouterr().err
    assert f"{file}: line 3, column name: a value is needed" in said
    assert "line 4, column patterns:" in said
    assert main(["section", "load", "sample", str(file.with_name("missing.csv"))]) == 3
    assert main(["section", "load", "nothing", str(file)]) == 3
    file.write_bytes(b"\xff")
    assert main(["section", "load", "sample", str(file)]) == 3
