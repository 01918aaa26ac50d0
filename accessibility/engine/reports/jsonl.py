"""One JSON object a line: every row of the audit, then every finding. `docs/command-line.md` explains the fields."""

from collections.abc import Iterator
from typing import Any

from accessibility.engine.finding import Finding
from accessibility.engine.page import Row, RowState
from accessibility.engine.reports.json_text import json_text
from accessibility.engine.reports.run import Run, said_of


def jsonl(run: Run) -> str:
    """The whole file. Only ASCII, so that no character in a page's text can look like the end of a line."""
    return "".join(f"{json_text(line)}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[dict[str, Any]]:
    yield from map(_row, run.rows)
    for row, finding in run.findings:
        yield _finding(row, finding)


def _row(row: Row) -> dict[str, Any]:
    page, reason = said_of(row)
    return {
        **_place(row),
        "page": page,
        "reason": reason,
        "detail": row.detail,
        "planned": row.state is not RowState.EXCLUDED,
    }


def _finding(row: Row, finding: Finding) -> dict[str, Any]:
    return {
        **_place(row),
        "sc": list(finding.criteria),
        "outcome": finding.outcome.value,
        "rule": finding.rule,
        "check": finding.check,
        "impact": finding.impact.value,
        "frame": list(finding.frame),
        "selector": finding.selector,
        "html": finding.html,
        "state": finding.state,
        "component": finding.component,
        "message": finding.message,
        "steps": list(finding.steps),
    }


def _place(row: Row) -> dict[str, Any]:
    return {
        "url": row.key.url,
        "final_url": row.facts.final_url if row.facts else None,
        "viewport": row.key.viewport,
        "role": row.key.role,
    }
