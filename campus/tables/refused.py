"""The rows that were refused, as a file of the same kind with one more column: to mend and to send again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any

from campus.tables.cells import Raw, is_empty
from campus.tables.columns import COLUMNS
from campus.tables.exports import csv_lines, xlsx_of
from campus.tables.plans import problems_by_row
from campus.tables.rules import Problem, Table
from campus.tables.sheets import Sheet
from campus.tables.texts import unescaped
from core.i18n import gettext as _


def said(table: Table, problem: Problem) -> str:
    """A problem as one reads it: the column's title, then what is wrong."""
    title = title_of(table, problem)
    return _("%(place)s: %(problem)s", place=title, problem=problem.message) if title else problem.message


def title_of(table: Table, problem: Problem) -> str:
    """The title of the column that is wrong; "" where it is the whole row."""
    return {one.key: one.shown for one in COLUMNS[table]}.get(problem.column, "")


def _rows(table: Table, sheet: Sheet, problems: Iterable[Problem]) -> Iterator[list[Any]]:
    found, width = problems_by_row(problems), _width(sheet)
    for number, cells in sheet.rows:
        if number in found:
            padded: list[Raw] = [*cells, *[None] * width][:width]
            yield [*map(_plain, padded), "; ".join(said(table, one) for one in found[number])]


def _plain(value: Raw) -> Any:
    return unescaped(value) if isinstance(value, str) else value


def _width(sheet: Sheet) -> int:
    """The columns that hold something: a workbook is read with many empty ones beside them."""
    every: tuple[Sequence[Raw], ...] = (sheet.headings, *(cells for _row, cells in sheet.rows))
    return max(position + 1 for cells in every for position, cell in enumerate(cells) if not is_empty(cell))


def _headings(sheet: Sheet) -> Sequence[str]:
    width = _width(sheet)
    return [*[*sheet.headings, *[""] * width][:width], _("Problem")]


def as_csv(table: Table, sheet: Sheet, problems: Iterable[Problem]) -> Iterator[str]:
    """The refused rows as CSV."""
    texts = ([_text(value) for value in row] for row in _rows(table, sheet, problems))
    return csv_lines(_headings(sheet), texts, bom=True)


def as_xlsx(table: Table, sheet: Sheet, problems: Iterable[Problem]) -> IO[bytes]:
    """The refused rows as a workbook."""
    return xlsx_of(_headings(sheet), _rows(table, sheet, problems), sheet.name or _("Refused rows"))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
