"""How guests find the campus, and whether anything changed: the figures of a closed quarter on one page."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import dots
from api import figure_words as words
from api.dependencies import Reading
from api.figure_charts import dots as dots_of
from api.forms import Entered
from api.pages import page_router
from api.pages.feedback.access import FeedbackReader, looks_after
from api.pages.feedback.asked import Asked, asked, must_be_asked
from api.pages.feedback.rows import Row, area_rows, measure_rows, what_changed
from api.rendering import render
from campus.feedback.figures import queries, reading
from campus.feedback.figures.closing import waiting
from campus.feedback.figures.composite import HALF_LIFE_WEEKS, Composite, composite
from campus.feedback.quarters import Quarter, quarter_of, week_of
from campus.feedback.questionnaires.content import Kind
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _

router = page_router()
PAGE = "/feedback"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the overview is made of, for all guests or one group of them."""

    areas: list[Row]
    scores: list[Row]
    index: Composite


@router.get(PAGE)
def overview(request: Request, person: FeedbackReader, session: Reading) -> Response:
    """All guests together."""
    question = asked(request, session)
    keeper = looks_after(person)
    open_quarters = waiting(session) if keeper else []
    if question is None:
        return render(request, "feedback/empty.html", said=waiting_said(), due=open_quarters, words=words)
    found = shown(session, question)
    return render(
        request,
        "feedback/overview.html",
        asked=question,
        shown=found,
        said=said(question, found),
        chart_said=areas_said(found.areas),
        weak=weakest(found.areas),
        entered=Entered(start={"quarter": str(question.quarter)}),
        half_life=HALF_LIFE_WEEKS,
        due=open_quarters,
        keeper=keeper,
        words=words,
    )


@router.get(f"{PAGE}/areas.svg")
def picture(request: Request, _person: FeedbackReader, session: Reading, narrow: bool = False) -> Response:
    """Satisfaction by area with its intervals; of one group where the address names it."""
    question = must_be_asked(request, session)
    rows = shown(session, question).areas
    chart = dots_of([(one.name, one.figure) for one in rows], Kind.RATING)
    return Response(dots.svg(chart, narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}/scores.svg")
def scores_picture(request: Request, _person: FeedbackReader, session: Reading, narrow: bool = False) -> Response:
    """The net promoter scores with their intervals and what they are compared with."""
    question = must_be_asked(request, session)
    rows = shown(session, question).scores
    lines = queries.benchmarks(session, quarter=question.quarter)
    chart = dots_of([(one.name, one.figure) for one in rows], Kind.SCORE, lines)
    return Response(dots.svg(chart, narrow=narrow), media_type="image/svg+xml")


def shown(session: Session, question: Asked) -> Shown:
    """Areas, scores and the index of the group that is asked for."""
    group = (question.dimension, question.thing)
    now = reading.figures(session, question.quarter, *group)
    before = reading.figures(session, question.before, *group) if question.before else None
    areas = reading.by_area(now)
    scores = [one for one in now if one.kind == Kind.SCORE]
    comparisons = max(1, len(areas) + len(scores))
    return Shown(
        area_rows(areas, None if before is None else reading.by_area(before), comparisons),
        measure_rows(question.names, scores, before, comparisons),
        composite(session, question.quarter, *group),
    )


def said(question: Asked, found: Shown) -> str:
    """How guests find the campus, and what changed."""
    quarter = words.quarter(question.quarter)
    told = [one for one in found.areas + found.scores if not one.masked]
    if not told:
        return _("In the %(quarter)s too few guests answered to show any figure.", quarter=quarter)
    changes = _("There is no earlier quarter to compare with.")
    if question.before:
        changes = what_changed(told, words.quarter(question.before, short=True))
    index = found.index.index
    if index.value is None:
        lead = _("Figures of the %(quarter)s; too few answers count for an index.", quarter=quarter)
    else:
        lead = _("Guests give the campus %(index)s.", index=words.index_told(index))
    return f"{lead} {changes}"


def areas_said(rows: list[Row]) -> str:
    """What the chart of the areas shows."""
    told = [one for one in rows if not one.masked]
    if not told:
        return _("Every area is masked, as too few guests answered.")
    low, high = told[0], told[-1]
    if low is high:
        return _("Satisfied with %(area)s: %(told)s.", area=low.name, told=words.told(low.kind, low.figure))
    values: dict[str, Any] = {"low": low.name, "high": high.name}
    values |= {"least": words.told(low.kind, low.figure), "most": words.told(high.kind, high.figure)}
    return _("Satisfied guests by area: from %(low)s with %(least)s to %(high)s with %(most)s.", **values)


def weakest(rows: list[Row]) -> list[Row]:
    """The areas whose interval lies wholly under that of the best one; only of these it can be said."""
    told = [one for one in rows if not one.masked]
    best = max((one.figure.low or 0.0 for one in told), default=0.0)
    return [one for one in told if one.figure.high is not None and one.figure.high < best]


def waiting_said() -> str:
    """Until when the first figures have to wait. It tells of days alone, never how many answered so far."""
    quarter = quarter_of(week_of(today()))
    day = _first_day_to_close(quarter)
    weeks = max(1, ceil((day - today()).days / 7))
    values = {"quarter": words.quarter(quarter), "day": format_date(day, "long")}
    return ngettext(
        "The %(quarter)s is closed from %(day)s on, in %(n)s week.",
        "The %(quarter)s is closed from %(day)s on, in %(n)s weeks.",
        weeks,
        **values,
    )


def _first_day_to_close(quarter: Quarter) -> date:
    """The first Monday from which on no week of the quarter is under way."""
    monday = week_of(quarter.until)
    return monday if monday == quarter.until else monday + timedelta(days=7)
