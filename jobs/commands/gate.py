"""`campus gate`: audit now and answer whether a release may go out."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from accessibility.engine.baseline import Baseline, read_baseline, write_baseline
from accessibility.engine.checks.rule import Profile
from accessibility.engine.files import check_writable, write_whole
from accessibility.engine.finding import Impact
from accessibility.engine.gate import Demands, GateVerdict
from accessibility.engine.judged_run import approved, judge
from accessibility.engine.platform_file import read_platform_file
from accessibility.engine.reports.run import Run
from accessibility.engine.reports.terminal import show_run, show_verdict
from accessibility.engine.reports.verdict import verdict_json
from core.errors import InvalidInput
from core.settings import settings as process_settings
from jobs import run_options as given
from jobs.run_options import Asked, understand
from jobs.served_baseline import served_baseline
from jobs.single_run import Reports, console, perform, prepare_files, write_reports

WRITE_BASELINE = "--write-baseline"
EXIT_CODES = {GateVerdict.PASS: 0, GateVerdict.FAIL: 1, GateVerdict.INCONCLUSIVE: 2}

BaselineFile = Annotated[Path | None, typer.Option("--baseline", help="Approved failures; only others are new.")]
Server = Annotated[
    str | None,
    typer.Option("--server", metavar="ADDRESS", help="Take the approved baseline from this service; see CAMPUS_TOKEN."),
]
Slug = Annotated[
    str | None, typer.Option("--slug", help="The platform's short name there; default: that of the platform file.")
]
NewBaseline = Annotated[
    Path | None, typer.Option(WRITE_BASELINE, help="Approve what is found now instead of judging it.")
]
FailOn = Annotated[Impact, typer.Option(help="New failures of this impact or worse fail.")]
MinScore = Annotated[float | None, typer.Option(min=0, max=100, help="A score under this fails.")]
MinCoverage = Annotated[
    float | None,
    typer.Option(min=0, max=100, help="Per cent, or a share up to 1; default: the platform's."),
]
VerdictFile = Annotated[Path | None, typer.Option("--json", help="Write the verdict and what decided it.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(gate)


def gate(
    addresses: given.Addresses = None,
    urls: given.UrlsFile = None,
    platform: given.PlatformFile = None,
    role: given.Roles = None,
    viewport: given.Viewports = None,
    max_pages: given.MaxPages = None,
    max_minutes: given.MaxMinutes = None,
    checks: given.Checks = None,
    profile: given.ProfileOption = Profile.STANDARD,
    base: given.Base = None,
    sarif_file: given.SarifFile = None,
    jsonl_file: given.JsonlFile = None,
    junit_file: given.JunitFile = None,
    html_file: given.HtmlFile = None,
    markdown_file: given.MarkdownFile = None,
    json_file: VerdictFile = None,
    baseline_file: BaselineFile = None,
    server: Server = None,
    slug: Slug = None,
    new_baseline: NewBaseline = None,
    fail_on: FailOn = Impact.SERIOUS,
    min_score: MinScore = None,
    min_coverage: MinCoverage = None,
) -> int:
    """Audit now and judge: 0 pass, 1 fail (new failures, or a low score), 2 inconclusive (too little was seen)."""
    asked = Asked(addresses, urls, platform, role, viewport, max_pages, max_minutes, checks, base, profile)
    baseline = _given_baseline(baseline_file, server, slug, platform)
    todo = understand(asked, baseline.base if baseline else "")
    if new_baseline and (json_file or min_score is not None):
        raise InvalidInput(
            "approves and judges nothing: --json and --min-score do not go with it", place=WRITE_BASELINE
        )
    floor = todo.settings.coverage_floor if min_coverage is None else _share(min_coverage)
    demands = Demands(fail_on, floor, min_score)
    replaced = _replaced(new_baseline)
    reports = Reports(sarif_file, jsonl_file, junit_file, html_file, markdown_file)
    prepare_files((*reports.files, json_file), others=(urls, platform, baseline_file, new_baseline))
    run = perform(todo.settings, todo.options, demands.min_coverage, todo.preview)
    show_run(console(), run)
    if new_baseline:
        write_reports(run, reports)
        return _approve(run, todo.home, demands, new_baseline, [b for b in (baseline, replaced) if b])
    verdict = judge(run, demands, baseline)
    write_reports(run, reports, verdict)
    if json_file:
        write_whole(json_file, verdict_json(run, verdict, demands, baseline))
    show_verdict(console(), verdict)
    return EXIT_CODES[verdict.verdict]


def _given_baseline(file: Path | None, server: str | None, slug: str | None, platform: Path | None) -> Baseline | None:
    """The baseline that the run is judged against: from a file, from a server, or none."""
    if server is None:
        if slug is not None:
            raise InvalidInput("says which baseline to take from a service: give --server too", place="--slug")
        return read_baseline(file) if file else None
    if file is not None:
        raise InvalidInput("give --baseline or --server, not both")
    token = process_settings().token
    if token is None:
        raise InvalidInput("needs a token with the scope read, in CAMPUS_TOKEN or CAMPUS_TOKEN_FILE", place="--server")
    if slug is None:
        if platform is None:
            raise InvalidInput("needs the platform's short name: give --slug or --platform", place="--server")
        slug = read_platform_file(platform, os.environ).slug
    return served_baseline(server, slug, token.get_secret_value())


def _share(given: float) -> float:
    """95 and 0.95 are both 95 %; 1 is all of it."""
    return given if given <= 1 else given / 100


def _replaced(path: Path | None) -> Baseline | None:
    """The baseline that stands where the new one goes: its exceptions are kept. A damaged one is not overwritten."""
    if path is None:
        return None
    check_writable(path)
    return read_baseline(path) if path.exists() else None


def _approve(run: Run, base: str, demands: Demands, path: Path, earlier: Sequence[Baseline]) -> int:
    """Write the baseline, unless too little was seen to approve anything."""
    seen = judge(run, demands, None)
    if seen.verdict is GateVerdict.INCONCLUSIVE:
        show_verdict(console(), seen)
        print(f"{path} was not written.")
        return EXIT_CODES[seen.verdict]
    made = approved(run, base, {exception for baseline in earlier for exception in baseline.exceptions})
    write_baseline(path, made)
    print(f"{path}: {len(made.components)} problems approved, {len(made.exceptions)} exceptions kept.")
    return EXIT_CODES[GateVerdict.PASS]
