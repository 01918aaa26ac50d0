"""Guests by pavilion, segment, event or language: how each group finds the campus, and one of them alone."""

from dataclasses import replace

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import dots
from api import figure_words as words
from api.dependencies import Reading
from api.figure_charts import index_dots
from api.forms import Entered
from api.pages import page_router
from api.pages.feedback.access import FeedbackReader
from api.pages.feedback.asked import Asked, must_be_asked, things
from api.pages.feedback.overview import areas_said, said, shown
from api.rendering import render
from campus.feedback.figures import queries, reading, rules, trends
from campus.feedback.figures.composite import HALF_LIFE_WEEKS, Index, composite_of
from campus.feedback.questionnaires.content import Kind
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import ngettext
from core.settings import settings

router = page_router()
ALL_OF = "/feedback/groups/{dimension}"
OFFERED = tuple(one for one in rules.DIMENSIONS if one != rules.ALL)


@router.get(ALL_OF)
def groups(request: Request, dimension: str, _person: FeedbackReader, session: Reading) -> Response:
    """Every group of a dimension, side by side."""
    question = must_be_asked(request, session)
    found = indices(session, question, _checked(dimension))
    areas = areas_of(session, question, dimension)
    return render(
        request,
        "feedback/groups.html",
        dimension=dimension,
        asked=question,
        found=found,
        told=[one for one in found if one[2].value is not None],
        masked=[name for _thing, name, one in found if one.value is None],
        said=groups_said(found),
        areas=areas,
        asked_areas=sorted({area for told in areas.values() for area in told}, key=words.area),
        entered=Entered(start={"quarter": str(question.quarter)}),
        words=words,
    )


@router.get(f"{ALL_OF}/index.svg")
def picture(
    request: Request, dimension: str, _person: FeedbackReader, session: Reading, narrow: bool = False
) -> Response:
    """The index of each group with its interval."""
    question = must_be_asked(request, session)
    found = indices(session, question, _checked(dimension))
    chart = index_dots((name, one) for _thing, name, one in found if one.value is not None)
    return Response(dots.svg(chart, narrow=narrow), media_type="image/svg+xml")


@router.get(f"{ALL_OF}/{{thing}}")
def one_group(request: Request, dimension: str, thing: str, _person: FeedbackReader, session: Reading) -> Response:
    """The figures of one group of guests."""
    question = replace(must_be_asked(request, session), dimension=_checked(dimension), thing=thing)
    if not queries.cells(session, dimension=dimension, thing=thing):
        raise NotFound(_("There is no such group of guests."))
    found = shown(session, question)
    return render(
        request,
        "feedback/group.html",
        asked=question,
        shown=found,
        courses=[
            (row, words.course(row.kind, trends.trend(session, row.key, dimension, thing))) for row in found.scores
        ],
        said=said(question, found),
        chart_said=areas_said(found.areas),
        half_life=HALF_LIFE_WEEKS,
        entered=Entered(start={"quarter": str(question.quarter)}),
        words=words,
    )


def indices(session: Session, question: Asked, dimension: str) -> list[tuple[str, str, Index]]:
    """Slug, name and index of each group that answered in the quarter, the weakest first, those without one last."""
    here = things(session, question.quarter, dimension)
    every = reading.figures(session, dimension=dimension)
    weights = settings().area_weights
    found = []
    for thing in here:
        index = composite_of([one for one in every if one.thing == thing], question.quarter, weights).index
        found.append((thing, question.names.thing(dimension, thing), index))
    return sorted(found, key=lambda one: (one[2].value is None, one[2].value or 0.0, one[1].casefold()))


def areas_of(session: Session, question: Asked, dimension: str) -> dict[str, dict[str, str]]:
    """The satisfaction with each area in words, by group and area."""
    return {
        thing: {
            one.area: words.shown(Kind.RATING, one.value)
            for one in reading.by_area(figures)
            if one.value is not None or one.suppressed
        }
        for thing, figures in things(session, question.quarter, dimension).items()
    }


def groups_said(found: list[tuple[str, str, Index]]) -> str:
    """Who is happiest, who least, and how many groups have no figure."""
    told = [one for one in found if one[2].value is not None]
    hidden = len(found) - len(told)
    rest = ngettext("%(n)s group has too few answers.", "%(n)s groups have too few answers.", hidden) if hidden else ""
    if not found:
        return _("No guest of this quarter belongs to such a group.")
    if not told:
        return _("Every group has too few answers to be shown.")
    (_low, low, least), (_high, high, most) = told[0], told[-1]
    if len(told) == 1:
        said_first = _("%(name)s: %(index)s.", name=low, index=words.index_told(least))
    elif (least.high or 0.0) < (most.low or 0.0):
        ends = {"low": low, "least": words.index_told(least), "high": high, "most": words.index_told(most)}
        said_first = _("%(low)s gives fewest: %(least)s. %(high)s gives most: %(most)s.", **ends)
    else:
        said_first = _("No group clearly gives more points than another.")
    return f"{said_first} {rest}".strip()


def _checked(dimension: str) -> str:
    if dimension not in OFFERED:
        raise NotFound(_("There is no such group of guests."))
    return dimension
