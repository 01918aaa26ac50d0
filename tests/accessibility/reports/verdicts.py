"""Verdicts over invented runs."""

from collections.abc import Collection
from datetime import date

from accessibility.engine.baseline import Baseline, GateException, make_baseline
from accessibility.engine.gate import Demands, Verdict, decide
from accessibility.engine.problems import problems
from accessibility.engine.reports.run import Run

TODAY = date(2026, 3, 1)


def baseline_of(made: Run, approved: Collection[str], excepted: Collection[str] = ()) -> Baseline:
    """A baseline in which these components of a run are approved or excepted."""
    return make_baseline(
        [one for one in problems(made.findings) if one.component in approved],
        made_at=made.ended_at,
        platform=made.platform,
        engines=made.engines,
        checks=made.checks,
        roles=("anonymous",),
        viewports=("desktop",),
        exceptions=[
            GateException(component=one, kind="accepted risk", reason="Sample", until=TODAY) for one in excepted
        ],
    )


def verdict_of(made: Run, approved: Collection[str] = (), excepted: Collection[str] = ()) -> Verdict:
    """What a gate says of a run."""
    return decide(
        made.rows,
        made.findings,
        coverage=made.coverage.share,
        score=None,
        engines=made.engines,
        checks=made.checks,
        baseline=baseline_of(made, approved, excepted),
        demands=Demands(),
        today=TODAY,
    )
