"""A finished run, judged; and the baseline that approves what it saw."""

from collections.abc import Iterable

from accessibility.engine.baseline import Baseline, GateException, make_baseline
from accessibility.engine.gate import Demands, Verdict, decide
from accessibility.engine.problems import problems
from accessibility.engine.reports.run import Run


def judge(run: Run, demands: Demands, baseline: Baseline | None) -> Verdict:
    """The gate's verdict on a run, as of the day on which it ended."""
    return decide(
        run.rows,
        run.findings,
        coverage=run.coverage.share,
        score=run.score.value if run.score else None,
        engines=run.engines,
        checks=run.checks,
        baseline=baseline,
        demands=demands,
        today=run.ended_at.date(),
    )


def approved(run: Run, home: str, exceptions: Iterable[GateException] = ()) -> Baseline:
    """The baseline in which every failure of the run is known. Whether enough was seen is for `judge` to say.

    `home` is the platform's base address, empty where it has several.
    """
    return make_baseline(
        problems(run.findings),
        made_at=run.ended_at,
        platform=run.platform,
        base=home,
        engines=run.engines,
        checks=run.checks,
        roles={row.key.role for row in run.rows},
        viewports={row.key.viewport for row in run.rows},
        exceptions=exceptions,
    )
