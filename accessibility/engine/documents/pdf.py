"""Reads the facts of a PDF: its catalogue, its structure tree, its fields and the content of its pages.

Runs in a process of its own (`reader.py`): files come from outside. Every walk is bounded.
"""

import io
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from accessibility.engine.documents.facts import DocumentFacts, Unreadable
from accessibility.engine.documents.pdf_content import PageContent, content_of
from accessibility.engine.documents.pdf_tags import read_tags

MOST_PAGES = 200  # of which the content is looked at
MOST_FIELDS = 2000
PUSH_BUTTON = 1 << 16  # PDF 32000-1, table 226
SCAN_SHARE = 0.5  # of the page that a picture must fill to be a scan
FEW_OPERATORS = 5  # texts on a page that are not worth a word when they are in no tag


def read_pdf(data: bytes) -> DocumentFacts:
    """The facts. Raises `Unreadable` for what is damaged, or wants a password."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _facts(pdf)
    except pikepdf.PasswordError:
        raise Unreadable("it wants a password") from None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RuntimeError, RecursionError) as error:
        raise Unreadable(f"damaged: {str(error)[:200]}") from error


def _facts(pdf: Pdf) -> DocumentFacts:
    root = pdf.Root
    facts = DocumentFacts("pdf", pages=len(pdf.pages))
    marked = root.get(Name.MarkInfo)
    facts.tagged = bool(
        isinstance(marked, Dictionary) and marked.get(Name.Marked, False) and Name.StructTreeRoot in root
    )
    facts.title = _title(pdf)
    preferences = root.get(Name.ViewerPreferences)
    facts.title_shown = bool(isinstance(preferences, Dictionary) and preferences.get(Name.DisplayDocTitle, False))
    facts.language = _text(root.get(Name.Lang))
    outlines = root.get(Name.Outlines)
    facts.bookmarks = isinstance(outlines, Dictionary) and Name.First in outlines
    contents = _contents(pdf, facts)
    if facts.tagged:
        read_tags(pdf, contents, facts)
    _read_fields(root, facts)
    return facts


def _title(pdf: Pdf) -> str:
    """That of the XMP metadata, else that of the information dictionary."""
    try:
        title = pdf.open_metadata(set_pikepdf_as_editor=False).get("dc:title", "")
    except Exception:  # metadata is XML from outside, and whatever is wrong with it, it holds no title
        title = ""
    return str(title or _text(pdf.docinfo.get(Name.Title))).strip()[:500]


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, pikepdf.String | str) else ""


def _contents(pdf: Pdf, facts: DocumentFacts) -> list[PageContent]:
    contents = []
    for number, page in enumerate(pdf.pages[:MOST_PAGES], 1):
        content = content_of(page)
        contents.append(content)
        facts.looked_at = number
        facts.words += content.words
        if not content.texts and content.largest_picture >= SCAN_SHARE:
            facts.scanned.add(f"page {number}")
        if facts.tagged and content.untagged_texts == content.texts > FEW_OPERATORS:
            facts.untagged.add(f"page {number}")
        if facts.tagged:
            _read_links(page, number, facts)
    return contents


def _read_links(page: pikepdf.Page, number: int, facts: DocumentFacts) -> None:
    annotations: Any = page.obj.get(Name.Annots)
    for annotation in list(annotations)[:MOST_FIELDS] if _is_array(annotations) else ():
        is_link = isinstance(annotation, Dictionary) and annotation.get(Name.Subtype) == Name.Link
        if is_link and Name.StructParent not in annotation:
            facts.links_without_tag.add(f"page {number}")


def _read_fields(root: Any, facts: DocumentFacts) -> None:
    """Form fields without a name for people (TU)."""
    form = root.get(Name.AcroForm)
    waiting: list[tuple[Object, bool, int]] = []
    if isinstance(form, Dictionary) and isinstance(form.get(Name.Fields), pikepdf.Array):
        waiting = [(field, False, 0) for field in form.Fields]
    seen = 0
    while waiting and seen < MOST_FIELDS:
        field, named, depth = waiting.pop()
        seen += 1
        if not isinstance(field, Dictionary) or depth > 20:
            continue
        named = named or bool(_text(field.get(Name.TU)))
        kids: Any = field.get(Name.Kids)
        below = [kid for kid in kids if isinstance(kid, Dictionary) and Name.T in kid] if _is_array(kids) else []
        if below:
            waiting += [(kid, named, depth + 1) for kid in below]
            continue
        facts.fields += 1
        caption = _caption(field)
        if not named and not caption:
            facts.fields_without_name.add(f"field “{_text(field.get(Name.T)) or '?'}”")


def _is_array(value: Any) -> bool:
    return isinstance(value, pikepdf.Array)


def _caption(field: Dictionary) -> str:
    """What is written on a button."""
    look = field.get(Name.MK)
    is_button = field.get(Name.FT) == Name.Btn and int(field.get(Name.Ff, 0)) & PUSH_BUTTON
    return _text(look.get(Name.CA)) if is_button and isinstance(look, Dictionary) else ""
