"""How well each method would have done: forecasts made on past evenings, held against what came. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campus.forecast.methods import HORIZON, METHODS, NAIVE, Method, Numbers
from campus.forecast.views import WeeklyBooks

SPANS = ((0, 4), (4, 12), (12, 26), (26, 53), (53, HORIZON))
"""Weeks ahead, from and to before: what is good for the next month need not be for the next half year."""

ORIGINS = 104  # evenings, a week apart, from which the back-test forecasts: two years
LEAST_ORIGINS = 13  # a quarter of a year: fewer prove nothing


@dataclass(frozen=True, slots=True)
class Score:
    """A method's mean absolute error in room-nights a week, and its share of the naive one's: under 1 is better.

    The share is None where the naive method made no error at all.
    """

    error: float
    against_naive: float | None
    forecasts: int


@dataclass(frozen=True, slots=True)
class SpanTest:
    """The back-test of the leads from `first` to before `until` weeks, from `origins` evenings.

    `best` is the naive method where none beats it: then the page says so. Without scores nothing could be tested.
    """

    first: int
    until: int
    origins: int
    scores: Mapping[str, Score]
    best: str


@dataclass(frozen=True, slots=True, eq=False)
class BackTest:
    """The spans that could be tested; by method what was `said` and the `errors`, what came less that: origins × leads.

    NaN where a week is not over yet, or was not forecast. The rows end with the newest origin.
    """

    spans: Sequence[SpanTest]
    said: Mapping[str, Numbers]
    errors: Mapping[str, Numbers]

    def span(self, lead: int) -> SpanTest | None:
        """The test that speaks for a lead; None where it could not be tested."""
        return next((one for one in self.spans if one.first <= lead < one.until and one.scores), None)

    def paths(self) -> Numbers:
        """The errors of the methods that are used, origins × leads; NaN for leads that could not be tested."""
        return self._used(self.errors)

    def forecasts(self) -> Numbers:
        """What the methods that are used had said, in the same shape."""
        return self._used(self.said)

    def _used(self, by_method: Mapping[str, Numbers]) -> Numbers:
        used = np.full_like(by_method[NAIVE], np.nan)
        for span in self.spans:
            if span.scores:
                used[:, span.first : span.until] = by_method[span.best][:, span.first : span.until]
        return used


def back_test(books: WeeklyBooks, methods: Mapping[str, Method] = METHODS) -> BackTest:
    """Let every method forecast from each past evening.

    In each span those methods compete that can forecast it today, and only the weeks count that all of them forecast.
    """
    newest = len(books.sold) - 1
    evenings = range(max(1, newest - ORIGINS), newest)
    said = {name: np.full((len(evenings), HORIZON), np.nan) for name in methods}
    for row, evening in enumerate(evenings):
        view = books.view(evening)
        for name, method in methods.items():
            said[name][row] = method(view)
    came = _came(books.finals, evenings)
    errors = {name: came - one for name, one in said.items()}
    today = books.view(newest)
    able = {name: ~np.isnan(method(today)) for name, method in methods.items()}
    return BackTest([span_test(first, until, errors, able) for first, until in SPANS], said, errors)


def _came(finals: Numbers, evenings: range) -> Numbers:
    """What came of the weeks after each evening, evenings × leads; NaN where it is not over yet."""
    weeks = np.asarray(evenings, np.int64)[:, None] + np.arange(HORIZON)[None, :]
    return np.where(weeks < len(finals), finals[np.minimum(weeks, len(finals) - 1)], np.nan)


def span_test(first: int, until: int, errors: Mapping[str, Numbers], able: Mapping[str, NDArray[np.bool_]]) -> SpanTest:
    """Compare the methods that are `able` to forecast every lead of a span, by weeks that all of them forecast."""
    those = [name for name in errors if able[name][first:until].all()]
    if NAIVE not in those:
        return SpanTest(first, until, 0, {}, NAIVE)
    tested = np.stack([errors[name][:, first:until] for name in those])
    counts = np.logical_not(np.isnan(tested).any(axis=0))
    origins = int(np.count_nonzero(counts.any(axis=1)))
    if origins < LEAST_ORIGINS:
        return SpanTest(first, until, origins, {}, NAIVE)
    means = {name: round(float(np.abs(one[counts]).mean()), 3) for name, one in zip(those, tested, strict=True)}
    measure, number = means[NAIVE], int(counts.sum())
    scores = {name: Score(mean, round(mean / measure, 4) if measure else None, number) for name, mean in means.items()}
    return SpanTest(first, until, origins, scores, min(means, key=lambda name: (means[name], name != NAIVE)))
