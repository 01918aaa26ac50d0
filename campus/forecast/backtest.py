"""How well each method would have done: forecasts made on past Mondays, held against what came. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from campus.forecast.methods import METHODS, NAIVE, View, Weeks

SPANS = (4, 12, 26)  # weeks ahead: what is good for the next month need not be for the next half year


@dataclass(frozen=True, slots=True)
class Score:
    """A method's mean absolute error in room-nights a week, and its share of the naive one's: under 1 is better."""

    error: float
    against_naive: float
    forecasts: int


@dataclass(frozen=True, slots=True)
class SpanTest:
    """The back-test of the leads from `first` to before `until` weeks.

    `best` is the naive method where none beats it: then the page says so. `errors` are the best one's, what came less
    what was said; empty where nothing could be tested.
    """

    first: int
    until: int
    scores: Mapping[str, Score]
    best: str
    errors: tuple[float, ...]


def span_of(tests: Iterable[SpanTest], lead: int) -> SpanTest | None:
    """The test that speaks for a lead: its own, or the longest where the lead is longer than all; None without any."""
    known = [test for test in tests if test.scores and test.first <= lead]
    return max(known, key=lambda test: test.first, default=None)


def back_test(views: Iterable[View], came: Weeks) -> list[SpanTest]:
    """Let every method forecast from each view, for each span of leads; only weeks that all methods forecast count.

    `came` are the finals as known today: they are for the comparison alone, no method sees them.
    """
    errors: dict[int, dict[str, list[float]]] = {until: defaultdict(list) for until in SPANS}
    for view in views:
        for week in range(view.origin, view.origin + SPANS[-1]):
            if week not in came:
                break
            said = {name: method(view, week) for name, method in METHODS.items()}
            if None not in said.values():
                until = next(until for until in SPANS if view.lead(week) < until)
                for name, value in said.items():
                    errors[until][name].append(came[week] - float(value or 0.0))
    firsts = (0, *SPANS[:-1])
    return [_span(first, until, errors[until]) for first, until in zip(firsts, SPANS, strict=True)]


def _span(first: int, until: int, errors: Mapping[str, list[float]]) -> SpanTest:
    if not errors:
        return SpanTest(first, until, {}, NAIVE, ())
    means = {name: float(np.mean(np.abs(values))) for name, values in errors.items()}
    measure = means[NAIVE]
    scores = {name: Score(mean, mean / measure if measure else 1.0, len(errors[name])) for name, mean in means.items()}
    best = min(means, key=lambda name: (means[name], name != NAIVE))
    return SpanTest(first, until, scores, best, tuple(errors[best]))
