"""The board of improvement actions: a column for each stage, and what needs somebody."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import improvement_words as words
from api.dependencies import LARGEST_ID, Reading
from api.figure_words import area as area_name
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.asked import entries
from api.pages.feedback.access import FeedbackReader, improves
from api.pages.results.asked import moment_of, query_of
from api.rendering import render
from campus.capacity.report import Moment
from campus.improvement import queries
from campus.improvement.queries import Line
from campus.improvement.rules import Need, Stage
from campus.places import queries as places
from campus.places.models import Pavilion
from core.i18n import gettext as _

router = page_router()
LIST = "/feedback/actions"
MOST_ENDED = 6  # in the column; the stage's own list has all


@router.get(LIST)
def board(request: Request, person: FeedbackReader, session: Reading) -> Response:
    """Every action by its stage, as known now or on a past day."""
    params = request.query_params
    entered = Entered(FormData(dict(params)))
    with entered.shown_again(lambda: _page(request, session, [], Moment.now(), entered, keeper=False)):
        moment = moment_of(request)
    owner = params.get("owner", "")
    lines = queries.lines(
        session,
        moment.on,
        moment.at,
        area=params.get("area", ""),
        pavilion=params.get("pavilion", ""),
        owner_id=_number(owner) if owner else None,
        stage=params.get("stage", ""),
    )
    start = {name: params.get(name, "") for name in ("area", "pavilion", "owner", "stage")}
    start |= entries("as_of", moment.on if moment.at else None)
    return _page(request, session, lines, moment, Entered(start=start), keeper=improves(person))


def _page(
    request: Request, session: Session, lines: list[Line], moment: Moment, entered: Entered, *, keeper: bool
) -> Response:
    measures = queries.measures(session)
    return render(
        request,
        "feedback/actions.html",
        lines=lines,
        columns=_columns(lines, entered.value("stage")),
        most_ended=MOST_ENDED,
        said=words.said_of_all(lines),
        needs={line.key: words.NEEDS[line.need] for line in lines if line.need},
        waiting=[line for need in Need for line in lines if line.need is need],
        measures=measures,
        names={one.slug: one.name for one in places.every(session, Pavilion)},
        entered=entered,
        filtered=any(entered.value(name) for name in ("area", "pavilion", "owner", "stage")),
        options=_options(session, measures),
        moment=moment,
        query=query_of(moment),
        words=words,
        keeper=keeper and moment.at is None,
    )


def _columns(lines: list[Line], only: str) -> list[tuple[Stage, list[Line]]]:
    """The stages, each with its actions: the first due first, of those that ended the last one first."""
    found = {stage: [line for line in lines if line.version.stage == stage] for stage in Stage}
    found[Stage.ENDED].sort(key=lambda line: line.version.id, reverse=True)
    return [(stage, some) for stage, some in found.items() if only in ("", stage.value)]


def _options(session: Session, measures: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    areas = sorted({one.area for one in measures.values()})
    return {
        "area": [("", _("All areas")), *((one, area_name(one)) for one in areas)],
        "pavilion": [("", _("All pavilions")), *((one.slug, one.name) for one in places.every(session, Pavilion))],
        "owner": [("", _("Everybody")), *((str(one.id), one.name) for one in queries.owners(session))],
        "stage": [("", _("All stages")), *((stage.value, str(said)) for stage, said in words.STAGES.items())],
    }


def _number(given: str) -> int:
    """A person's number in an address; 0, which nobody has, for anything else."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < len(str(LARGEST_ID)) else 0
