"""What a pavilion would have used without its renovation, and what it uses less. Pure.

Ordinary least squares over the months of the baseline: kWh = days · base + heating degree-days · a + cooling
degree-days · b + occupied room-nights · c. The avoided use of later months is predicted − actual, after IPMVP option C
(whole facility, International Performance Measurement and Verification Protocol), with the interval of the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from core.errors import InvalidInput
from core.i18n import gettext as _

FEWEST_MONTHS = 12  # less than a year never saw all seasons
CONFIDENCE = 0.9
NAMES = ("base a day", "heating degree-day", "cooling degree-day", "room-night")


@dataclass(frozen=True, slots=True)
class Month:
    """A meter's month: kWh used, degree-days in K·d, room-nights occupied. `first` is its first day."""

    first: date
    days: int
    kwh: float
    heating: float
    cooling: float
    room_nights: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """The fitted months: kWh by unit of each of `NAMES` that varies. `r2` and `cv` (of the RMSE): how well it fits."""

    kwh_per: dict[str, float]
    r2: float
    cv: float
    months: int
    _covariance: NDArray[np.floating[Any]]
    _variance: float


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


def fit(months: Sequence[Month]) -> Baseline:
    """Fit the baseline. Raises `InvalidInput` where there are too few months to tell."""
    names = _varying(months)
    if len(months) < max(FEWEST_MONTHS, len(names) + 3):
        raise InvalidInput(
            _("a baseline needs at least %(n)s months", n=max(FEWEST_MONTHS, len(names) + 3)), place="months"
        )
    x, y = _design(months, names), np.array([month.kwh for month in months])
    inverse = np.linalg.pinv(x.T @ x)
    coefficients = inverse @ x.T @ y
    residuals = y - x @ coefficients
    variance = float(residuals @ residuals) / (len(y) - len(names))
    spread = float(((y - y.mean()) ** 2).sum())
    return Baseline(
        kwh_per=dict(zip(names, map(float, coefficients), strict=True)),
        r2=1 - float(residuals @ residuals) / spread if spread else 0.0,
        cv=variance**0.5 / float(y.mean()) if y.mean() else 0.0,
        months=len(y),
        _covariance=inverse * variance,
        _variance=variance,
    )


def avoided(baseline: Baseline, months: Sequence[Month]) -> Avoided:
    """What these months used less than the baseline says, as one sum.

    The variance of a sum of n predictions is x'Cx + n·s², with x the summed predictors and C the coefficients'
    covariance; months are taken as independent of each other.
    """
    x = _design(months, tuple(baseline.kwh_per)).sum(axis=0)
    predicted = float(x @ np.array(list(baseline.kwh_per.values())))
    deviation = float(x @ baseline._covariance @ x + len(months) * baseline._variance) ** 0.5
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, baseline.months - len(baseline.kwh_per))) * deviation
    actual = sum(month.kwh for month in months)
    return Avoided(predicted, actual, predicted - actual - half, predicted - actual + half)


def _varying(months: Sequence[Month]) -> tuple[str, ...]:
    """The base, and each predictor that is not always 0: what never occurred cannot be learned from."""
    columns = _design(months, NAMES)
    return tuple(name for number, name in enumerate(NAMES) if number == 0 or columns[:, number].any())


def _design(months: Sequence[Month], names: Sequence[str]) -> NDArray[np.float64]:
    values = {
        "base a day": [month.days for month in months],
        "heating degree-day": [month.heating for month in months],
        "cooling degree-day": [month.cooling for month in months],
        "room-night": [month.room_nights for month in months],
    }
    return np.array([values[name] for name in names], dtype=np.float64).reshape(len(names), len(months)).T
