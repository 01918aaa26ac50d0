"""Page titles (2.4.2): missing, meaningless, about something else, or the same on different pages of one platform.

A missing title is certain and "failed". Whether a title says what the page is about, and whether two pages with one
title are really two subjects, is a person's question: "needs review".
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Tally
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.folding import folded
from accessibility.engine.page import Row, RowKey, RowState
from core.i18n import marked

AXE_RULE = "document-title"  # the same problem as a missing title: one component, so one ticket
TITLE = "<title>"
MISSING = Rule(
    "page-title-missing",
    marked("The page must have a title"),
    ("2.4.2",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "page-titled",
    act=("2779a5",),
)
MEANINGLESS = Rule(
    "page-title-meaningless",
    marked("Does the title say what the page is about?"),
    ("2.4.2",),
    Impact.MODERATE,
    Reach.ASKS,
    "page-titled",
    act=("c4a8a4",),
)
DUPLICATE = Rule(
    "page-title-duplicate",
    marked("Are pages with the same title one subject?"),
    ("2.4.2",),
    Impact.MODERATE,
    Reach.ASKS,
    "page-titled",
)
SCRIPT = """(() => {
  if (!document.contentType.includes('html')) return null;
  const headings = [...document.querySelectorAll('h1, h2, h3, img[alt]')].slice(0, 200);
  const site = document.querySelector('meta[property="og:site_name"]')?.content || '';
  const told = headings.map((one) => one.alt || one.textContent.slice(0, 300));
  const text = (document.body?.textContent || '').slice(0, 50000);
  return { title: document.title, content: [location.hostname, location.pathname, site, ...told, text].join(' ') };
})()"""
WORD = re.compile(r"[^\W\d_]+")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # scripts without spaces between words
LONG_WORD, STEM = 4, 5  # letters of a word that says something, and of its beginning, which endings leave alone
FEWEST_WORDS, FEWEST_ON_PAGE = 2, 40
INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
MEANINGLESS_TITLES = frozenset(
    "untitled|untitled document|untitled page|document|page|new page|title|page title|index|default|test|"
    "sans titre|document sans titre|nouvelle page|titre|ohne titel|sin título|senza titolo|sem título|"
    "react app|vite app|vue app|my app|localhost|undefined|null|none|loading|loading...|loading…".split("|")
)
FILE_NAME = re.compile(r"^[\w-]+\.(html?|php|aspx?|jsp|md|pdf)$", re.IGNORECASE)


class PageTitleCheck(OwnCheck):
    """Looks for a title of a page that is missing or says nothing of it."""

    name = "page-title"
    own_rules = (MISSING, MEANINGLESS)

    async def probe(self, page: LivePage) -> Any:
        """`{title, content}`: the page's title, and its headings and text with the names of its site.

        null for a document that has no title by nature (an image, plain text).
        """
        return await page.evaluate(SCRIPT)

    def judge(self, probed: Any, state: str) -> Judgement:
        """One finding at most."""
        if probed is None:
            return Judgement()
        tally = Tally(self.name, state)
        title = _usable(str(probed["title"]))
        if not title:
            tally.page(MISSING, Outcome.FAILED, "The page has no title.", name=AXE_RULE, html=TITLE)
        elif is_meaningless(title):
            question = f"Does the title “{title[:80]}” say what the page is about?"
            tally.page(MEANINGLESS, Outcome.NEEDS_REVIEW, question, html=TITLE)
        elif is_strange(title, str(probed["content"])):
            question = f"No word of the title “{title[:80]}” occurs on the page. Does it say what the page is about?"
            tally.page(MEANINGLESS, Outcome.NEEDS_REVIEW, question, html=TITLE)
        else:
            tally.passed(MISSING)
        return tally.judgement()


def is_meaningless(title: str) -> bool:
    """Whether a title is one that programs give, a file's name, or without a letter."""
    return title.lower() in MEANINGLESS_TITLES or bool(FILE_NAME.match(title)) or not any(map(str.isalnum, title))


def is_strange(title: str, content: str) -> bool:
    """Whether no word of a title, endings aside, is among the words of a page with enough of them."""
    if UNSPACED.search(title):
        return False
    words = {word[:STEM] for word in WORD.findall(title.casefold()) if len(word) >= LONG_WORD}
    there = WORD.findall(content.casefold())
    enough = len(words) >= FEWEST_WORDS and len(there) >= FEWEST_ON_PAGE
    return enough and words.isdisjoint(one[:STEM] for one in there)


class SameTitleCheck(OwnCheck):
    """Looks for pages of a platform with the same title; part of the page-title check."""

    name = "page-title"
    own_rules = (DUPLICATE,)

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """A question per page whose title another page has too, within one role and viewport."""
        groups: dict[tuple[str, str, str], dict[str, RowKey]] = defaultdict(dict)
        for row in rows:
            if row.state in (RowState.AUDITED, RowState.PARTLY) and row.facts and (title := _usable(row.facts.title)):
                groups[(row.key.role, row.key.viewport, title)].setdefault(row.facts.final_url, row.key)
        return [
            (key, finding)
            for (_, _, title), pages in groups.items()
            if len(pages) > 1
            for key, finding in self._questions(title, pages.values())
        ]

    def _questions(self, title: str, pages: Collection[RowKey]) -> list[tuple[RowKey, Finding]]:
        tally = Tally(self.name)
        message = f"{len(pages)} pages are titled “{title[:80]}”. Can people tell them apart by their titles?"
        tally.page(DUPLICATE, Outcome.NEEDS_REVIEW, message, subject=folded(title), html=TITLE)
        return [(key, tally.findings[0]) for key in pages]


def _usable(title: str) -> str:
    return INVISIBLE.sub(" ", title).strip()
