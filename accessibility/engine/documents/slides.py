"""Reads the facts of a presentation (.pptx, ECMA-376): titles of slides, pictures, tables, language."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

from accessibility.engine.documents.facts import DocumentFacts
from accessibility.engine.documents.package import Package, pictures, text_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
MOST_SLIDES = 300
TITLES = ("title", "ctrTitle")
NUMBER = re.compile(r"(\d+)\.xml$")


def read_slides(package: Package) -> DocumentFacts:
    """The facts. Raises `Unreadable`."""
    facts = DocumentFacts("pptx", title=package.title())
    names = sorted(package.names("ppt/slides/slide", ".xml"), key=_number)
    facts.pages = len(names)
    languages: Counter[str] = Counter()
    for name in names[:MOST_SLIDES]:
        root = package.xml(name)
        if root is None or root.get("show") in ("0", "false"):
            continue
        facts.looked_at += 1
        _slide(root, _number(name), facts)
        languages.update(run.get("lang", "") for run in root.iter(f"{A}rPr") if run.get("lang"))
    facts.language = package.language() or (languages.most_common(1)[0][0][:35] if languages else "")
    return facts


def _number(name: str) -> int:
    found = NUMBER.search(name)
    return int(found[1]) if found else 0


def _slide(root: Element, number: int, facts: DocumentFacts) -> None:
    words = len(text_of(root, f"{A}t").split())
    facts.words += words
    if not _title(root):
        facts.untitled.add(f"slide {number}")
    shown = 0
    for kind in ("pic", "graphicFrame"):
        for shape in root.iter(f"{P}{kind}"):
            if kind == "graphicFrame" and next(shape.iter(f"{A}tbl"), None) is not None:
                continue  # a table says what it holds by itself
            for name, told in pictures(shape, f"{P}cNvPr"):
                shown += 1
                if not told:
                    facts.figures_without_text.add(f"slide {number}: “{name}”")
    facts.figures += shown
    if shown and not words:
        facts.scanned.add(f"slide {number}")
    for table in root.iter(f"{A}tbl"):
        facts.tables += 1
        properties = table.find(f"{A}tblPr")
        if properties is None or not {properties.get("firstRow"), properties.get("firstCol")} & {"1", "true"}:
            facts.tables_without_headers.add(f"slide {number}")


def _title(root: Element) -> str:
    for shape in root.iter(f"{P}sp"):
        place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if place is not None and place.get("type") in TITLES:
            return text_of(shape, f"{A}t").strip()
    return ""
