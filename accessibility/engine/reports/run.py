"""What a report is made of: one finished run as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accessibility.engine.finding import Finding
from accessibility.engine.page import Declined, Row, RowState
from accessibility.engine.score import Coverage, Score


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


def said_of(row: Row) -> tuple[str, str | None]:
    """What a report says of a row: `audited`, `partly audited` or `not audited`, and the reason for the latter two."""
    if row.state in (RowState.AUDITED, RowState.PARTLY):
        return row.state.value, row.reason.value if row.reason else None
    if row.state is RowState.PENDING:
        return RowState.NOT_AUDITED.value, "cancelled"
    return RowState.NOT_AUDITED.value, row.reason.value if row.reason else None
