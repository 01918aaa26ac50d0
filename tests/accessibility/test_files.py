import os
from pathlib import Path

import pytest

from accessibility.engine.files import check_writable, write_whole
from core.errors import InvalidInput


def test_a_check_leaves_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("old")
    check_writable(file)
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["report"]  # noqa: PTH208  # names only


def test_a_check_creates_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "report")
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is a folder"):
        check_writable(tmp_path)


def test_a_missing_folder_is_found_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written: No such file"):
        check_writable(tmp_path / "missing" / "report")


def test_a_failed_write_leaves_the_old_text_and_no_rest(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "\ud800")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    write_whole(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        check_writable(pipe)
        write_whole(pipe, "line\n")
        assert os.read(reader, 100) == b"line\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_writing_where_nothing_can_be_written_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="missing/report: cannot be written"):
        write_whole(tmp_path / "missing" / "report", "text")
