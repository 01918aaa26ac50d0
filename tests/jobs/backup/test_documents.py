"""Documents of works lie beside the pictures: a backup holds them, a sweep leaves them."""

from collections.abc import Callable
from pathlib import Path

from campus.renovation import files, papers
from core import clock, picture_store
from core.database import Database
from jobs.pictures_in_use import pictures_in_use
from tests.campus.books import TEST, open_campus
from tests.campus.sample_records import PDF
from tests.campus.sample_requests import picture
from tests.campus.sample_works import add_package
from tests.jobs.backup.steps import back_up, put_back


def test_documents_come_back_and_one_that_is_gone_is_named(
    sqlite_database: Database, empty_databases: Callable[[str], Database], file: Path, tmp_path: Path
) -> None:
    folder, restored = tmp_path / "evidence", tmp_path / "restored"
    with sqlite_database.write() as session:
        package = add_package(session, open_campus(session))
        kept = [
            files.keep(folder, "plan.pdf", PDF),
            files.keep(folder, "site.png", picture(kind="PNG")),
            files.keep(folder, "costs.xlsx", b"PK\x03\x04 [Content_Types].xml"),
            files.keep(folder, "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 sample"),
            files.keep(folder, "gone.pdf", PDF + b"%"),
        ]
        for one in kept:
            papers.add_file(session, package, "", one, TEST)
    *there, gone = (one.digest for one in kept)
    files.path(folder, gone).unlink()
    assert back_up(sqlite_database, file, folder).missing == [gone]
    other = empty_databases("sqlite")
    assert put_back(other, file, restored).missing == [gone]
    assert all(files.path(restored, digest).read_bytes() for digest in there)
    with other.read() as session:
        assert picture_store.sweep(restored, pictures_in_use(session), clock.now()) == 0
