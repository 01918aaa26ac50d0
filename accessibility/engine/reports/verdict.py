"""A gate's verdict as JSON: what decided it, and what it was measured against."""

from typing import Any

from accessibility.engine.baseline import Baseline
from accessibility.engine.gate import Demands, Verdict
from accessibility.engine.page import RowState
from accessibility.engine.problems import Problem
from accessibility.engine.reports.json_text import json_text
from accessibility.engine.reports.run import Run, said_of


def verdict_json(run: Run, verdict: Verdict, demands: Demands, baseline: Baseline | None) -> str:
    """The whole file."""
    return json_text(verdict_data(run, verdict, demands, baseline), indent=1) + "\n"


def verdict_data(run: Run, verdict: Verdict, demands: Demands, baseline: Baseline | None) -> dict[str, Any]:
    """The same as plain data; `docs/command-line.md` explains the keys."""
    return {
        "verdict": verdict.verdict.value,
        "reasons": list(verdict.reasons),
        "new_failures": [_problem(problem) for problem in verdict.new_failures],
        "lesser": [_problem(problem) for problem in verdict.lesser],
        "known": [_problem(problem) for problem in verdict.known],
        "excepted": [_problem(problem) for problem in verdict.excepted],
        "not_covered": _not_covered(run),
        "coverage": run.coverage.share,
        "min_coverage": demands.min_coverage,
        "score": run.score.value if run.score else None,
        "min_score": demands.min_score,
        "fail_on": demands.fail_on.value,
        "platform": run.platform,
        "checks": list(run.checks),
        "engines": run.engines,
        "baseline_engines": baseline.engines if baseline else None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "component": problem.component,
        "rules": list(problem.rules),
        "sc": list(problem.criteria),
        "impact": problem.impact.value,
        "elements": problem.elements,
        "pages": list(problem.pages),
        "selector": problem.example.selector,
        "frame": list(problem.example.frame),
        "message": problem.example.message,
        "help_url": problem.example.help_url,
    }


def _not_covered(run: Run) -> list[dict[str, Any]]:
    return [
        {
            "url": row.key.url,
            "role": row.key.role,
            "viewport": row.key.viewport,
            "page": page,
            "reason": reason,
            "planned": row.state is not RowState.EXCLUDED,
        }
        for row in run.rows
        if row.state is not RowState.AUDITED
        for page, reason in (said_of(row),)
    ]
