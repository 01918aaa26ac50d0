"""The composite index: one figure for how guests find the campus, by a formula that anybody can follow.

Each rating from 1 to 5 becomes 0 to 100: (rating − 1) · 25. An answer counts half as much with each half-life of 26
weeks that went by between the end of its quarter and the end of the quarter that the index is told for:
w = 0.5 ^ (weeks / half-life). A question's index is the weighted mean of its answers, computed from the n, mean and
deviation of each published quarter. An area's is the mean of its rating questions', the composite index the mean of the
areas' with their published weights (setting `feedback_index_weights`).

The interval is Student's t with Kish's effective number of answers, n_eff = (Σw)² / Σw² (Kish, Survey Sampling, 1965):
answers that hardly count any more hardly narrow it. Guests who like one thing tend to like others, so errors are taken
as going fully together within an area and between areas: bounds are averaged, which is the widest that they can be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from sqlalchemy.orm import Session

from campus.feedback.figures import reading, rules
from campus.feedback.figures.reading import Figure
from campus.feedback.quarters import Quarter, checked_quarter
from campus.feedback.questionnaires.content import Kind
from campus.student import t_quantile
from core.settings import settings

HALF_LIFE_WEEKS = 26.0
LOOKS_BACK = 8  # quarters; older answers would count less than a sixteenth
LEAST_EFFECTIVE = 5.0  # fewer make no index


@dataclass(frozen=True, slots=True)
class Dated:
    """What is published of a rating question in one quarter, and how long ago that ended."""

    n: int
    mean: float
    deviation: float
    weeks: float


@dataclass(frozen=True, slots=True)
class Index:
    """0 to 100 with its 95 % interval. `n` answers of which `effective` count; None where those are too few."""

    n: int
    effective: float
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Composite:
    """The index of a group at the end of a quarter, and the areas' that it is made of, with their weights."""

    index: Index
    areas: Mapping[str, Index]
    weights: Mapping[str, float]


def composite(session: Session, quarter: Quarter, dimension: str = rules.ALL, thing: str = "") -> Composite:
    """The index of a group of guests at the end of a closed quarter, from published cells alone.

    Areas are those with a rating question in that quarter; where one of them has too few answers there is no index.
    """
    return composite_of(reading.figures(session, dimension=dimension, thing=thing), quarter, settings().area_weights)


def composite_of(figures: Iterable[Figure], quarter: Quarter, weights: Mapping[str, float]) -> Composite:
    """The same from figures of one group; `weights` empty: all areas the same. Pure."""
    questions: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.kind == Kind.RATING and quarter.plus(-LOOKS_BACK) < checked_quarter(one.quarter) <= quarter:
            questions[one.measure].append(one)
    parts: dict[str, list[Index]] = defaultdict(list)
    for told in questions.values():
        told.sort(key=lambda one: one.quarter, reverse=True)
        if told[0].quarter == str(quarter):
            parts[told[0].area].append(question_index(_dated(told, quarter)))
    areas = {area: together(found) for area, found in sorted(parts.items())}
    used = {area: weights.get(area, 0.0) if weights else 1.0 for area in areas}
    used |= {area: weight for area, weight in weights.items() if weight}
    return Composite(composite_index(areas, used), areas, used)


def question_index(quarters: Sequence[Dated], half_life: float = HALF_LIFE_WEEKS) -> Index:
    """The index of one rating question; the same as from its single answers, each with the age of its quarter."""
    weights = [0.5 ** (one.weeks / half_life) for one in quarters]
    total = sum(weight * one.n for weight, one in zip(weights, quarters, strict=True))
    n = sum(one.n for one in quarters)
    if not total:
        return Index(n, 0.0)
    effective = total**2 / sum(weight**2 * one.n for weight, one in zip(weights, quarters, strict=True))
    if effective < LEAST_EFFECTIVE - 1e-9:  # as many equal answers come to a hair less
        return Index(n, effective)
    points = [(one.mean - 1) * 25 for one in quarters]
    value = sum(weight * one.n * point for weight, one, point in zip(weights, quarters, points, strict=True)) / total
    squares = [
        one.n * (point - value) ** 2 + (one.n - 1) * (25 * one.deviation) ** 2
        for one, point in zip(quarters, points, strict=True)
    ]
    spread = sum(weight * square for weight, square in zip(weights, squares, strict=True)) / total
    half = t_quantile(effective - 1) * sqrt(spread / (effective - 1))
    return Index(n, effective, value, max(0.0, value - half), min(100.0, value + half))


def together(questions: Sequence[Index]) -> Index:
    """The index of an area: the mean of those of its questions that have one, bounds averaged too."""
    told = [one for one in questions if one.value is not None]
    n, effective = max(one.n for one in questions), max(one.effective for one in questions)
    return (
        Index(n, effective, *(_mean(told, name) for name in ("value", "low", "high"))) if told else Index(n, effective)
    )


def composite_index(areas: Mapping[str, Index], weights: Mapping[str, float]) -> Index:
    """The mean of the areas' indices with their weights. None where any area with a weight has no index."""
    counted = {area: weight for area, weight in weights.items() if weight}
    n = max((areas[area].n for area in counted if area in areas), default=0)
    effective = min((areas[area].effective if area in areas else 0.0 for area in counted), default=0.0)
    parts = [(areas[area], weight / sum(counted.values())) for area, weight in counted.items() if area in areas]
    if not parts or len(parts) < len(counted) or any(part.value is None for part, _weight in parts):
        return Index(n, effective)
    value, low, high = (
        sum(weight * (getattr(part, name) or 0.0) for part, weight in parts) for name in ("value", "low", "high")
    )
    return Index(n, effective, value, low, high)


def _dated(told: Sequence[Figure], quarter: Quarter) -> list[Dated]:
    """The quarters that count, the newest first: those before a change of wording asked another question."""
    found = []
    for one in told:
        if one.wordings != told[0].wordings:
            break
        if one.n is not None and one.mean is not None and one.deviation is not None:
            weeks = (quarter.until - checked_quarter(one.quarter).until).days / 7
            found.append(Dated(one.n, one.mean, one.deviation, weeks))
    return found


def _mean(told: Sequence[Index], name: str) -> float:
    return fmean(getattr(one, name) for one in told)
