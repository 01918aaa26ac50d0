"""Which column of a file is which: proposed from the headings, chosen by a person, then applied to the rows. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from campus.amounts import decimal_mark
from campus.tables.cells import Raw, is_empty, read
from campus.tables.column import Cell, Column, plain
from campus.tables.columns import COLUMNS
from campus.tables.dates import Order, has_two_readings, order_of
from campus.tables.rules import Choices, Given, Problem, Table
from campus.tables.sheets import Sheet
from core.errors import InvalidInput
from core.i18n import gettext as _


def proposed(table: Table, headings: Sequence[str]) -> dict[str, int]:
    """Key of column → position, by the headings: titles go before other names, and no heading serves twice."""
    places = {plain(heading): place for place, heading in reversed(list(enumerate(headings))) if heading}
    found: dict[str, int] = {}
    for rank in range(max(len(list(one.names())) for one in COLUMNS[table])):
        for one in COLUMNS[table]:
            names = list(one.names())
            if one.key in found or rank >= len(names):
                continue
            place = places.get(names[rank])
            if place is not None and place not in found.values():
                found[one.key] = place
    return found


def sum_of(headings: Sequence[str]) -> str:
    """By which files of the same headings know each other; a column of problems that was added counts for nothing."""
    told = [plain(heading) for heading in headings if plain(heading) not in ("problem", "problème")]
    return sha256("\x1f".join(told).encode()).hexdigest()


def as_json(choices: Choices) -> dict[str, Any]:
    """The choices as plain JSON."""
    return asdict(choices)


def from_json(kept: Mapping[str, Any]) -> Choices:
    """The way back."""
    return Choices(**kept)


def check(table: Table, headings: Sequence[str], choices: Choices) -> None:
    """Raises `InvalidInput` naming the column that is missing, unknown, or chosen for two things."""
    seen: dict[int, str] = {}
    for one in COLUMNS[table]:
        place = choices.columns.get(one.key)
        if place is None:
            if one.required:
                raise InvalidInput(_("choose the column of the file"), place=one.key)
            continue
        if not 0 <= place < len(headings) or not headings[place]:
            raise InvalidInput(_("there is no such column in the file"), place=one.key)
        if place in seen:
            raise InvalidInput(_("is the same column as “%(other)s”", other=seen[place]), place=one.key)
        seen[place] = one.shown


def doubtful(table: Table, sheet: Sheet, columns: Mapping[str, int]) -> dict[str, str]:
    """Date columns in which a date has two readings that no other value decides → the first such date."""
    found = {}
    for one, values in _dates(table, sheet, columns):
        if order_of(values) is None and (odd := next(filter(has_two_readings, values), None)) is not None:
            found[one.key] = str(odd)
    return found


def given_rows(table: Table, sheet: Sheet, choices: Choices) -> tuple[list[Given], list[Problem]]:
    """The rows as they were meant, and notes on what was left out of a cell."""
    check(table, sheet.headings, choices)
    orders = {one.key: order_of(values) for one, values in _dates(table, sheet, choices.columns)}
    orders |= {key: Order(order) for key, order in choices.orders.items() if key in orders}
    euros = _cells_of(Cell.EUROS, table, sheet, choices.columns)
    marks = {one.key: decimal_mark(value for value in values if isinstance(value, str)) for one, values in euros}
    chosen = [one for one in COLUMNS[table] if one.key in choices.columns]
    notes: list[Problem] = []
    return [_given(row, cells, chosen, choices, orders, marks, notes) for row, cells in sheet.rows], notes


def _dates(table: Table, sheet: Sheet, columns: Mapping[str, int]) -> list[tuple[Column, list[Raw]]]:
    return _cells_of(Cell.DATE, table, sheet, columns)


def _cells_of(cell: Cell, table: Table, sheet: Sheet, columns: Mapping[str, int]) -> list[tuple[Column, list[Raw]]]:
    chosen = [one for one in COLUMNS[table] if one.cell is cell and one.key in columns]
    return [(one, [_at(cells, columns[one.key]) for _row, cells in sheet.rows]) for one in chosen]


def _given(
    row: int,
    cells: list[Raw],
    chosen: Sequence[Column],
    choices: Choices,
    orders: Mapping[str, Order | None],
    marks: Mapping[str, str],
    notes: list[Problem],
) -> Given:
    values, problems = {}, []
    for one in chosen:
        raw = _at(cells, choices.columns[one.key])
        try:
            values[one.key], note = read(raw, one.cell, orders.get(one.key), marks.get(one.key, ""))
        except InvalidInput as error:
            problems.append(Problem(row, one.key, error.message))
            continue
        if note:
            notes.append(Problem(row, one.key, note))
        if one.required and is_empty(raw):
            problems.append(Problem(row, one.key, _("is missing")))
    return Given(row, values, tuple(problems))


def _at(cells: Sequence[Raw], place: int) -> Raw:
    return cells[place] if place < len(cells) else None
