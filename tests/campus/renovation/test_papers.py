"""Notes stay, documents come and go with a trail, and hostile files are known by their first bytes."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from campus.renovation import files, papers, queries
from campus.renovation.models import WorksPackage
from core import clock, picture_store
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from core.settings import settings
from jobs.pictures_in_use import pictures_in_use
from tests.campus.books import TEST, open_campus
from tests.campus.sample_records import PDF
from tests.campus.sample_requests import picture
from tests.campus.sample_works import add_package

DOCX = b"PK\x03\x04 a sample with [Content_Types].xml in it"


@pytest.fixture
def package(database: Database) -> WorksPackage:
    with database.write() as session:
        return add_package(session, open_campus(session))


def test_notes_are_appended_with_who_and_when(database: Database, package: WorksPackage) -> None:
    with database.write() as session:
        for text in ("First", " Second "):
            papers.note(session, package, text, TEST)
        for wrong in (" ", "x" * 2001):
            with pytest.raises(InvalidInput, match="text"):
                papers.note(session, package, wrong, TEST)
        assert [(one.text, one.added_by) for one in papers.notes(session, package.id)] == [
            ("Second", TEST),
            ("First", TEST),
        ]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/plan",
        "javascript:alert(1)",
        "https://",
        "https://someone:secret@example.org/",
        "https://example.org:0/",
        "https://exa mple.org/",
        "https://example.org/\u202eplan",
        "https://[example.org/",
        "https://example.org/" + "x" * 1000,
    ],
)
def test_only_addresses_under_https_are_referred_to(url: str) -> None:
    with pytest.raises(InvalidInput, match="https"):
        papers.checked_url(url)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.PDF", PDF, "pdf"),
        ("site.jpeg", picture(), "jpg"),
        ("site.png", picture(kind="PNG"), "png"),
        ("site.webp", picture(kind="WEBP"), "webp"),
        ("contract.docx", DOCX, "docx"),
        ("costs.ods", b"PK\x03\x04 application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a sample", "xls"),
    ],
)
def test_a_file_is_kept_under_its_hash(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    kept = files.keep(tmp_path, name, content)
    assert (kept.digest, kept.kind, kept.size) == (hashlib.sha256(content).hexdigest(), kind, len(content))
    assert files.path(tmp_path, kept.digest).read_bytes() == content
    assert [file.stem for file in picture_store.stored(tmp_path)] == [kept.digest]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"<script>alert(1)</script>", "one of these"),
        ("program.exe", b"MZ", "one of these"),
        ("", PDF, "one of these"),
        ("plan.pdf", b"<html>%PDF-", "not what its name says"),
        ("plan.pdf", picture(), "not what its name says"),
        ("contract.docx", b"PK\x03\x04 something else", "not what its name says"),
        ("plan.pdf", b"", "is empty"),
    ],
)
def test_what_is_no_document_is_refused_and_not_kept(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        files.keep(tmp_path, name, content)
    assert list(tmp_path.iterdir()) == []


def test_a_file_beyond_the_setting_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "document_mb", 1)
    with pytest.raises(InvalidInput, match="at most 1 MB"):
        files.keep(tmp_path, "plan.pdf", PDF + bytes(1_000_000))


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\plans\\Piano  terra.pdf", "Piano terra.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "ab Set-Cookie x.pdf"),
        ("rechnung\u202efdp.pdf", "rechnungfdp.pdf"),
        (".pdf", "document.pdf"),
        ("Étage n° 2.pdf", "Étage n° 2.pdf"),
        ("x" * 300 + ".pdf", "x" * 109 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name: str, harmless: str) -> None:
    assert files.harmless(name) == (harmless, "pdf")


def test_a_removed_document_leaves_its_trail_and_its_file_is_swept(
    database: Database, package: WorksPackage, tmp_path: Path
) -> None:
    kept = files.keep(tmp_path, "plan.pdf", PDF)
    with database.write() as session:
        found = papers.add_file(session, package, "", kept, TEST)
        assert (found.name, found.file_name) == ("plan.pdf", "plan.pdf")
        assert pictures_in_use(session) == {kept.digest}
        again = papers.add_file(session, package, "The same once more", kept, TEST)
        with pytest.raises(InvalidInput, match="why"):
            papers.remove(session, found, TEST, "")
        papers.remove(session, found, TEST, "Wrong works")
        assert pictures_in_use(session) == {kept.digest}
        papers.remove(session, again, TEST, "Wrong works too")
        with pytest.raises(Conflict, match="removed already"):
            papers.remove(session, found, TEST, "Twice")
        assert papers.documents(session, package.id) == [found, again]
        assert (found.removed_by, found.removed_why) == (TEST, "Wrong works")
        assert pictures_in_use(session) == set()
    os.utime(files.path(tmp_path, kept.digest), (0, 0))
    assert picture_store.sweep(tmp_path, set(), clock.now() - timedelta(days=1)) == 1
    with pytest.raises(NotFound):
        files.path(tmp_path, kept.digest)


def test_a_document_is_found_with_its_own_works_alone(database: Database, package: WorksPackage) -> None:
    with database.write() as session:
        link = papers.add_link(session, package, "", "https://example.org/plan", TEST)
        assert link.name == "example.org"
        assert papers.document(session, queries.package(session, package.slug), link.id) is link
        with pytest.raises(NotFound):
            papers.document(session, WorksPackage(id=999), link.id)
