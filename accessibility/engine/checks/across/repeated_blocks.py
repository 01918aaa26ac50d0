"""Blocks repeated on many pages without a way past them (2.4.1).

Headings, landmarks, a link past them, named frames and blocks that can be collapsed each are a way. A page that has
none of these and begins with a block of many stops that other pages begin with too fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from accessibility.engine.checks.across.pages import Kind, pages
from accessibility.engine.checks.check import OwnCheck
from accessibility.engine.checks.found import Tally
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import PageParts, Row, RowKey
from core.i18n import marked

BYPASS = Rule(
    "repeated-block-bypass",
    marked("There must be a way past blocks that many pages repeat"),
    ("2.4.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "bypass-blocks",
    act=("cf77f2",),
)
WAYS = frozenset({"skip link", "heading", "landmark", "named frame", "collapsible"})
FEWEST_PAGES = 3
FEWEST_STOPS, STOPS_CERTAIN = 3, 6


@dataclass(slots=True)
class _WithoutWay:
    """The first page that has no way past its block, the block's stops, and how many such pages there are."""

    key: RowKey
    url: str
    stops: int
    pages: int = 0


class RepeatedBlocksCheck(OwnCheck):
    """Looks for blocks that many pages begin with, on pages without a way past them."""

    name = "repeated-blocks"
    own_rules = (BYPASS,)

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """One finding for each block, at the first page that has no way past it."""
        begin: dict[tuple[Kind, str], _WithoutWay] = {}
        count: dict[tuple[Kind, str], int] = {}
        for key, kind, facts, parts in pages(rows):
            first = _first_stops(parts)
            if first is None:
                continue
            block, stops, more = first
            count[(kind, block)] = count.get((kind, block), 0) + 1
            if more and WAYS.isdisjoint(parts.ways):
                begin.setdefault((kind, block), _WithoutWay(key, facts.final_url, stops)).pages += 1
        found: dict[str, tuple[RowKey, Finding]] = {}
        for (kind, block), there in begin.items():
            if count[(kind, block)] >= FEWEST_PAGES:
                found.setdefault(block, self._finding(block, there, count[(kind, block)]))
        return list(found.values())

    def _finding(self, block: str, there: _WithoutWay, count: int) -> tuple[RowKey, Finding]:
        stops = there.stops
        told = f"{count} pages begin with the same {stops} stops of the keyboard, {there.pages} with no way past them"
        tally = Tally(self.name)
        if stops >= STOPS_CERTAIN:
            steps = (
                f"Open {there.url} and press Tab {stops} times: the focus does not leave what other pages begin with.",
                "Look for a link past it, a heading, a landmark, or a way to collapse it: there is none.",
            )
            message = f"{told}: no link past them, no heading, no landmark."
            tally.page(BYPASS, Outcome.FAILED, message, subject=block, steps=steps)
        else:
            tally.page(BYPASS, Outcome.NEEDS_REVIEW, f"{told}. Is the content reached easily?", subject=block)
        return there.key, tally.findings[0]


def _first_stops(parts: PageParts) -> tuple[str, int, bool] | None:
    """The first block with stops of the keyboard, how many, and whether something comes after it; None without one."""
    for place, (block, stops) in enumerate(parts.blocks):
        if stops >= FEWEST_STOPS:
            return block, stops, place + 1 < len(parts.blocks)
    return None
