"""Coverage and score of an audit: pure, and in one pass over rows that may come from a database.

The formula, version 2, is explained with an example in `docs/score.md`. Per page only a few numbers are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import ceil, inf
from statistics import fmean

from accessibility.engine.checks import names
from accessibility.engine.checks.rule import Profile
from accessibility.engine.finding import Impact, Outcome, RuleResult
from accessibility.engine.page import Row, RowState

SCORE_VERSION = 2
WEIGHTS = {Impact.CRITICAL: 10, Impact.SERIOUS: 7, Impact.MODERATE: 3, Impact.MINOR: 1}
CAP_WITH_CRITICAL_FAILURE = 49.0
WORST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of an audit, counted. The reasons are values of `Reason`; "pending" stands for rows nobody visited yet."""

    planned: int
    audited: int
    not_covered: dict[str, int]  # reason -> rows that were planned and not, or only partly, audited
    excluded: dict[str, int]  # reason -> rows that turned out not to be pages of the plan

    @property
    def share(self) -> float:
        """Audited rows of planned rows, 0 to 1. Where nothing is planned nothing is covered: 0."""
        return self.audited / self.planned if self.planned else 0.0

    def meets(self, floor: float) -> bool:
        """Whether the share reaches a floor, 0 to 1. Where nothing is planned no floor is met."""
        return self.planned > 0 and self.share >= floor


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of version 1. With no page audited every figure is 0."""

    value: float  # 0 to 100, mean over the templates
    worst_tenth: float  # 0 to 100, mean of the worst tenth of the pages
    clean_share: float  # 0 to 1, pages without a failed rule
    templates: dict[str, float] = field(default_factory=dict)  # template -> mean of its pages
    pages: int = 0
    version: int = SCORE_VERSION


def coverage(rows: Iterable[Row]) -> Coverage:
    """Count rows. Partly audited ones are not covered."""
    return coverage_of(Counter((row.state, row.reason.value if row.reason else "") for row in rows))


def coverage_of(counts: Mapping[tuple[RowState, str], int]) -> Coverage:
    """The same from rows that were already counted by state and reason."""
    not_covered: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    for (state, reason), rows in counts.items():
        if state is RowState.EXCLUDED:
            excluded[reason or state.value] += rows
        elif state is not RowState.AUDITED:
            not_covered[reason or state.value] += rows
    audited = sum(rows for (state, _), rows in counts.items() if state is RowState.AUDITED)
    return Coverage(audited + not_covered.total(), audited, _sorted(not_covered), _sorted(excluded))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


@dataclass(slots=True)
class PageFigures:
    """What the score needs of one page: the value of its worst row, 0 to 100, and whether a rule failed in any."""

    template: str
    worst: float = inf  # as long as no rule of its rows could be judged
    failed: bool = False
    audited: bool = False  # at least one of its rows in full


def score(rows: Iterable[Row]) -> Score:
    """The score of the audited rows. A page's template is that of its first row, so give them in order of the plan."""
    return score_of(page_figures(rows).values())


def page_figures(rows: Iterable[Row]) -> dict[str, PageFigures]:
    """Address to figures of every page that was looked at, so that any part of a platform can be scored."""
    pages: dict[str, PageFigures] = {}
    for row in rows:
        if row.state in (RowState.AUDITED, RowState.PARTLY):
            _add(pages, row)
    return pages


def score_of(pages: Iterable[PageFigures]) -> Score:
    """The score of these pages.

    A page counts when at least one of its rows was audited in full; what a partly audited row saw of it counts too.
    """
    counted = [page for page in pages if page.audited and page.worst < inf]
    return _score_of(counted) if counted else Score(0.0, 0.0, 0.0)


def _add(pages: dict[str, PageFigures], row: Row) -> None:
    page = pages.get(row.key.url)
    if page is None:
        page = pages[row.key.url] = PageFigures(row.facts.template if row.facts else "")
    rules = [result for result in row.rules if result.check in every_night()]
    value = row_score(rules)
    page.worst = min(page.worst, inf if value is None else value)
    page.failed |= any(result.outcome is Outcome.FAILED for result in rules)
    page.audited |= row.state is RowState.AUDITED


@cache
def every_night() -> frozenset[str]:
    """Names of the checks that count: those that run every night, so that a deep night can be compared with others."""
    return frozenset(names(Profile.STANDARD))


def row_score(rules: Iterable[RuleResult]) -> float | None:
    """Weighted share of passed among passed and failed rules, 0 to 100; None when no rule could be judged."""
    passed = failed = 0
    critical = False
    for result in rules:
        if result.outcome is Outcome.PASSED:
            passed += WEIGHTS[result.impact]
        elif result.outcome is Outcome.FAILED:
            failed += WEIGHTS[result.impact]
            critical |= result.impact is Impact.CRITICAL
    if not passed + failed:
        return None
    share = 100.0 * passed / (passed + failed)
    return min(share, CAP_WITH_CRITICAL_FAILURE) if critical else share


def _score_of(pages: list[PageFigures]) -> Score:
    by_template: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        by_template[page.template].append(page.worst)
    templates = {template: fmean(values) for template, values in sorted(by_template.items())}
    worst = sorted(page.worst for page in pages)[: ceil(len(pages) * WORST_SHARE)]
    clean = sum(not page.failed for page in pages) / len(pages)
    return Score(fmean(templates.values()), fmean(worst), clean, templates, len(pages))
