"""What every report for people and pipelines tells of a run, in one order: the verdict, the problems, the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accessibility.engine.finding import Outcome
from accessibility.engine.gate import GateVerdict, Verdict
from accessibility.engine.page import Row, RowState
from accessibility.engine.problems import Problem, problems
from accessibility.engine.reports.run import Run

MARKS = {GateVerdict.PASS: "●", GateVerdict.FAIL: "▲", GateVerdict.INCONCLUSIVE: "◆"}


@dataclass(frozen=True, slots=True)
class Group:
    """Problems under one heading. `accepted` says why they do not fail the run; empty where they do."""

    title: str
    problems: tuple[Problem, ...]
    accepted: str = ""


def groups(run: Run, verdict: Verdict | None) -> list[Group]:
    """Every problem of the run once, those that decide first. Without a gate every failure decides. None is empty."""
    found = problems(run.findings)
    review = Group("Needs review", _with(found, Outcome.NEEDS_REVIEW), "a person has to decide")
    if verdict is None:
        told = [Group("Failed", _with(found, Outcome.FAILED)), review]
    else:
        told = [
            Group("New failures", verdict.new_failures),
            Group("New, of less impact", verdict.lesser, "new, of less impact than the gate asks for"),
            Group("Known", verdict.known, "approved in the baseline"),
            Group("Excepted", verdict.excepted, "excepted in the baseline"),
            review,
        ]
    return [group for group in told if group.problems]


def _with(found: Sequence[Problem], outcome: Outcome) -> tuple[Problem, ...]:
    return tuple(problem for problem in found if problem.outcome is outcome)


def headline(run: Run, verdict: Verdict | None) -> str:
    """The answer in one line, its mark before it."""
    if verdict is not None:
        return f"{MARKS[verdict.verdict]} Gate: {verdict.verdict.value}"
    failed = sum(problem.outcome is Outcome.FAILED for problem in problems(run.findings))
    if failed:
        return f"▲ {failed} problem{'s' * (failed > 1)} failed"
    return "● No failure found" if run.coverage.audited else "◆ No page was audited"


def figures(run: Run) -> Iterator[tuple[str, str]]:
    """The run in figures: what each is called, and its value as text."""
    found = problems(run.findings)
    covered = run.coverage
    yield "Failed problems", str(len(_with(found, Outcome.FAILED)))
    yield "Need review", str(len(_with(found, Outcome.NEEDS_REVIEW)))
    yield "Coverage", f"{covered.share:.1%} ({covered.audited} of {covered.planned} planned audited in full)"
    yield "Score", f"{run.score.value:.1f} of 100" if run.score else "none below the coverage floor"
    yield "Ended", f"{run.ended_at:%Y-%m-%d %H:%M} UTC"
    yield "Engines", ", ".join(f"{name} {version}" for name, version in sorted(run.engines.items()))


def heading(problem: Problem) -> str:
    """What is required: the first sentence of the check's message, or the rules where it says nothing."""
    first = problem.example.message.strip().partition(". ")[0].rstrip(".")
    return first or ", ".join(problem.rules)


def element(problem: Problem) -> str:
    """Where the example is: the selectors of its frames, then its own."""
    return " > ".join((*problem.example.frame, problem.example.selector))


def rows_left(run: Run) -> list[Row]:
    """Rows that were not audited in full, in order of the plan."""
    return [row for row in run.rows if row.state is not RowState.AUDITED]
