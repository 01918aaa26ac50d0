"""Figures of the guests' feedback as charts: side by side with their intervals, and over the closed quarters."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from api import figure_words as words
from api.charts import Chart, Line
from api.dots import Dot, Dots
from campus.feedback.figures.composite import Index
from campus.feedback.figures.models import Benchmark
from campus.feedback.figures.reading import AreaFigure, Figure
from campus.feedback.figures.trends import Point, Trend
from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.content import Kind
from core.i18n import gettext as _
from core.i18n import language, zone

DATES = {"en": "Q%q %Y", "fr": "T%q %Y"}  # how each language writes quarters


def dots(rows: Iterable[tuple[str, Figure | AreaFigure]], kind: str, lines: Sequence[Benchmark] = ()) -> Dots:
    """Named figures of one kind, in this order; masked ones keep their row. `lines` stand beside their measure."""
    drawn = tuple(_dot(name, kind, one, lines) for name, one in rows)
    return Dots(drawn, bottom=-100 if kind == Kind.SCORE else 0, top=100)


def index_dots(rows: Iterable[tuple[str, Index]]) -> Dots:
    """Indices of groups of guests, 0 to 100."""
    return Dots(tuple(_index_dot(name, one) for name, one in rows))


def over_time(found: Trend, kind: str, lines: Sequence[Benchmark] = ()) -> Chart:
    """A trend with its intervals as a band, gaps where nothing is known, and marks where the wording changed."""
    score = kind == Kind.SCORE
    values = tuple(None if one.gap else _scaled(kind, _known(one).value) for one in found.points)
    label = words.shown(kind, next((_known(one).value for one in reversed(found.points) if not one.gap), None))
    return Chart(
        instants=tuple(_middle(one.quarter) for one in found.points),
        lines=(Line(label, values),),
        limits=tuple((_labelled(kind, one), _scaled(kind, one.value)) for one in lines),
        top=100,
        bottom=-100 if score else 0,
        band=tuple(_ends(kind, one) for one in found.points),
        dates=DATES[language()],
        marks=tuple((_("new wording"), _middle(one.quarter)) for one in found.points if one.reworded),
        each=True,
    )


def _dot(name: str, kind: str, one: Figure | AreaFigure, lines: Sequence[Benchmark]) -> Dot:
    if one.value is None or one.low is None or one.high is None:
        return Dot(name, str(words.MASKED))
    of_it = [line for line in lines if isinstance(one, Figure) and line.measure == one.measure]
    against = tuple((_labelled(kind, line), _scaled(kind, line.value)) for line in of_it)
    value, low, high = (_scaled(kind, end) for end in (one.value, one.low, one.high))
    return Dot(name, words.told(kind, one), value, low, high, against)


def _index_dot(name: str, one: Index) -> Dot:
    return Dot(name, words.index_told(one), one.value, one.low, one.high)


def _labelled(kind: str, line: Benchmark) -> str:
    return f"{line.name}, {words.shown(kind, line.value)}"


def _scaled(kind: str, value: float | None) -> float:
    return (value or 0.0) * (1 if kind == Kind.SCORE else 100)


def _ends(kind: str, one: Point) -> tuple[float, float] | None:
    if one.gap:
        return None
    return _scaled(kind, _known(one).low), _scaled(kind, _known(one).high)


def _known(one: Point) -> Figure:
    assert one.figure is not None
    return one.figure


def _middle(quarter: Quarter) -> datetime:
    return datetime.combine(quarter.first + timedelta(days=45), time(12), zone())
