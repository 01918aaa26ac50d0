"""Published cells as figures, one by one and by area. Everything here and in the files that stand on it (`trends`,
`changes`, `composite`, `lines`) is computed from published cells alone, so it can tell nothing that they do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy.orm import Session

from campus.feedback.figures import queries, rules
from campus.feedback.figures.models import PublishedCell
from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.content import Kind


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one group of guests in one quarter, with its 95 % interval.

    `value` is a share of 1, for a score (`kind`) the net promoter score of −100 to 100; `mean` and `deviation` those of
    the answers on their scale. A suppressed figure has no number at all.
    """

    measure: str
    kind: str
    area: str
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    method: str
    mean: float | None
    deviation: float | None
    suppressed: bool
    quarter: str = ""
    dimension: str = rules.ALL
    thing: str = ""
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """An area's questions, and how satisfied guests are with it: the mean of its rating questions' shares.

    One guest's answers to questions of an area go together, so the errors are taken as going fully together: bounds are
    averaged too, which is the widest that the interval can be. `n` is the largest of the questions averaged; all are
    None where no rating question of the area is shown.
    """

    area: str
    figures: tuple[Figure, ...]
    n: int | None
    value: float | None
    low: float | None
    high: float | None

    @property
    def suppressed(self) -> bool:
        """Whether there are rating questions, but all of them suppressed."""
        return self.value is None and any(one.kind == Kind.RATING for one in self.figures)


def figure_of(cell: PublishedCell) -> Figure:
    """A published cell as a figure."""
    return Figure(
        measure=cell.measure,
        kind=cell.kind,
        area=cell.area,
        n=cell.n,
        value=cell.value,
        low=cell.low,
        high=cell.high,
        method=cell.method,
        mean=cell.mean,
        deviation=cell.deviation,
        suppressed=cell.suppressed,
        quarter=cell.quarter,
        dimension=cell.dimension,
        thing=cell.thing,
        wordings=tuple(cell.wordings),
    )


def figures(
    session: Session,
    quarter: Quarter | None = None,
    dimension: str = "",
    thing: str | None = None,
    measure: str = "",
    area: str = "",
) -> list[Figure]:
    """The figures of these cells, in the order of `queries.cells`."""
    found = queries.cells(session, quarter=quarter, dimension=dimension, thing=thing, measure=measure, area=area)
    return [figure_of(cell) for cell in found]


def areas(session: Session, quarter: Quarter, dimension: str = rules.ALL, thing: str = "") -> list[AreaFigure]:
    """Every area that was asked about in a quarter, by name."""
    return by_area(figures(session, quarter, dimension, thing))


def overall(found: Iterable[Figure]) -> AreaFigure:
    """How satisfied a group is with everything: the mean of all rating questions' shares, its area empty."""
    return _area("", list(found))


def by_area(found: Iterable[Figure]) -> list[AreaFigure]:
    """The areas of the figures of one group and quarter, by name."""
    parts: dict[str, list[Figure]] = defaultdict(list)
    for one in found:
        parts[one.area].append(one)
    return [_area(area, parts[area]) for area in sorted(parts)]


def _area(area: str, parts: Sequence[Figure]) -> AreaFigure:
    shown = [one for one in parts if one.kind == Kind.RATING and not one.suppressed]
    return AreaFigure(
        area,
        tuple(parts),
        n=max((one.n for one in shown if one.n is not None), default=None),
        value=_mean(one.value for one in shown),
        low=_mean(one.low for one in shown),
        high=_mean(one.high for one in shown),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    told = [one for one in values if one is not None]
    return fmean(told) if told else None
