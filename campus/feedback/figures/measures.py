"""What one question's answers of one group of guests come to. Pure.

Satisfaction is the share of ratings of 4 and 5, with Wilson's interval; a score of 0 to 10 is the net promoter score
with the adjusted Wald interval; yes/no is the share of yes, a choice the share of each option.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from campus.feedback.figures.intervals import Estimate, net_promoter_score, share
from campus.feedback.questionnaires.content import Kind, Question

SATISFIED = 4  # this rating or a better one
PROMOTER, DETRACTOR = 9, 6  # this score or a better one; this one or a worse one


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of a group, with mean and deviation of the answers where they lie on a scale."""

    measure: str
    estimate: Estimate
    mean: float | None = None
    deviation: float | None = None


def measures(question: Question, values: Iterable[str]) -> Iterator[Measured]:
    """The measures of a question from its answers; more than one for a choice, none for free text."""
    given = Counter(values)
    n = given.total()
    if question.kind is Kind.CHOICE:
        for option in question.options:
            yield Measured(f"{question.key}:{option.key}", share(given[option.key], n))
    elif question.kind is Kind.YES_NO:
        yield _on_scale(question.key, share(given["yes"], n), {1: given["yes"], 0: given["no"]})
    elif question.kind is Kind.RATING:
        ratings = {int(value): times for value, times in given.items()}
        satisfied = sum(times for value, times in ratings.items() if value >= SATISFIED)
        yield _on_scale(question.key, share(satisfied, n), ratings)
    elif question.kind is Kind.SCORE:
        scores = {int(value): times for value, times in given.items()}
        promoters = sum(times for value, times in scores.items() if value >= PROMOTER)
        detractors = sum(times for value, times in scores.items() if value <= DETRACTOR)
        score = net_promoter_score(promoters, n - promoters - detractors, detractors)
        yield _on_scale(question.key, score, scores)


def _on_scale(key: str, estimate: Estimate, times: Mapping[int, int]) -> Measured:
    n = estimate.n
    if not n:
        return Measured(key, estimate)
    total = sum(value * often for value, often in times.items())
    squares = sum(value * value * often for value, often in times.items())
    deviation = sqrt((n * squares - total * total) / (n * (n - 1))) if n > 1 else None  # whole numbers below the root
    return Measured(key, estimate, total / n, deviation)
