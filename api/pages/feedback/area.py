"""One area: its questions with their course over the quarters, and what different groups of guests say of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import charts, dots
from api import figure_words as words
from api.dependencies import Reading
from api.figure_charts import dots as dots_of
from api.figure_charts import over_time
from api.forms import Entered
from api.pages import page_router
from api.pages.feedback.access import FeedbackReader
from api.pages.feedback.asked import Asked, must_be_asked, things
from api.pages.feedback.rows import Row, measure_rows, what_changed
from api.rendering import render
from campus.feedback.figures import queries, reading, rules, trends
from campus.feedback.figures.models import Benchmark
from campus.feedback.figures.reading import AreaFigure, Figure
from campus.feedback.figures.trends import Point, Trend
from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.content import Kind
from core.errors import NotFound
from core.i18n import gettext as _

router = page_router()
ONE = "/feedback/areas/{area}"
SIDES = (rules.PAVILION, rules.SEGMENT, rules.EVENT, rules.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Course:
    """A question over the quarters: what is said of it, and what it is compared with."""

    row: Row
    trend: Trend
    tag: tuple[str, str]
    lines: Sequence[Benchmark]
    rewordings: Sequence[tuple[Point, list[str], list[str]]]


@dataclass(frozen=True, slots=True)
class Side:
    """What the groups of one dimension say, by what: the area's satisfaction or a question."""

    dimension: str
    of: str
    kind: str
    rows: list[tuple[str, str, Figure | AreaFigure]]

    @property
    def shown(self) -> list[tuple[str, str, Figure | AreaFigure]]:
        """The groups with a figure."""
        return [row for row in self.rows if row[2].value is not None]

    @property
    def masked(self) -> list[str]:
        """The groups without a figure."""
        return [name for _thing, name, one in self.rows if one.value is None]


@router.get(ONE)
def one_area(request: Request, area: str, _person: FeedbackReader, session: Reading) -> Response:
    """The area as all guests or one group of them see it."""
    question = must_be_asked(request, session)
    now, before = _figures(session, question, question.quarter, area), None
    if not now and not queries.cells(session, area=area):
        raise NotFound(_("There is no such area."))
    if question.before:
        before = _figures(session, question, question.before, area)
    plain = [one for one in now if one.kind != Kind.CHOICE]
    rows = measure_rows(question.names, plain, before, max(1, len(plain)))
    whole = next(iter(reading.by_area(now)), None)
    return render(
        request,
        "feedback/area.html",
        area=area,
        name=words.area(area),
        asked=question,
        said=said(question, area, whole, rows),
        rows=rows,
        rated=[one for one in rows if one.kind != Kind.SCORE],
        courses=[_course(session, question, one) for one in rows],
        choices=list(_choices(question, now, before)),
        sides=[] if question.group else [one for one in _sides(session, question, area) if one.rows],
        entered=Entered(start={"quarter": str(question.quarter)}),
        words=words,
    )


@router.get(f"{ONE}/questions.svg")
def questions_picture(
    request: Request, area: str, _person: FeedbackReader, session: Reading, narrow: bool = False
) -> Response:
    """Its questions with shares, side by side."""
    question = must_be_asked(request, session)
    found = _figures(session, question, question.quarter, area)
    named = [(question.names.measure(one.measure), one) for one in found if one.kind in (Kind.RATING, Kind.YES_NO)]
    lines = queries.benchmarks(session, quarter=question.quarter)
    return _picture(dots.svg(dots_of(named, Kind.RATING, lines), narrow=narrow))


@router.get(f"{ONE}/options/{{key}}.svg")
def options_picture(
    request: Request, area: str, key: str, _person: FeedbackReader, session: Reading, narrow: bool = False
) -> Response:
    """The shares of the options of a choice."""
    question = must_be_asked(request, session)
    found = [one for one in _figures(session, question, question.quarter, area) if one.measure.startswith(f"{key}:")]
    lines = queries.benchmarks(session, quarter=question.quarter)
    named = [(question.names.option(one.measure), one) for one in found]
    return _picture(dots.svg(dots_of(named, Kind.CHOICE, lines), narrow=narrow))


@router.get(f"{ONE}/over-time/{{measure}}.svg")
def trend_picture(
    request: Request, area: str, measure: str, _person: FeedbackReader, session: Reading, narrow: bool = False
) -> Response:
    """A question over the closed quarters. Raises `NotFound` for one that was never published."""
    question = must_be_asked(request, session)
    kind = queries.kind_of(session, measure)
    found = trends.trend(session, measure, question.dimension, question.thing)
    if kind is None or not found.points:
        raise NotFound(_("There is no such figure of %(area)s.", area=words.area(area)))
    lines = [one for one in queries.benchmarks(session, quarter=question.quarter) if one.measure == measure]
    return _picture(charts.svg(over_time(found, kind, lines), narrow=narrow))


@router.get(f"{ONE}/by/{{dimension}}.svg")
def side_picture(
    request: Request, area: str, dimension: str, _person: FeedbackReader, session: Reading, narrow: bool = False
) -> Response:
    """What the groups of one dimension say, side by side."""
    question = must_be_asked(request, session)
    side = next((one for one in _sides(session, question, area) if one.dimension == dimension and one.shown), None)
    if side is None:
        raise NotFound(_("There is no such group of guests."))
    return _picture(dots.svg(dots_of([(name, one) for _thing, name, one in side.shown], side.kind), narrow=narrow))


def said(question: Asked, area: str, whole: AreaFigure | None, rows: Sequence[Row]) -> str:
    """How the area stands, and what changed."""
    told = [one for one in rows if not one.masked]
    if not told:
        return _("Too few guests answered to show a figure of %(area)s.", area=words.area(area))
    if whole is not None and whole.value is not None:
        lead = _("Satisfied guests: %(told)s.", told=words.told(Kind.RATING, whole))
    else:
        lead = f"{told[0].name} {words.told(told[0].kind, told[0].figure)}."
    return f"{lead} {what_changed(told, words.quarter(question.before, short=True)) if question.before else ''}"


def _figures(session: Session, question: Asked, quarter: Quarter, area: str) -> list[Figure]:
    return reading.figures(session, quarter, question.dimension, question.thing, area=area)


def _course(session: Session, question: Asked, row: Row) -> Course:
    found = trends.trend(session, row.key, question.dimension, question.thing)
    lines = queries.benchmarks(session, row.key, question.quarter)
    return Course(row, found, words.course(row.kind, found), lines, list(_rewordings(question, found)))


def _rewordings(question: Asked, found: Trend) -> Iterator[tuple[Point, list[str], list[str]]]:
    """Each quarter with another wording: what guests read before, and what they read from then on."""
    before: tuple[str, ...] = ()
    for one in found.points:
        if one.figure is None:
            continue
        if one.reworded:
            known = before or one.figure.wordings[:-1]
            yield one, question.names.read(known), question.names.read(one.figure.wordings)
        before = one.figure.wordings


def _choices(
    question: Asked, now: Sequence[Figure], before: Sequence[Figure] | None
) -> Iterator[tuple[str, str, list[Row]]]:
    """Key, text and rows of each question with options."""
    options = [one for one in now if one.kind == Kind.CHOICE]
    for key in dict.fromkeys(one.measure.partition(":")[0] for one in options):
        of_it = [one for one in options if one.measure.startswith(f"{key}:")]
        rows = measure_rows(question.names, of_it, before, len(of_it), options=True)
        yield key, question.names.measure(key), rows


def _sides(session: Session, question: Asked, area: str) -> Iterator[Side]:
    """The same area by every dimension: its satisfaction, or its first question where it has no rating."""
    all_guests = _figures(session, question, question.quarter, area)
    plain = [one for one in all_guests if one.kind != Kind.CHOICE]
    rated = any(one.kind == Kind.RATING for one in plain)
    if not plain:
        return
    first = plain[0]
    for dimension in SIDES:
        rows: list[tuple[str, str, Figure | AreaFigure]] = []
        for thing, figures in things(session, question.quarter, dimension).items():
            of_it = [one for one in figures if one.area == area]
            found: Sequence[Figure | AreaFigure] = reading.by_area(of_it)
            if not rated:
                found = [one for one in of_it if one.measure == first.measure]
            rows += [(thing, question.names.thing(dimension, thing), one) for one in found]
        rows.sort(key=lambda row: (row[2].value is None, row[2].value or 0.0, row[1].casefold()))
        of = _("Satisfied guests with their intervals.") if rated else question.names.measure(first.measure)
        yield Side(dimension, of, Kind.RATING if rated else first.kind, rows)


def _picture(svg: str) -> Response:
    return Response(svg, media_type="image/svg+xml")
