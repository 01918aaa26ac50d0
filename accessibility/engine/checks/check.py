"""The shape of a check.

A page check has two halves side by side in one file: `probe` looks at the live page and brings back plain JSON, `judge`
is pure and turns that JSON into findings. A platform check has only a pure `judge`, over what is stored of all pages.
Every check is listed in its folder's `__init__.py`; nothing is discovered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from accessibility.engine.checks.rule import Profile, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Finding, RuleResult
from accessibility.engine.page import Row, RowKey

SECONDS = 5.0  # a check that looks at the page as it is


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check says of one state of one page.

    `not_audited_frames` are addresses of frames it could not look at. `pictures` are PNG by component key: what the
    check itself has seen, before and after; other failures get a picture of their element.
    """

    findings: tuple[Finding, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    not_audited_frames: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


class Check(Protocol):
    """What every check says of itself. `name` is what `--checks` takes."""

    name: str

    @property
    def rules(self) -> frozenset[str]:
        """Ids of its rules. A rule that an engine no longer has proves nothing by its silence."""

    @property
    def own_rules(self) -> tuple[Rule, ...]:
        """Its rules; none for those that an engine of others brings along."""

    @property
    def profile(self) -> Profile:
        """The smallest profile that it belongs to."""


class PageCheck(Check, Protocol):
    """A check of one page.

    With `conditions`, it works on a load of the page of its own under these, and may change it; without, it looks at
    the page that all such checks share, and leaves it as it found it. `seconds` is the time that it is given, loads
    aside: what comes to no end in it counts as not done, never as passed.
    """

    @property
    def conditions(self) -> Conditions | None:
        """What the page is loaded afresh under; None for a look at the page as it stands."""

    @property
    def seconds(self) -> float:
        """The time that a probe may take."""

    async def applies(self, page: LivePage) -> bool:
        """Whether a load of its own is worth its time; asked on the page as it stands, quickly."""

    async def probe(self, page: LivePage) -> Any:
        """Look, and bring back JSON."""

    def judge(self, probed: Any, state: str) -> Judgement:
        """Pure: the findings in what was probed."""


class PlatformCheck(Check, Protocol):
    """A check over all pages of an audit.

    `needs_crawl`: it speaks of what is on no page of a platform, which only an audit that looks for pages can know.
    """

    @property
    def needs_crawl(self) -> bool:
        """Whether it says nothing of pages that somebody chose."""

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """Pure: findings, each with the row it belongs to. Rows are those of the audit, in order of the plan."""


class OwnCheck:
    """What our own checks have in common: they are described by their `own_rules`."""

    name: str
    own_rules: tuple[Rule, ...]
    profile: Profile = Profile.STANDARD
    conditions: Conditions | None = None
    seconds: float = SECONDS
    needs_crawl: bool = False

    @property
    def rules(self) -> frozenset[str]:
        """Ids of its rules."""
        return frozenset(rule.id for rule in self.own_rules)

    async def applies(self, page: LivePage) -> bool:
        """Always, unless a check knows better."""
        return True
