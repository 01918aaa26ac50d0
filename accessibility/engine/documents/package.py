"""Office files: zip archives of XML, opened within bounds."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from accessibility.engine.documents.facts import Unreadable
from core.archives import DAMAGED

MOST_MEMBERS = 5000
MOST_BYTES = 60_000_000  # of one part, unpacked
MOST_ALL = 200_000_000
CORE = "docProps/core.xml"
DC = "{http://purl.org/dc/elements/1.1/}"

BROKEN = (*DAMAGED, ParseError, DefusedXmlException, ValueError)  # what a damaged or hostile package raises


class Package:
    """The parts of an office file. Every reading is bounded by what really comes out, not by what the archive says."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise Unreadable(f"damaged: {error}") from error
        self._names = self._archive.namelist()
        if len(self._names) > MOST_MEMBERS:
            raise Unreadable(f"more than {MOST_MEMBERS} parts")
        self._left = MOST_ALL
        self._properties = self.xml(CORE)

    def names(self, prefix: str, suffix: str) -> list[str]:
        """The parts whose name begins and ends so."""
        return [name for name in self._names if name.startswith(prefix) and name.endswith(suffix)]

    def xml(self, name: str) -> Element | None:
        """The root of a part; None where there is none. Entities and document types are refused."""
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as part:
                data = part.read(min(MOST_BYTES, self._left) + 1)
            self._left -= len(data)
            if len(data) > MOST_BYTES or self._left < 0:
                raise Unreadable(f"{name} is too large when unpacked")
            root: Element = fromstring(data, forbid_dtd=True)
        except BROKEN as error:
            raise Unreadable(f"{name}: {type(error).__name__} {error}"[:200]) from error
        return root

    def title(self) -> str:
        """The title in the document's properties."""
        return self._property("title")[:500]

    def language(self) -> str:
        """The language in the document's properties; few programs write it."""
        return self._property("language")[:35]

    def _property(self, name: str) -> str:
        return "" if self._properties is None else (self._properties.findtext(f"{DC}{name}") or "").strip()


def text_of(element: Element, tag: str) -> str:
    """The text of all parts of an element with this tag, one after the other."""
    return "".join(part.text or "" for part in element.iter(tag))


def pictures(root: Element, properties: str) -> Iterator[tuple[str, bool]]:
    """Name of every picture or drawing, and whether it has a text or is marked as decoration."""
    for one in root.iter(properties):
        described = bool((one.get("descr") or "").strip() or (one.get("title") or "").strip())
        decorative = any(part.tag.endswith("}decorative") and part.get("val") in ("1", "true") for part in one.iter())
        yield one.get("name") or "picture", described or decorative
