"""What is taken out: the rows of a kind for a period, as CSV or as a workbook, never held all at once."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.tables import of_costs, of_counts, of_degree_days, of_readings, of_rooming, of_rooms, of_stays
from campus.tables.column import IN_HUNDREDTHS, Column
from campus.tables.columns import COLUMNS
from campus.tables.rules import Table
from campus.tables.texts import escaped, tidy
from core.i18n import gettext as _

BOM = "\ufeff"  # by which spreadsheets know UTF-8
SHEET_NAME = 31  # characters
LARGEST_NUMBER = 10**15  # beyond it a spreadsheet rounds, and some numbers cannot be written at all


class Share(float):
    """A share of 1, which a workbook shows as a percentage."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a period, a pavilion, or a block. `with_names` is for keepers who ask for them."""

    table: Table
    nights: Nights
    pavilion_id: int | None = None
    block: int | None = None
    with_names: bool = False

    @property
    def columns(self) -> list[Column]:
        """What the file holds; names only where they were asked for."""
        return [one for one in COLUMNS[self.table] if one.key != "names" or self.with_names]


def rows(session: Session, wanted: Wanted) -> Iterator[list[Any]]:
    """The rows, in the order of the columns."""
    for row in _found(session, wanted):
        yield [row.get(one.key) for one in wanted.columns]


def _found(session: Session, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    if wanted.table is Table.ROOMING:
        return of_rooming.rows(session, wanted.block or 0, with_names=wanted.with_names)
    return ROWS[wanted.table](session, wanted.nights, wanted.pavilion_id)


ROWS: dict[Table, Callable[[Session, Nights, int | None], Iterator[Mapping[str, Any]]]] = {
    Table.COUNTS: of_counts.rows,
    Table.STAYS: of_stays.rows,
    Table.ROOMS: of_rooms.rows,
    Table.READINGS: of_readings.rows,
    Table.DEGREE_DAYS: of_degree_days.rows,
    Table.COSTS: lambda session, nights, _pavilion: of_costs.rows(session, Table.COSTS, nights),
    Table.INCOMES: lambda session, nights, _pavilion: of_costs.rows(session, Table.INCOMES, nights),
}


def as_csv(columns: Sequence[Column], found: Iterable[Sequence[Any]], *, bom: bool) -> Iterator[str]:
    """A CSV file, some rows at a time."""
    yield from csv_lines([one.shown for one in columns], _texts(columns, found), bom=bom)


def csv_lines(headings: Sequence[str], found: Iterable[Sequence[object]], *, bom: bool) -> Iterator[str]:
    """A CSV file, some rows at a time; each text in it is escaped."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, lineterminator="\r\n")
    kept.write(BOM if bom else "")
    writer.writerow(escaped(one) for one in headings)
    for row in found:
        writer.writerow(escaped(tidy(one)) if isinstance(one, str) else one for one in row)
        if kept.tell() > 1 << 16:
            yield kept.getvalue()
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue()


def _texts(columns: Sequence[Column], found: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    for row in found:
        yield [_text(one, value) for one, value in zip(columns, row, strict=True)]


def _text(one: Column, value: Any) -> str:
    if value is None:
        return ""
    if one.cell in IN_HUNDREDTHS:
        return f"{value // 100}.{value % 100:02}"
    return value.isoformat() if isinstance(value, date) else str(value)


def as_xlsx(columns: Sequence[Column], found: Iterable[Sequence[Any]], title: str, *, help: bool = False) -> IO[bytes]:
    """A workbook in a file that is deleted when closed; with `help`, a second sheet says what the columns hold."""
    cells = ([_cell_value(one, value) for one, value in zip(columns, row, strict=True)] for row in found)
    book = _book([one.shown for one in columns], cells, title)
    if help:
        sheet = book.create_sheet(_("Help")[:SHEET_NAME])
        sheet.column_dimensions["B"].width = 90
        for one in columns:
            needed = _("(needed)") if one.required else ""
            sheet.append([one.shown, f"{_(one.help)} {needed}".strip()])
    return _file(book)


def xlsx_of(headings: Sequence[str], found: Iterable[Sequence[Any]], title: str) -> IO[bytes]:
    """A workbook of cells as they are."""
    return _file(_book(headings, found, title))


def _book(headings: Sequence[str], found: Iterable[Sequence[Any]], title: str) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(INVALID_TITLE_REGEX.sub(" ", title)[:SHEET_NAME])  # it may be that of a hostile file
    for number in range(len(headings)):
        sheet.column_dimensions[chr(ord("A") + number % 26) if number < 26 else "Z"].width = 18
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, one) for one in headings])
    for row in found:
        sheet.append([_cell(sheet, value) for value in row])
    return book


def _file(book: Workbook) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _cell_value(one: Column, value: Any) -> Any:
    return value / 100 if one.cell in IN_HUNDREDTHS and value is not None else value


def _cell(sheet: Any, value: Any) -> Any:
    """Text stays text, whatever it begins with."""
    if isinstance(value, str):
        return WriteOnlyCell(sheet, value=escaped(tidy(value)))
    if isinstance(value, float):
        cell = WriteOnlyCell(sheet, value=float(value))
        cell.number_format = "0.0%" if isinstance(value, Share) else "0.00"
        return cell
    if isinstance(value, int) and abs(value) >= LARGEST_NUMBER:
        return _cell(sheet, str(value))
    if isinstance(value, (date, datetime)) and value.year < 1900:
        return _cell(sheet, value.isoformat())
    if isinstance(value, time):
        return _cell(sheet, value.isoformat())
    return value
