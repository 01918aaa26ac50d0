"""Visiting one row: in the right role, loaded, proven, checked in every state, and its result."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.check import PageCheck
from accessibility.engine.crawl.addresses import normalise
from accessibility.engine.crawl.browser import AuditBrowser, Tab
from accessibility.engine.crawl.crops import CropTaker
from accessibility.engine.crawl.documents import Documents
from accessibility.engine.crawl.examination import Examination
from accessibility.engine.crawl.frontier import DOCUMENT
from accessibility.engine.crawl.loading import (
    EXCLUDING,
    Loaded,
    Loader,
    NotLoaded,
    is_closed,
    moved_on,
    refusal,
)
from accessibility.engine.crawl.login import Logins
from accessibility.engine.crawl.outcome import page_facts
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.crawl.variants import same_page
from accessibility.engine.crawl.within import called_off
from accessibility.engine.crawl.world import ScriptError
from accessibility.engine.page import (
    PageFacts,
    PlannedRow,
    Reason,
    RowResult,
    RowState,
)
from accessibility.engine.platform import PlatformSettings, Viewport

log = structlog.get_logger()

TRIES = 3  # a page whose browser was taken down by another one is no culprit
MOVES = 3  # documents in turn, while the page keeps going on by itself
TRY_AGAIN = frozenset({Reason.SERVER_ERROR, Reason.NETWORK_ERROR})
MAY_SUFFER = frozenset({Reason.TIMEOUT, Reason.FRAME_NOT_AUDITED})
PAUSE_BEFORE_AGAIN = 1.0
OF_A_LOST_SESSION = EXCLUDING | {Reason.CLIENT_ERROR, Reason.REDIRECT_LOOP}  # what a visitor gets who is not logged in


@dataclass(frozen=True, slots=True)
class Visitor:
    """Visits rows of one run. With `exact`, a redirect within the platform is audited where it leads to."""

    settings: PlatformSettings
    browser: AuditBrowser
    loader: Loader
    logins: Logins
    scope: Scope
    checks: Sequence[PageCheck]
    crops: CropTaker
    documents: Documents | None
    exact: bool
    first_viewport: str  # of the run: what would be the same in every window is looked at in this one
    turns: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def visit(self, row: PlannedRow) -> RowResult:
        """The result of a row. Whatever the page does becomes a reason; only a missing browser raises."""
        troubles = self.browser.troubles
        result = await self._tried(row)
        if result.reason in TRY_AGAIN or self._suffered(result, troubles):
            await asyncio.sleep(PAUSE_BEFORE_AGAIN)
            result = await self._tried(row)
        return result

    def _suffered(self, result: RowResult, troubles: int) -> bool:
        """Whether another page that hung or crashed at the same time may have made this one slow."""
        return result.reason in MAY_SUFFER and self.browser.troubles > troubles + 1  # one is its own tab

    async def _tried(self, row: PlannedRow) -> RowResult:
        """The result, from another tab when one was lost. Then rows take turns, so that a culprit harms no other."""
        viewport = self._viewport(row)
        for attempt in range(TRIES):
            generation = self.browser.generation
            async with self.turns if attempt else nullcontext():
                try:
                    tab = await self.browser.tab(row.key.role, viewport, **self.logins.context_options(row.key.role))
                    return await self._in_tab(tab, row)
                except (PlaywrightError, TimeoutError) as error:
                    log.info("tab lost", url=row.key.url, problem=str(error).partition("\n")[0])
                    if isinstance(error, TimeoutError) or not self.browser.connected:
                        await self.browser.replace(generation)
        return RowResult(RowState.NOT_AUDITED, Reason.CRASHED, "the browser was lost")

    async def _in_tab(self, tab: Tab, row: PlannedRow) -> RowResult:
        watch = self.browser.gate.of(tab.frame_id)
        keep = False
        try:
            result = await unless_crashed(tab, self._audit(tab, watch, row))
            keep = True
        except NotLoaded as problem:
            keep = not problem.hung
            return RowResult(problem.state, problem.reason, problem.detail[:300], facts=_bare_facts(problem))
        except TimeoutError:
            return RowResult(RowState.NOT_AUDITED, Reason.HUNG, "the checks came to no end")
        except (PlaywrightError, ScriptError) as error:
            if is_closed(error):
                raise
            if "crashed" in str(error):
                return RowResult(RowState.NOT_AUDITED, Reason.CRASHED)
            return RowResult(RowState.NOT_AUDITED, Reason.CHECK_FAILED, str(error)[:300])
        except Exception as error:  # a fault of ours, or an answer that nobody thought of: this row's, not the run's
            log.exception("page not audited", url=row.key.url)
            return RowResult(RowState.NOT_AUDITED, Reason.CHECK_FAILED, type(error).__name__)
        finally:
            if keep and not tab.unfit:
                await self.browser.release(tab)
            else:
                await self.browser.discard(tab)
        return result

    async def _audit(self, tab: Tab, watch: Watch, row: PlannedRow) -> RowResult:
        started = asyncio.get_running_loop().time()
        if self.documents and row.source == DOCUMENT:
            await self.logins.ensure(tab, watch, row.key.role)
            return await self.documents.examine(tab, row.key.role, row.key.url)
        try:
            loaded = await self._load_in_role(tab, watch, row)
        except NotLoaded as problem:
            if self.documents and self._is_first_viewport(row) and self.documents.may_be_one(problem):
                return await self.documents.examine(tab, row.key.role, row.key.url)
            raise
        for _ in range(MOVES):
            if not self.exact:
                self._refuse_redirect(row, str(loaded.facts["url"]))
            try:
                outcome, facts = await self._examination(tab, watch, row).of(loaded)
            except (PlaywrightError, ScriptError) as error:
                if not moved_on(error):
                    raise
                tab.unfit = True
                loaded = await self._follow(tab, watch, row)
                continue
            seconds = asyncio.get_running_loop().time() - started
            return outcome.result(page_facts(facts, loaded.status, seconds))
        raise NotLoaded(Reason.CHECK_FAILED, "the page does not rest: it keeps loading itself or another one")

    async def _load_in_role(self, tab: Tab, watch: Watch, row: PlannedRow) -> Loaded:
        """The page, seen in the row's role. A lost session is renewed once and the page repeated."""
        role = row.key.role
        number = await self.logins.ensure(tab, watch, role)
        for last in (False, True):
            loaded, problem = await self._attempt(tab, watch, row)
            if problem and problem.detail == "401" and self.logins.is_basic(role):
                raise NotLoaded(Reason.LOGIN_FAILED, "401")
            if loaded and await self.logins.proven(tab, role):
                if problem:
                    raise problem
                return loaded
            if problem and (problem.reason not in OF_A_LOST_SESSION or await self.logins.alive(tab, watch, role)):
                raise problem  # the page's own, and not for want of a session
            if not last:
                await self.logins.renew(tab, watch, role, number)
        raise NotLoaded(Reason.LOGIN_LOST, "the sentinel is missing, after a second login too")

    async def _attempt(self, tab: Tab, watch: Watch, row: PlannedRow) -> tuple[Loaded | None, NotLoaded | None]:
        """The page, if one came, and what is wrong with it, if anything is."""
        try:
            loaded = await self.loader.load(tab, watch, row.key.url)
        except NotLoaded as problem:
            return None, problem
        return loaded, refusal(loaded.status)

    async def _follow(self, tab: Tab, watch: Watch, row: PlannedRow) -> Loaded:
        """The page that went on by itself while it was looked at, where it rests now."""
        loaded = await self.loader.follow(tab, watch, row.key.url)
        if problem := refusal(loaded.status):
            raise problem
        if not await self.logins.proven(tab, row.key.role):
            raise NotLoaded(Reason.LOGIN_LOST, "the page went on to one without the sentinel")
        return loaded

    def _refuse_redirect(self, row: PlannedRow, final: str) -> None:
        if not self.scope.on_platform(final):
            raise NotLoaded(Reason.OUT_OF_SCOPE, final)
        if not same_page(row.key.url, final):
            raise NotLoaded(Reason.REDIRECTED, normalise(final) or final)

    def _examination(self, tab: Tab, watch: Watch, row: PlannedRow) -> Examination:
        viewport, first = self._viewport(row), self._is_first_viewport(row)
        load = partial(self._load_in_role, tab, watch, row)
        return Examination(tab, watch, viewport, first, self.checks, self.crops, load)

    def _is_first_viewport(self, row: PlannedRow) -> bool:
        return row.key.viewport == self.first_viewport

    def _viewport(self, row: PlannedRow) -> Viewport:
        return next(one for one in self.settings.viewports if one.name == row.key.viewport)


async def unless_crashed(tab: Tab, work: Coroutine[Any, Any, RowResult]) -> RowResult:
    """The result of the work. A crashed tab answers nothing any more: raises `NotLoaded` then."""
    task, crash = asyncio.ensure_future(work), asyncio.ensure_future(tab.crashed.wait())
    try:
        await asyncio.wait({task, crash}, return_when=asyncio.FIRST_COMPLETED)
        if tab.crashed.is_set():
            raise NotLoaded(Reason.CRASHED, hung=True)
        return task.result()
    finally:
        crash.cancel()
        await called_off(task)


def _bare_facts(problem: NotLoaded) -> PageFacts | None:
    """Where an address led to, for the plan; nothing else is known of a page that was not loaded."""
    if problem.reason is Reason.REDIRECTED:
        return PageFacts(final_url=problem.detail, status=0)
    return None
