"""What a report is made of: one finished run as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.finding import Finding
from accessibility.engine.page import Declined, Row, RowState
from accessibility.engine.score import Coverage, Score, coverage, score


@dataclass(frozen=True, slots=True)
class Run:
    """`score` is None below the coverage floor. Rows are in order of the plan, each finding comes with its row."""

    platform: str
    engines: dict[str, str]
    checks: tuple[str, ...]
    started_at: datetime
    ended_at: datetime
    rows: Sequence[Row]
    findings: Sequence[tuple[Row, Finding]]
    declined: Sequence[Declined]
    coverage: Coverage
    score: Score | None


def finished_run(
    worklist: MemoryWorkList,
    *,
    platform: str,
    engines: dict[str, str],
    checks: tuple[str, ...],
    started_at: datetime,
    ended_at: datetime,
    coverage_floor: float,
) -> Run:
    """A run that has come to its end, from its work list. `coverage_floor` is a share; below it there is no score."""
    rows = list(worklist.rows())
    covered = coverage(rows)
    return Run(
        platform=platform,
        engines=engines,
        checks=checks,
        started_at=started_at,
        ended_at=ended_at,
        rows=rows,
        findings=list(worklist.findings()),
        declined=worklist.declined(),
        coverage=covered,
        score=score(rows) if covered.audited and covered.meets(coverage_floor) else None,
    )


def said_of(row: Row) -> tuple[str, str | None]:
    """What a report says of a row: `audited`, `partly audited` or `not audited`, and the reason for the latter two."""
    if row.state in (RowState.AUDITED, RowState.PARTLY):
        return row.state.value, row.reason.value if row.reason else None
    if row.state is RowState.PENDING:
        return RowState.NOT_AUDITED.value, "cancelled"
    return RowState.NOT_AUDITED.value, row.reason.value if row.reason else None
