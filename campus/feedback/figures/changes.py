"""Whether a figure of one quarter differs from that of an earlier one by more than noise. Pure.

Shares: Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
(1998), method 10. Scores: the difference of two adjusted Wald estimates (Rocks, 2016).

The interval that is shown is always that of 95 %. An arrow needs more where several are shown together, as one in
twenty would point somewhere by chance: with m comparisons on a page, the interval of 1 − 0.05 / m must leave out zero
(Bonferroni), so that a page on which nothing changed shows any arrow at most once in twenty times.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

from campus.feedback.figures.intervals import Z, share
from campus.feedback.figures.reading import AreaFigure, Figure
from campus.feedback.questionnaires.content import Kind

ERROR = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """Newer less older with its 95 % interval. `arrow`: 1 up, −1 down, 0 where it may be noise."""

    change: float
    low: float
    high: float
    arrow: int


def change(newer: Figure | None, older: Figure | None, comparisons: int = 1) -> Change | None:
    """What became of a figure's value; None where one is missing, suppressed, or was asked in other words."""
    if newer is None or older is None or not _comparable(newer, older):
        return None
    return _change(*_difference(newer, older, Z), *_difference(newer, older, _z(comparisons))[1:])


def area_change(newer: AreaFigure | None, older: AreaFigure | None, comparisons: int = 1) -> Change | None:
    """What became of an area: the mean change of the rating questions that can be compared, bounds averaged."""
    if newer is None or older is None:
        return None
    before = {one.measure: one for one in older.figures}
    rated = [one for one in newer.figures if one.kind == Kind.RATING]
    pairs = [(one, before[one.measure]) for one in rated if one.measure in before]
    pairs = [(one, other) for one, other in pairs if _comparable(one, other)]
    if not pairs:
        return None
    shown = [_difference(one, other, Z) for one, other in pairs]
    strict = [_difference(one, other, _z(comparisons)) for one, other in pairs]
    value, low, high = (fmean(parts) for parts in zip(*shown, strict=True))
    return _change(value, low, high, fmean(one[1] for one in strict), fmean(one[2] for one in strict))


def standard_error(figure: Figure) -> float:
    """The standard error that a figure's interval was made with; never 0, unlike that of a share of all or nobody."""
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    if figure.kind == Kind.SCORE:
        return _score(figure)[1]
    return (figure.high - figure.low) / (2 * Z)


def _comparable(newer: Figure, older: Figure) -> bool:
    told = newer.value is not None and older.value is not None
    return told and len(newer.wordings) <= 1 and newer.wordings == older.wordings


def _difference(newer: Figure, older: Figure, z: float) -> tuple[float, float, float]:
    """(difference of the values, low, high)."""
    assert newer.value is not None
    assert older.value is not None
    if newer.kind == Kind.SCORE:
        (one, error), (other, more) = _score(newer), _score(older)
        half = z * sqrt(error**2 + more**2)
        middle = one - other
        return newer.value - older.value, max(-200.0, middle - half), min(200.0, middle + half)
    value = newer.value - older.value
    (one, low, high), (other, least, most) = _wilson(newer, z), _wilson(older, z)
    below = sqrt((one - low) ** 2 + (most - other) ** 2)
    above = sqrt((high - one) ** 2 + (other - least) ** 2)
    return value, value - below, value + above


def _wilson(figure: Figure, z: float) -> tuple[float, float, float]:
    assert figure.value is not None
    assert figure.n is not None
    found = share(round(figure.value * figure.n), figure.n, z)
    assert found.low is not None
    assert found.high is not None
    return figure.value, found.low, found.high


def _score(figure: Figure) -> tuple[float, float]:
    """(adjusted score, its standard error): both follow from n, the score and its interval, cut at one end at most."""
    assert figure.value is not None
    assert figure.n is not None
    assert figure.low is not None
    assert figure.high is not None
    middle = figure.value * figure.n / (figure.n + 3)
    return middle, max(figure.high - middle, middle - figure.low) / Z


def _z(comparisons: int) -> float:
    return Z if comparisons <= 1 else NormalDist().inv_cdf(1 - ERROR / comparisons / 2)


def _change(value: float, low: float, high: float, least: float, most: float) -> Change:
    return Change(value, low, high, 1 if least > 0 else -1 if most < 0 else 0)
