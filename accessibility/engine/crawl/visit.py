"""Visiting one row: in the right role, loaded, proven, checked in every state, and its result."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.check import Judgement, PageCheck
from accessibility.engine.crawl import overlay
from accessibility.engine.crawl.addresses import normalise
from accessibility.engine.crawl.browser import AuditBrowser, Tab
from accessibility.engine.crawl.crops import CropTaker
from accessibility.engine.crawl.live_page import live_page
from accessibility.engine.crawl.loading import Loaded, Loader, NotLoaded, answers, refusal
from accessibility.engine.crawl.login import Logins
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.crawl.variants import folded
from accessibility.engine.crawl.world import ScriptError
from accessibility.engine.finding import Finding, RuleResult
from accessibility.engine.page import (
    ANONYMOUS,
    STATE_OVERLAY,
    STATE_PAGE,
    PageFacts,
    PlannedRow,
    Reason,
    RowResult,
    RowState,
)
from accessibility.engine.platform import PlatformSettings, Viewport

log = structlog.get_logger()

CHECKS_TIMEOUT = 90.0
TRIES = 3  # a page whose browser was taken down by another one is no culprit
TRY_AGAIN = frozenset({Reason.SERVER_ERROR, Reason.NETWORK_ERROR})
PAUSE_BEFORE_AGAIN = 1.0


@dataclass(slots=True)
class _Outcome:
    """What the checks have said of a page so far."""

    judgements: list[Judgement]
    states: list[str]
    partly: list[tuple[Reason, str]]
    crops: dict[str, bytes]


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
    exact: bool

    async def visit(self, row: PlannedRow) -> RowResult:
        """The result of a row. Whatever the page does becomes a reason; only a missing browser raises."""
        viewport = next(one for one in self.settings.viewports if one.name == row.key.viewport)
        result = await self._once(row, viewport)
        if result.reason in TRY_AGAIN:
            await asyncio.sleep(PAUSE_BEFORE_AGAIN)
            result = await self._once(row, viewport)
        return result

    async def _once(self, row: PlannedRow, viewport: Viewport) -> RowResult:
        for _ in range(TRIES):
            options = self.logins.context_options(row.key.role)
            generation = self.browser.generation
            try:
                tab = await self.browser.tab(row.key.role, viewport, **options)
                result = await self._in_tab(tab, row)
            except PlaywrightError as error:
                log.info("tab lost", url=row.key.url, problem=error.message.splitlines()[0])
                await self.browser.replace(generation)
                continue
            return result
        return RowResult(RowState.NOT_AUDITED, Reason.CRASHED, "the browser was lost")

    async def _in_tab(self, tab: Tab, row: PlannedRow) -> RowResult:
        watch = self.browser.gate.of(tab.frame_id)
        keep = False
        try:
            result = await self._audit(tab, watch, row)
            keep = True
        except NotLoaded as problem:
            keep = not problem.hung
            return RowResult(problem.state, problem.reason, problem.detail[:300], facts=_bare_facts(tab, problem))
        except (TimeoutError, ScriptError) as error:
            keep = await answers(tab) and not isinstance(error, TimeoutError)
            reason = Reason.CHECK_FAILED if isinstance(error, ScriptError) else Reason.HUNG
            return RowResult(RowState.NOT_AUDITED, reason, str(error)[:300])
        except PlaywrightError:
            if tab.crashed.is_set():
                return RowResult(RowState.NOT_AUDITED, Reason.CRASHED)
            raise
        finally:
            if keep:
                await self.browser.release(tab)
            else:
                await self.browser.discard(tab)
        return result

    async def _audit(self, tab: Tab, watch: Watch, row: PlannedRow) -> RowResult:
        started = asyncio.get_running_loop().time()
        loaded = await self._load_in_role(tab, watch, row)
        if not self.exact:
            self._refuse_redirect(row, str(loaded.facts["url"]))
        async with asyncio.timeout(CHECKS_TIMEOUT):
            outcome, facts = await self._check_states(tab, watch, loaded)
        seconds = asyncio.get_running_loop().time() - started
        return self._result(watch, outcome, self._facts(facts, loaded.status, seconds))

    async def _load_in_role(self, tab: Tab, watch: Watch, row: PlannedRow) -> Loaded:
        """The page, seen in the row's role. A lost session is renewed once and the page repeated."""
        role = row.key.role
        number = await self.logins.ensure(tab, watch, role)
        for last in (False, True):
            loaded = await self.loader.load(tab, watch, row.key.url)
            problem = refusal(loaded.status)
            if role == ANONYMOUS or await self.logins.proven(tab, role):
                if problem:
                    raise problem
                return loaded
            if problem and await self.logins.alive(tab, watch, role):
                raise problem  # an error page without the sentinel, while the session lives
            if problem and problem.reason is Reason.SERVER_ERROR:
                raise problem
            if not last:
                await self.logins.renew(tab, watch, role, number)
        raise NotLoaded(Reason.LOGIN_LOST, "the sentinel is missing, after a second login too")

    def _refuse_redirect(self, row: PlannedRow, final: str) -> None:
        if not self.scope.on_platform(final):
            raise NotLoaded(Reason.OUT_OF_SCOPE, final)
        if not same_page(row.key.url, final):
            raise NotLoaded(Reason.REDIRECTED, normalise(final) or final)

    async def _check_states(self, tab: Tab, watch: Watch, loaded: Loaded) -> tuple[_Outcome, dict[str, object]]:
        outcome = _Outcome([], [], [], {})
        world, facts = loaded.world, loaded.facts
        if not facts["overlay"]:
            await self._check(tab, loaded, STATE_PAGE, outcome)
            return outcome, facts
        await self._check(tab, loaded, STATE_OVERLAY, outcome)
        after = await overlay.close(tab, watch, world)
        if after is None:
            outcome.partly.append((Reason.OVERLAY_NOT_CLOSED, ""))
            return outcome, facts
        if not same_page(str(facts["url"]), str(after["url"])):
            outcome.partly.append((Reason.OVERLAY_NOT_CLOSED, "closing it led to another page"))
            return outcome, facts
        await self._check(tab, Loaded(world, after, loaded.status), STATE_PAGE, outcome)
        return outcome, after

    async def _check(self, tab: Tab, loaded: Loaded, state: str, outcome: _Outcome) -> None:
        page = await live_page(tab, loaded.world, bool(loaded.facts["frames"]))
        missed: set[str] = set()
        for check in self.checks:
            judgement = check.judge(await check.probe(page), state)
            outcome.judgements.append(judgement)
            missed.update(judgement.not_audited_frames)
            outcome.crops.update(await self.crops.take(page, judgement.findings))
        missed.update(page.unreachable)
        outcome.partly += [(Reason.FRAME_NOT_AUDITED, address) for address in sorted(missed)]
        if not missed:
            outcome.states.append(state)

    def _facts(self, facts: dict[str, object], status: int, seconds: float) -> PageFacts:
        links = facts["links"]
        found = [str(link) for link in links] if isinstance(links, list) else []
        return PageFacts(
            final_url=str(facts["url"]),
            status=status,
            title=str(facts["title"])[:500],
            lang=str(facts["lang"])[:35],
            canonical=str(facts["canonical"]),
            links=tuple(link for link in found if not link.startswith("download:")),
            documents=tuple(link.removeprefix("download:") for link in found if link.startswith("download:")),
            template=str(facts["template"]),
            content=str(facts["content"]),
            seconds=round(seconds, 3),
        )

    def _result(self, watch: Watch, outcome: _Outcome, facts: PageFacts) -> RowResult:
        partly = list(outcome.partly)
        if watch.blocked:
            partly.insert(0, (Reason.REQUEST_BLOCKED, ", ".join(sorted(set(watch.blocked))[:3])))
        if watch.left_scope:  # after it had been calm; before that it counts as a redirect
            partly.append((Reason.OUT_OF_SCOPE, watch.left_scope))
        findings: list[Finding] = []
        rules: list[RuleResult] = []
        for judgement in outcome.judgements:
            findings += judgement.findings
            rules += judgement.rules
        reason, detail = partly[0] if partly else (None, "")
        return RowResult(
            RowState.PARTLY if partly else RowState.AUDITED,
            reason,
            detail[:300],
            facts,
            tuple(findings),
            tuple(rules),
            tuple(outcome.states),
            outcome.crops,
            watch.blocked_elsewhere,
        )


def same_page(planned: str, final: str) -> bool:
    """Whether two addresses are one page, language and order variants aside."""
    return folded(normalise(planned) or planned) == folded(normalise(final) or final)


def _bare_facts(tab: Tab, problem: NotLoaded) -> PageFacts | None:
    """Where an address led to, for the plan; nothing else is known of a page that was not loaded."""
    if problem.reason is Reason.REDIRECTED:
        return PageFacts(final_url=problem.detail, status=0)
    return None
