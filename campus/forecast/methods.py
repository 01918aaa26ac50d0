"""Forecasts of one segment's room-nights by week, from what was known on one day. Pure.

Every method sees only a `View`, and a view is made of one day's knowledge: none can read a later snapshot.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

WEEKS_OF_HISTORY = 26  # what pick-up is learned from
YEAR = 52

Weeks = Mapping[int, float]  # number of a week, counted from some Monday → room-nights


@dataclass(frozen=True, slots=True)
class View:
    """What was known on the evening before the Monday of week `origin`, of one segment.

    `finals` are weeks that are over. `booked` is what stands in the books of each week from `origin` on.
    `booked_before[lead]` holds, for weeks that are over, what stood in the books `lead` weeks before they began.
    """

    origin: int
    finals: Weeks
    booked: Weeks
    booked_before: Mapping[int, Weeks]

    def history(self, lead: int) -> list[tuple[float, float]]:
        """(booked at this lead, final) of the last weeks of which both are known, the newest last."""
        before = self.booked_before.get(lead, {})
        weeks = [week for week in sorted(self.finals) if week in before][-WEEKS_OF_HISTORY:]
        return [(before[week], self.finals[week]) for week in weeks]

    def lead(self, week: int) -> int:
        """Weeks from the origin to the beginning of a week."""
        return week - self.origin


Method = Callable[[View, int], float | None]  # the room-nights of a week; None where the method knows too little


def naive(view: View, week: int) -> float | None:
    """As in the last week that is over: the measure of all others."""
    return view.finals.get(view.origin - 1)


def same_time_last_year(view: View, week: int) -> float | None:
    """As 364 days before: the same weekdays."""
    return view.finals.get(week - YEAR)


def additive_pickup(view: View, week: int) -> float | None:
    """What is booked and the mean of what still came at this lead."""
    history = view.history(view.lead(week))
    if not history:
        return None
    return max(0.0, view.booked.get(week, 0.0) + float(np.mean([final - booked for booked, final in history])))


def multiplicative_pickup(view: View, week: int) -> float | None:
    """What is booked, times how much it grew from this lead on."""
    history = view.history(view.lead(week))
    booked = sum(booked for booked, _final in history)
    if booked <= 0:
        return None
    return view.booked.get(week, 0.0) * sum(final for _booked, final in history) / booked


def exponential_smoothing(view: View, week: int) -> float | None:
    """Holt's damped level and trend over the finals (statsmodels), with last year's shape of the year laid over it."""
    weeks = sorted(view.finals)
    if len(weeks) < YEAR or weeks[-1] - weeks[0] + 1 != len(weeks):
        return None
    return _fitted(tuple(view.finals[one] for one in weeks))[week - weeks[-1] - 1]


@lru_cache(maxsize=64)
def _fitted(finals: tuple[float, ...]) -> list[float]:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # late: its import takes a second

    seasonal = len(finals) >= 2 * YEAR
    model = ExponentialSmoothing(
        np.asarray(finals),
        trend="add",
        damped_trend=True,
        seasonal="add" if seasonal else None,
        seasonal_periods=YEAR if seasonal else None,
        initialization_method="heuristic" if seasonal else "estimated",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so where the optimum is flat, which does no harm
        return [max(0.0, float(value)) for value in model.fit().forecast(2 * YEAR)]


METHODS: dict[str, Method] = {
    "naive": naive,
    "same time last year": same_time_last_year,
    "additive pick-up": additive_pickup,
    "multiplicative pick-up": multiplicative_pickup,
    "exponential smoothing": exponential_smoothing,
}
NAIVE = "naive"
