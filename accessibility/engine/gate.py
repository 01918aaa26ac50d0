"""The verdict of a release gate. Pure.

Inconclusive goes before fail, and fail before pass: a verdict needs the coverage. New failures that were seen
are listed all the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accessibility.engine.baseline import Baseline
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import Reason, Row, RowState
from accessibility.engine.problems import Problem, problems


class GateVerdict(StrEnum):
    """The three verdicts, in the order of the exit codes 0, 1, 2."""

    PASS = "pass"  # noqa: S105  # not a password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict and what it rests on.

    `reasons` are sentences, empty for a pass. `new_failures` are those that fail; `lesser` are new too, but of less
    impact than asked for. `known` were approved, `excepted` have an exception that has not expired.
    """

    verdict: GateVerdict
    reasons: tuple[str, ...]
    new_failures: tuple[Problem, ...]
    lesser: tuple[Problem, ...]
    known: tuple[Problem, ...]
    excepted: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of a run. `min_coverage` is a share from 0 to 1, `min_score` goes from 0 to 100 or is not asked."""

    fail_on: Impact = Impact.SERIOUS
    min_coverage: float = 0.95
    min_score: float | None = None


def decide(
    rows: Sequence[Row],
    findings: Iterable[tuple[Row, Finding]],
    *,
    coverage: float,
    score: float | None,
    engines: Mapping[str, str],
    checks: Collection[str],
    baseline: Baseline | None,
    demands: Demands,
    today: date,
) -> Verdict:
    """Judge one run. `coverage` is a share; `score` is None where there is none; `today` decides on exceptions."""
    failures = [problem for problem in problems(findings) if problem.outcome is Outcome.FAILED]
    excepted = baseline.excepted(today) if baseline else frozenset()
    approved = baseline.approved(today) if baseline else frozenset()
    new = [p for p in failures if p.component not in excepted | approved]
    failing = tuple(p for p in new if p.impact.at_least(demands.fail_on))
    doubts = [*_unseen(rows), *_coverage(rows, coverage, demands), *_mismatch(engines, checks, baseline)]
    faults = [*_new(failing, demands.fail_on)]
    if demands.min_score is not None:
        if score is None:
            doubts.append("there is no score to compare with the minimum")
        elif score < demands.min_score:
            faults.append(f"the score {score:.1f} is under the minimum of {demands.min_score:g}")
    return Verdict(
        verdict=GateVerdict.INCONCLUSIVE if doubts else GateVerdict.FAIL if faults else GateVerdict.PASS,
        reasons=(*doubts, *faults),
        new_failures=failing,
        lesser=tuple(p for p in new if p not in failing),
        known=tuple(p for p in failures if p.component in approved - excepted),
        excepted=tuple(p for p in failures if p.component in excepted),
    )


ASKED_FOR = frozenset({"given", "start"})
SEEN_ELSEWHERE = frozenset({Reason.REDIRECTED, Reason.DUPLICATE})


def asked_but_unseen(rows: Iterable[Row]) -> list[Row]:
    """Rows of addresses that a person named and that turned out to be no page, such as a 404.

    They are not planned, so the coverage does not know them; but whoever named them expects them to be audited.
    """
    return [
        row
        for row in rows
        if row.state is RowState.EXCLUDED and row.planned.source in ASKED_FOR and row.reason not in SEEN_ELSEWHERE
    ]


def _unseen(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        if row.state is RowState.PENDING or row.reason in (Reason.TIME_LIMIT, Reason.CANCELLED):
            yield "the run ended before every page was visited"
            break
    for url, reason in dict.fromkeys((row.key.url, row.reason) for row in asked_but_unseen(rows)):
        yield f"{url} was asked for and not audited: {reason}"


def _coverage(rows: Sequence[Row], coverage: float, demands: Demands) -> Iterator[str]:
    if not any(row.state in (RowState.AUDITED, RowState.PARTLY) for row in rows):
        yield "no page was audited"
    elif coverage < demands.min_coverage:
        yield f"the coverage {coverage:.1%} is under the floor of {demands.min_coverage:.1%}"


def _mismatch(engines: Mapping[str, str], checks: Collection[str], baseline: Baseline | None) -> Iterator[str]:
    if baseline is None:
        return
    for name in sorted(engines.keys() | baseline.engines.keys()):
        then, now = baseline.engines.get(name, "none"), engines.get(name, "none")
        if then != now:
            yield f"the baseline was made with {name} {then}, this run with {now}: approve a new baseline"
    if unknown := sorted(set(checks) - set(baseline.checks)):
        yield f"the baseline was made without these checks: {', '.join(unknown)}: approve a new baseline"


def _new(failing: Sequence[Problem], fail_on: Impact) -> Iterator[str]:
    if failing:
        worse = "" if fail_on is Impact.CRITICAL else " or worse"
        yield f"new failures of impact {fail_on}{worse}: {len(failing)}"
