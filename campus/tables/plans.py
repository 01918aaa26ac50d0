"""What a file would do to the books: every row with its outcome, and a sum by which changed books are noticed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from sqlalchemy.orm import Session

from campus.tables.kinds import WAYS
from campus.tables.mapping import given_rows
from campus.tables.rules import Choices, Given, Line, Outcome, Problem, Table
from campus.tables.sheets import Sheet


@dataclass(frozen=True)
class Plan:
    """The lines in the order of the file. `notes` are of cells that were read with something left out."""

    table: Table
    lines: list[Line]
    notes: list[Problem]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome, by its name, and under `rows` all of them."""
        found = dict.fromkeys((one.value for one in Outcome), 0)
        for line in self.lines:
            found[line.outcome] += 1
        return found | {"rows": len(self.lines)}

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, by row."""
        return [problem for line in self.lines for problem in line.problems]

    @property
    def changes(self) -> list[Line]:
        """The lines that would write something."""
        return [line for line in self.lines if line.changes]

    @cached_property
    def digest(self) -> str:
        """The same for two plans that would do the same."""
        told = sha256()
        for line in self.lines:
            shown = sorted((key, str(value)) for key, value in line.shown.items())
            before = sorted((key, str(value)) for key, value in line.before.items())
            told.update(repr((line.row, line.outcome.value, line.target, shown, before)).encode("utf-8", "replace"))
        return told.hexdigest()

    def first(self, outcome: Outcome, most: int) -> list[Line]:
        """The first lines of an outcome."""
        return [line for line in self.lines if line.outcome is outcome][:most]


def make_plan(session: Session, table: Table, rows: tuple[list[Given], list[Problem]], choices: Choices) -> Plan:
    """Hold rows that were read against the books. Raises what is wrong with the whole."""
    given, notes = rows
    return Plan(table, WAYS[table].plan(session, given, choices), notes)


def plan_of(session: Session, table: Table, sheet: Sheet, choices: Choices) -> Plan:
    """Read the rows of a sheet and hold them against the books."""
    return make_plan(session, table, given_rows(table, sheet, choices), choices)


def problems_by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    """The problems of each row."""
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.row, []).append(problem)
    return found
