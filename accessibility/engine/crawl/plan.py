"""The plan of a crawl: pure functions from what is known so far to the next wave of rows.

Wave 0 holds the start pages and the sitemaps' addresses, wave n + 1 what the pages of wave n link to. The same rows
give the same plan, in whatever order they were finished; a killed audit resumes to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from accessibility.engine.crawl.addresses import normalise
from accessibility.engine.crawl.frontier import (
    CANONICAL,
    DOCUMENT,
    GIVEN,
    LINK,
    REDIRECT,
    SITEMAP,
    START,
    Entry,
    Found,
    Frontier,
    Reading,
)
from accessibility.engine.crawl.robots import Robots
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.crawl.variants import SlashRule, learn_slashes, other_form
from accessibility.engine.page import Declined, PageFacts, PlannedRow, Reason, Row, RowKey, RowState
from accessibility.engine.platform import PlatformSettings
from core.errors import InvalidInput

NO_SLASHES = SlashRule({})


@dataclass(frozen=True, slots=True)
class Wave:
    """Rows to add to the work list (some of them refused at once), and addresses that are only counted."""

    rows: tuple[PlannedRow, ...] = ()
    declined: tuple[Declined, ...] = ()


def given_wave(given: Sequence[str], roles: Sequence[str], viewports: Sequence[str]) -> Wave:
    """The only wave of an exact run: these addresses as typed (stripped), once each; no folding, robots or budgets.

    Raises `InvalidInput` for what is no http or https address.
    """
    urls = list(dict.fromkeys(address.strip() for address in given))
    for url in urls:
        if normalise(url) is None:
            raise InvalidInput("this is not an http or https address of at most 2,000 characters", place=url[:200])
    entries = [Entry(url, GIVEN, None) for url in urls]
    return Wave(rows=tuple(_rows(((role, entries) for role in roles), viewports, wave=0, position=0)))


def first_wave(
    settings: PlatformSettings,
    roles: Sequence[str],
    viewports: Sequence[str],
    sitemap: Sequence[str] = (),
    robots: Mapping[str, Robots] | None = None,
    *,
    documents: bool = False,
) -> Wave:
    """Start pages and sitemap addresses, for every role. `robots` is by host, as `robots.read_robots` returns it."""
    reading = Reading(Scope(settings), NO_SLASHES)
    frontiers = {role: Frontier(settings, robots or {}, reading, documents) for role in roles}
    for frontier in frontiers.values():
        for address in settings.start_addresses:
            url = normalise(address)
            if url is None:
                raise InvalidInput("this start page is not an http or https address", place=address[:200])
            frontier.start(url)
        for address in sitemap:
            found = reading.read(address, settings.base[0])
            if found is not None:
                frontier.link(found, SITEMAP)
    return _wave(frontiers, viewports, wave=0, position=0)


def next_wave(
    settings: PlatformSettings,
    roles: Sequence[str],
    viewports: Sequence[str],
    rows: Iterable[Row],
    wave: int,
    robots: Mapping[str, Robots] | None = None,
    *,
    documents: bool = False,
) -> Wave:
    """Wave number `wave` (1 or more) from all rows so far; rows of this wave or later ones are ignored.

    Call `duplicates` first and take those rows out: their links are not followed.
    """
    history = _History.of(rows, wave)
    reading = Reading(Scope(settings), learn_slashes(history.visits))
    frontiers = {role: Frontier(settings, robots or {}, reading, documents) for role in roles}
    for (role, url), (source, refusal) in history.planned.items():
        if role in frontiers:
            frontiers[role].remember(url, source, refusal)
    earlier = learn_slashes(history.earlier_visits)
    for row in history.parents:
        frontier = frontiers.get(row.key.role)
        if frontier is not None:
            _follow(row, frontier, reading, earlier, settings.max_depth)
    return _wave(frontiers, viewports, wave, history.next_position)


def duplicates(rows: Iterable[Row]) -> list[tuple[RowKey, str]]:
    """Audited rows that show the content of another row of their role and viewport, with that row's address.

    The original is the address that one of them declares canonical, else the first in the plan. Start pages and
    given addresses are never duplicates.
    """
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row.state is RowState.AUDITED and row.facts is not None and row.facts.content:
            facts, key = row.facts, row.key
            groups.setdefault((key.role, key.viewport, facts.content, facts.template, facts.title), []).append(row)
    found = [pair for group in groups.values() if len(group) > 1 for pair in _duplicates_of(group)]
    return [(key, original) for _, key, original in sorted(found)]


def _duplicates_of(group: list[Row]) -> Iterator[tuple[int, RowKey, str]]:
    group.sort(key=lambda row: row.planned.position)
    urls = {row.key.url for row in group}
    facts = [row.facts for row in group if row.facts is not None]
    declared = (normalise(its.canonical, its.final_url) for its in facts if its.canonical)
    original = next((url for url in declared if url in urls), group[0].key.url)
    for row in group:
        if row.key.url != original and row.planned.source not in (START, GIVEN):
            yield row.planned.position, row.key, str(original)


def _follow(row: Row, frontier: Frontier, reading: Reading, earlier: SlashRule, max_depth: int) -> None:
    """Hand everything that a visited page leads to over to the frontier of its role."""
    planned = row.planned
    if planned.source == GIVEN:
        return
    facts = row.facts or PageFacts(final_url=row.key.url, status=0)
    too_deep = planned.depth > max_depth  # neither a redirect nor a canonical address is a click

    def each(links: Iterable[str], take: Callable[[Found], None]) -> None:
        for link in links:
            found = reading.read(link, facts.final_url)
            if found is not None:
                take(found)

    if row.reason is Reason.NOT_FOUND and planned.source == LINK and earlier.made(row.key.url):
        each([other_form(row.key.url)], frontier.retry)
    if row.reason is Reason.REDIRECTED:
        each([facts.final_url], lambda found: frontier.redirect(found, too_deep=too_deep))
    if row.state in (RowState.AUDITED, RowState.PARTLY) or row.reason is Reason.CHECK_FAILED:
        clicks = planned.depth - (planned.source in (REDIRECT, CANONICAL))
        if facts.canonical:
            each([facts.canonical], lambda found: frontier.link(found, CANONICAL, too_deep=too_deep))
        each(facts.links, lambda found: frontier.link(found, LINK, too_deep=clicks >= max_depth))
        each(facts.documents, frontier.document)


@dataclass(slots=True)
class _History:
    """What the next wave needs of all rows so far; of facts it keeps only those of the last wave."""

    planned: dict[tuple[str, str], tuple[str, Reason | None]] = field(default_factory=dict)  # (role, url)
    parents: list[Row] = field(default_factory=list)  # the last wave, in order
    visits: list[tuple[str, str]] = field(default_factory=list)
    earlier_visits: list[tuple[str, str]] = field(default_factory=list)  # those known when the last wave was planned
    next_position: int = 0

    @classmethod
    def of(cls, rows: Iterable[Row], wave: int) -> "_History":
        history = cls()
        for row in rows:
            if row.planned.depth < wave:
                history._add(row, is_parent=row.planned.depth == wave - 1)
        history.parents.sort(key=lambda row: row.planned.position)
        return history

    def _add(self, row: Row, *, is_parent: bool) -> None:
        planned = row.planned
        self.planned[row.key.role, row.key.url] = (planned.source, planned.reason)
        self.next_position = max(self.next_position, planned.position + 1)
        visit = _visit(row)
        if visit is not None:
            self.visits.append(visit)
            if not is_parent:
                self.earlier_visits.append(visit)
        if is_parent:
            self.parents.append(row)


def _visit(row: Row) -> tuple[str, str] | None:
    """The address asked for and the one that answered with a page."""
    answered = row.state in (RowState.AUDITED, RowState.PARTLY) or row.reason in (Reason.REDIRECTED, Reason.DUPLICATE)
    final = normalise(row.facts.final_url) if answered and row.facts is not None else None
    return None if final is None else (row.key.url, final)


def _wave(frontiers: Mapping[str, Frontier], viewports: Sequence[str], wave: int, position: int) -> Wave:
    rows = _rows(((role, frontier.entries) for role, frontier in frontiers.items()), viewports, wave, position)
    return Wave(
        rows=tuple(rows),
        declined=tuple(
            Declined(role, url, reason)
            for role, frontier in frontiers.items()
            for url, reason in frontier.declined.items()
        ),
    )


def _rows(
    entries: Iterable[tuple[str, Sequence[Entry]]], viewports: Sequence[str], wave: int, position: int
) -> Iterator[PlannedRow]:
    """A row for every viewport of each role's addresses, for a document one, numbered from `position`."""
    positions = count(position)
    for role, its_entries in entries:
        for entry in its_entries:
            state = RowState.PENDING if entry.refusal is None else RowState.NOT_AUDITED
            for viewport in viewports[:1] if entry.source == DOCUMENT else viewports:
                key = RowKey(entry.url, role, viewport)
                yield PlannedRow(key, wave, next(positions), entry.source, state, entry.refusal)
