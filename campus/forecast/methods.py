"""Forecasts of one segment's room-nights by week, from what was known on one evening. Pure.

Every method sees only a `View`, and a view holds one evening's knowledge: none can read a later snapshot. It answers
with `HORIZON` weeks, the next one first; NaN where it knows too little.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

HORIZON = 106  # weeks: from any day to the end of the next year
LEARNED = 26  # weeks that are over, from which pick-up is learned
LEAST = 8  # of them: fewer teach nothing
YEAR = 52
THIN = 0.3  # share of the final: less than this on the books tells too little to be multiplied

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What was known of a segment on one evening, in room-nights by week; NaN where there is no snapshot.

    `finals` are the weeks that are over, the newest last. `sold` and `held` are what stands in the books of the weeks
    to come. Row k of `sold_before` and `held_before` is what stood in them when the week of `finals[k]` began.
    """

    finals: Numbers
    sold: Numbers
    held: Numbers
    sold_before: Numbers
    held_before: Numbers


Method = Callable[[View], Numbers]


def naive(view: View) -> Numbers:
    """As in the last week that is over: the measure of all others."""
    return np.full(HORIZON, view.finals[-1] if len(view.finals) else np.nan)


def same_time_last_year(view: View) -> Numbers:
    """As 364 days before, the same weekdays; where those are not over either, as a year before them."""
    leads = np.arange(HORIZON)
    weeks = len(view.finals) + leads - YEAR * (leads // YEAR + 1)
    found: Numbers = _padded(view.finals, 1)[np.maximum(weeks, -1)]  # the last one, NaN, is before all that is known
    return found


def additive_pickup(view: View) -> Numbers:
    """What is booked, and the mean of what still came from this lead on."""
    return _added(view, view.sold, view.sold_before)


def multiplicative_pickup(view: View) -> Numbers:
    """What is booked, times how much it grew from this lead on."""
    return _grown(view, view.sold, view.sold_before)


def additive_group_pickup(view: View) -> Numbers:
    """As additive pick-up, of what is sold and what groups hold: less the rooms that groups do not use in the end."""
    return _added(view, view.sold + view.held, view.sold_before + view.held_before)


def multiplicative_group_pickup(view: View) -> Numbers:
    """As multiplicative pick-up, of what is sold and what groups hold."""
    return _grown(view, view.sold + view.held, view.sold_before + view.held_before)


def exponential_smoothing(view: View) -> Numbers:
    """Holt's damped level and trend over the weeks that are over (statsmodels), with the seasons once two years are."""
    if len(view.finals) < YEAR or np.isnan(view.finals).any():
        return np.full(HORIZON, np.nan)
    return np.asarray(_smoothed(tuple(view.finals.tolist())))


METHODS: Mapping[str, Method] = {
    "naive": naive,
    "same time last year": same_time_last_year,
    "additive pick-up": additive_pickup,
    "multiplicative pick-up": multiplicative_pickup,
    "additive pick-up with groups": additive_group_pickup,
    "multiplicative pick-up with groups": multiplicative_group_pickup,
    "exponential smoothing": exponential_smoothing,
}
NAIVE, LAST_YEAR = "naive", "same time last year"


def ahead(known: Numbers) -> Numbers:
    """What is known of the next weeks, as long as the horizon: NaN behind it."""
    return _padded(known, HORIZON - len(known))


def _added(view: View, booked: Numbers, before: Numbers) -> Numbers:
    learned, finals = _learned(view, before)
    return np.maximum(0.0, ahead(booked) + ahead(_mean(finals - learned)))


def _grown(view: View, booked: Numbers, before: Numbers) -> Numbers:
    """As same time last year where little of what comes is on the books: a ratio to next to nothing runs away."""
    learned, finals = _learned(view, before)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = ahead(_mean(learned) / _mean(finals))
        return np.where(share >= THIN, ahead(booked) / share, same_time_last_year(view))


def _learned(view: View, before: Numbers) -> tuple[Numbers, Numbers]:
    """(booked at this lead, final) of the last weeks that are over, weeks × leads; NaN where either is unknown."""
    number, leads = before.shape
    weeks = np.arange(max(0, number - LEARNED), number)[:, None]
    rows = weeks - np.arange(leads)[None, :]
    learned = np.where(rows >= 0, np.take_along_axis(before, np.maximum(rows, 0), axis=0), np.nan)
    finals = np.broadcast_to(view.finals[weeks], learned.shape)
    unknown = np.isnan(learned) | np.isnan(finals)
    return np.where(unknown, np.nan, learned), np.where(unknown, np.nan, finals)


def _mean(table: Numbers) -> Numbers:
    """Mean of each column; NaN where fewer than `LEAST` numbers are known."""
    known = (~np.isnan(table)).sum(axis=0)
    return np.where(known >= LEAST, np.nansum(table, axis=0) / np.maximum(known, 1), np.nan)


def _padded(known: Numbers, number: int) -> Numbers:
    return np.pad(known, (0, number), constant_values=np.nan)


@lru_cache(maxsize=2048)
def _smoothed(finals: tuple[float, ...]) -> list[float]:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # late: its import takes a second

    seasons: dict[str, Any] = {"seasonal": "add", "seasonal_periods": YEAR} if len(finals) >= 2 * YEAR else {}
    model = ExponentialSmoothing(
        np.asarray(finals), trend="add", damped_trend=True, initialization_method="heuristic", **seasons
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so where the optimum is flat, which does no harm
        fitted = model.fit(use_brute=False)  # a search by brute force costs tenfold, and the back-test fits hundreds
        return [max(0.0, float(value)) for value in fitted.forecast(HORIZON)]
