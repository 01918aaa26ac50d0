"""Files that mean harm, or are broken: each is told as unreadable, or read within its bounds."""

import asyncio
import io
import time
import zipfile

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from accessibility.engine.documents import contained
from accessibility.engine.documents.contained import read_document
from accessibility.engine.documents.facts import DocumentFacts, Unreadable
from tests.accessibility.documents import samples as make

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
DOCUMENT = f'<w:document xmlns:w="{make.W}"><w:body>{{}}</w:body></w:document>'
PDF_LOOP = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"


def read(data: bytes) -> DocumentFacts | None:
    return asyncio.run(read_document(data))


def encrypted() -> bytes:
    how = pikepdf.Encryption(owner="owner", user="sample")
    return make.saved(make.opened(make.pdf()), encryption=how)


def bomb() -> bytes:
    body = b"<w:p/>" * 40_000_000
    data = DOCUMENT.format("").encode().replace(b"<w:body>", b"<w:body>" + body)
    return make.package({"word/document.xml": data})


UNREADABLE = {
    "wants a password": encrypted(),
    "breaks off": make.pdf()[:900],
    "is no archive": b"PK\x03\x04" + b"x" * 500,
    "page tree leads to itself": PDF_LOOP + b"xref\n0 1\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF",
    "entities that multiply": make.package({"word/document.xml": LAUGHS + DOCUMENT.format("&i;")}),
    "an entity that is a file": make.package(
        {"word/document.xml": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + DOCUMENT.format("&f;")}
    ),
    "is no XML": make.package({"word/document.xml": "<w:document"}),
    "has too many parts": make.package(
        {"word/document.xml": DOCUMENT.format("")} | {f"x/{n}": "" for n in range(6000)}
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_unreadable_and_never_clean(name: str) -> None:
    with pytest.raises(Unreadable):
        read(UNREADABLE[name])


def test_an_archive_that_unpacks_without_end_is_stopped() -> None:
    data = bomb()
    assert len(data) < 2_000_000
    with pytest.raises(Unreadable, match="too large"):
        read(data)


def test_an_encrypted_archive_is_unreadable() -> None:
    data = bytearray(make.word(make.paragraph("x")))
    flags = data.index(b"PK\x01\x02") + 8
    data[flags] |= 1  # the central directory says so of the first part
    for at in [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]:
        data[at + 8] |= 1
    assert zipfile.is_zipfile(io.BytesIO(bytes(data)))
    with pytest.raises(Unreadable):
        read(bytes(data))


def test_tags_that_lead_to_themselves_are_read_within_bounds() -> None:
    document = make.opened(make.pdf())
    tree = document.Root.StructTreeRoot
    loop = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=tree))
    loop.K = [loop, loop]
    tree.K = [loop]
    facts = read(make.saved(document))
    assert facts is not None
    assert facts.tagged


def test_a_page_that_draws_itself_is_read_within_bounds() -> None:
    document = make.opened(make.pdf())
    form = document.make_stream(b"/F0 Do /F0 Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F0=form))
    page = document.pages[0].obj
    page.Resources = Dictionary(XObject=Dictionary(F0=form))
    page.Contents = document.make_stream(b"/F0 Do")
    assert read(make.saved(document)) is not None


def test_of_a_very_long_document_only_the_first_pages_are_looked_at() -> None:
    document = pikepdf.new()
    for _ in range(400):
        document.add_blank_page()
    facts = read(make.saved(document))
    assert facts is not None
    assert (facts.pages, facts.looked_at) == (400, 200)


def test_another_kind_of_file_is_no_document() -> None:
    assert read(b"\x89PNG\r\n") is None
    assert read(make.package({"xl/workbook.xml": "<x/>"})) is None


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contained, "READER", "timeit")
    monkeypatch.setattr(contained, "TIMEOUT", 0.5)
    began = time.monotonic()
    with pytest.raises(Unreadable, match=r"longer than 0\.5 seconds|more time"):
        read(b"")
    assert time.monotonic() - began < 10
