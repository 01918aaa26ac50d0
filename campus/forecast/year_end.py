"""The distribution of a year's room-nights: what is sold, what is forecast, and errors like those of the past. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class OpenWeek:
    """A week, or the part of one that lies in the year: its forecast, and past errors of forecasts like it.

    `share` is the part of the week that is open, 0 to 1: errors shrink with it.
    """

    nights: float
    errors: Sequence[float]
    share: float = 1.0
    booked: float = 0.0  # room-nights that are in the books already: fewer are not expected


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Room-nights of a year. `low` and `high` enclose four of five outcomes; `chance` is a share, None when unknown."""

    to_date: int
    expected: float
    low: float
    high: float
    chance: float | None


def year_end(to_date: int, weeks: Iterable[OpenWeek], target: int, *, seed: int = 1) -> YearEnd:
    """Draw the rest of the year `DRAWS` times: every open week with an error drawn from those of its like.

    Where a week has no past errors to draw from there is no chance and no interval.
    """
    every = list(weeks)
    if any(not week.errors for week in every):
        forecast = to_date + sum(week.nights for week in every)
        return YearEnd(to_date, forecast, forecast, forecast, None)
    draw = np.random.default_rng(seed)
    totals = np.full(DRAWS, float(to_date))
    for week in every:
        totals += week.nights + week.share * draw.choice(np.asarray(week.errors), DRAWS)
    totals = np.maximum(totals, to_date + sum(week.booked for week in every))
    low, high = np.quantile(totals, [0.1, 0.9])
    return YearEnd(to_date, float(np.mean(totals)), float(low), float(high), float(np.mean(totals >= target)))
