"""Documents in an audit: which become rows, in which role and window, and what becomes of each."""

import pytest

from accessibility.engine.audit import RunOptions
from accessibility.engine.checks.rule import Profile
from accessibility.engine.platform import DESKTOP, MOBILE
from tests.accessibility.auditing import Audited, settings_for
from tests.accessibility.documents import samples as make
from tests.accessibility.site import Answer, Asked, Page, TinySite, document, redirect, tiny_site

PDF = {"Content-Type": "application/pdf"}
SOUND = make.pdf()
LINKS = (
    "/sound.pdf",
    "/untagged.pdf",
    "/broken.pdf",
    "/list.zip",
    "/view?id=1",
    "/talk.pptx",
    "/gone.pdf",
    "/huge.pdf",
)
HOME = document(
    "".join(f'<a href="{path}">{path}</a> ' for path in LINKS)
    + '<a href="/file/1" download>Handout</a> <a href="{other}/elsewhere.pdf">Elsewhere</a>'
)


def only_with_cookie(asked: Asked) -> str | int | Answer:
    return Answer(SOUND, headers=PDF) if "seen=1" in asked.headers.get("Cookie", "") else redirect("/")


PAGES: dict[str, Page] = {
    "/": Answer(HOME, headers={"Set-Cookie": "seen=1"}),
    "/sound.pdf": only_with_cookie,
    "/untagged.pdf": Answer(make.pdf(tagged=False), headers=PDF),
    "/broken.pdf": Answer(SOUND[:700], headers=PDF),
    "/list.zip": Answer(b"PK\x03\x04", headers={"Content-Type": "application/zip"}),
    "/view": redirect("/stored/file.pdf"),
    "/stored/file.pdf": Answer(make.scanned(), headers=PDF),
    "/talk.pptx": Answer(make.slides(make.slide_text("x")), headers={"Content-Type": "application/octet-stream"}),
    "/gone.pdf": 404,
    "/huge.pdf": Answer(b"%PDF-" + b"x" * 300_000, headers=PDF),
    "/file/1": Answer(make.word(make.paragraph("x"), title=""), headers={"Content-Type": "application/force-download"}),
}


def crawl(profile: Profile, checks: tuple[str, ...] | None = None, **more: object) -> tuple[Audited, TinySite]:
    with tiny_site(PAGES) as site:
        settings = settings_for(site.base, viewports=(DESKTOP, MOBILE), max_page_bytes=200_000, **more)
        options = RunOptions(permitted_networks=("127.0.0.0/8",), profile=profile, checks=checks)
        return Audited(site.base).run(settings, options), site


@pytest.fixture(scope="module")
def deep() -> tuple[Audited, TinySite]:
    return crawl(Profile.DEEP)


def rules(audited: Audited, path: str) -> list[str]:
    return sorted(one.rule for one in audited.findings(path) if one.check == "documents")


def test_linked_documents_are_examined_as_the_role_sees_them(deep: tuple[Audited, TinySite]) -> None:
    audited, site = deep
    assert audited.state("/sound.pdf") == ("audited", "", "")
    assert rules(audited, "/sound.pdf") == []
    assert rules(audited, "/untagged.pdf") == ["document-title-not-shown", "document-untagged"]
    assert rules(audited, "/talk.pptx") == ["document-slide-titles"]
    assert site.unsafe() == []


def test_what_is_offered_for_download_is_examined(deep: tuple[Audited, TinySite]) -> None:
    audited, _ = deep
    assert rules(audited, "/file/1") == ["document-title"]


def test_a_document_behind_an_address_of_a_page_is_examined(deep: tuple[Audited, TinySite]) -> None:
    audited, _ = deep
    assert "document-scanned" in rules(audited, "/view?id=1")
    facts = audited.row("/view?id=1").facts
    assert facts is not None
    assert facts.final_url == f"{audited.base}/stored/file.pdf"


def test_what_cannot_be_examined_is_not_audited_with_its_reason(deep: tuple[Audited, TinySite]) -> None:
    audited, _ = deep
    assert audited.state("/broken.pdf")[:2] == ("not audited", "unreadable document")
    assert audited.state("/gone.pdf")[:2] == ("excluded", "not found")
    assert audited.state("/huge.pdf")[:2] == ("not audited", "too large")


def test_a_document_has_one_row_and_other_kinds_of_files_have_none(deep: tuple[Audited, TinySite]) -> None:
    audited, site = deep
    rows = [row for row in audited.worklist.rows() if row.key.url.endswith(".pdf")]
    assert {row.key.viewport for row in rows} == {DESKTOP.name}
    assert not any(row.key.url.endswith((".zip", "elsewhere.pdf")) for row in audited.worklist.rows())
    assert site.paths().count("/untagged.pdf") == 1


def test_a_standard_audit_only_counts_documents() -> None:
    audited, site = crawl(Profile.STANDARD)
    assert "/sound.pdf" not in site.paths()
    assert {one.reason.value for one in audited.worklist.declined()} >= {"document"}


def test_a_platform_may_leave_documents_out_or_bound_them() -> None:
    audited, site = crawl(Profile.DEEP, ("documents",), documents=False)
    assert "/sound.pdf" not in site.paths()
    audited, site = crawl(Profile.DEEP, ("documents",), max_documents=1)
    refused = [row for row in audited.worklist.rows() if row.reason and row.reason.value == "page budget"]
    assert refused
    assert site.paths().count("/sound.pdf") == 1
