"""Only one way to find a page (2.4.5): linked from a single page of a platform without search or site map.

Steps of a process are excepted, which a person has to say: one question for all such pages. Among pages that somebody
chose, nothing is asked: what else leads to them was not looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accessibility.engine.checks.across.pages import MOST_NAMED, Kind, pages
from accessibility.engine.checks.check import OwnCheck
from accessibility.engine.checks.found import Tally
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import Row, RowKey
from core.i18n import marked

ONE_WAY = Rule(
    "one-way-to-a-page",
    marked("Is there more than one way to find every page?"),
    ("2.4.5",),
    Impact.MODERATE,
    Reach.ASKS,
    "multiple-ways",
)
OTHER_WAYS = frozenset({"search", "site map"})
FEWEST_PAGES = 5  # a handful is overlooked at once
MANY = ""  # instead of the one page that leads to another


@dataclass(slots=True)
class _Site:
    """A platform as one role meets it: its pages, and for each address the only page that links to it."""

    rows: dict[str, RowKey] = field(default_factory=dict)
    only_from: dict[str, str] = field(default_factory=dict)
    other_ways: bool = False


class WaysToPagesCheck(OwnCheck):
    """Looks for pages that a single other page leads to."""

    name = "ways-to-pages"
    own_rules = (ONE_WAY,)
    needs_crawl = True

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """One question at most for each role."""
        sites: dict[Kind, _Site] = {}
        for key, kind, facts, parts in pages(rows):
            site = sites.setdefault(kind, _Site())
            site.other_ways = site.other_ways or not OTHER_WAYS.isdisjoint(parts.ways)
            if site.other_ways:
                site.rows, site.only_from = {}, {}
                continue
            source = _plain(facts.final_url)
            site.rows.setdefault(source, key)
            for target in {_plain(link) for link in facts.links} - {source}:
                site.only_from[target] = source if target not in site.only_from else MANY
        found: dict[str, tuple[RowKey, Finding]] = {}
        for (role, _), site in sites.items():
            if role not in found and (lonely := _lonely(site)):
                found[role] = self._question(lonely, site)
        return list(found.values())

    def _question(self, lonely: list[str], site: _Site) -> tuple[RowKey, Finding]:
        key = site.rows[lonely[0]]
        shown = ", ".join(f"{page} (from {site.only_from[page]})" for page in lonely[:MOST_NAMED])
        question = (
            f"The platform has no search and no site map, and {len(lonely)} of its pages are linked from one page "
            f"only: {shown}. Is there another way to find them, or are they steps of a process?"
        )
        tally = Tally(self.name)
        tally.page(ONE_WAY, Outcome.NEEDS_REVIEW, question)
        return key, tally.findings[0]


def _lonely(site: _Site) -> list[str]:
    if site.other_ways or len(site.rows) < FEWEST_PAGES:
        return []
    return [page for page in list(site.rows)[1:] if site.only_from.get(page, MANY) != MANY]


def _plain(url: str) -> str:
    return url.partition("#")[0].rstrip("/")
