"""Earned value and earned schedule of works, from sums in cents. Pure.

Formulas: PMI, The Standard for Earned Value Management (2019); earned schedule: Lipke, Schedule is Different (2003).
PV is what should have been earned by the report date, EV what was, AC what it cost, BAC the whole budget.

A late project ends with SV = 0 and SPI = 1, as everything is earned in the end. Earned schedule does not: it asks when
what is earned now should have been earned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Cents at a report date. Ratios are None where nothing stands below the line; `pv` is None without a plan."""

    bac: int
    pv: int | None
    ev: int
    ac: int

    @property
    def sv(self) -> int | None:
        """Schedule variance, cents: what is earned beyond the plan."""
        return None if self.pv is None else self.ev - self.pv

    @property
    def cv(self) -> int:
        """Cost variance, cents: what is earned beyond its cost."""
        return self.ev - self.ac

    @property
    def spi(self) -> Fraction | None:
        """Schedule performance index, EV / PV."""
        return None if self.pv is None else _ratio(self.ev, self.pv)

    @property
    def cpi(self) -> Fraction | None:
        """Cost performance index, EV / AC."""
        return _ratio(self.ev, self.ac)

    @property
    def eac(self) -> int | None:
        """Estimate at completion, BAC / CPI in cents; None as long as nothing is earned although money is spent.

        Where nothing is spent yet there is no CPI, and the budget is still the best estimate.
        """
        if self.ac == 0:
            return self.bac
        return round(Fraction(self.bac * self.ac, self.ev)) if self.ev else None

    @property
    def etc(self) -> int | None:
        """Estimate to complete, EAC − AC."""
        return None if self.eac is None else self.eac - self.ac

    @property
    def vac(self) -> int | None:
        """Variance at completion, BAC − EAC."""
        return None if self.eac is None else self.bac - self.eac


def earned_schedule(planned: Sequence[int], earned: int) -> Fraction:
    """Periods of the plan whose value is earned: ES = C + (EV − PV_C) / (PV_C+1 − PV_C).

    `planned` are the cumulated PV at the end of periods 1, 2, …, never falling. C is the last period whose PV is
    earned in full; where the plan stands still, the first period that reached its PV counts. ES never exceeds the
    period in which the plan is complete.
    """
    if earned <= 0 or not planned or planned[-1] <= 0:
        return Fraction(0)
    if earned >= planned[-1]:
        return Fraction(planned.index(planned[-1]) + 1)
    whole = sum(1 for value in planned if value <= earned)
    before = planned[whole - 1] if whole else 0
    if before == earned:
        return Fraction(planned.index(before) + 1)
    return whole + Fraction(earned - before, planned[whole] - before)


def time_index(schedule: Fraction, elapsed: int | Fraction) -> Fraction | None:
    """SPI(t) = ES / AT: periods earned for each that went by. None before any time went by."""
    return _ratio(schedule, elapsed)


def _ratio(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    return Fraction(part) / whole if whole else None
