"""Page titles (2.4.2): missing, meaningless, or the same on different pages of one platform.

A missing title is certain and "failed". Whether a title says what the page is about, and whether two pages with one
title are really two subjects, is a person's question: "needs review".
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accessibility.engine.checks.check import Judgement
from accessibility.engine.component import description, kept, key_of
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Finding, Impact, Outcome, RuleResult
from accessibility.engine.folding import folded
from accessibility.engine.page import Row, RowKey, RowState

CRITERIA = ("2.4.2",)
HELP_URL = "https://www.w3.org/WAI/WCAG21/Understanding/page-titled"
AXE_RULE = "document-title"  # the same problem as a missing title: one component, so one ticket
MISSING, MEANINGLESS, DUPLICATE = "page-title-missing", "page-title-meaningless", "page-title-duplicate"
ROOT = [{"tag": "html"}]
INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
MEANINGLESS_TITLES = frozenset(
    "untitled|untitled document|untitled page|document|page|new page|title|page title|index|default|test|"
    "sans titre|document sans titre|nouvelle page|titre|ohne titel|sin título|senza titolo|sem título|"
    "react app|vite app|vue app|my app|localhost|undefined|null|none|loading|loading...|loading…".split("|")
)
FILE_NAME = re.compile(r"^[\w-]+\.(html?|php|aspx?|jsp|md|pdf)$", re.IGNORECASE)


class PageTitleCheck:
    """Missing or meaningless title of one page."""

    name = "page-title"
    rules = frozenset({MISSING, MEANINGLESS})

    async def probe(self, page: LivePage) -> Any:
        """The page's title as text; null for a document that has no title by nature (an image, plain text)."""
        return await page.evaluate("document.contentType.includes('html') ? document.title : null")

    def judge(self, probed: Any, state: str) -> Judgement:
        """One finding at most."""
        if probed is None:
            return Judgement()
        title = INVISIBLE.sub(" ", str(probed)).strip()
        if not title:
            return _judgement(MISSING, Outcome.FAILED, "The page has no title.", state)
        if title.lower() in MEANINGLESS_TITLES or FILE_NAME.match(title) or not any(map(str.isalnum, title)):
            question = f"Does the title “{title[:80]}” say what the page is about?"
            return _judgement(MEANINGLESS, Outcome.NEEDS_REVIEW, question, state)
        return Judgement(rules=(RuleResult(self.name, MISSING, Impact.SERIOUS, Outcome.PASSED),))


def _judgement(rule: str, outcome: Outcome, message: str, state: str) -> Judgement:
    impact = Impact.SERIOUS if outcome is Outcome.FAILED else Impact.MODERATE
    described = description(AXE_RULE if rule == MISSING else rule, ROOT, {})
    finding = _finding(rule, outcome, impact, message, described, state)
    return Judgement((finding,), (RuleResult(PageTitleCheck.name, rule, impact, outcome),))


def _finding(rule: str, outcome: Outcome, impact: Impact, message: str, described: str, state: str = "page") -> Finding:
    return Finding(
        check=PageTitleCheck.name,
        rule=rule,
        criteria=CRITERIA,
        outcome=outcome,
        impact=impact,
        message=message,
        help_url=HELP_URL,
        component=key_of(described),
        selector="html",
        html="<title>",
        state=state,
        described=kept(described),
    )


class SameTitleCheck:
    """The same title on different pages of one platform; part of the page-title check."""

    name = "page-title"
    rules = frozenset({DUPLICATE})

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """A question per page whose title another page has too, within one role and viewport."""
        groups: dict[tuple[str, str, str], dict[str, RowKey]] = defaultdict(dict)
        for row in rows:
            if row.state in (RowState.AUDITED, RowState.PARTLY) and row.facts and (title := _usable(row.facts.title)):
                groups[(row.key.role, row.key.viewport, title)].setdefault(row.facts.final_url, row.key)
        return [
            (key, self._question(title, len(pages)))
            for (_, _, title), pages in groups.items()
            if len(pages) > 1
            for key in pages.values()
        ]

    @staticmethod
    def _question(title: str, pages: int) -> Finding:
        message = f"{pages} pages are titled “{title[:80]}”. Can people tell them apart by their titles?"
        described = description(f"{DUPLICATE} {folded(title)}", ROOT, {})
        return _finding(DUPLICATE, Outcome.NEEDS_REVIEW, Impact.MODERATE, message, described)


def _usable(title: str) -> str:
    return INVISIBLE.sub(" ", title).strip()
