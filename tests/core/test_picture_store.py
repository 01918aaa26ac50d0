"""The folder of crops."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import picture_store
from core.errors import NotFound

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_equal_pictures_are_one_file(tmp_path: Path) -> None:
    assert picture_store.store(tmp_path, b"png") == picture_store.store(tmp_path, b"png")
    assert picture_store.store(tmp_path, b"other") != picture_store.store(tmp_path, b"png")
    assert len(list(tmp_path.glob("*/*"))) == 2


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n"])
def test_what_is_no_hash_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        picture_store.path_of(tmp_path, name)


def test_old_pictures_that_nothing_refers_to_are_swept(tmp_path: Path) -> None:
    kept, old, young = (picture_store.store(tmp_path, name) for name in (b"kept", b"old", b"young"))
    half = picture_store.path_of(tmp_path, old).with_name("half.part")
    half.write_bytes(b"")
    for file in (picture_store.path_of(tmp_path, kept), picture_store.path_of(tmp_path, old), half):
        os.utime(file, (0, (NOW - timedelta(days=2)).timestamp()))
    os.utime(picture_store.path_of(tmp_path, young), (0, NOW.timestamp()))
    assert picture_store.sweep(tmp_path, {kept}, NOW - timedelta(days=1)) == 2
    assert sorted(file.stem for file in tmp_path.glob("*/*")) == sorted([kept, young])
