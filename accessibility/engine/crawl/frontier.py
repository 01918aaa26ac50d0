"""The frontier of one role: takes the addresses found in one wave and decides which of them become rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from accessibility.engine.crawl.addresses import host_of, normalise
from accessibility.engine.crawl.patterns import is_calendar, pattern
from accessibility.engine.crawl.robots import Robots
from accessibility.engine.crawl.scope import Scope, Verdict, may_be_examined
from accessibility.engine.crawl.variants import SlashRule, folded
from accessibility.engine.page import Reason
from accessibility.engine.platform import PlatformSettings

START, SITEMAP, LINK, REDIRECT, CANONICAL, GIVEN = "start", "sitemap", "link", "redirect", "canonical", "given"
DOCUMENT = "document"
REFUSED_PER_PAGE = 5  # rows that only say "robots" or "page budget": at most so many times the page budget
REFUSALS = (Reason.ROBOTS, Reason.PAGE_BUDGET)
SETTLED = (Reason.PATTERN_BUDGET, *REFUSALS)  # declined in this wave, and no other way to the address changes that


class Found(NamedTuple):
    """An address as found, what the scope says of it, and its form without variant and with its host's slash."""

    url: str
    verdict: Verdict
    folded: str
    planned: str


class Reading:
    """Reads addresses as pages write them. The same links stand on most pages: each is worked out once a wave."""

    def __init__(self, scope: Scope, slashes: SlashRule) -> None:
        self._scope = scope
        self._slashes = slashes
        self._known: dict[str, Found | None] = {}
        self._patterns: dict[str, str] = {}

    def read(self, link: str, base: str) -> Found | None:
        """None for what is no web address. `base` is the address of the page it stands on."""
        if not link.startswith(("http://", "https://")):
            return self._found(normalise(link, base))
        if link not in self._known:
            self._known[link] = self._found(normalise(link))
        return self._known[link]

    def pattern(self, url: str) -> str:
        """The address pattern of a planned address."""
        if url not in self._patterns:
            self._patterns[url] = pattern(url)
        return self._patterns[url]

    def _found(self, url: str | None) -> Found | None:
        if url is None:
            return None
        verdict = self._scope.judge_normal(url)
        if verdict is not Verdict.VISIT:
            return Found(url, verdict, url, url)
        without_variant = self._if_in_scope(folded(url), url)
        return Found(
            url, verdict, without_variant, self._if_in_scope(self._slashes.apply(without_variant), without_variant)
        )

    def _if_in_scope(self, form: str, otherwise: str) -> str:
        return form if form == otherwise or self._scope.judge_normal(form) is Verdict.VISIT else otherwise


@dataclass(slots=True)
class Entry:
    """An address that becomes rows, one per viewport."""

    url: str
    source: str
    refusal: Reason | None


@dataclass(slots=True)
class Frontier:
    """What one role has in its plan, and what this wave adds to it."""

    settings: PlatformSettings
    robots: Mapping[str, Robots]
    reading: Reading
    examines: bool = False  # documents are rows of the plan, too
    known: set[str] = field(default_factory=set)
    used: int = 0  # addresses that count towards the page budget
    redirected: int = 0  # these take the place of the address that led to them
    refused: int = 0
    documents: int = 0
    patterns: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    declined: dict[str, Reason] = field(default_factory=dict)

    def remember(self, url: str, source: str, refusal: Reason | None) -> None:
        """Count an address that is in the plan."""
        self.known.add(url)
        if source == DOCUMENT:
            self.documents += 1
            return
        self.patterns[self.reading.pattern(url)] += 1
        if refusal in REFUSALS:
            self.refused += 1
        elif source == REDIRECT:
            self.redirected += 1
        else:
            self.used += 1

    def start(self, url: str) -> None:
        """An address that a person gave: as it is, and whatever its pattern."""
        if url not in self.known:
            self._add(url, START, self._refusal(url, START))

    def link(self, found: Found, source: str, *, too_deep: bool = False) -> None:
        """An address from a page or sitemap."""
        if found.verdict is Verdict.DOCUMENT:
            self.document(found)
        if found.verdict is not Verdict.VISIT or found.url in self.known:
            return
        if found.folded != found.url:
            self.declined.setdefault(found.url, Reason.FOLDED)
        self._consider(found.planned, source, too_deep)

    def redirect(self, found: Found, *, too_deep: bool) -> None:
        """Where a redirect led; the slash is as the server wants it."""
        if found.verdict is Verdict.VISIT:
            self._consider(found.folded, REDIRECT, too_deep)

    def retry(self, found: Found) -> None:
        """The other form of an address that our slash rule may have made, and that does not exist."""
        if found.verdict is Verdict.VISIT:
            self._consider(found.url, LINK, too_deep=False)

    def document(self, found: Found) -> None:
        """What a page offers for download."""
        if found.verdict not in (Verdict.DOCUMENT, Verdict.VISIT) or found.url in self.known:
            return
        room = self.documents < REFUSED_PER_PAGE * self.settings.max_documents
        if self.examines and room and (found.verdict is Verdict.VISIT or may_be_examined(found.url)):
            self._add(found.url, DOCUMENT, self._refusal(found.url, DOCUMENT))
        else:
            self.declined.setdefault(found.url, Reason.DOCUMENT)

    def _consider(self, url: str, source: str, too_deep: bool) -> None:
        if url in self.known or self.declined.get(url) in SETTLED:
            return
        refusal = self._refusal(url, source)
        if self._is_over_pattern_budget(url):
            self.declined[url] = Reason.PATTERN_BUDGET
        elif refusal is not None and self.refused >= REFUSED_PER_PAGE * self.settings.max_pages:
            self.declined[url] = refusal
        elif too_deep:
            self.declined[url] = Reason.TOO_DEEP
        else:
            self._add(url, source, refusal)

    def _add(self, url: str, source: str, refusal: Reason | None) -> None:
        self.remember(url, source, refusal)
        self.declined.pop(url, None)
        self.entries.append(Entry(url, source, refusal))

    def _refusal(self, url: str, source: str) -> Reason | None:
        rules = self.robots.get(host_of(url)) if self.settings.robots else None
        if rules is not None and not rules.allows(url):
            return Reason.ROBOTS
        if source == DOCUMENT:
            return Reason.PAGE_BUDGET if self.documents >= self.settings.max_documents else None
        used = self.redirected if source == REDIRECT else self.used
        return Reason.PAGE_BUDGET if used >= self.settings.max_pages else None

    def _is_over_pattern_budget(self, url: str) -> bool:
        budget = self.settings.pattern_budget
        if self.patterns[self.reading.pattern(url)] < min(budget, self.settings.calendar_budget):
            return False
        return is_calendar(url) or self.patterns[self.reading.pattern(url)] >= budget
