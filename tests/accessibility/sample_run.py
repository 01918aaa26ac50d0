"""Invented rows and findings for the tests of gate and reports."""

from dataclasses import replace
from datetime import UTC, datetime

from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import Declined, PageFacts, PlannedRow, Reason, Row, RowKey, RowState
from accessibility.engine.reports.run import Run
from accessibility.engine.score import coverage, score

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
ENGINES = {"axe-core": "4.14.1", "campus": "0.1.0"}


def row(
    path: str = "",
    state: RowState = RowState.AUDITED,
    reason: Reason | None = None,
    *,
    source: str = "link",
    detail: str = "",
    viewport: str = "desktop",
) -> Row:
    """A row of example.org; audited and partly audited ones have facts."""
    key = RowKey(f"https://example.org/{path}", "anonymous", viewport)
    seen = state in (RowState.AUDITED, RowState.PARTLY)
    facts = PageFacts(final_url=f"https://example.org/{path}#seen", status=200) if seen else None
    return Row(PlannedRow(key, 0, 0, source), state, reason, detail, facts)


def finding(component: str = "k1", **changes: object) -> Finding:
    """A serious failure of a rule on images."""
    sample = Finding(
        check="axe",
        rule="image-alt",
        criteria=("1.1.1",),
        outcome=Outcome.FAILED,
        impact=Impact.SERIOUS,
        message="Images must have alternative text.",
        help_url="https://rules.example.org/image-alt",
        component=component,
        selector="main > img",
        html='<img src="a.png">',
    )
    return replace(sample, **changes)  # type: ignore[arg-type]


def run(rows: list[Row], findings: list[tuple[Row, Finding]], declined: tuple[Declined, ...] = ()) -> Run:
    """A finished run of these rows and findings."""
    return Run(
        platform="sample",
        engines=ENGINES,
        checks=("axe", "page-title"),
        started_at=NOW,
        ended_at=NOW,
        rows=rows,
        findings=findings,
        declined=declined,
        coverage=coverage(rows),
        score=score(rows),
    )
