"""The board report: what it tells, and that its PDF is tagged through and through."""

import io
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pikepdf
import pytest

from api.app import create_app
from api.board_report import pdf, sections
from api.board_report.parts import Facts, Picture, Section, Table, Text
from campus.capacity.report import Moment
from core.database import Database
from core.errors import Unavailable
from core.i18n import today
from tests import pdf_check
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.sample_campus import add_campus

Client = Callable[..., Browser]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#036"/></svg>'
FILE = '<img src="file:///etc/hostname" alt="Sample">'
PROCESS = "api.board_report.pdf_process"
TITLE = "Board report of the campus"
MOST_COLUMNS = 9  # more are not read on a page of A4
EVERYTHING = ("forecast", "works", "closures", "money", "funds", "costs", "energy", "results")


@pytest.fixture
def sample(sqlite_database: Database) -> Database:
    add_campus(sqlite_database, *EVERYTHING)
    return sqlite_database


def report(rows: int = 3, words: str = "Bars of sample figures", picture: str = SVG) -> bytes:
    """A report of one section."""
    table = Table("Sample table", ("Name", "Number"), tuple((f"Row {n}", str(n)) for n in range(rows)), (1,))
    said = Text("Sample <lead> & more", lead=True)
    blocks = (said, Facts((("Sold", "1,000"),)), Picture(lambda *, narrow: picture, words, title="Sample chart"), table)
    return pdf.pdf_of("Sample report", "As known now", [Section("sample", "Sample section", blocks)])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pdf_of_the_whole_report_lacks_nothing_in_both_languages(sample: Database, language: str) -> None:
    token = client(create_app(sample), sample, "campus:read")
    answer = token.get("/api/v1/results/report.pdf", headers={"Accept-Language": language})
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        title = str(document.docinfo["/Title"])
        assert len(document.pages) >= 2
    assert (title == TITLE) == (language == "en")
    assert pdf_check.problems(answer.content, title=title, language=language) == []


def test_every_part_of_the_campus_has_its_section_and_charts_have_words(sample: Database) -> None:
    with sample.read() as session:
        made = sections.make(session, Moment.now())
    assert len(made) == len(sections.SECTIONS)
    pictures = {
        section.name: [block.words for block in section.blocks if isinstance(block, Picture)] for section in made
    }
    for name in ("room-nights", "renovation", "funds", "running-costs", "energy"):
        assert pictures[name], name
        assert all(words.endswith((".", "%", ")")) for words in pictures[name])
    for section in made:
        widths = {len(one.columns) for one in section.blocks if isinstance(one, Table)}
        assert max(widths, default=0) <= MOST_COLUMNS, section.name
        for table in (one for one in section.blocks if isinstance(one, Table)):
            assert {len(row) for row in table.rows} == {len(table.columns)}, table.caption


def test_reading_for_the_report_draws_nothing(sample: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object, **_named: object) -> str:
        raise AssertionError("drawn inside of the transaction")

    monkeypatch.setattr("vl_convert.vegalite_to_svg", refused)
    with sample.read() as session:
        assert sections.make(session, Moment.now())


def test_the_money_of_each_package_is_told_in_words(sample: Database) -> None:
    with sample.read() as session:
        found = {one.name: one for one in sections.make(session, Moment.now())}
    said = " ".join(block.text for block in found["money"].blocks if isinstance(block, Text))
    assert "Renovation of Sample South: " in said
    assert "At this rate the works will cost " in said
    reconciled = found["funds"].blocks[0]
    assert isinstance(reconciled, Text)
    assert "to the cent" in reconciled.text


def test_a_table_longer_than_a_page_repeats_its_headings() -> None:
    content = report(rows=90)
    assert pdf_check.problems(content, title="Sample report", language="en") == []
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) > 2


def test_the_check_names_what_is_missing() -> None:
    good = report()
    assert pdf_check.problems(good, title="Sample report", language="en") == []
    assert pdf_check.problems(good, title="Another", language="fr") == [
        "the title in the metadata is 'Sample report'",
        "its language is 'en'",
    ]
    assert "a figure has no alternative text" in pdf_check.problems(
        report(words=""), title="Sample report", language="en"
    )
    assert pdf_check.problems(without(good, "/StructTreeRoot", "/Outlines"), title="Sample report", language="en") == [
        "nothing is tagged"
    ]
    assert "only 0 bookmarks lead to its headings" in pdf_check.problems(
        without(good, "/Outlines"), title="Sample report", language="en"
    )
    for key, said in (
        ("/ViewerPreferences", "its title is not shown in the window"),
        ("/MarkInfo", "it does not say that it is tagged"),
    ):
        assert said in pdf_check.problems(without(good, key), title="Sample report", language="en")
    assert (
        pdf_check.problems(without_scopes(good), title="Sample report", language="en")
        == ["a heading cell of a table does not say what it heads"] * 5
    )


def without(content: bytes, *keys: str) -> bytes:
    """The document without some entries of its catalog."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for key in keys:
            del document.Root[key]
        return saved(document)


def without_scopes(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH":
                del one["/A"]["/Scope"]
        return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_nothing_is_fetched_when_it_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        report(picture=SVG.replace("<rect", f'<image href="{address}" width="9" height="9"/><rect'))
        for outside in (f'<img src="{address}" alt="Sample">', f'<link rel="stylesheet" href="{address}">', FILE):
            done = subprocess.run([sys.executable, "-m", PROCESS], input=outside.encode(), capture_output=True)
            assert done.returncode, outside
            assert b"refused: " in done.stderr
        with pytest.raises(BlockingIOError):
            server.accept()


def test_what_takes_too_long_or_fails_is_an_error_and_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(Unavailable, match="too long"):
        report(rows=7)
    monkeypatch.setattr(pdf, "SECONDS", 60)
    monkeypatch.setattr(pdf, "PROCESS", "no_module_of_ours")
    with pytest.raises(Unavailable, match="could not be made"):
        report(rows=7)


def test_the_page_tells_the_same_and_of_a_past_day_what_was_known_then(signed_in: Client, database: Database) -> None:
    add_campus(database, "works", "results")
    reader = signed_in("viewer")
    page = reader.get("/results/report").text
    for said in ("Room-nights of", "Renovation of Sample South", "Sample share at risk", "/results/report.pdf"):
        assert said in page
    before = reader.get(f"/results/report?as_of={today() - timedelta(days=1)}").text
    assert "Sample share at risk" not in before
    assert reader.get("/results/report?as_of=2999-01-01").status_code == 422


def test_what_has_nothing_to_tell_is_left_out(sqlite_database: Database) -> None:
    with sqlite_database.read() as session:
        assert sections.make(session, Moment.now()) == []
