"""A site without a network: what each address answers, and a crawl of it through the plan and a work list."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accessibility.engine.crawl import plan
from accessibility.engine.crawl.robots import Robots
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.page import ANONYMOUS, PageFacts, PlannedRow, Reason, RowKey, RowResult, RowState
from accessibility.engine.platform import PlatformSettings

BASE = "https://site.example"


def settings(**changes: Any) -> PlatformSettings:
    """Settings of a platform at `BASE`."""
    given: dict[str, Any] = {"slug": "site", "name": "Sample site", "base": (f"{BASE}/",)} | changes
    return PlatformSettings(**given)


@dataclass(frozen=True)
class Answer:
    """What an address answers: a page by default. Links may be paths; `content` is unique unless given."""

    links: Sequence[str] = ()
    redirect: str = ""
    reason: Reason | None = None
    canonical: str = ""
    content: str = ""
    documents: Sequence[str] = ()
    links_by_viewport: Mapping[str, Sequence[str]] = field(default_factory=dict)


Site = Callable[[RowKey], Answer]


def pages(answers: Mapping[str, Answer | Sequence[str]]) -> Site:
    """A site from paths to answers, or just to the links of a page. Every other path is 404."""

    def site(key: RowKey) -> Answer:
        answer = answers.get(key.url.removeprefix(BASE))
        if answer is None:
            return Answer(reason=Reason.NOT_FOUND)
        return answer if isinstance(answer, Answer) else Answer(links=answer)

    return site


def crawl(
    site: Site,
    options: PlatformSettings | None = None,
    *,
    roles: Sequence[str] = (ANONYMOUS,),
    viewports: Sequence[str] = ("desktop",),
    sitemap: Sequence[str] = (),
    robots: Mapping[str, Robots] | None = None,
    seed: int | None = None,
    max_waves: int = 200,
    on_planned: Callable[[MemoryWorkList, int, plan.Wave], None] = lambda worklist, number, wave: None,
) -> MemoryWorkList:
    """Crawl to the end, as the engine does. With a seed, rows are finished in a random order.

    `on_planned` is called with every wave as soon as it stands in the work list.
    """
    options = options or settings()
    worklist = MemoryWorkList()
    wave = plan.first_wave(options, roles, viewports, sitemap, robots)
    for number in range(max_waves):
        worklist.plan(number, wave.rows, wave.declined)
        on_planned(worklist, number, wave)
        if not wave.rows:
            return worklist
        pending = worklist.pending()
        if seed is not None:
            random.Random(seed + number).shuffle(pending)
        for row in pending:
            worklist.finish(row.key, _result(row, site(row.key)))
        rows = list(worklist.rows())
        worklist.exclude(plan.duplicates(rows))
        rows = list(worklist.rows())
        if seed is not None:
            random.Random(seed).shuffle(rows)
        wave = plan.next_wave(options, roles, viewports, rows, number + 1, robots)
    raise AssertionError(f"no end after {max_waves} waves")


def _result(row: PlannedRow, answer: Answer) -> RowResult:
    if answer.redirect:
        facts = PageFacts(final_url=_absolute(answer.redirect), status=0)
        return RowResult(RowState.EXCLUDED, Reason.REDIRECTED, facts=facts)
    if answer.reason is not None:
        excluded = answer.reason in (Reason.NOT_FOUND, Reason.GONE)
        return RowResult(RowState.EXCLUDED if excluded else RowState.NOT_AUDITED, answer.reason)
    links = [*answer.links, *answer.links_by_viewport.get(row.key.viewport, ())]
    facts = PageFacts(
        final_url=row.key.url,
        status=200,
        canonical=answer.canonical and _absolute(answer.canonical),
        links=tuple(_absolute(link) for link in links),
        documents=tuple(_absolute(link) for link in answer.documents),
        content=answer.content or row.key.url,
    )
    return RowResult(RowState.AUDITED, facts=facts)


def _absolute(link: str) -> str:
    return f"{BASE}{link}" if link.startswith("/") else link


def paths(worklist: MemoryWorkList, *, role: str = ANONYMOUS, state: RowState | None = None) -> list[str]:
    """Paths of a role's rows in order, once each; with `state`, of those rows only."""
    found = (row for row in worklist.rows() if row.key.role == role and state in (None, row.state))
    return list(dict.fromkeys(row.key.url.removeprefix(BASE) for row in found))


def reasons(worklist: MemoryWorkList) -> dict[str, Reason | None]:
    """Reason of each row by its path."""
    return {row.key.url.removeprefix(BASE): row.reason for row in worklist.rows()}


def declined(worklist: MemoryWorkList) -> dict[str, Reason]:
    """Reason of each declined address by its path."""
    return {one.url.removeprefix(BASE): one.reason for one in worklist.declined()}
