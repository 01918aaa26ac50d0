"""What a pavilion would have used without its renovation, and what it uses less. Pure.

Ordinary least squares over the months of the baseline: use = days · base + heating degree-days · a + cooling
degree-days · b + occupied room-nights · c. The avoided use of later months is predicted − actual, after IPMVP option C
(whole facility, International Performance Measurement and Verification Protocol). How well a baseline must fit, how its
interval widens where the residuals of months follow each other, and how far it may be carried beyond what it has seen
are after ASHRAE guideline 14 (Measurement of energy, demand and water savings).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.student import t_quantile
from core.errors import InvalidInput
from core.i18n import gettext as _

FEWEST_MONTHS = 12  # less than a year never saw all seasons
CONFIDENCE = 0.9
NAMES = ("base a day", "heating degree-day", "cooling degree-day", "room-night")
GOOD_CV, POOR_CV = 0.2, 0.3  # ASHRAE 14: 20 % with less than a year of later months, at most 30 % with several
GOOD_R2 = 0.75  # IPMVP
MOST_BIAS = 0.05  # ASHRAE 14, of monthly data
BEYOND = 0.1  # ASHRAE 14: up to a tenth beyond the least and the most that the baseline saw
MOST_FOLLOWING = 0.9


@dataclass(frozen=True, slots=True)
class Month:
    """A meter's month: kWh (or m³) used, degree-days in K·d, room-nights occupied. `first` is its first day."""

    first: date
    days: int
    kwh: float
    heating: float
    cooling: float
    room_nights: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """The fitted months: use by unit of each of `NAMES` that the months can tell apart.

    `r2`, `cv` (of the RMSE) and `bias` (of the mean) say how well it fits, `following` how much the residual of a month
    follows that of the month before (lag-1 autocorrelation, 0 where none is seen). `seen` is the least and the most of
    each predictor a day.
    """

    kwh_per: dict[str, float]
    r2: float
    cv: float
    bias: float
    following: float
    months: int
    variance: float
    covariance: tuple[tuple[float, ...], ...]
    seen: dict[str, tuple[float, float]]

    @property
    def good(self) -> bool:
        """Whether it fits as well as the guideline wants."""
        return self.cv <= GOOD_CV and self.r2 >= GOOD_R2 and abs(self.bias) <= MOST_BIAS

    @property
    def poor(self) -> bool:
        """Whether it fits too badly to be relied on."""
        return self.cv > POOR_CV or abs(self.bias) > MOST_BIAS

    def surely(self, name: str) -> bool:
        """Whether a coefficient can be told from 0 at `CONFIDENCE`."""
        number = list(self.kwh_per).index(name)
        deviation = self.covariance[number][number] ** 0.5
        limit = t_quantile(self.months - len(self.kwh_per), (1 + CONFIDENCE) / 2)
        return bool(abs(self.kwh_per[name]) > limit * deviation)

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Baseline":
        """The way back."""
        covariance = tuple(tuple(map(float, row)) for row in kept["covariance"])
        seen = {name: (float(low), float(high)) for name, (low, high) in kept["seen"].items()}
        return cls(**{**kept, "covariance": covariance, "seen": seen})


@dataclass(frozen=True, slots=True)
class Avoided:
    """kWh that later months would have used, did use, and the difference with its interval at `CONFIDENCE`."""

    predicted: float
    actual: float
    low: float
    high: float

    @property
    def avoided(self) -> float:
        """Predicted less actual; below 0 where more was used than before."""
        return self.predicted - self.actual

    @property
    def share(self) -> float | None:
        """The avoided part of what was predicted; None where nothing was."""
        return self.avoided / self.predicted if self.predicted > 0 else None

    @property
    def detectable(self) -> bool:
        """Whether the interval leaves out 0: else nothing can be told to have changed."""
        return self.low > 0 or self.high < 0


def fit(months: Sequence[Month]) -> Baseline:
    """Fit the baseline. Raises `InvalidInput` where there are too few months to tell."""
    names = _telling(months)
    fewest = max(FEWEST_MONTHS, len(names) + 3)
    if len(months) < fewest:
        raise InvalidInput(_("a baseline needs at least %(n)s months", n=fewest), place="months")
    x, y = _design(months, names), np.array([month.kwh for month in months])
    inverse = np.linalg.inv(x.T @ x)
    coefficients = np.linalg.lstsq(x, y)[0]
    residuals = y - x @ coefficients
    variance = float(residuals @ residuals) / (len(y) - len(names))
    spread, mean = float(((y - y.mean()) ** 2).sum()), float(y.mean())
    return Baseline(
        kwh_per=dict(zip(names, map(float, coefficients), strict=True)),
        r2=1 - float(residuals @ residuals) / spread if spread else 0.0,
        cv=variance**0.5 / mean if mean else 0.0,
        bias=float(residuals.mean()) / mean if mean else 0.0,
        following=_following([month.first for month in months], residuals),
        months=len(y),
        variance=variance,
        covariance=tuple(tuple(map(float, row)) for row in inverse * variance),
        seen=_seen(months),
    )


def avoided(baseline: Baseline, months: Sequence[Month]) -> Avoided:
    """What these months used less than the baseline says, as one sum.

    The variance of a sum of n predictions is x'Cx + n·s², with x the summed predictors and C the coefficients'
    covariance. Where residuals follow each other with r, n months tell as much as n·(1−r)/(1+r) independent ones
    (ASHRAE 14), so the variance is (1+r)/(1−r) times that.
    """
    x = _design(months, tuple(baseline.kwh_per)).sum(axis=0)
    predicted = float(x @ np.array(list(baseline.kwh_per.values())))
    spread = float(x @ np.array(baseline.covariance) @ x) + len(months) * baseline.variance
    deviation = (spread * (1 + baseline.following) / (1 - baseline.following)) ** 0.5
    half = t_quantile(baseline.months - len(baseline.kwh_per), (1 + CONFIDENCE) / 2) * deviation
    actual = sum(month.kwh for month in months)
    return Avoided(predicted, actual, predicted - actual - half, predicted - actual + half)


def outside(baseline: Baseline, month: Month) -> list[str]:
    """The predictors that lie farther than `BEYOND` outside of what the baseline saw: there it is carried too far."""
    found = []
    for name, (low, high) in baseline.seen.items():
        a_day = _values([month])[name][0] / month.days
        if not low * (1 - BEYOND) <= a_day <= high * (1 + BEYOND):
            found.append(name)
    return found


def _telling(months: Sequence[Month]) -> tuple[str, ...]:
    """The base, and each predictor that the months can tell apart from those before it.

    What never occurred, or always went along with the days (as a pavilion that is always full), teaches nothing.
    """
    names: list[str] = []
    for name in NAMES:
        columns = _design(months, [*names, name])
        largest = np.abs(columns).max(axis=0, initial=0.0)
        if largest.all() and np.linalg.matrix_rank(columns / largest) == len(names) + 1:
            names.append(name)
    return tuple(names)


def _following(firsts: Sequence[date], residuals: NDArray[np.float64]) -> float:
    """Lag-1 autocorrelation over months that follow each other, 0 to 0.9; what lies below 0 narrows nothing."""
    number = {(first.year * 12 + first.month): place for place, first in enumerate(firsts)}
    pairs = [(number[month - 1], place) for month, place in number.items() if month - 1 in number]
    whole = float(residuals @ residuals)
    scale = float(sum(abs(residuals)))
    if not pairs or not whole or scale < 1e-9:
        return 0.0
    found = sum(float(residuals[before] * residuals[after]) for before, after in pairs) / whole
    return min(max(found, 0.0), MOST_FOLLOWING)


def _seen(months: Sequence[Month]) -> dict[str, tuple[float, float]]:
    """Of all predictors, also those that told nothing: where they change later, the baseline knows nothing of it."""
    values, found = _values(months), {}
    for name in NAMES[1:]:
        a_day = [value / month.days for value, month in zip(values[name], months, strict=True)]
        found[name] = (min(a_day), max(a_day))
    return found


def _values(months: Sequence[Month]) -> dict[str, list[float]]:
    return {
        "base a day": [month.days for month in months],
        "heating degree-day": [month.heating for month in months],
        "cooling degree-day": [month.cooling for month in months],
        "room-night": [month.room_nights for month in months],
    }


def _design(months: Sequence[Month], names: Sequence[str]) -> NDArray[np.float64]:
    values = _values(months)
    return np.array([values[name] for name in names], dtype=np.float64).reshape(len(names), len(months)).T
