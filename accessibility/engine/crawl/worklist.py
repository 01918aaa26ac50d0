"""The work list, which is also the coverage ledger: what the engine needs of it, and one kept in memory.

The service keeps its own in the database (`accessibility/ledger/audits/worklist.py`), so that a killed audit resumes.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from accessibility.engine.finding import Finding
from accessibility.engine.page import Declined, PlannedRow, Reason, Row, RowKey, RowResult, RowState


class WorkList(Protocol):
    """Rows of one audit. Calls are short and may come from worker threads, never two at once."""

    def wave(self) -> int:
        """How many waves have been planned so far; wave n holds the rows of depth n."""

    def plan(self, wave: int, rows: Sequence[PlannedRow], declined: Collection[Declined]) -> None:
        """Add wave number `wave` (from 0) in one transaction; declined addresses are kept once each."""

    def pending(self) -> list[PlannedRow]:
        """Rows still to visit, in order of position."""

    def finish(self, key: RowKey, result: RowResult) -> None:
        """Store what became of a row, findings included, in one transaction; a second call changes nothing."""

    def exclude(self, duplicates: Sequence[tuple[RowKey, str]]) -> None:
        """Take finished rows out as duplicates of the address named with each; their findings go."""

    def rows(self) -> Iterator[Row]:
        """Every row, in order of position."""

    def declined(self) -> list[Declined]:
        """Every declined address, sorted."""

    def add_findings(self, findings: Sequence[tuple[RowKey, Finding]]) -> None:
        """Replace the findings of the platform checks by these."""

    def wants_crop(self, component: str) -> bool:
        """True when a picture of this component is still missing. Claims it: the next call says False."""


class MemoryWorkList:
    """A work list that lives as long as the process: for the command line."""

    def __init__(self) -> None:
        self._planned_waves = 0
        self._rows: dict[RowKey, Row] = {}
        self._declined: set[Declined] = set()
        self._findings: dict[RowKey, tuple[Finding, ...]] = {}
        self._platform_findings: list[tuple[RowKey, Finding]] = []

    def wave(self) -> int:
        return self._planned_waves

    def plan(self, wave: int, rows: Sequence[PlannedRow], declined: Collection[Declined]) -> None:
        self._planned_waves = wave + 1
        for row in rows:
            self._rows[row.key] = Row(row, row.state, row.reason)
        self._declined.update(declined)

    def pending(self) -> list[PlannedRow]:
        return [row.planned for row in self.rows() if row.state is RowState.PENDING]

    def finish(self, key: RowKey, result: RowResult) -> None:
        row = self._rows[key]
        if row.state is not RowState.PENDING:
            return
        self._rows[key] = Row(
            row.planned, result.state, result.reason, result.detail, result.facts, result.rules, result.states
        )
        self._findings[key] = result.findings

    def exclude(self, duplicates: Sequence[tuple[RowKey, str]]) -> None:
        for key, original in duplicates:
            row = self._rows[key]
            self._rows[key] = Row(row.planned, RowState.EXCLUDED, Reason.DUPLICATE, original, row.facts)
            self._findings.pop(key, None)

    def rows(self) -> Iterator[Row]:
        yield from sorted(self._rows.values(), key=lambda row: row.planned.position)

    def declined(self) -> list[Declined]:
        return sorted(self._declined)

    def add_findings(self, findings: Sequence[tuple[RowKey, Finding]]) -> None:
        self._platform_findings = list(findings)

    def wants_crop(self, component: str) -> bool:
        return False

    def findings(self) -> Iterator[tuple[Row, Finding]]:
        """Every finding with its row, in order of the plan, those of the platform checks last."""
        for row in self.rows():
            for finding in self._findings.get(row.key, ()):
                yield row, finding
        for key, finding in self._platform_findings:
            yield self._rows[key], finding
