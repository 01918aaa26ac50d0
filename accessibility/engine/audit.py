"""One audit: waves of pages are visited and checked until no row of the work list is left, then the platform checks."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from ipaddress import ip_network
from typing import Any, TypeVar

import structlog

from accessibility.engine import axe_script
from accessibility.engine.checks import chosen
from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl import known, plan
from accessibility.engine.crawl.browser import AuditBrowser
from accessibility.engine.crawl.crops import CropTaker, WantsCrop
from accessibility.engine.crawl.discovery import Surroundings, look_around
from accessibility.engine.crawl.documents import Documents
from accessibility.engine.crawl.guard import Guard
from accessibility.engine.crawl.harmless import harmless_requests, is_harmless
from accessibility.engine.crawl.loading import Loader
from accessibility.engine.crawl.login import Logins
from accessibility.engine.crawl.networks import PRIVATE, Network
from accessibility.engine.crawl.request_headers import RequestHeaders
from accessibility.engine.crawl.requests import RequestGate
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.crawl.visit import Visitor
from accessibility.engine.crawl.worklist import WorkList
from accessibility.engine.page import PlannedRow, Reason, RowResult, RowState
from accessibility.engine.platform import PlatformSettings
from core.errors import InvalidInput

log = structlog.get_logger()

TOO_LATE = RowResult(RowState.NOT_AUDITED, Reason.TIME_LIMIT)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How one run differs from the platform's settings. None means: as the settings say."""

    given: tuple[str, ...] = ()  # audit exactly these addresses: no crawl, folding, robots or budgets
    crawl: bool = True  # False: visit only the rows that the work list holds already
    roles: tuple[str, ...] | None = None
    viewports: tuple[str, ...] | None = None
    checks: tuple[str, ...] | None = None  # None: all of the profile
    profile: Profile = Profile.STANDARD
    related: bool = True  # False: the pages have nothing to do with each other, so platform checks say nothing
    max_seconds: float | None = None  # then every pending row ends as "time limit"
    permitted_networks: tuple[str, ...] = ()  # CIDR ranges permitted besides public addresses
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)  # role -> pages of last time, planned if not found
    browser: str = ""  # path of Chromium; "" finds one
    sandbox: str = "auto"  # "auto", "on", "off"
    stop: asyncio.Event | None = None  # set from outside: pending rows stay pending and the run returns

    @property
    def looks_for_pages(self) -> bool:
        """Whether the run follows links and site maps, and does not only visit what was chosen."""
        return self.crawl and not self.given


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `planned` grows while pages are discovered."""

    done: int
    planned: int
    url: str


OnProgress = Callable[[Progress], None]


def engines() -> dict[str, str]:
    """Name and version of everything that decides what is found; part of every result."""
    return {"axe-core": axe_script.VERSION, "campus": version("campus")}


async def run_audit(
    settings: PlatformSettings,
    worklist: WorkList,
    options: RunOptions = RunOptions(),  # immutable
    on_progress: OnProgress = lambda _: None,
) -> None:
    """Audit until the work list has no pending row, then run the platform checks.

    Resumes where the work list stands. Raises `Unavailable` when there is no browser, `InvalidInput` for a role,
    viewport or check that does not exist. Whatever happens to a page becomes its row's reason and raises nothing.
    """
    checks = chosen(options.checks, options.profile)
    documents = checks.documents and settings.documents
    roles = _selected("role", settings.role_names, options.roles)
    viewports = _selected("viewport", tuple(one.name for one in settings.viewports), options.viewports)
    permitted = _permitted(settings, options)
    around = await look_around(settings, permitted) if options.looks_for_pages else Surroundings()
    async with AsyncExitStack() as stack:
        clerk = _Clerk(stack.enter_context(ThreadPoolExecutor(1, "work list")))
        guard = await stack.enter_async_context(Guard(permitted, settings.max_page_bytes))
        wants_crop = partial(clerk.call, worklist.wants_crop)
        visitor = await _visitor(stack, settings, options, viewports, guard, checks.page, documents, wants_crop)
        run = _Run(settings, worklist, clerk, options, visitor, on_progress, around)
        await run.waves(roles, viewports)
    if options.stop is not None and options.stop.is_set():
        return
    platform_checks = checks.platform if options.related else ()
    can_tell = [check for check in platform_checks if options.looks_for_pages or not check.needs_crawl]
    findings = [found for check in can_tell for found in check.judge(worklist.rows())]
    await asyncio.to_thread(worklist.add_findings, findings)


def _selected(what: str, there: tuple[str, ...], wanted: tuple[str, ...] | None) -> tuple[str, ...]:
    for name in wanted or ():
        if name not in there:
            raise InvalidInput(f"there is no {what} {name!r}; there are: {', '.join(there)}", place=f"--{what}")
    return tuple(name for name in there if wanted is None or name in wanted)


def _permitted(settings: PlatformSettings, options: RunOptions) -> list[Network]:
    private = PRIVATE if settings.allow_private else ()
    return [*private, *(ip_network(cidr) for cidr in options.permitted_networks)]


async def _visitor(
    stack: AsyncExitStack,
    settings: PlatformSettings,
    options: RunOptions,
    viewports: tuple[str, ...],
    guard: Guard,
    checks: tuple[PageCheck, ...],
    documents: bool,
    wants_crop: WantsCrop,
) -> Visitor:
    scope, headers = Scope(settings), RequestHeaders(settings)
    harmless = harmless_requests(settings)

    def harms_not(method: str, url: str, body: bytes) -> bool:
        return is_harmless(method, url, body, harmless, scope.hosts)

    gate = RequestGate(guard, scope, harms_not, headers)
    browser = await stack.enter_async_context(
        AuditBrowser(
            gate, guard.address, executable=options.browser, sandbox=options.sandbox, language=settings.languages[0]
        )
    )
    loader = Loader(guard, settings.page_timeout, settings.max_page_bytes)
    return Visitor(
        settings,
        browser,
        loader,
        Logins(settings, loader),
        scope,
        checks,
        CropTaker(wants_crop),
        Documents(settings, guard, scope, headers) if documents else None,
        exact=bool(options.given),
        first_viewport=viewports[0],
    )


class _Clerk:
    """Calls the work list, always from the same thread: no two calls meet."""

    def __init__(self, thread: Executor) -> None:
        self._thread = thread

    async def call(self, work: Callable[..., T], *given: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *given))


class _Run:
    """The loop over waves and, within a wave, over its rows."""

    def __init__(
        self,
        settings: PlatformSettings,
        worklist: WorkList,
        clerk: _Clerk,
        options: RunOptions,
        visitor: Visitor,
        on_progress: OnProgress,
        around: Surroundings,
    ) -> None:
        self._settings = settings
        self._worklist = worklist
        self._clerk = clerk
        self._options = options
        self._visitor = visitor
        self._on_progress = on_progress
        self._around = around
        self._documents = visitor.documents is not None
        self._done = 0
        self._deadline = None if options.max_seconds is None else _now() + options.max_seconds

    async def waves(self, roles: tuple[str, ...], viewports: tuple[str, ...]) -> None:
        """Visit what is pending, plan the next wave from what it showed, until a wave brings nothing new."""
        self._done = sum(row.state is not RowState.PENDING for row in self._worklist.rows())
        while True:
            await self._visit_pending()
            if self._stopped():
                return
            number = await self._clerk.call(self._worklist.wave)
            wave = await self._clerk.call(self._plan, number, roles, viewports)
            await self._clerk.call(self._worklist.plan, number, wave.rows, wave.declined)
            if not wave.rows:
                return

    def _plan(self, number: int, roles: tuple[str, ...], viewports: tuple[str, ...]) -> plan.Wave:
        if self._options.given:
            return plan.given_wave(self._options.given, roles, viewports) if number == 0 else plan.Wave()
        if not self._options.crawl:
            return plan.Wave()
        around = self._around
        if number == 0:
            found = (around.sitemap, around.robots)
            return plan.first_wave(self._settings, roles, viewports, *found, documents=self._documents)
        self._worklist.exclude(plan.duplicates(self._worklist.rows()))
        if any(row.planned.source == known.SOURCE for row in self._worklist.rows()):
            return plan.Wave()
        rows = self._worklist.rows()
        wave = plan.next_wave(self._settings, roles, viewports, rows, number, around.robots, documents=self._documents)
        if wave.rows:
            return wave
        left = known.known_wave(self._settings, viewports, self._worklist.rows(), number, self._options.known)
        return plan.Wave(left.rows, wave.declined)

    def _stopped(self) -> bool:
        return self._options.stop is not None and self._options.stop.is_set()

    async def _visit_pending(self) -> None:
        pending = await self._clerk.call(self._worklist.pending)
        planned = self._done + len(pending)
        queue = iter(pending)
        self._on_progress(Progress(self._done, planned, ""))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._settings.parallel, len(pending))):
                    group.create_task(self._worker(queue, planned))
        except ExceptionGroup as problems:
            raise problems.exceptions[0] from None  # the first ended the others

    async def _worker(self, queue: Iterator[PlannedRow], planned: int) -> None:
        for row in queue:
            if self._stopped():
                return
            late = self._deadline is not None and _now() >= self._deadline
            result = TOO_LATE if late else await self._visitor.visit(row)
            await self._clerk.call(self._worklist.finish, row.key, result)
            self._done += 1
            self._on_progress(Progress(self._done, planned, row.key.url))
            if not late:
                await self._pause(max(self._settings.delay, self._around.crawl_delay))

    async def _pause(self, seconds: float) -> None:
        """Wait between two pages, no longer than until the run is stopped."""
        if self._options.stop is None or not seconds:
            await asyncio.sleep(seconds)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._options.stop.wait(), seconds)


def _now() -> float:
    return asyncio.get_running_loop().time()
