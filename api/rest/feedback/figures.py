"""Published figures: questions, areas, trends and the index. Everything is computed from published cells alone."""

from dataclasses import asdict
from typing import Annotated

from fastapi import Query, Response

from api.dependencies import Reading
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackReader
from api.rest.feedback.schemas import AreaOut, FigureOut, IndexOut, IndexPart, PointOut, TrendOut
from api.rest.lists import tell_pages
from campus.feedback.figures import composite, lines, reading, trends
from campus.feedback.figures.composite import HALF_LIFE_WEEKS
from campus.feedback.figures.reading import AreaFigure
from campus.feedback.figures.trends import Point
from campus.feedback.quarters import Quarter
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("feedback", "/feedback")
WantedQuarter = Annotated[str, Query(max_length=8, description="A closed quarter such as 2026-Q3; else the newest.")]
Dimension = Annotated[str, Query(max_length=20, description="all, pavilion, segment, event or language.")]
Thing = Annotated[str, Query(max_length=64, description="Which of them, by its short name.")]
Measure = Annotated[str, Query(max_length=130, description="A question's key; of a choice with `:` and the option's.")]
Area = Annotated[str, Query(max_length=64, description="Such as room.")]


@router.get("/figures")
def list_figures(
    _caller: FeedbackReader,
    session: Reading,
    part: WantedPart,
    response: Response,
    quarter: WantedQuarter = "",
    dimension: Dimension = "",
    thing: Thing = "",
    area: Area = "",
    measure: Measure = "",
) -> list[FigureOut]:
    """The questions' figures, of every group unless one is named."""
    wanted = lines.checked_closed(session, quarter)
    if dimension or thing:
        lines.checked_dimension(dimension)
    if thing:
        lines.checked_thing(session, dimension, thing)
    lines.checked_area(session, area)
    found = list(lines.of_questions(session, wanted, dimension, thing or None, area)) if wanted else []
    found = [one for one in found if measure in ("", one.measure)]
    tell_pages(response, part, len(found))
    return [FigureOut(**one.as_json()) for one in found[part.offset : part.offset + part.size]]


@router.get("/areas")
def list_areas(
    _caller: FeedbackReader,
    session: Reading,
    quarter: WantedQuarter = "",
    dimension: Dimension = "all",
    thing: Thing = "",
) -> list[AreaOut]:
    """How satisfied a group is with everything together, then with each area."""
    wanted = lines.checked_closed(session, quarter)
    group = lines.checked_thing(session, dimension, thing)
    found = reading.figures(session, wanted, *group) if wanted else []
    return [_area(one) for one in (reading.overall(found), *reading.by_area(found))] if found else []


@router.get("/trends")
def get_feedback_trend(
    _caller: FeedbackReader, session: Reading, measure: Measure, dimension: Dimension = "all", thing: Thing = ""
) -> TrendOut:
    """How a measure of a group went over the closed quarters, and whether that is more than noise."""
    found = trends.trend(session, measure, *lines.checked_thing(session, dimension, thing))
    if not found.points:
        raise InvalidInput(_("no figure of this measure was ever published"), place="measure")
    plain = {name: getattr(found, name) for name in ("measure", "change", "low", "high")}
    ends = {"first": str(found.first) if found.first else None, "last": str(found.last) if found.last else None}
    return TrendOut(**plain, **ends, course=found.course, points=[_point(one) for one in found.points])


@router.get("/index")
def get_index(
    _caller: FeedbackReader,
    session: Reading,
    quarter: WantedQuarter = "",
    dimension: Dimension = "all",
    thing: Thing = "",
) -> IndexOut:
    """The composite index of a group at the end of a closed quarter; no value where an area has too few answers."""
    wanted = _needed(lines.checked_closed(session, quarter))
    found = composite.composite(session, wanted, *lines.checked_thing(session, dimension, thing))
    return IndexOut(
        **asdict(found.index),
        quarter=str(wanted),
        half_life_weeks=HALF_LIFE_WEEKS,
        areas={area: IndexPart(**asdict(one)) for area, one in found.areas.items()},
        weights=dict(found.weights),
    )


def _needed(quarter: Quarter | None) -> Quarter:
    if quarter is None:
        raise InvalidInput(_("No quarter is closed yet, so there are no figures."), place="quarter")
    return quarter


def _area(found: AreaFigure) -> AreaOut:
    plain = {name: getattr(found, name) for name in ("area", "n", "value", "low", "high")}
    return AreaOut(**plain, suppressed=found.suppressed, measures=[one.measure for one in found.figures])


def _point(point: Point) -> PointOut:
    figure = point.figure
    numbers = {name: getattr(figure, name, None) for name in ("n", "value", "low", "high")}
    return PointOut(
        quarter=str(point.quarter),
        asked=figure is not None,
        suppressed=bool(figure and figure.suppressed),
        reworded=point.reworded,
        **numbers,
    )
