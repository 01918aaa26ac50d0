"""A file that was brought: told by its content what it is, and read as rows with their numbers.

Everything about the file as a whole that cannot be is refused here, by `InvalidInput` whose place is the file, a sheet
or a row. Nothing is written to any disk, nothing in the file is followed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from campus.tables import csv_file, xlsx_file
from campus.tables.cells import Raw, is_empty, read
from campus.tables.column import Cell, plain
from campus.tables.rules import MOST_COLUMNS, MOST_ROWS
from core.errors import InvalidInput
from core.i18n import format_number
from core.i18n import gettext as _

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XLSX, CSV = ".xlsx", ".csv"
TEXT_ENDINGS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the file. `headings` by position, "" for a column without one; rows with their numbers in the file.

    `sheets` are the names of all sheets that can be chosen, `said` what is worth knowing of the reading.
    """

    name: str
    headings: list[str]
    rows: list[tuple[int, list[Raw]]]
    sheets: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def read_sheet(content: bytes, file_name: str, sheet: str = "") -> Sheet:
    """The rows of a file, of one sheet of a workbook (the first by itself). Raises `InvalidInput`."""
    if not content:
        raise InvalidInput(_("is empty"), place=file_name)
    ending = "." + file_name.rpartition(".")[2].casefold()
    if content.startswith(OLD_OFFICE):
        raise InvalidInput(_old_office(content), place=file_name)
    if content.startswith(ZIP):
        if ending != XLSX:
            raise InvalidInput(_("is a packed file but is not called .xlsx: save it as .xlsx or .csv"), place=file_name)
        book = xlsx_file.open_book(content, file_name)
        name = sheet or book.sheets[0]
        return _sheet(book.rows(name), name, book.sheets, book.said)
    if ending == XLSX:
        raise InvalidInput(
            _("is called .xlsx but is no workbook: it may be cut off, or be another kind"), place=file_name
        )
    if ending not in TEXT_ENDINGS:
        raise InvalidInput(_("must be a file .xlsx or .csv"), place=file_name)
    rows, said = csv_file.read_rows(content, file_name)
    return _sheet(rows, "", [], said)


def _old_office(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("is protected by a password: save it without one")
    return _("is an old Excel file (.xls): save it as .xlsx")


def _sheet(rows: Iterable[tuple[int, list[Raw]]], name: str, sheets: list[str], said: list[str]) -> Sheet:
    filled = _filled(rows, name)
    number, cells = next(filled, (0, []))
    if not number:
        raise InvalidInput(_("holds no rows"), place=_where(name))
    headings = [_heading(cell, number, position) for position, cell in enumerate(cells)]
    _refuse_duplicates(headings, number)
    found = []
    for one in filled:
        found.append(one)
        if len(found) > MOST_ROWS:
            raise InvalidInput(
                _("holds more than %(most)s rows: part it into several files", most=format_number(MOST_ROWS)),
                place=_where(name),
            )
    if not found:
        raise InvalidInput(_("holds headings and no rows"), place=_where(name))
    nameless = {position for _row, cells in found for position, cell in enumerate(cells) if not is_empty(cell)}
    nameless -= {position for position, heading in enumerate(headings) if heading}
    notes = [
        _("Column %(column)s has no heading and is not imported.", column=letters(one)) for one in sorted(nameless)
    ]
    return Sheet(name, headings, found, sheets, [*said, *notes])


def letters(position: int) -> str:
    """How spreadsheets call a column: A for 0, AA for 26."""
    name = ""
    while position >= 0:
        name = chr(ord("A") + position % 26) + name
        position = position // 26 - 1
    return name


def _filled(rows: Iterable[tuple[int, list[Raw]]], name: str) -> Iterator[tuple[int, list[Raw]]]:
    """The rows that hold something. Empty ones are passed over, but not for ever."""
    empty = 0
    for number, cells in rows:
        if len(cells) > MOST_COLUMNS and any(not is_empty(cell) for cell in cells[MOST_COLUMNS:]):
            raise InvalidInput(
                _("row %(row)s has more than %(most)s columns", row=number, most=MOST_COLUMNS), place=_where(name)
            )
        if all(is_empty(cell) for cell in cells):
            empty += 1
            if empty > 4 * MOST_ROWS:
                raise InvalidInput(_("holds too many empty rows"), place=_where(name))
            continue
        yield number, cells[:MOST_COLUMNS]


def _heading(cell: Raw, row: int, position: int) -> str:
    try:
        value, _note = read(cell, Cell.TEXT)
    except InvalidInput as error:
        place = _("row %(row)s, column %(column)s", row=row, column=letters(position))
        raise InvalidInput(error.message, place=place) from None
    return " ".join(str(value or "").split())[:120]


def _refuse_duplicates(headings: list[str], row: int) -> None:
    for name, times in Counter(plain(heading) for heading in headings if heading).items():
        if times > 1:
            found = [letters(place) for place, heading in enumerate(headings) if plain(heading) == name]
            raise InvalidInput(
                _(
                    "the heading “%(heading)s” stands in the columns %(columns)s: each may stand once",
                    heading=next(heading for heading in headings if plain(heading) == name),
                    columns=", ".join(found),
                ),
                place=_("row %(row)s", row=row),
            )


def _where(name: str) -> str:
    return _("sheet “%(name)s”", name=name) if name else _("the file")
