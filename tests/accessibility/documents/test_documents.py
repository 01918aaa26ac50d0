"""What is found in documents of each kind: read in a process of its own, as in an audit."""

import asyncio

import pytest
from pikepdf import Name

from accessibility.engine.checks.documents import CHECK
from accessibility.engine.documents.contained import read_document
from accessibility.engine.finding import Outcome
from tests.accessibility.documents import samples as make

F, Q = Outcome.FAILED, Outcome.NEEDS_REVIEW


def found(data: bytes) -> list[tuple[str, Outcome]]:
    facts = asyncio.run(read_document(data))
    assert facts is not None
    return [(one.rule, one.outcome) for one in CHECK.judge(facts, "https://example.org/a/sample.pdf").findings]


def without(name: Name) -> bytes:
    document = make.opened(make.pdf())
    del document.Root[name]
    return make.saved(document)


def retagged(old: bytes, new: bytes) -> bytes:
    """The PDF with one kind of tag renamed; both names are equally long."""
    document = make.opened(make.pdf(words="word " * 1600))
    data = make.saved(document, object_stream_mode=make.pikepdf.ObjectStreamMode.disable)
    assert old in data
    return data.replace(old, new)


def without_titles() -> bytes:
    document = make.opened(make.pdf())
    with document.open_metadata() as metadata:
        del metadata["dc:title"]
    if Name.Title in document.docinfo:
        del document.docinfo[Name.Title]
    return make.saved(document)


def named_by_file() -> bytes:
    document = make.opened(make.pdf())
    with document.open_metadata() as metadata:
        metadata["dc:title"] = "handout_final2.docx"
    return make.saved(document)


def hidden_title() -> bytes:
    document = make.opened(make.pdf())
    document.Root.ViewerPreferences.DisplayDocTitle = False
    return make.saved(document)


def link_outside_tags() -> bytes:
    document = make.opened(make.pdf())
    document.pages[0].obj.Annots = [make.Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])]
    return make.saved(document)


def text_outside_tags() -> bytes:
    document = make.opened(make.pdf())
    document.add_blank_page()
    font = document.make_indirect(make.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page = document.pages[1].obj
    page.Resources = make.Dictionary(Font=make.Dictionary(F0=font))
    page.Contents = document.make_stream(b"BT /F0 12 Tf " + b"(Sample words) Tj " * 9 + b"ET")
    return make.saved(document)


PDFS = {
    "all that it should have": (make.pdf(), []),
    "no tags": (make.pdf(tagged=False), [("document-title-not-shown", Q), ("document-untagged", F)]),
    "no language": (without(Name.Lang), [("document-language", F)]),
    "no title": (without_titles(), [("document-title", F)]),
    "a file name as its title": (named_by_file(), [("document-title", Q)]),
    "its title is not shown": (hidden_title(), [("document-title-not-shown", Q)]),
    "a picture without a text": (make.pdf(alt=""), [("document-alternative-texts", F)]),
    "a scan": (make.scanned(), [("document-title", F), ("document-scanned", F)]),
    "a field without a name": (make.with_field(), [("document-field-names", F)]),
    "a field with a name": (make.with_field("Your name"), []),
    "a link outside the tags": (link_outside_tags(), [("document-links-outside-tags", Q)]),
    "a page outside the tags": (text_outside_tags(), [("document-content-outside-tags", F)]),
    "a table without headers": (retagged(b"/S /TH", b"/S /TD"), [("document-table-headers", F)]),
    "long, and no heading": (retagged(b"/S /H1", b"/S /P "), [("document-headings", Q)]),
}
TABLE, BARE_TABLE = make.word_table(header=True), make.word_table(header=False)
LONG = make.paragraph("word " * 1600)
WORD = {
    "all that it should have": (
        make.word(make.paragraph("Samples", "Heading1") + LONG + make.picture("A square") + TABLE),
        [],
    ),
    "a heading by a style of its own": (make.word(make.paragraph("Samples", "Mine") + LONG), []),
    "exception: a decorative picture": (make.word(make.paragraph(make.WORDS) + make.picture(decorative=True)), []),
    "no title": (make.word(make.paragraph(make.WORDS), title=""), [("document-title", F)]),
    "no language": (make.word(make.paragraph(make.WORDS), language=""), [("document-language", F)]),
    "a picture without a text": (
        make.word(make.paragraph(make.WORDS) + make.picture()),
        [("document-alternative-texts", F)],
    ),
    "a table without a header row": (
        make.word(make.paragraph(make.WORDS) + BARE_TABLE),
        [("document-table-headers", Q)],
    ),
    "long, and lines that look like headings": (
        make.word(make.paragraph("Samples", bold=True) + LONG),
        [("document-headings", Q)],
    ),
    "nothing but a picture": (
        make.word(make.picture()),
        [("document-scanned", F), ("document-alternative-texts", F)],
    ),
    "exception to be judged: nothing but a picture that is described": (
        make.word(make.picture("A map of the campus")),
        [("document-scanned", Q)],
    ),
}
TITLE = make.slide_text("Samples", title=True)
TALKS = {
    "all that it should have": (
        make.slides(
            TITLE + make.slide_text(make.WORDS) + make.slide_picture("A square") + make.slide_table(header=True)
        ),
        [],
    ),
    "a slide without a title": (make.slides(TITLE, make.slide_text(make.WORDS)), [("document-slide-titles", Q)]),
    "a picture without a text": (
        make.slides(TITLE + make.slide_text(make.WORDS) + make.slide_picture()),
        [("document-alternative-texts", F)],
    ),
    "a table without headers": (
        make.slides(TITLE + make.slide_text(make.WORDS) + make.slide_table(header=False)),
        [("document-table-headers", Q)],
    ),
    "slides that are pictures": (
        make.slides(TITLE + make.slide_text(make.WORDS), make.slide_picture(), make.slide_picture()),
        [("document-scanned", F), ("document-alternative-texts", F), ("document-slide-titles", Q)],
    ),
    "exception to be judged: a slide that is a picture, described": (
        make.slides(TITLE + make.slide_text(make.WORDS), make.slide_picture("The hall in May")),
        [("document-scanned", Q), ("document-slide-titles", Q)],
    ),
}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(*case, id=f"{kind}: {name}")
        for kind, cases in (("PDF", PDFS), ("Word", WORD), ("talk", TALKS))
        for name, case in cases.items()
    ],
)
def test_a_document_is_judged_by_what_it_says_of_itself(data: bytes, expected: list[tuple[str, Outcome]]) -> None:
    assert found(data) == expected


def test_a_finding_names_the_places_and_the_file() -> None:
    facts = asyncio.run(read_document(make.slides(TITLE, make.slide_text("x"), make.slide_text("y"))))
    assert facts is not None
    [finding] = CHECK.judge(facts, "https://example.org/a/The%20talk.pptx?forcedownload=1").findings
    assert "slide 2, slide 3" in finding.message
    assert finding.steps[0] == "Open “The talk.pptx” in PowerPoint."


def test_two_documents_are_two_components_and_an_address_with_other_parameters_is_the_same() -> None:
    facts = asyncio.run(read_document(make.pdf(tagged=False)))
    assert facts is not None
    keys = [
        {one.component for one in CHECK.judge(facts, f"https://example.org{path}").findings}
        for path in ("/a.pdf", "/a.pdf?rev=2", "/b.pdf")
    ]
    assert keys[0] == keys[1]
    assert keys[0].isdisjoint(keys[2])
