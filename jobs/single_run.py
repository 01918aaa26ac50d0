"""One audit in this process, with no server and no database, for the command line."""

import asyncio
import logging
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from accessibility.engine.audit import RunOptions, engines, run_audit
from accessibility.engine.checks import names
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.files import check_writable, write_whole
from accessibility.engine.gate import Verdict
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.preview import Preview, run_at_home
from accessibility.engine.reports.html import html
from accessibility.engine.reports.jsonl import jsonl
from accessibility.engine.reports.junit import junit
from accessibility.engine.reports.markdown import markdown
from accessibility.engine.reports.run import Run, finished_run
from accessibility.engine.reports.sarif import sarif
from core import clock, logs
from core.errors import InvalidInput
from core.settings import settings as process_settings
from jobs.progress import shown

WIDTH_OF_A_LOG = 120  # columns where the output is no terminal and COLUMNS does not say


def perform(
    settings: PlatformSettings, options: RunOptions, coverage_floor: float, preview: Preview | None = None
) -> Run:
    """Audit, and show how far it has come. Errors are those of `run_audit`.

    Of a `preview` the result has the platform's own addresses.
    """
    worklist = MemoryWorkList()
    started_at = clock.now()
    with shown() as tell:  # the log is set up inside, so that its lines and the bar do not write over each other
        logs.configure(process_settings().log_format.replace("auto", "text"), level=logging.WARNING)
        tell("pages", 0, 0)
        asyncio.run(run_audit(settings, worklist, options, lambda now: tell("pages", now.done, now.planned)))
    run = finished_run(
        worklist,
        platform=settings.slug,
        engines=engines(),
        checks=options.checks or names(options.profile),
        started_at=started_at,
        ended_at=clock.now(),
        coverage_floor=coverage_floor,
    )
    return run_at_home(run, preview) if preview else run


def prepare_files(results: Iterable[Path | None], others: Iterable[Path | None] = ()) -> None:
    """Make sure before the run that its results can be written, each to a file of its own that none of `others` is.

    Results of an earlier run are removed: should this one break off, they must not pass for its own.
    """
    named = [file for file in results if file is not None]
    taken = {file.resolve() for file in others if file is not None}
    for file in named:
        if file.resolve() in taken:
            raise InvalidInput("is named twice", place=str(file))
        taken.add(file.resolve())
        check_writable(file)
    for file in named:
        if file.is_file():
            file.unlink()


@dataclass(frozen=True, slots=True)
class Reports:
    """Where each report goes; None for those that were not asked for."""

    sarif: Path | None = None
    jsonl: Path | None = None
    junit: Path | None = None
    html: Path | None = None
    markdown: Path | None = None

    @property
    def files(self) -> tuple[Path | None, ...]:
        """All of them."""
        return (self.sarif, self.jsonl, self.junit, self.html, self.markdown)


def write_reports(run: Run, reports: Reports, verdict: Verdict | None = None) -> None:
    """Write those that were asked for; with a gate's verdict where there is one."""
    if reports.sarif:
        write_whole(reports.sarif, sarif(run))
    if reports.jsonl:
        write_whole(reports.jsonl, jsonl(run))
    for file, report in ((reports.junit, junit), (reports.html, html), (reports.markdown, markdown)):
        if file:
            write_whole(file, report(run, verdict))


def console() -> Console:
    """Where results are printed; rich honours `NO_COLOR` and `COLUMNS` by itself."""
    wide = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=WIDTH_OF_A_LOG if wide else None, highlight=False, markup=False, emoji=False)
