"""`campus act`: the engine measured by the W3C's ACT test cases."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from accessibility.engine.act import NOT_FAILED, Agreement, Called, Expected, RuleReport, by_rule
from accessibility.engine.checks.rule import Profile
from accessibility.engine.files import write_whole
from accessibility.engine.reports.earl import earl
from jobs import run_options as given
from jobs.act_run import cases_at, of_rules, run_cases
from jobs.run_options import some
from jobs.single_run import Reports, console, prepare_files, write_reports

FAILED = (Expected.FAILED,)
FOUND, ASKED = (Called.FAILED,), (Called.CANNOT_TELL,)
MISSED = (Called.PASSED, Called.UNTESTED)
PAGE_NOT_AUDITED = 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(act)


def act(
    cases: Annotated[str, typer.Argument(metavar="CASES", help="Folder or address with a testcases.json.")],
    rule: Annotated[list[str] | None, typer.Option(help="Only this ACT rule, by its id; may be repeated.")] = None,
    profile: Annotated[Profile, typer.Option(help="Which checks run.")] = Profile.DEEP,
    checks: given.Checks = None,
    earl_file: Annotated[Path | None, typer.Option("--earl", help="Write the W3C's implementation report.")] = None,
    jsonl_file: given.JsonlFile = None,
) -> int:
    """Audit the W3C's ACT test cases and show how what they are called agrees with what is expected."""
    reports = Reports(jsonl=jsonl_file)
    prepare_files((*reports.files, earl_file))
    with cases_at(cases) as placed:
        chosen = of_rules(placed, some(rule))
        run, calls = run_cases(chosen, some(checks), profile)
    write_reports(run, reports)
    if earl_file:
        write_whole(earl_file, earl(run, {address: case.url for case, address in chosen}))
    _show(by_rule(calls))
    return PAGE_NOT_AUDITED if any(called is Called.UNTESTED for _, called in calls) else 0


def _show(reports: list[RuleReport]) -> None:
    whole = [Column(name, no_wrap=True) for name in ("Rule", "Agreement", "Failed", "", "", "Others", "")]
    table = Table(*whole, "Criteria", "Name", box=None)
    table.add_row("", "", "found", "asked", "missed", "false", "asked", "", "")
    for report in reports:
        table.add_row(
            report.rule.id,
            report.agreement,
            *(str(report.count(FAILED, *called)) for called in (FOUND, ASKED, MISSED)),
            *(str(report.count(NOT_FAILED, *called)) for called in (FOUND, ASKED)),
            " ".join([*report.rule.criteria, *(f"({one})" for one in report.rule.secondary)]),
            report.rule.name,
        )
    console().print(table)
    console().print("In brackets: criteria that failing the rule may fail. found, false: called failed.")
    binding = [report for report in reports if report.rule.criteria]
    _sum_up("Rules that a criterion of level A or AA needs", binding)
    _sum_up("All rules", reports)


def _sum_up(name: str, reports: list[RuleReport]) -> None:
    def of(expected: Collection[Expected], *called: Called) -> int:
        return sum(report.count(expected, *called) for report in reports)

    failed, others = of(FAILED, *Called), of(NOT_FAILED, *Called)
    agree = Counter(report.agreement for report in reports)
    console().print(
        f"{name}: {len(reports)}, of which {agree[Agreement.CONSISTENT]} consistent, "
        f"{agree[Agreement.PARTLY]} partially consistent, {agree[Agreement.INCONSISTENT]} inconsistent.\n"
        f"  Of {failed} failed cases {of(FAILED, *FOUND)} called failed{_share(of(FAILED, *FOUND), failed)}, "
        f"{of(FAILED, *ASKED)} asked about, {of(FAILED, *MISSED)} missed.\n"
        f"  Of {others} passed or inapplicable cases {of(NOT_FAILED, *FOUND)} called failed, "
        f"{of(NOT_FAILED, *ASKED)} asked about{_share(of(NOT_FAILED, *ASKED), others)}."
    )


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.0%})" if whole else ""
