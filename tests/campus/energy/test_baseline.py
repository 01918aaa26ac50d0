"""Energy: what was avoided is told with its interval, and no effect is found where there is none."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from campus.energy.baseline import NAMES, Baseline, Month, avoided, fit, outside
from core.errors import InvalidInput

HEATING = (430, 360, 280, 150, 40, 5, 0, 0, 30, 150, 290, 410)


def months(year: int, *, saved: float = 0.0, noise: float = 0.0, seed: int = 1, follow: float = 0.0) -> list[Month]:
    """Twelve months of 30 kWh a day, 12 a degree-day and 6 a room-night, less a saved share of them."""
    return years(year, 1, saved=saved, noise=noise, seed=seed, follow=follow)


def years(
    year: int, number: int, *, saved: float = 0.0, noise: float = 0.0, seed: int = 1, follow: float = 0.0
) -> list[Month]:
    """The months of some years; `follow` is how much the noise of a month follows that of the one before."""
    chance = np.random.default_rng(seed + year)
    found, error = [], noise * float(chance.normal())
    for position in range(12 * number):
        heating, nights = HEATING[position % 12], int(chance.integers(200, 700))
        error = follow * error + (1 - follow**2) ** 0.5 * noise * float(chance.normal())
        kwh = (30 * 30 + 12 * heating + 6 * nights) * (1 - saved) + error
        found.append(Month(date(year + position // 12, position % 12 + 1, 1), 30, kwh, heating, 0, nights))
    return found


def held(*, follow: float, draws: int = 300) -> float:
    """How often the interval held the truth, which is that nothing was avoided."""
    hits = 0
    for seed in range(draws):
        some = years(2023, 3, noise=300, seed=1000 * seed, follow=follow)
        found = avoided(fit(some[:24]), some[24:])
        hits += found.low <= 0 <= found.high
    return hits / draws


def test_without_noise_the_coefficients_are_found() -> None:
    baseline = fit(months(2023) + months(2024))
    assert baseline.kwh_per == pytest.approx({"base a day": 30, "heating degree-day": 12, "room-night": 6})
    assert baseline.r2 == pytest.approx(1)
    assert baseline.following == 0
    assert baseline.good


def test_coefficients_errors_and_fit_are_those_of_another_programs_least_squares() -> None:
    import statsmodels.api as sm

    some = years(2022, 2, noise=400)
    found = fit(some)
    design = np.array([[one.days, one.heating, one.room_nights] for one in some], dtype=float)
    other: Any = sm.OLS(np.array([one.kwh for one in some]), design).fit()
    assert list(found.kwh_per.values()) == pytest.approx(list(other.params))
    assert np.array(found.covariance) == pytest.approx(np.array(other.cov_params()))
    assert found.variance == pytest.approx(other.mse_resid)
    later = years(2024, 1, noise=400)
    table: Any = other.get_prediction([[one.days, one.heating, one.room_nights] for one in later])
    ends = table.conf_int(obs=True, alpha=0.1)
    alone = replace(found, following=0.0)
    for (low, high), month in zip(ends, later, strict=True):
        one = avoided(alone, [month])
        assert (one.actual + one.low, one.actual + one.high) == pytest.approx((low, high))


def test_a_saving_is_measured_against_what_would_have_been_used() -> None:
    after = months(2025, saved=0.2)
    found = avoided(fit(months(2023) + months(2024)), after)
    assert found.predicted == pytest.approx(found.actual / 0.8)
    assert found.avoided == pytest.approx(0.2 * found.predicted)
    assert found.share == pytest.approx(0.2)
    assert found.detectable


def test_the_interval_holds_as_often_as_it_says() -> None:
    assert 0.86 <= held(follow=0.0) <= 0.94


def test_where_residuals_follow_each_other_the_interval_is_widened_and_holds_better() -> None:
    some = years(2023, 3, noise=300, seed=7, follow=0.6)
    wide = fit(some[:24])
    narrow = replace(wide, following=0.0)
    assert wide.following > 0.2
    one, other = avoided(wide, some[24:]), avoided(narrow, some[24:])
    assert one.high - one.low > 1.2 * (other.high - other.low)
    assert held(follow=0.5, draws=200) >= 0.8


def test_a_sum_of_months_is_surer_than_its_months() -> None:
    fitted, later = fit(years(2022, 2, noise=300)), years(2024, 1, noise=300)
    whole = avoided(fitted, later)
    parts = [avoided(fitted, [one]) for one in later]
    assert whole.avoided == pytest.approx(sum(one.avoided for one in parts))
    assert whole.high - whole.low < sum(one.high - one.low for one in parts)


def test_less_than_a_year_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at least 12 months"):
        fit(months(2024)[:11])


def test_what_the_months_cannot_tell_apart_is_left_out() -> None:
    full = [replace(one, room_nights=300) for one in years(2023, 2, noise=100)]
    assert list(fit(full).kwh_per) == ["base a day", "heating degree-day"]
    assert list(fit([replace(one, cooling=2 * one.heating) for one in full]).kwh_per) == list(NAMES[:2])


def test_months_beyond_what_was_seen_are_named() -> None:
    fitted = fit(years(2023, 2, noise=100))
    usual = months(2025)[0]
    assert outside(fitted, usual) == []
    assert outside(fitted, replace(usual, heating=usual.heating * 1.2)) == ["heating degree-day"]
    assert outside(fitted, replace(usual, cooling=20.0)) == ["cooling degree-day"]


def test_a_baseline_is_the_same_after_it_was_kept() -> None:
    fitted = fit(years(2023, 2, noise=100))
    assert Baseline.from_json(fitted.as_json()) == fitted
