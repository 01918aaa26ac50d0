"""How imports and exports are called on pages, and how their cells are shown there."""

from datetime import date
from typing import Any

from api.claim_words import FEATURES
from campus.occupancy.rules import in_words
from campus.tables.column import IN_HUNDREDTHS, Column
from campus.tables.columns import COLUMNS
from campus.tables.rules import Line, Outcome, State, Table
from core.i18n import format_date, format_number, lazy

TABLES = {
    Table.COUNTS: lazy("Daily counts"),
    Table.STAYS: lazy("Stays"),
    Table.ROOMING: lazy("Rooming list of a block"),
    Table.ROOMS: lazy("Rooms"),
    Table.READINGS: lazy("Meter readings"),
    Table.DEGREE_DAYS: lazy("Degree-days"),
    Table.COSTS: lazy("Running costs"),
    Table.INCOMES: lazy("Recoveries and rents"),
}
STATES = {
    State.UPLOADED: ("warn", lazy("Waits for you")),
    State.DONE: ("good", lazy("Imported")),
    State.UNDONE: ("info", lazy("Undone")),
}
OUTCOMES = {
    Outcome.ADD: ("info", lazy("Add")),
    Outcome.CHANGE: ("warn", lazy("Change")),
    Outcome.SAME: ("good", lazy("Unchanged")),
    Outcome.REFUSED: ("bad", lazy("Refused")),
}


def shown(column: Column, value: Any) -> str:
    """A cell as a reader of this language writes it; "–" for an empty one."""
    if value is None or value == "":
        return "–"
    if column.cell in IN_HUNDREDTHS and isinstance(value, int):
        return format_number(value / 100)
    if column.key == "status":
        return in_words(str(value))
    if column.key == "features":
        return ", ".join(str(FEATURES.get(one.strip(), one)) for one in str(value).split(","))
    return format_date(value) if isinstance(value, date) else str(value)


def row_text(table: Table, line: Line) -> str:
    """What a row says, in one line."""
    told = ((one, line.shown.get(one.key)) for one in COLUMNS[table])
    return " · ".join(shown(one, value) for one, value in told if value not in (None, ""))


def changes(table: Table, line: Line) -> list[tuple[str, str, str]]:
    """Title, value and value before of each column that a row changes."""
    return [
        (one.shown, shown(one, line.shown.get(one.key)), shown(one, line.before[one.key]))
        for one in COLUMNS[table]
        if one.key in line.before
    ]
