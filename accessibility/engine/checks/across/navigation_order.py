"""Navigation in another order from page to page (3.2.3).

Items may come and go; those that stay must keep their relative order. A landmark of one name, on pages of one template
and language, that has exactly the same items in two orders fails, unless only the item of the current page moved. Where
names, templates or items differ, or the address tells of an order, people may have ordered it so themselves, or it is
another navigation: a question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from accessibility.engine.checks.across.pages import Kind, pages
from accessibility.engine.checks.check import OwnCheck
from accessibility.engine.checks.found import Tally
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import PageFacts, Row, RowKey
from core.i18n import marked

ORDER = Rule(
    "navigation-order",
    marked("Navigation must have the same order on every page"),
    ("3.2.3",),
    Impact.MODERATE,
    Reach.PARTLY,
    "consistent-navigation",
)
FEWEST_SHARED = 3  # items, and at least half of the shorter navigation
FEWEST_CERTAIN = 4
PAGES_IN_ORDER = 2  # that have the order from which others differ
CHOSEN = re.compile(r"[?&](sort|order|orderby|layout|view|tri|ordre|sortierung|orden)[^&]*=", re.IGNORECASE)

Item = tuple[str, str]  # name and target


@dataclass(slots=True)
class _Navigation:
    """A navigation as its first page has it, and the first page whose order differs."""

    url: str
    template: str
    items: tuple[Item, ...]
    in_order: int = 1
    differing: int = 0
    other: tuple[RowKey, PageFacts, tuple[Item, ...]] | None = None
    orders: set[tuple[Item, ...]] = field(default_factory=set)

    def meet(self, key: RowKey, facts: PageFacts, items: tuple[Item, ...]) -> None:
        """The same navigation on another page."""
        shared = _shared(self.items, items)
        if len(shared) < FEWEST_SHARED or 2 * len(shared) < min(len(self.items), len(items)):
            return
        if _same_order(self.items, items, shared, {_path(facts.final_url), _path(self.url)}):
            self.in_order += 1
            return
        self.differing += 1
        if len(self.orders) < FEWEST_CERTAIN:
            self.orders.add(tuple(item for item in items if item in shared))
        if self.other is None:
            self.other = (key, facts, items)


class NavigationOrderCheck(OwnCheck):
    """Looks for a navigation whose entries come in another order on other pages."""

    name = "navigation-order"
    own_rules = (ORDER,)

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """One finding for each navigation, at the first page that has another order."""
        known: dict[tuple[Kind, str, str], _Navigation] = {}
        for key, kind, facts, parts in pages(rows):
            unnamed = 0
            for label, links in parts.navigations:
                unnamed += not label
                items = _once(links)
                place = (kind, facts.lang, label or f"#{unnamed}")
                if place in known:
                    known[place].meet(key, facts, items)
                else:
                    known[place] = _Navigation(facts.final_url, facts.template, items)
        found: dict[str, tuple[RowKey, Finding]] = {}
        for (_, _, label), navigation in known.items():
            if navigation.other and navigation.in_order >= PAGES_IN_ORDER:
                found.setdefault(label, self._finding(label, navigation, navigation.other))
        return list(found.values())

    def _finding(
        self, label: str, navigation: _Navigation, other: tuple[RowKey, PageFacts, tuple[Item, ...]]
    ) -> tuple[RowKey, Finding]:
        key, facts, items = other
        here, there = _swapped(navigation.items, items)
        named = "" if label.startswith("#") else f" “{label}”"
        told = (
            f"In the navigation{named}, “{here}” stands before “{there}” on {navigation.url} and after it here"
            f" and on {navigation.differing - 1} more pages"
        )
        tally = Tally(self.name)
        if _certain(label, navigation, facts, items):
            steps = (
                f"Open {navigation.url} and note the order of the navigation{named}.",
                f"Open {facts.final_url}: “{there}” comes before “{here}”.",
            )
            tally.page(ORDER, Outcome.FAILED, f"{told}.", subject=label, html="<nav>", steps=steps)
        else:
            question = f"{told}. Is it the same navigation, in an order that people did not choose themselves?"
            tally.page(ORDER, Outcome.NEEDS_REVIEW, question, subject=label, html="<nav>")
        return key, tally.findings[0]


def _certain(label: str, navigation: _Navigation, facts: PageFacts, items: tuple[Item, ...]) -> bool:
    return (
        not label.startswith("#")
        and not CHOSEN.search(facts.final_url)
        and facts.template == navigation.template
        and len(items) >= FEWEST_CERTAIN
        and set(items) == set(navigation.items)
        and len(navigation.orders) == 1
    )


def _once(links: Iterable[Item]) -> tuple[Item, ...]:
    """Items that occur once: only these have a place in an order."""
    counted: dict[Item, int] = {}
    for item in links:
        counted[item] = counted.get(item, 0) + 1
    return tuple(item for item, times in counted.items() if times == 1 and item[0] and item[1])


def _shared(one: tuple[Item, ...], other: tuple[Item, ...]) -> set[Item]:
    return set(one) & set(other)


def _same_order(one: tuple[Item, ...], other: tuple[Item, ...], shared: set[Item], current: set[str]) -> bool:
    """Whether the shared items have one order, those aside that lead to one of the two pages themselves."""
    kept = {item for item in shared if item[1] not in current}
    return [item for item in one if item in kept] == [item for item in other if item in kept]


def _swapped(one: tuple[Item, ...], other: tuple[Item, ...]) -> tuple[str, str]:
    """Names of two items, the first before the second in one order and after it in the other."""
    place = {item: number for number, item in enumerate(other)}
    shared = [item for item in one if item in place]
    for before, after in pairwise(shared):
        if place[before] > place[after]:
            return before[0], after[0]
    return "", ""  # not reached: the orders differ


def _path(url: str) -> str:
    """An address as the targets are written."""
    _, _, rest = url.partition("://")
    path = "/" + rest.partition("/")[2]
    return path.partition("#")[0]
