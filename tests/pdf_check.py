"""What a tagged PDF of ours must have, looked up in the file itself. Each thing that is missing is a sentence."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
CELLS = ("/TH", "/TD")
IN_FLOW = {*HEADINGS, "/P", "/L", "/Figure", "/Table"}
IN_TABLES = {"/Table", "/THead", "/TBody", "/TFoot"}


@dataclass
class Element:
    """A structure element: its type, its attributes, what it holds in the order of reading, and its parent."""

    kind: str
    raw: Dictionary
    parent: "Element | None"
    children: list["Element"] = field(default_factory=list)
    holds: bool = False  # marked content or an annotation of its own

    def every(self) -> Iterator["Element"]:
        """This element and all within, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.every()

    def attribute(self, name: str) -> Any:
        """An attribute of the element, of any owner."""
        given = self.raw.get("/A")
        for one in given if isinstance(given, Array) else [given]:
            if isinstance(one, Dictionary) and name in one:
                return one[name]
        return None

    @property
    def above(self) -> list[str]:
        """The types of the elements around it, the nearest first."""
        return [self.parent.kind, *self.parent.above] if self.parent else []


def problems(content: bytes, *, title: str, language: str) -> list[str]:
    """What is missing or wrong; nothing for a document that people can read with a screen reader."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [*_of_document(pdf, title, language)]
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "nothing is tagged"]
        root = _tree(pdf.Root.StructTreeRoot)
        return [
            *found,
            *_of_headings(root),
            *_of_tables(root),
            *_of_figures(root),
            *_of_lists(root),
            *_of_pages(pdf),
            *_of_bookmarks(pdf, root),
        ]


def _of_document(pdf: pikepdf.Pdf, title: str, language: str) -> Iterator[str]:
    with pdf.open_metadata() as xmp:
        if xmp.get("dc:title") != title:
            yield f"the title in the metadata is {xmp.get('dc:title')!r}"
        if str(xmp.get("pdfuaid:part")) != "1":
            yield "it does not say that it is PDF/UA-1"
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    if preferences.get("/DisplayDocTitle") is not True:
        yield "its title is not shown in the window"
    if str(pdf.Root.get("/Lang", "")) != language:
        yield f"its language is {str(pdf.Root.get('/Lang', ''))!r}"
    if not pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "it does not say that it is tagged"


def _of_headings(root: Element) -> Iterator[str]:
    levels = [int(one.kind[2:]) for one in root.every() if one.kind in HEADINGS]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "it does not begin with the one heading of the first level"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"after a heading of level {before} comes one of level {after}"


def _of_tables(root: Element) -> Iterator[str]:
    flow = [one for one in root.every() if one.kind in IN_FLOW and "/Table" not in one.above]
    for table in (one for one in flow if one.kind == "/Table"):
        cells = [one for one in table.every() if one.kind in CELLS]
        heads = [one for one in cells if one.kind == "/TH"]
        if not heads:
            yield "a table has no heading cells"
        for head in heads:
            if str(head.attribute("/Scope")) not in ("/Column", "/Row"):
                yield "a heading cell of a table does not say what it heads"
        rows = [one for one in table.every() if one.kind == "/TR"]
        widths = {sum(1 for one in row.children if one.kind in CELLS) for row in rows}
        if len(widths) > 1:
            yield f"the rows of a table have different numbers of cells: {sorted(widths)}"
        if any(row.parent is None or row.parent.kind not in IN_TABLES for row in rows):
            yield "a row stands outside of a table"
        if not any(one.kind == "/Caption" for one in table.children) and not _continues(table, flow):
            yield "a table has no caption"


def _continues(table: Element, flow: list[Element]) -> bool:
    """Whether it is the part on a further page of a table that is too long for one: right after it, headed alike."""
    place = next(number for number, one in enumerate(flow) if one is table)
    before = flow[place - 1] if place else table
    return before.kind == "/Table" and len(_heads(before)) == len(_heads(table)) > 0


def _heads(table: Element) -> list[Element]:
    return [one for one in table.every() if one.kind == "/TH" and "/THead" in one.above]


def _of_figures(root: Element) -> Iterator[str]:
    for figure in (one for one in root.every() if one.kind == "/Figure"):
        if len(str(figure.raw.get("/Alt", "")).strip()) < 5:
            yield "a figure has no alternative text"


def _of_lists(root: Element) -> Iterator[str]:
    for one in (one for one in root.every() if one.kind == "/L"):
        if any(child.kind not in ("/LI", "/Caption") for child in one.children):
            yield "a list holds what is no item"


def _of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """All that is painted is either tagged or an artifact, each page is read in the order of its tags."""
    for number, page in enumerate(pdf.pages, 1):
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number} is not stepped through in the order of its tags"
        if "/StructParents" not in page.obj:
            yield f"page {number} has no tags"
        depth, loose = 0, 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BMC", "BDC"):
                depth += 1
            elif str(operator) == "EMC":
                depth -= 1
            elif str(operator) in ("Tj", "TJ", "Do", "'", '"') and depth == 0 and operands:
                loose += 1
        if loose:
            yield f"page {number} paints {loose} things that are neither tagged nor an artifact"


def _of_bookmarks(pdf: pikepdf.Pdf, root: Element) -> Iterator[str]:
    with pdf.open_outline() as outline:
        count = sum(1 for _one in _items(outline.root))
    if count < sum(one.kind == "/H2" and "/NonStruct" not in one.above for one in root.every()):
        yield f"only {count} bookmarks lead to its headings"


def _items(items: Any) -> Iterator[Any]:
    for one in items:
        yield one
        yield from _items(one.children)


def _tree(root: Dictionary) -> Element:
    made = Element("/Root", root, None)
    _fill(made, root.get("/K"))
    return made


def _fill(element: Element, content: Any) -> None:
    for one in content if isinstance(content, Array) else [content]:
        if isinstance(one, Dictionary) and "/S" in one:
            child = Element(str(one.S), one, element)
            element.children.append(child)
            _fill(child, one.get("/K"))
        elif one is not None:
            element.holds = True
