"""Fixtures of a check: small pages with what must be found in each, looked at by a real browser in one run.

Beside what is found, every run proves that the check leaves a page as it found it and sends nothing but GET, and that
a check which does something with a page tells with each failure how to do it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from accessibility.engine import checks
from accessibility.engine.checks.check import Judgement, PageCheck
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Finding, Outcome
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Page, document, tiny_site

FAILED, REVIEW = Outcome.FAILED, Outcome.NEEDS_REVIEW
Expected = tuple[str, Outcome, str]  # rule, outcome, selector

SNAPSHOT = """() => ({
  html: document.documentElement.outerHTML,
  values: [...document.querySelectorAll('input, select, textarea')].map((one) => [one.value, one.checked]),
  focus: document.activeElement?.outerHTML, scroll: [scrollX, scrollY], size: [innerWidth, innerHeight],
  inner: [...document.querySelectorAll('*')].map((one) => [one.scrollLeft, one.scrollTop]).filter(([x, y]) => x || y),
  address: location.href, entries: history.length, cookies: document.cookie, kept: JSON.stringify(localStorage),
  moving: document.getAnimations().length, sheets: document.styleSheets.length, selected: String(getSelection()),
  media: matchMedia('(prefers-reduced-motion: reduce)').matches,
})"""


@dataclass(frozen=True)
class Case:
    """What stands in the page (its `main`, or a whole document where it begins with a doctype), and the findings."""

    page: str
    expected: tuple[Expected, ...] = ()


@dataclass
class Snapshot:
    """A check that only remembers how each page stands."""

    name: str
    seen: dict[str, Any] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    profile: Profile = Profile.STANDARD
    conditions: None = None
    seconds: float = 5.0

    async def applies(self, page: LivePage) -> bool:
        """To every page."""
        return True

    async def probe(self, page: LivePage) -> None:
        """Remember."""
        self.seen[page.page.url] = await page.page.evaluate(SNAPSHOT)

    def judge(self, probed: None, state: str) -> Judgement:
        """Nothing."""
        return Judgement()


@dataclass
class Found:
    """What a check found on each fixture, by its name."""

    audited: Audited
    paths: dict[str, str]

    def findings(self, name: str) -> list[Finding]:
        """The findings of a fixture."""
        return self.audited.findings(self.paths[name])

    def expected(self, name: str) -> tuple[Expected, ...]:
        """The findings in the form in which a case states them."""
        return tuple((one.rule, one.outcome, " > ".join((*one.frame, one.selector))) for one in self.findings(name))


def look(check: PageCheck, cases: Mapping[str, Case], more: Mapping[str, Page] | None = None, **settings: Any) -> Found:
    """Run one check over all fixtures. `more` are further answers of the site: frames, scripts, pictures."""
    paths = {name: f"/{number}" for number, name in enumerate(cases, 1)}
    pages: dict[str, Page] = {paths[name]: _whole(name, case.page) for name, case in cases.items()}
    before, after = Snapshot("before"), Snapshot("after")
    with pytest.MonkeyPatch.context() as patch, tiny_site(pages | dict(more or {})) as site:
        patch.setattr(checks, "PAGE_CHECKS", (before, check, after))
        patch.setattr(checks, "PLATFORM_CHECKS", ())
        done = audit(
            site.base, list(paths.values()), settings_for(site.base, parallel=2, **settings), profile=Profile.DEEP
        )
        assert site.unsafe() == []
    for name, path in paths.items():
        assert done.state(path) == ("audited", "", ""), name
        assert before.seen[site.base + path] == after.seen[site.base + path], name
    found = Found(done, paths)
    if check.conditions is not None:
        failures = [(name, one) for name in cases for one in found.findings(name) if one.outcome is FAILED]
        assert [(name, one.rule) for name, one in failures if not one.steps] == []
    return found


def _whole(name: str, page: str) -> str:
    return page if page.lstrip().lower().startswith("<!doctype") else document(page, title=f"Sample: {name}")
