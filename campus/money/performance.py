"""What the works of a package have earned and cost against their plan, month by month, as known on any past day.

Progress is the share of the weights of milestones that have ended: one that is under way has earned nothing yet. PV is
the budget × the progress that the chosen baseline plans, EV the budget × the progress reached, AC what is paid.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from campus.known import end_of
from campus.money import queries
from campus.money.earned_value import EarnedValue, earned_schedule, time_index
from campus.money.models import Budget
from campus.renovation import queries as works
from campus.renovation import rules
from campus.renovation.models import Baseline
from campus.renovation.network import Key, Span
from core.errors import NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Course:
    """What the figures of a package are counted from; amounts in cents.

    `ended` has the last day of each milestone that is over, `planned` the spans of the baseline with `planned_weights`.
    """

    bac: int
    weights: Mapping[Key, int]
    ended: Mapping[Key, date]
    planned_weights: Mapping[Key, int]
    planned: Mapping[Key, Span]
    payments: Sequence[tuple[date, int]]

    @property
    def finished_on(self) -> date | None:
        """When the last milestone ended; None while one has not."""
        return max(self.ended.values()) if self.weights and self.weights.keys() <= self.ended.keys() else None

    @property
    def planned_end(self) -> date | None:
        """The last day of the baseline."""
        return max((span.finish for span in self.planned.values()), default=None)

    def value(self, on: date) -> EarnedValue:
        """Earned value at the end of a day."""
        share = rules.progress(self.weights, (key for key, day in self.ended.items() if day <= on))
        paid = sum(cents for day, cents in self.payments if day <= on)
        return EarnedValue(self.bac, self._pv(on), _of(self.bac, share) or 0, paid)

    def schedule(self, on: date) -> tuple[Fraction, Fraction] | None:
        """Earned schedule and the time that went by, in months of the baseline; None without a baseline or budget.

        Where exactly what is planned for the day is earned, the one is the other: between two milestones the plan
        stands still. Once all is earned, time stands still at the end of the works.
        """
        if not self.planned or not self.bac or self.planned_end is None:
            return None
        first = min(span.start for span in self.planned.values())
        months = month_ends(first, self.planned_end)
        value, elapsed = self.value(on), _elapsed(first, min(on, self.finished_on or on))
        if value.sv == 0 and on < self.planned_end:
            return elapsed, elapsed
        return earned_schedule([self._pv(day) or 0 for day in months], value.ev), elapsed

    def _pv(self, on: date) -> int | None:
        return _of(self.bac, rules.planned_progress(self.planned_weights, self.planned, on))


@dataclass(frozen=True, slots=True)
class Performance:
    """The figures of a package on a day. `budget` and `baseline` are None where none was approved by then."""

    on: date
    budget: Budget | None
    baseline: Baseline | None
    course: Course

    @property
    def value(self) -> EarnedValue:
        """Earned value on the day."""
        return self.course.value(self.on)

    @property
    def earned_months(self) -> Fraction | None:
        """ES: months of the plan whose value is earned."""
        found = self.course.schedule(self.on)
        return found[0] if found else None

    @property
    def elapsed_months(self) -> Fraction | None:
        """AT: months since the plan's first, a part of the month under way."""
        found = self.course.schedule(self.on)
        return found[1] if found else None

    @property
    def time_index(self) -> Fraction | None:
        """SPI(t) = ES / AT."""
        found = self.course.schedule(self.on)
        return time_index(*found) if found else None

    @property
    def days_late(self) -> int:
        """By how many days works that are over ended after their baseline; 0 for others."""
        end, planned = self.course.finished_on, self.course.planned_end
        return max(0, (end - planned).days) if end and planned else 0

    def months(self) -> list[tuple[date, EarnedValue]]:
        """The figures at the end of each month from the first that has any until the day, which is the last of them."""
        starts = [span.start for span in self.course.planned.values()]
        starts += [day for day, _cents in self.course.payments] + list(self.course.ended.values())
        first = min((day for day in starts if day <= self.on), default=self.on)
        ends = [*month_ends(first, self.on)[:-1], self.on]
        return [(day, self.course.value(day)) for day in ends]

    def plan(self) -> list[tuple[date, int]]:
        """PV at the end of each month after the day, until the baseline's end."""
        end = self.course.planned_end
        if end is None or end <= self.on:
            return []
        ends = [*month_ends(self.on, end)[:-1], end]
        return [(day, pv) for day in ends if day > self.on and (pv := self.course.value(day).pv) is not None]


def performance(session: Session, package_id: int, on: date, number: int | None = None) -> Performance:
    """The figures of a package on a day, as they were known at its end, against a baseline: the last, or the `number`.

    Raises `NotFound` for a baseline that was not there yet.
    """
    at = end_of(on)
    approved = queries.budgets(session, package_id, at)
    lines = queries.budget_lines(session, approved[-1:])
    baseline = _baseline(works.baselines(session, package_id, at), number)
    spans = works.baseline_spans(session, baseline.id) if baseline else {}
    plan = works.plan(session, at)
    course = Course(
        bac=sum(cents for one in lines.values() for cents in one.values()),
        weights=plan.weights(package_id),
        ended={key: plan.wanted[key].span.finish for key in plan.of(package_id) if plan.wanted[key].ended},
        planned_weights={key: one.weight for key, one in spans.items()},
        planned={key: Span(one.start, one.finish) for key, one in spans.items()},
        payments=_payments(session, package_id, at),
    )
    return Performance(on, approved[-1] if approved else None, baseline, course)


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month from that of `first` until that of `last`."""
    ends = [_month_end(first)]
    while ends[-1] < last:
        ends.append(_month_end(ends[-1] + timedelta(days=1)))
    return ends


def _payments(session: Session, package_id: int, at: datetime) -> list[tuple[date, int]]:
    numbers = [line.commitment.number for line in queries.commitments(session, at, package_id=package_id)]
    return [(one.day, one.cents) for one in queries.payments(session, at, numbers=numbers)]


def _baseline(found: Sequence[Baseline], number: int | None) -> Baseline | None:
    if number is None:
        return found[-1] if found else None
    chosen = next((one for one in found if one.number == number), None)
    if chosen is None:
        raise NotFound(_("There is no such baseline."))
    return chosen


def _of(bac: int, share: float | None) -> int | None:
    return None if share is None else round(bac * Fraction(share).limit_denominator(1_000_000_000))


def _elapsed(first: date, until: date) -> Fraction:
    """Months from the first of the month of `first` until the end of `until`."""
    whole = (until.year - first.year) * 12 + until.month - first.month
    days = monthrange(until.year, until.month)[1]
    return max(Fraction(0), whole + Fraction(until.day, days))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
