"""One indicator: how it stands, what was reported over time as a chart and a table, and everything it ever was."""

from datetime import datetime, time
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import actors, charts
from api import results_words as words
from api.charts import Chart
from api.charts import Line as Drawn
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import entries
from api.pages.results.asked import moment_of, query_of
from api.rendering import render
from campus.capacity.report import Moment
from campus.results import queries
from campus.results.queries import Line
from core.i18n import format_date, zone
from core.i18n import gettext as _

router = page_router()
LIST = "/results/indicators"
ONE = f"{LIST}/{{slug}}"


@router.get(ONE)
def one_indicator(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """The indicator, as known now or on a past day."""
    params = request.query_params
    entered = Entered(FormData(dict(params)))
    now = queries.line(session, slug, Moment.now())
    with entered.shown_again(lambda: _page(request, session, now, Moment.now(), entered, keeper=False)):
        moment = moment_of(request)
    line = queries.line(session, slug, moment)
    start = Entered(start=entries("as_of", moment.on if moment.at else None))
    return _page(request, session, line, moment, start, keeper=keeps(person))


@router.get(f"{ONE}/values.svg")
def picture(request: Request, slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """The values over time, with what is required."""
    line = queries.line(session, slug, moment_of(request))
    return Response(charts.svg(chart(line), narrow=narrow), media_type="image/svg+xml")


def _page(
    request: Request, session: Session, line: Line, moment: Moment, entered: Entered, *, keeper: bool
) -> Response:
    return render(
        request,
        "results/indicator.html",
        line=line,
        version=line.version,
        goals=_goals(line),
        said=said_of(line),
        chart_said=chart_said(line),
        values=queries.reported(session, line.version.indicator_id, moment),
        history=queries.versions(session, line.version.indicator_id, moment),
        names=actors.names(session),
        entered=entered,
        moment=moment,
        query=query_of(moment),
        words=words,
        keeper=keeper,
    )


def said_of(line: Line) -> str:
    """How it stands, in one sentence."""
    unit, last, required = line.version.unit, line.last, line.required
    if last is None:
        return _("Nothing is reported yet.")
    day = format_date(last.day)
    if last.value is None:
        return _("Of %(day)s there is no value: %(note)s", day=day, note=words.note(last))
    value = words.shown(last.value, unit)
    if required is None:
        return _("%(value)s on %(day)s. No goal is set.", value=value, day=day)
    wanted = words.shown(required, unit)
    return _("%(value)s on %(day)s; %(required)s was required by then.", value=value, day=day, required=wanted)


def chart_said(line: Line) -> str:
    """What the chart shows."""
    known = [one for one in line.values if one.value is not None]
    if not known:
        return _("No value is reported yet.")
    unit = line.version.unit
    if len(known) == 1:
        value, day = words.shown(known[0].value, unit), format_date(known[0].day)
        return _("Line chart of what was reported: %(value)s on %(day)s, and what is required.", value=value, day=day)
    values: dict[str, Any] = {
        "since": format_date(known[0].day),
        "before": words.shown(known[0].value, unit),
        "now": words.shown(known[-1].value, unit),
        "day": format_date(known[-1].day),
    }
    return _("Line chart of what was reported: %(before)s on %(since)s, %(now)s on %(day)s.", **values)


def chart(line: Line) -> Chart:
    """What was reported, and beside it what was required on these days."""
    scale = 100 if line.version.unit == "share" else 1
    days = sorted({one.day for one in line.values} | {goal.day for goal in line.course.goals})
    found = {one.day: one.value for one in line.values}
    reported = tuple(None if (value := found.get(day)) is None else value * scale for day in days)
    required = tuple(None if (value := line.course.required(day)) is None else value * scale for day in days)
    instants = tuple(datetime.combine(day, time(12), zone()) for day in days)
    lines = [Drawn(_("Reported"), reported)]
    if any(value is not None for value in required):
        lines.append(Drawn(_("Required"), required))
    return Chart(instants, tuple(lines), top=100 if line.version.unit == "share" else None)


def _goals(line: Line) -> list[tuple[str, str, str]]:
    """Kind, day and value of each goal; those of the year's targets in the books are targets."""
    kinds = {goal.day: goal.kind for goal in line.version.goals}
    unit = line.version.unit
    return [
        (str(words.KINDS[kinds.get(goal.day, "target")]), format_date(goal.day), words.shown(goal.value, unit))
        for goal in line.course.goals
    ]
