"""Reads the facts of a Word document (.docx, ECMA-376): headings, tables, pictures, language."""

import re
from xml.etree.ElementTree import Element

from accessibility.engine.documents.facts import DocumentFacts
from accessibility.engine.documents.package import Package, pictures, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
MAIN = "word/document.xml"
STYLES = "word/styles.xml"
HEADING_NAME = re.compile(r"^(?:heading|titre|überschrift|título|titolo)\s*([1-9])$", re.IGNORECASE)
LONGEST_HEADING = 90  # characters of a line that may be meant as a heading
DATA_TABLE = 2


def read_word(package: Package) -> DocumentFacts:
    """The facts. Raises `Unreadable`."""
    facts = DocumentFacts("docx", title=package.title())
    styles = package.xml(STYLES)
    levels = {} if styles is None else _levels(styles)
    facts.language = package.language() or ("" if styles is None else _language(styles))
    root = package.xml(MAIN)
    if root is None:
        return facts
    for paragraph in root.iter(f"{W}p"):
        _paragraph(paragraph, levels, facts)
    for number, table in enumerate(root.iter(f"{W}tbl"), 1):
        _table(table, number, facts)
    for name, told in pictures(root, DRAWING):
        facts.figures += 1
        if not told:
            facts.figures_without_text.add(f"“{name}”")
    if facts.figures and not facts.words:
        facts.scanned.add("the whole document")
    return facts


def _levels(styles: Element) -> dict[str, int]:
    """Id of a style to the level of heading that it makes. A style takes over that of the one it is based on."""
    levels: dict[str, int] = {}
    bases: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        level = style.find(f"{W}pPr/{W}outlineLvl")
        name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
        named = HEADING_NAME.match(name.get(f"{W}val", "")) if name is not None else None
        if level is not None and level.get(f"{W}val", "").isdigit() and int(level.get(f"{W}val", "9")) < 9:
            levels[key] = int(level.get(f"{W}val", "0")) + 1
        elif named:
            levels[key] = int(named[1])
        elif base is not None:
            bases[key] = base.get(f"{W}val", "")
    for key, base_of in bases.items():
        for _ in range(10):
            if base_of in levels:
                levels[key] = levels[base_of]
                break
            base_of = bases.get(base_of, "")
    return levels


def _language(styles: Element) -> str:
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return "" if language is None else language.get(f"{W}val", "")[:35]


def _paragraph(paragraph: Element, levels: dict[str, int], facts: DocumentFacts) -> None:
    text = text_of(paragraph, f"{W}t").strip()
    facts.words += len(text.split())
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    own = paragraph.find(f"{W}pPr/{W}outlineLvl")
    level = levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0
    if own is not None and own.get(f"{W}val", "9").isdigit() and int(own.get(f"{W}val", "9")) < 9:
        level = int(own.get(f"{W}val", "0")) + 1
    if level and text:
        facts.headings.append(level)
    elif text and len(text) <= LONGEST_HEADING and text[-1] not in ".:;,?!" and _all_bold(paragraph):
        facts.looks_like_heading.add(f"“{text}”")


def _all_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if text_of(run, f"{W}t").strip()]
    return bool(runs) and all(_bold(run) for run in runs)


def _bold(run: Element) -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    return bold is not None and bold.get(f"{W}val", "1") not in ("0", "false")


def _table(table: Element, number: int, facts: DocumentFacts) -> None:
    rows = table.findall(f"{W}tr")
    if len(rows) < DATA_TABLE or min(len(row.findall(f"{W}tc")) for row in rows) < DATA_TABLE:
        return  # one that only lays something out
    facts.tables += 1
    if rows[0].find(f"{W}trPr/{W}tblHeader") is None:
        first = text_of(rows[0], f"{W}t").strip()
        facts.tables_without_headers.add(f"table {number}, which begins “{first[:40]}”")
