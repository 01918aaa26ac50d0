"""What a person reads after a run: problems, pages not audited, coverage and score, narrow enough for 80 columns.

Colour only where the terminal has it and `NO_COLOR` is not set; everything is said in words too. What comes from pages
is shown without control characters, so that no page can write to the terminal.
"""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.gate import Verdict
from accessibility.engine.page import REASONS, Reason, RowState
from accessibility.engine.problems import Problem, problems
from accessibility.engine.reports.run import Run, said_of
from accessibility.engine.wcag import title

STYLES = {Impact.CRITICAL: "bold red", Impact.SERIOUS: "red", Impact.MODERATE: "yellow", Impact.MINOR: ""}
SHOWN = 200  # lines of one table; the files have them all


def show_run(console: Console, run: Run) -> None:
    """Print the result of a run."""
    found = problems(run.findings)
    _show_problems(console, "Failed", [p for p in found if p.outcome is Outcome.FAILED])
    _show_problems(console, "Needs review", [p for p in found if p.outcome is Outcome.NEEDS_REVIEW])
    _show_rows(console, run)
    _show_figures(console, run, found)


def show_verdict(console: Console, verdict: Verdict) -> None:
    """Print a gate's verdict and what decided it."""
    _show_problems(console, "New failures", verdict.new_failures)
    counts = f"{len(verdict.lesser)} new of less impact, {len(verdict.known)} known, {len(verdict.excepted)} excepted"
    console.print(Text(f"Failures besides: {counts}"))
    console.print(Text(f"Verdict: {verdict.verdict.value}", style="bold"))
    for reason in verdict.reasons:
        console.print(Text(f"  {_plain(reason)}"))


def _show_problems(console: Console, heading: str, shown: Sequence[Problem]) -> None:
    if not shown:
        return
    table = _table("impact", "problem", "elements", "pages", "example")
    for problem in shown[:SHOWN]:
        criteria = "\n".join(map(title, problem.criteria))
        table.add_row(
            Text(problem.impact.value, style=STYLES[problem.impact]),
            Text(f"{', '.join(problem.rules)}\n{criteria}"),
            str(problem.elements),
            str(len(problem.pages)),
            Text(f"{_plain(problem.pages[0])}\n{_plain(_selector(problem))}"),
        )
    _print(console, f"{heading}: {len(shown)}", table, len(shown))


def _selector(problem: Problem) -> str:
    return " > ".join((*problem.example.frame, problem.example.selector))


def _show_rows(console: Console, run: Run) -> None:
    open_rows = [row for row in run.rows if row.state is not RowState.AUDITED]
    if not open_rows:
        return
    table = _table("page", "reason", "role, viewport", "address")
    for row in open_rows[:SHOWN]:
        page, reason = said_of(row)
        page = "not planned" if row.state is RowState.EXCLUDED else page
        detail = f" ({row.detail})" if row.detail else ""
        table.add_row(
            page, Text(_plain(f"{reason}{detail}")), f"{row.key.role}, {row.key.viewport}", Text(_plain(row.key.url))
        )
    _print(console, f"Not audited in full: {len(open_rows)}", table, len(open_rows))
    for reason in sorted({reason for row in open_rows if (reason := said_of(row)[1])}):
        console.print(Text(f"  {reason}: {REASONS[Reason(reason)]}"))
    console.print()


def _show_figures(console: Console, run: Run, found: Sequence[Problem]) -> None:
    counted = Counter(problem.outcome for problem in found)
    covered = run.coverage
    lines = [
        f"Problems: {counted[Outcome.FAILED]} failed, {counted[Outcome.NEEDS_REVIEW]} need review",
        f"Coverage: {covered.share:.1%} ({covered.audited} of {covered.planned} planned audited in full)",
        f"Score: {run.score.value:.1f} of 100" if run.score else "Score: none below the coverage floor",
    ]
    if run.declined:
        reasons = Counter(declined.reason.value for declined in run.declined)
        counts = ", ".join(f"{number} {reason}" for reason, number in sorted(reasons.items()))
        lines.append(f"Seen in links and left out of the plan: {counts}")
    lines.append(f"Engines: {', '.join(f'{name} {version}' for name, version in sorted(run.engines.items()))}")
    for line in lines:
        console.print(Text(line))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in ("elements", "pages") else "left")
    return table


def _print(console: Console, heading: str, table: Table, total: int) -> None:
    console.print(Text(heading, style="bold"))
    console.print(table)
    if total > SHOWN:
        console.print(Text(f"… and {total - SHOWN} more: --jsonl FILE has them all"))
    console.print()


def _plain(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)
