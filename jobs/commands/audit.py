"""`campus audit`: audit addresses or a platform now, without server and database."""

import typer

from accessibility.engine.checks.rule import Profile
from accessibility.engine.gate import asked_but_unseen
from accessibility.engine.page import RowState
from accessibility.engine.reports.run import Run
from accessibility.engine.reports.terminal import show_run
from jobs import run_options as given
from jobs.run_options import Asked, understand
from jobs.single_run import Reports, console, perform, prepare_files, write_reports

PAGE_NOT_AUDITED = 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(audit)


def audit(
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
) -> int:
    """Audit now and show what was found. Exits 2 if a page was not audited, whatever was found."""
    asked = Asked(addresses, urls, platform, role, viewport, max_pages, max_minutes, checks, base, profile)
    todo = understand(asked)
    reports = Reports(sarif_file, jsonl_file, junit_file, html_file, markdown_file)
    prepare_files(reports.files, others=(urls, platform))
    run = perform(todo.settings, todo.options, todo.settings.coverage_floor, todo.preview)
    write_reports(run, reports)
    show_run(console(), run)
    return 0 if all_seen(run) else PAGE_NOT_AUDITED


def all_seen(run: Run) -> bool:
    """Whether something was planned, all of it was looked at, and so was every address that a person named."""
    unseen = any(row.state in (RowState.NOT_AUDITED, RowState.PENDING) for row in run.rows)
    return run.coverage.planned > 0 and not unseen and not asked_but_unseen(run.rows)
