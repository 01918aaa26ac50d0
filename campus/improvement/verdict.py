"""What an improvement action changed: after less before, against the comparison where there is one. Pure.

A side is what quarters were published with (n, mean, deviation), never single answers. Quarters and pavilions of a side
are pooled: N = Σ nᵢ, mean = Σ nᵢ·mᵢ / N, and the variance has a part within and a part between them,
(Σ (nᵢ − 1)·sᵢ² + Σ nᵢ·(mᵢ − mean)²) / (N − 1), which is exactly that of all their answers together: Cochrane Handbook
for Systematic Reviews of Interventions (2019), 6.5.2.10.

Welch's interval for the difference of means, with Satterthwaite's degrees of freedom; with a comparison the difference
of differences, whose variance is the sum of all four: Angrist and Pischke, Mostly Harmless Econometrics (2009), ch. 5.
A verdict other than “no detectable effect” needs an interval of 95 % that leaves out zero, so that it is false in one
of twenty actions that changed nothing.

The smallest effect that would be found in four of five cases is (t₀.₉₇₅ + t₀.₈₀) standard errors: Bloom, Minimum
detectable effects, Evaluation Review 19 (1995), 547–556.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from campus.student import t_quantile

FEWEST = 10  # answers on each side; fewer say nothing of a mean
POWER = 0.8


class Verdict(StrEnum):
    """What the check says."""

    BETTER = "better"
    WORSE = "worse"
    NO_EFFECT = "no detectable effect"
    TOO_EARLY = "too early"


@dataclass(frozen=True, slots=True)
class Summary:
    """Answers on one scale, where more is better, as they are published; one answer has no deviation."""

    n: int
    mean: float
    deviation: float | None = None

    @property
    def variance(self) -> float:
        """Of the answers; 0 where they do not tell."""
        return (self.deviation or 0.0) ** 2

    def interval(self) -> tuple[float, float] | None:
        """Student's 95 % interval of the mean; None where there is one answer."""
        if self.n < 2:
            return None
        half = t_quantile(self.n - 1) * sqrt(self.variance / self.n)
        return self.mean - half, self.mean + half


@dataclass(frozen=True, slots=True)
class Sides:
    """What was published before the action and after it, a part for each quarter and pavilion."""

    before: Sequence[Summary]
    after: Sequence[Summary]


@dataclass(frozen=True, slots=True)
class Effect:
    """The change in points of the scale with its 95 % interval; None where it is too early to tell."""

    verdict: Verdict
    change: float | None = None
    low: float | None = None
    high: float | None = None

    def cost_per_point(self, cost_cents: int) -> tuple[float, float, float] | None:
        """Cents for each point gained, with the interval that follows from that of the change: (value, low, high).

        None unless it got better, as a price of nothing would be made up.
        """
        if self.verdict is not Verdict.BETTER or not (self.change and self.low and self.high):
            return None
        return cost_cents / self.change, cost_cents / self.high, cost_cents / self.low


def pooled(parts: Iterable[Summary]) -> Summary | None:
    """All answers of the parts together; None where there are none."""
    there = [one for one in parts if one.n]
    n = sum(one.n for one in there)
    if not n:
        return None
    mean = sum(one.n * one.mean for one in there) / n
    within = sum((one.n - 1) * one.variance for one in there)
    between = sum(one.n * (one.mean - mean) ** 2 for one in there)
    return Summary(n, mean, sqrt((within + between) / (n - 1)) if n > 1 else None)


def effect(treated: Sides, comparison: Sides | None = None) -> Effect:
    """What became of the treated side; less what became of the comparison meanwhile, where there is one."""
    wanted = [treated.after, treated.before, *((comparison.before, comparison.after) if comparison else ())]
    sides = [side for parts in wanted if (side := pooled(parts)) and side.n >= FEWEST]
    if len(sides) < len(wanted):
        return Effect(Verdict.TOO_EARLY)
    change = sum(sign * side.mean for sign, side in zip((1, -1, 1, -1), sides, strict=False))
    error, degrees = _error(sides)
    half = t_quantile(degrees) * error if error else 0.0
    low, high = change - half, change + half
    verdict = Verdict.BETTER if low > 0 else Verdict.WORSE if high < 0 else Verdict.NO_EFFECT
    return Effect(verdict, change, low, high)


def detectable(treated: Summary | None, comparison: Summary | None = None, *, compared: bool = False) -> float | None:
    """The smallest change that would be found in four of five cases, with as many answers after as before.

    None where there are too few answers to tell; `compared` says that there is to be a comparison.
    """
    sides = [treated, comparison] if compared else [treated]
    there = [side for side in sides if side is not None and side.n >= FEWEST]
    if len(there) < len(sides):
        return None
    error, degrees = _error([*there, *there])
    return (t_quantile(degrees) + t_quantile(degrees, POWER)) * error if error else 0.0


def _error(sides: Sequence[Summary]) -> tuple[float, float]:
    """Standard error of a sum of independent means, and Satterthwaite's degrees of freedom."""
    errors = [(side.variance / side.n, side.n) for side in sides]
    total = sum(error for error, _n in errors)
    if total == 0:
        return 0.0, 1.0
    return sqrt(total), total**2 / sum(error**2 / (n - 1) for error, n in errors)
