"""The vocabulary of imports and exports, and their limits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_ROWS = 25_000  # in a file; 20,000 stays are written in some seconds, during which other writers wait
MOST_COLUMNS = 100
MOST_TEXT = 2000  # characters of a cell


class Table(StrEnum):
    """What can be brought in and taken out."""

    COUNTS = "counts"
    STAYS = "stays"
    ROOMING = "rooming"
    ROOMS = "rooms"
    READINGS = "readings"
    DEGREE_DAYS = "degree-days"
    COSTS = "costs"
    INCOMES = "incomes"


class State(StrEnum):
    """How far an import is."""

    UPLOADED = "uploaded"
    DONE = "done"
    UNDONE = "undone"


class Outcome(StrEnum):
    """What a row would do."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, or worth a note. `column` is the key of a column; empty for the whole row."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the file as it was read: values by key of column, None for an empty cell; problems of single cells."""

    row: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Line:
    """A row and what it would do.

    `values` are those of the books, `shown` the same by key of column as an export writes them, `before` those of
    `shown` that it changes, as they are now. `target` is what is there already: None for what is to be added. `was` are
    its values of the books.
    """

    row: int
    outcome: Outcome
    values: dict[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    target: Any = None
    was: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the row would write something."""
        return self.outcome in (Outcome.ADD, Outcome.CHANGE)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a file: its sheet, the position of each column by key, the order of dates by key.

    `block` is the number of the block that a rooming list is for, `reason` stands for rows without one of their own.
    """

    sheet: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    block: int | None = None
    reason: str = ""


def refused(given: Given, *problems: Problem) -> Line:
    """A row that is not accepted."""
    return Line(given.row, Outcome.REFUSED, shown=given.values, problems=(*given.problems, *problems))


def settled(row: int, values: dict[str, Any], shown: Mapping[str, Any], now: Mapping[str, Any], target: Any) -> Line:
    """A row of something that is there already: a change where it says something else, by key of column."""
    before = {key: now[key] for key, value in shown.items() if key in now and now[key] != value}
    return Line(row, Outcome.CHANGE if before else Outcome.SAME, values, shown, before, target)
