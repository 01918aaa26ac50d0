"""Energy: what was avoided is told with its interval, and no effect is found where there is none."""

from datetime import date

import numpy as np
import pytest

from campus.energy.baseline import Month, avoided, fit
from core.errors import InvalidInput

HEATING = (430, 360, 280, 150, 40, 5, 0, 0, 30, 150, 290, 410)


def months(year: int, *, saved: float = 0.0, noise: float = 0.0, seed: int = 1) -> list[Month]:
    """Twelve months of 30 kWh a day, 12 a degree-day and 6 a room-night, less a saved share of them."""
    chance = np.random.default_rng(seed + year)
    found = []
    for number, heating in enumerate(HEATING):
        nights = int(chance.integers(200, 700))
        kwh = (30 * 30 + 12 * heating + 6 * nights) * (1 - saved) + noise * float(chance.normal())
        found.append(Month(date(year, number + 1, 1), 30, kwh, heating, 0, nights))
    return found


def test_without_noise_the_coefficients_are_found() -> None:
    baseline = fit(months(2023) + months(2024))
    assert baseline.kwh_per == pytest.approx({"base a day": 30, "heating degree-day": 12, "room-night": 6})
    assert baseline.r2 == pytest.approx(1)


def test_a_saving_is_measured_against_what_would_have_been_used() -> None:
    after = months(2025, saved=0.2)
    found = avoided(fit(months(2023) + months(2024)), after)
    assert found.predicted == pytest.approx(found.actual / 0.8)
    assert found.avoided == pytest.approx(0.2 * found.predicted)


def test_the_interval_holds_as_often_as_it_says() -> None:
    hits = 0
    for seed in range(200):
        found = avoided(
            fit(months(2023, noise=300, seed=seed) + months(2024, noise=300, seed=seed)),
            months(2025, noise=300, seed=seed),
        )
        hits += found.low <= 0 <= found.high
    assert 0.84 <= hits / 200 <= 0.96


def test_less_than_a_year_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at least 12 months"):
        fit(months(2024)[:11])
