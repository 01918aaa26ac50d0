"""The distribution of a year's room-nights: what is sold, what is forecast, and errors like those of the past. Pure.

The errors of a forecast's weeks go the same way: demand that is lower than thought stays lower for a while. To add them
up as if each were drawn for itself makes the interval far too narrow, so the sum over all open weeks is taken from each
past forecast as a whole. Past forecasts a week apart share most of their weeks, so only as many of them count as fit
side by side: the distribution is Student's t with that many degrees of freedom, as wide as their root mean square. A
test holds its coverage against invented books whose future is known.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from campus.forecast.backtest import LEAST_ORIGINS
from campus.forecast.methods import Numbers
from campus.student import t_quantile

LOW, HIGH = 0.1, 0.9  # four of five outcomes lie between
NORMAL_HIGH = 1.2816  # the normal distribution's quantile of `HIGH`
BINS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEnd:
    """Room-nights of a year. `low` and `high` enclose four of five outcomes, `chance` is a share of 1.

    All three are None, and `spread` too, where too few past forecasts went so far ahead. `to_date` are the nights that
    are over, `most` these and all that can still be sold. `sellable` is the whole year's, after closures.
    """

    to_date: int
    expected: float
    most: int
    target: int
    sellable: int
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    spread: float | None = None  # root mean square of the past errors
    independent: float | None = None  # past forecasts that fit side by side
    forecasts: int = 0  # past forecasts that went so far ahead

    def as_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return {name: round(one, 4) if isinstance(one, float) else one for name, one in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Bin:
    """The share of the outcomes, 0 to 1, from `first` to before `until` room-nights."""

    first: int
    until: int
    share: float


def year_end(
    *,
    to_date: int,
    weeks: Numbers,
    shares: Sequence[float],
    paths: Numbers,
    target: int,
    sellable: int,
    sellable_still: int,
) -> YearEnd:
    """The year's end, from the forecast of each week ahead and the `shares` of it that lie in the year, 0 to 1.

    `paths` are past errors, origins × weeks ahead, NaN where there is none.
    """
    parts = np.asarray(shares, np.float64)
    most = to_date + max(0, sellable_still)
    expected = min(to_date + float(np.dot(weeks, parts)), float(most))
    end = YearEnd(to_date=to_date, expected=expected, most=most, target=target, sellable=sellable)
    if not parts.any():
        return _with(end, low=float(to_date), high=float(to_date), chance=float(to_date >= target), spread=0.0)
    sums = paths[:, : len(parts)][:, parts > 0] @ parts[parts > 0]
    sums = sums[~np.isnan(sums)]
    if len(sums) < LEAST_ORIGINS:
        return _with(end, forecasts=len(sums))
    spread = float(np.sqrt(np.mean(sums**2)))
    independent = side_by_side(len(sums), int((parts > 0).sum()))
    known = _with(end, spread=spread, independent=independent, forecasts=len(sums))
    low, high = (_within(known, expected + spread * t_quantile(independent, share)) for share in (LOW, HIGH))
    return _with(known, low=low, high=high, chance=chance_of(known, target))


def side_by_side(forecasts: int, weeks: int) -> float:
    """How many of past forecasts a week apart, each over so many weeks, share none of them."""
    return 1 + (forecasts - 1) / weeks


def widening(degrees: float) -> float:
    """By how much Student's t asks for a wider interval than the normal distribution, for so few degrees of freedom."""
    return t_quantile(degrees, HIGH) / NORMAL_HIGH


def chance_of(end: YearEnd, room_nights: float) -> float | None:
    """The probability that a year ends with at least so many room-nights; None where it is not known."""
    if end.spread is None:
        return None
    if room_nights <= end.to_date:
        return 1.0
    if room_nights > end.most or end.spread == 0:
        return float(room_nights <= end.expected)
    return _share_above((room_nights - end.expected) / end.spread, end.independent or 1.0)


def distribution(end: YearEnd) -> list[Bin]:
    """The outcomes in about `BINS` equal steps of round numbers, the last one open; empty where nothing is uncertain.

    The ends hold what lies beyond them too, so the shares add up to 1.
    """
    if not end.spread:
        return []
    furthest = 3 * end.spread if (end.independent or 1) > 5 else 5 * end.spread
    low, high = _within(end, end.expected - furthest), _within(end, end.expected + furthest)
    step = _round_step((high - low) / BINS)
    edges = list(range(int(low // step) * step, int(high // step + 1) * step + 1, step))
    above = [1.0, *(chance_of(end, edge) or 0.0 for edge in edges[1:-1]), 0.0]
    return [
        Bin(edges[number], edges[number + 1], above[number] - above[number + 1]) for number in range(len(edges) - 1)
    ]


def _round_step(least: float) -> int:
    """1, 2 or 5 times a power of ten, not under `least`."""
    power: int = 10 ** int(np.log10(max(least, 1.0)))
    return next((step * power for step in (1, 2, 5) if step * power >= least), 10 * power)


def _within(end: YearEnd, room_nights: float) -> float:
    return min(max(room_nights, float(end.to_date)), float(end.most))


def _with(end: YearEnd, **changes: Any) -> YearEnd:
    return YearEnd(**asdict(end) | changes)


def _share_above(value: float, degrees: float) -> float:
    from scipy.stats import t  # late: its import takes a second

    return float(t.sf(value, degrees))
