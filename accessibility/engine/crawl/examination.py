"""Running the checks on one page: as it stands, in every state of it, then each other one on a load of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.check import Judgement, PageCheck
from accessibility.engine.crawl import overlay
from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.crops import CropTaker
from accessibility.engine.crawl.fresh import Conditions, loaded_afresh
from accessibility.engine.crawl.live_page import LivePage, live_page
from accessibility.engine.crawl.loading import Loaded, NotLoaded, answers, is_closed, moved_on
from accessibility.engine.crawl.outcome import Outcome
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.variants import same_page
from accessibility.engine.crawl.within import within
from accessibility.engine.crawl.world import ScriptError
from accessibility.engine.page import STATE_OVERLAY, STATE_PAGE, Reason
from accessibility.engine.platform import Viewport

log = structlog.get_logger()

LED_AWAY = "closing it led to another page"
IN_PLACE_TIMEOUT = 90.0  # seconds for all checks that look at the page as it stands, in one state
ASKED_TIMEOUT = 20.0  # for a check that is asked whether it has anything to do: one runs axe for that
AFRESH_TIMEOUT = 120.0  # for all checks on loads of their own, with these loads


@dataclass(frozen=True, slots=True)
class Examination:
    """The checks of one row. `load` loads the page in the row's role, and proves it."""

    tab: Tab
    watch: Watch
    viewport: Viewport
    first_viewport: bool
    checks: Sequence[PageCheck]
    crops: CropTaker
    load: Callable[[], Awaitable[Loaded]]

    async def of(self, loaded: Loaded) -> tuple[Outcome, dict[str, Any]]:
        """What all checks say, and the facts of what can be seen in the end."""
        outcome = Outcome()
        seen = await within(IN_PLACE_TIMEOUT, self._states(loaded, outcome))
        outcome.keep(self.watch)
        if seen is None:
            return outcome, loaded.facts
        page, facts = seen
        await self._afresh(page, outcome)
        return outcome, facts

    async def _states(self, loaded: Loaded, outcome: Outcome) -> tuple[LivePage, dict[str, Any]] | None:
        """Look at the page in each of its states; the page itself, None where something that stays hides it."""
        if not loaded.facts["overlay"]:
            return await self._in_place(loaded, STATE_PAGE, outcome), loaded.facts
        await self._in_place(loaded, STATE_OVERLAY, outcome)
        try:
            behind = await self._behind_overlay(loaded)
            return await self._in_place(behind, STATE_PAGE, outcome), behind.facts
        except NotLoaded as problem:
            outcome.partly.append((problem.reason, problem.detail))
        return None

    async def _behind_overlay(self, loaded: Loaded) -> Loaded:
        """The page once what hides it was closed. Raises `NotLoaded` where it stays, or leads away."""
        try:
            after = await overlay.close(self.tab, self.watch, loaded.world)
        except (PlaywrightError, ScriptError) as error:
            if not moved_on(error):
                raise
            raise NotLoaded(Reason.OVERLAY_NOT_CLOSED, LED_AWAY) from error
        if after is None:
            raise NotLoaded(Reason.OVERLAY_NOT_CLOSED)
        if not same_page(str(loaded.facts["url"]), str(after["url"])):
            raise NotLoaded(Reason.OVERLAY_NOT_CLOSED, LED_AWAY)
        return Loaded(loaded.world, after, loaded.status)

    async def _in_place(self, loaded: Loaded, state: str, outcome: Outcome) -> LivePage:
        page = await live_page(self.tab, self.watch, loaded.world)
        missed = set(page.unreachable)
        for check in self.checks:
            if check.conditions is None:
                missed.update(await self._look(check, page, state, outcome))
        outcome.looked_at(state, missed)
        self.tab.unfit |= page.stuck
        return page

    async def _look(self, check: PageCheck, page: LivePage, state: str, outcome: Outcome) -> tuple[str, ...]:
        """Add what a check says, or that it came to no end; the frames that it could not look at."""
        try:
            judgement = check.judge(await within(check.seconds, check.probe(page)), state)
        except (PlaywrightError, ScriptError) as error:
            if is_closed(error) or self.tab.crashed.is_set() or "crashed" in str(error) or moved_on(error):
                raise
            outcome.not_done(check.name, str(error).partition("\n")[0])
            return ()
        except TimeoutError:
            if not await answers(self.tab):
                raise
            outcome.not_done(check.name, f"no end in {check.seconds:g} s")
            self.tab.unfit = True
            return ()
        except Exception as error:  # a fault of ours, or an answer that nobody thought of: this check's, not the page's
            log.exception("check not done", check=check.name, url=self.tab.page.url)
            outcome.not_done(check.name, type(error).__name__)
            return ()
        await self._keep(check, page, judgement, outcome)
        return judgement.not_audited_frames

    async def _keep(self, check: PageCheck, page: LivePage, judgement: Judgement, outcome: Outcome) -> None:
        outcome.add(check.name, judgement)
        outcome.crops.update(await self.crops.take(page, judgement.findings, judgement.pictures))

    async def _wanted_afresh(self, page: LivePage, end: float, outcome: Outcome) -> list[tuple[PageCheck, Conditions]]:
        """The checks that want a load of their own, and find something to do on this page."""
        wanted = []
        for check in self.checks:
            if check.conditions is None or (check.conditions.once and not self.first_viewport):
                continue
            try:
                if await within(min(ASKED_TIMEOUT, end - _now()), check.applies(page)):
                    wanted.append((check, check.conditions))
            except (PlaywrightError, ScriptError, TimeoutError) as error:
                if self.tab.crashed.is_set() or is_closed(error) or moved_on(error):
                    raise
                outcome.not_done(check.name, "the page does not say whether there is anything to do")
                if isinstance(error, TimeoutError) and not await answers(self.tab):
                    raise
        return wanted

    async def _afresh(self, page: LivePage, outcome: Outcome) -> None:
        """Run each check that wants it on its own load. What does not come off is told, and proves nothing.

        A page that answers no more, or holds all up for too long, is left; what was found until then stays.
        """
        end = _now() + AFRESH_TIMEOUT
        waiting: list[tuple[PageCheck, Conditions]] = []
        try:
            waiting = await self._wanted_afresh(page, end, outcome)
            while waiting:
                check, conditions = waiting[0]
                await within(end - _now(), self._alone(check, conditions, outcome))
                del waiting[0]
        except TimeoutError:
            self.tab.unfit = True
            for check, _ in waiting:
                outcome.not_done(check.name, "the page answers no more, or takes too long")

    async def _alone(self, check: PageCheck, conditions: Conditions, outcome: Outcome) -> None:
        """Run one check on a load of its own. Raises `TimeoutError` where the page answers no more."""
        try:
            async with loaded_afresh(self.tab, self.watch, self.viewport, conditions, self._load_whole) as page:
                for address in await self._look(check, page, STATE_PAGE, outcome):
                    outcome.partly.append((Reason.FRAME_NOT_AUDITED, address))
        except NotLoaded as problem:
            if problem.hung:
                raise TimeoutError from problem
            outcome.not_done(check.name, f"not loaded again: {problem.reason} {problem.detail}".strip())
        except (PlaywrightError, ScriptError) as error:
            if not moved_on(error):
                raise
            outcome.not_done(check.name, "the page went on to another")
            self.tab.unfit = True

    async def _load_whole(self) -> Loaded:
        """The page again, with what hides it closed."""
        loaded = await self.load()
        return await self._behind_overlay(loaded) if loaded.facts["overlay"] else loaded


def _now() -> float:
    return asyncio.get_running_loop().time()
