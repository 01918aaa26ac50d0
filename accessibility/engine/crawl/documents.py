"""A document of the platform: fetched as the role's browser would, read in a process of its own, and judged."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urljoin

from accessibility.engine.checks.documents import CHECK
from accessibility.engine.crawl.browser import Tab
from accessibility.engine.crawl.fetch import Fetched, FetchFailed, fetch
from accessibility.engine.crawl.guard import Guard
from accessibility.engine.crawl.loading import NotLoaded, is_page, refusal
from accessibility.engine.crawl.request_headers import RequestHeaders
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.documents.contained import read_document
from accessibility.engine.documents.facts import Unreadable
from accessibility.engine.finding import Impact, Outcome, RuleResult
from accessibility.engine.login_recipe import BasicLogin
from accessibility.engine.page import PageFacts, Reason, RowResult, RowState
from accessibility.engine.platform import PlatformSettings

MOST_REDIRECTS = 5
MEDIA_TYPES = (
    "application/pdf",
    "application/x-pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
UNCLEAR_TYPES = ("application/octet-stream", "application/force-download", "application/x-download", "download")


@dataclass(frozen=True, slots=True)
class Documents:
    """Examines the documents of one run."""

    settings: PlatformSettings
    guard: Guard
    scope: Scope
    headers: RequestHeaders

    @staticmethod
    def may_be_one(problem: NotLoaded) -> bool:
        """Whether an address that answered with no page answered with what can be examined."""
        return problem.reason is Reason.DOCUMENT and problem.detail in (*MEDIA_TYPES, *UNCLEAR_TYPES)

    async def examine(self, tab: Tab, role: str, url: str) -> RowResult:
        """What the document says of itself. Raises `NotLoaded` for what is none, or does not come."""
        started = asyncio.get_running_loop().time()
        fetched = await self._fetched(tab, role, url)
        if is_page(fetched.content_type):  # a login form, perhaps
            raise NotLoaded(Reason.CHECK_FAILED, "a page came in place of the document")
        if fetched.content_type not in (*MEDIA_TYPES, *UNCLEAR_TYPES):
            raise NotLoaded(Reason.DOCUMENT, fetched.content_type[:100])
        try:
            facts = await read_document(fetched.body)
        except Unreadable as problem:
            return RowResult(RowState.NOT_AUDITED, Reason.UNREADABLE, str(problem)[:300])
        if facts is None:
            raise NotLoaded(Reason.DOCUMENT, fetched.content_type[:100])
        judgement = CHECK.judge(facts, fetched.final_url)
        seconds = round(asyncio.get_running_loop().time() - started, 3)
        page = PageFacts(fetched.final_url, fetched.status, facts.title[:500], facts.language, seconds=seconds)
        ran = judgement.rules or (RuleResult(CHECK.name, "", Impact.MINOR, Outcome.NOT_APPLICABLE),)
        return RowResult(RowState.AUDITED, facts=page, findings=judgement.findings, rules=ran)

    async def _fetched(self, tab: Tab, role: str, url: str) -> Fetched:
        """The file. Each hop of a redirect is looked at anew: where it may lead, and what it may be told."""
        agent = (await tab.session.send("Browser.getVersion"))["userAgent"]  # the page before may lie, or hang
        for _ in range(MOST_REDIRECTS):
            if not self.scope.on_platform(url):
                raise NotLoaded(Reason.OUT_OF_SCOPE, url)
            cookies = "; ".join(f"{one['name']}={one['value']}" for one in await tab.page.context.cookies(url))
            headers = {"Cookie": cookies} if cookies else {}
            headers |= self.headers.of_role(role, url)
            fetched = await self._hop(url, agent, headers, self._password(role, url))
            if not fetched.location:
                if problem := refusal(fetched.status):
                    raise problem
                return fetched
            url = urljoin(url, fetched.location)
        raise NotLoaded(Reason.REDIRECT_LOOP)

    async def _hop(self, url: str, agent: str, headers: dict[str, str], password: tuple[str, str] | None) -> Fetched:
        try:
            return await fetch(
                url,
                proxy=self.guard.address,
                user_agent=agent,
                max_bytes=self.settings.max_page_bytes,
                timeout=self.settings.page_timeout,
                headers=headers,
                password=password,
                follow=False,
            )
        except FetchFailed as problem:
            if self.guard.refuses(url):
                raise NotLoaded(Reason.ADDRESS_REFUSED, self.guard.refuses(url)) from problem
            large = url.partition("#")[0] in self.guard.oversized or "more than" in str(problem)
            reason = Reason.TOO_LARGE if large else Reason.NETWORK_ERROR
            raise NotLoaded(reason, str(problem)[:200]) from problem

    def _password(self, role: str, url: str) -> tuple[str, str] | None:
        known = self.settings.role(role)
        if known is None or not isinstance(known.login, BasicLogin):
            return None
        home = urljoin(self.settings.base[0], "/")
        own = urljoin(url, "/") == home
        return (known.login.username, known.login.password.get_secret_value()) if own else None
