"""Workbooks (.xlsx): looked through as hostile packages first, then read row by row with openpyxl.

openpyxl reads XML through defusedxml, which refuses entities. What it does not tell in its mode for large files, merged
cells and formulas without a kept value, is looked for in the sheets' XML: text of cells cannot look like that, as it is
escaped there.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from campus.tables.cells import Raw
from campus.tables.rules import MOST_COLUMNS
from core.archives import DAMAGED
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import ngettext

MOST_ENTRIES = 500
MOST_UNPACKED = 60_000_000  # bytes of all parts together; 25,000 stays take a third of it
MOST_RATIO = 250  # a large sheet of the same few words packs to a fiftieth
SMALL = 5_000_000  # bytes of a part below which its ratio does not matter
STEP = 1 << 20
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# Every repetition has an end: a sheet made to keep a pattern busy must not.
MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
FORMULA = re.compile(
    rb'<(?:\w{1,20}:)?c\s[^>]{0,200}?r="([A-Z]{1,3}\d{1,7})"[^>]{0,200}>\s{0,20}'
    rb"<(?:\w{1,20}:)?f(?:\s[^>]{0,300}?)?(?:/>|>[^<]{0,9000}</(?:\w{1,20}:)?f>)\s{0,20}"
    rb"(?:<(?:\w{1,20}:)?v\s?/>|<(?:\w{1,20}:)?v>\s{0,20}</(?:\w{1,20}:)?v>)?\s{0,20}</(?:\w{1,20}:)?c>"
)
# A currency that a format names beside a number, as in [$$-409]; without a name, as in [$-409], it is only a language.
CURRENCY = re.compile(r"\[\$([^\]\-]+)")
OUR_CURRENCY = ("€", "EUR")
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
NO_WORKBOOK = (ParseError, DefusedXmlException, InvalidFileException, KeyError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook. `sheets` are those that can be seen, `said` what is worth knowing."""

    book: Any
    file_name: str
    sheets: list[str]
    said: list[str]
    parts: dict[str, bytes]  # sheet → its XML

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Raw]]]:
        """The rows of a sheet with their numbers. Raises `InvalidInput`."""
        if sheet not in self.sheets:
            raise InvalidInput(_("there is no such sheet that can be seen"), place=_sheet(sheet))
        self._refuse_merged(sheet)
        self._refuse_formulas(sheet)
        try:
            self.book[sheet].reset_dimensions()  # what the file says of its size may be wrong
            for number, row in enumerate(self.book[sheet].iter_rows(max_col=MOST_COLUMNS + 1), 1):
                yield number, [_value(cell) for cell in row]
        except (*DAMAGED, *NO_WORKBOOK) as error:
            raise InvalidInput(_("cannot be read: the file is damaged"), place=_sheet(sheet)) from error

    def _refuse_merged(self, sheet: str) -> None:
        merged = [match.decode() for match in MERGED.findall(self.parts[sheet])]
        if merged:
            raise InvalidInput(
                ngettext(
                    "the cells %(ranges)s are merged: split them, and fill in what each row says",
                    "%(n)s places have merged cells, such as %(ranges)s: split them, and fill in what each row says",
                    len(merged),
                    ranges=", ".join(merged[:3]),
                ),
                place=_sheet(sheet),
            )

    def _refuse_formulas(self, sheet: str) -> None:
        empty = [match.decode() for match in FORMULA.findall(self.parts[sheet])]
        if empty:
            raise InvalidInput(
                _(
                    "the formula in cell %(cell)s has no kept value: save the file in Excel, or enter values",
                    cell=empty[0],
                ),
                place=_sheet(sheet),
            )


def open_book(content: bytes, file_name: str) -> Book:
    """The workbook, once its package was looked through. Raises `InvalidInput`."""
    parts = _unpacked(content, file_name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        paths = {sheet.title: parts[sheet._worksheet_path.lstrip("/")] for sheet in visible}
    except (*DAMAGED, *NO_WORKBOOK) as error:
        raise InvalidInput(_("is no workbook that can be read: it may be damaged"), place=file_name) from error
    if not visible:
        raise InvalidInput(_("has no sheet that can be seen"), place=file_name)
    hidden = len(book.worksheets) - len(visible)
    said = [ngettext("%(n)s hidden sheet is left out.", "%(n)s hidden sheets are left out.", hidden)] if hidden else []
    return Book(book, file_name, [sheet.title for sheet in visible], said, paths)


def _value(cell: Any) -> Raw:
    """What a cell holds. An amount shown in another currency says so, as it would in text."""
    value: Raw = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        named = CURRENCY.search(cell.number_format)
        if named and named[1].strip() not in OUR_CURRENCY:
            return f"{value} {named[1].strip()}"
    return value


def _unpacked(content: bytes, file_name: str) -> dict[str, bytes]:
    """The XML of the sheets. Every part is unpacked under watch: what a package says of its sizes may be a lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise InvalidInput(_("unpacks to far more than a table needs, so it is not opened"), place=file_name)
            if "xl/workbook.xml" not in package.namelist():
                raise InvalidInput(_("is a packed file but no Excel workbook (.xlsx)"), place=file_name)
            left, sheets = MOST_UNPACKED, {}
            for entry in entries:
                part = _part(package, entry, left, file_name)
                left -= len(part)
                if SHEET.fullmatch(entry.filename):
                    sheets[entry.filename] = part
            return sheets
    except DAMAGED as error:
        raise InvalidInput(_("is damaged or cut off: it cannot be unpacked"), place=file_name) from error


def _part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, file_name: str) -> bytes:
    if entry.flag_bits & 1:
        raise InvalidInput(_("is protected by a password: save it without one"), place=file_name)
    found = bytearray()
    with package.open(entry) as stream:
        while step := stream.read(STEP):
            found += step
            if len(found) > left or (len(found) > SMALL and len(found) > MOST_RATIO * max(1, entry.compress_size)):
                raise InvalidInput(_("unpacks to far more than a table needs, so it is not opened"), place=file_name)
    if entry.filename.endswith((".xml", ".rels")) and ENTITY.search(found):
        raise InvalidInput(_("holds declarations that no table needs, so it is not opened"), place=file_name)
    return bytes(found)


def _sheet(name: str) -> str:
    return _("sheet “%(name)s”", name=name)
