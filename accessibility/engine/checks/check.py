"""The shape of a check.

A page check has two halves side by side in one file: `probe` looks at the live page and brings back plain JSON, `judge`
is pure and turns that JSON into findings. A platform check has only a pure `judge`, over what is stored of all pages.
Every check is listed in `checks/__init__.py`; nothing is discovered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Finding, RuleResult
from accessibility.engine.page import Row, RowKey


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check says of one state of one page. `not_audited_frames` are addresses of frames it could not look at."""

    findings: tuple[Finding, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    not_audited_frames: tuple[str, ...] = ()


class PageCheck(Protocol):
    """A check of one page. `name` is what `--checks` takes; `rules` are all that it can find anything by."""

    name: str

    @property
    def rules(self) -> frozenset[str]:
        """Ids of its rules. A rule that an engine no longer has proves nothing by its silence."""

    async def probe(self, page: LivePage) -> Any:
        """Look, and bring back JSON. Leaves the page as it found it."""

    def judge(self, probed: Any, state: str) -> Judgement:
        """Pure: the findings in what was probed."""


class PlatformCheck(Protocol):
    """A check over all pages of an audit."""

    name: str

    @property
    def rules(self) -> frozenset[str]:
        """Ids of its rules."""

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """Pure: findings, each with the row it belongs to. Rows are those of the audit, in order of the plan."""
