"""One audit: waves of pages are visited and checked until no row of the work list is left, then the platform checks."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from accessibility.engine.crawl.worklist import WorkList
from accessibility.engine.platform import PlatformSettings


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How one run differs from the platform's settings. None means: as the settings say."""

    given: tuple[str, ...] = ()  # audit exactly these addresses: no crawl, folding, robots or budgets
    roles: tuple[str, ...] | None = None
    viewports: tuple[str, ...] | None = None
    checks: tuple[str, ...] | None = None
    max_seconds: float | None = None  # then every pending row ends as "time limit"
    permitted_networks: tuple[str, ...] = ()  # CIDR ranges permitted besides public addresses
    browser: str = ""  # path of Chromium; "" finds one
    sandbox: str = "auto"  # "auto", "on", "off"
    stop: asyncio.Event | None = None  # set from outside: pending rows stay pending and the run returns


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `planned` grows while pages are discovered."""

    done: int
    planned: int
    url: str


async def run_audit(
    settings: PlatformSettings,
    worklist: WorkList,
    options: RunOptions = RunOptions(),  # noqa: B008  # immutable
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> None:
    """Audit until the work list has no pending row, then run the platform checks.

    Resumes where the work list stands. Raises `Unavailable` when there is no browser, `InvalidInput` for a role,
    viewport or check that does not exist. Whatever happens to a page becomes its row's reason and raises nothing.
    """
    raise AssertionError("being written")
