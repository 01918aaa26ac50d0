"""Shares and scores of answers, each with its 95 % interval, and Student's t. Pure.

Proportions: Wilson (1927), Probable inference, the law of succession, and statistical inference. Net promoter score:
adjusted Wald with three quarters of a promoter, a detractor and one and a half passives added: Rocks (2016), Interval
estimation for the “net promoter score”, The American Statistician 70.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # the normal distribution's quantile of 0.975


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, from `n` answers; None where nothing can be told. `method`: the interval's."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    method: str


def share(those: int, n: int, z: float = Z) -> Estimate:
    """The share of `those` among n answers, 0 to 1; `z` is the normal quantile, of another than 95 % where wanted."""
    if not 0 <= those <= n:
        raise ValueError("more of them than answers")
    if n == 0:
        return Estimate(0, None, None, None, "wilson")
    p = those / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # rounding must not put the figure itself outside of its interval
    return Estimate(n, p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)), "wilson")


def net_promoter_score(promoters: int, passives: int, detractors: int) -> Estimate:
    """Percent of 9 and 10 less percent of 0 to 6, −100 to 100."""
    n = promoters + passives + detractors
    if n == 0:
        return Estimate(0, None, None, None, "adjusted wald")
    more = n + 3
    p, d = (promoters + 0.75) / more, (detractors + 0.75) / more
    half = Z * sqrt((p + d - (p - d) ** 2) / more)
    low, high = max(-1.0, p - d - half), min(1.0, p - d + half)
    return Estimate(n, 100 * (promoters - detractors) / n, 100 * low, 100 * high, "adjusted wald")
