"""The structure tree of a tagged PDF: headings, figures, tables, and the order in which it is read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from accessibility.engine.documents.facts import DocumentFacts
from accessibility.engine.documents.pdf_content import PageContent

MOST_ELEMENTS = 100_000
DEEPEST = 300
LEVELS = {f"/H{level}": level for level in range(1, 7)} | {"/H": 1}
MUCH = 10  # pieces of content of a page, from which on their order says something
OTHER = 0.3  # share of neighbours that are read in another order than they are written
DATA_TABLE = 2  # rows and columns from which on a table needs headers


@dataclass
class _Node:
    element: Dictionary
    kind: str
    page: Any
    depth: int
    table: "_Table | None"


@dataclass
class _Table:
    page: Any
    headers: int = 0
    cells: int = 0
    rows: int = 0

    @property
    def holds_data(self) -> bool:
        return self.rows >= DATA_TABLE and self.cells >= DATA_TABLE * self.rows


def read_tags(pdf: Pdf, contents: Sequence[PageContent], facts: DocumentFacts) -> None:
    """Add what the tags say."""
    numbers = {content.page.objgen: number for number, content in enumerate(contents, 1)}
    read: dict[Any, list[int]] = defaultdict(list)
    tables: list[_Table] = []
    for node in _nodes(pdf.Root.StructTreeRoot, read):
        _note(node, numbers, facts)
        if node.kind == "/Table" and node.table is not None:
            tables.append(node.table)
    facts.tables = len(tables)
    for table in tables:
        if table.holds_data and not table.headers:
            facts.tables_without_headers.add(_place(table.page, numbers, "a table"))
    for content in contents:
        if _other_order(content.order, read.get(content.page.objgen, [])):
            facts.other_order.add(f"page {numbers[content.page.objgen]}")


def _nodes(root: Any, read: dict[Any, list[int]]) -> Iterator[_Node]:
    """Every element in the order of reading; the numbers of marked content are noted by page meanwhile."""
    roles = root.get(Name.RoleMap)
    waiting: list[tuple[Any, Any, int, _Table | None]] = [(kid, None, 0, None) for kid in reversed(_kids(root))]
    met = 0
    while waiting and met < MOST_ELEMENTS:
        kid, page, depth, table = waiting.pop()
        met += 1
        if isinstance(kid, int):
            if page is not None:
                read[page.objgen].append(int(kid))
            continue
        if not isinstance(kid, Dictionary) or depth > DEEPEST:
            continue
        page = kid.get(Name.Pg, page)
        if Name.S not in kid:
            if page is not None and Name.MCID in kid:
                read[page.objgen].append(int(kid.MCID))
            continue
        kind = _standard(str(kid.S), roles)
        if kind == "/Table":
            table = _Table(page)
        elif table is not None:
            table.headers += kind == "/TH"
            table.cells += kind in ("/TH", "/TD")
            table.rows += kind == "/TR"
        yield _Node(kid, kind, page, depth, table)
        waiting += [(below, page, depth + 1, table) for below in reversed(_kids(kid))]


def _kids(element: Any) -> list[Any]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids)[:MOST_ELEMENTS] if isinstance(kids, Array) else [kids]


def _standard(kind: str, roles: Any) -> str:
    """The standard type that a document's own stands for; roles may lead to roles."""
    for _ in range(10):
        if not isinstance(roles, Dictionary) or kind not in roles:
            break
        kind = str(roles[kind])
    return kind


def _note(node: _Node, numbers: dict[Any, int], facts: DocumentFacts) -> None:
    if node.kind in LEVELS:
        facts.headings.append(LEVELS[node.kind])
    if node.kind == "/Figure" and _kids(node.element):
        facts.figures += 1
        if not any(str(node.element.get(name, "")).strip() for name in (Name.Alt, Name.ActualText)):
            facts.figures_without_text.add(_place(node.page, numbers, "a figure"))


def _place(page: Any, numbers: dict[Any, int], what: str) -> str:
    number = numbers.get(page.objgen) if page is not None else None
    return f"{what} on page {number}" if number else what


def _other_order(written: Sequence[int], read: Sequence[int]) -> bool:
    """Whether much of a page is read in another order than it is written: one of them is likely wrong."""
    place = {number: at for at, number in enumerate(written)}
    places = [place[number] for number in read if number in place]
    if len(places) < MUCH:
        return False
    back = sum(later < earlier for earlier, later in pairwise(places))
    return back / (len(places) - 1) > OTHER
