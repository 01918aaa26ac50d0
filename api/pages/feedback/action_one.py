"""One improvement action: what guests say before and after it, as a chart and a table, and everything it ever was."""

from datetime import datetime, time, timedelta
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import actors, charts
from api import improvement_words as words
from api.charts import Chart
from api.charts import Line as Drawn
from api.dependencies import Id, Reading
from api.figure_words import area as area_name
from api.figure_words import quarter as quarter_name
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.asked import entries
from api.pages.feedback.access import FeedbackReader, improves
from api.pages.feedback.actions import LIST
from api.pages.results.asked import moment_of, query_of
from api.rendering import render
from campus.capacity.report import Moment
from campus.feedback.figures import queries as figures
from campus.feedback.figures.rules import PAVILION
from campus.improvement import queries, rules
from campus.improvement.measured import Found, Point
from campus.improvement.models import ActionVersion
from campus.improvement.queries import Aid, Line
from campus.improvement.reminders import words as reminders
from campus.improvement.reminders.queries import Told
from campus.improvement.rules import Need, Stage
from campus.improvement.verdict import Summary
from campus.places import queries as places
from campus.places.models import Pavilion
from core.i18n import format_date, format_number, zone
from core.i18n import gettext as _

router = page_router()
ONE = f"{LIST}/{{key}}"
SCALES = {"rating": (1.0, 5.0), "score": (0.0, 10.0), "yes_no": (0.0, 100.0)}


@router.get(ONE)
def one_action(request: Request, key: Id, person: FeedbackReader, session: Reading) -> Response:
    """The action, as known now or on a past day."""
    entered = Entered(FormData(dict(request.query_params)))
    now = queries.line(session, key, Moment.now().on)
    with entered.shown_again(lambda: _page(request, session, now, Moment.now(), entered, keeper=False)):
        moment = moment_of(request)
    line = queries.line(session, key, moment.on, moment.at)
    start = Entered(start=entries("as_of", moment.on if moment.at else None))
    return _page(request, session, line, moment, start, keeper=improves(person) and moment.at is None)


@router.get(f"{ONE}/chart.svg")
def picture(request: Request, key: Id, _person: FeedbackReader, session: Reading, narrow: bool = False) -> Response:
    """The measure over the closed quarters, with the day of the action."""
    moment = moment_of(request)
    version = queries.version(session, key, moment.at)
    kind = _kind(session, version)
    drawn = chart(version, queries.points(session, version, moment.at), kind)
    return Response(charts.svg(drawn, narrow=narrow), media_type="image/svg+xml")


def chart(version: ActionVersion, points: list[Point], kind: str) -> Chart:
    """The means of the treated pavilions with their intervals, beside those of the comparison."""
    bottom, top = SCALES.get(kind, (0.0, None))
    lines = [Drawn(_("Changed"), _means(one.treated for one in points))]
    if version.comparison:
        lines.append(Drawn(_("Comparison"), _means(one.comparison for one in points)))
    marks: tuple[tuple[str, datetime], ...] = ()
    if version.done_on is not None and points and points[0].quarter.first <= version.done_on < points[-1].quarter.until:
        marks = ((_("Action done"), datetime.combine(version.done_on, time(12), zone())),)
    return Chart(
        tuple(_middle(one) for one in points),
        tuple(lines),
        top=top,
        band=tuple(one.treated.interval() if one.treated else None for one in points),
        bottom=bottom,
        marks=marks,
    )


def _means(given: Any) -> tuple[float | None, ...]:
    return tuple(one.mean if one else None for one in given)


def _middle(point: Point) -> datetime:
    quarter = point.quarter
    return datetime.combine(quarter.first + timedelta(days=45), time(12), zone())


def _page(
    request: Request, session: Session, line: Line, moment: Moment, entered: Entered, *, keeper: bool
) -> Response:
    version, measures = line.version, queries.measures(session)
    kind = measures[version.measure].kind if version.measure in measures else "rating"
    points = queries.points(session, version, moment.at)
    found = queries.found(session, version, moment.at)
    planning = version.stage in (Stage.PLAN, Stage.DO)
    aid = queries.aid(session, queries.terms_of(version), moment.at) if planning else None
    action = queries.action(session, line.key)
    return render(
        request,
        "feedback/action.html",
        line=line,
        version=version,
        area=area_name(version.area),
        kind=kind,
        measures=measures,
        areas=figures.areas(session),
        figured=[slug for slug in version.pavilions if figures.has_thing(session, PAVILION, slug)],
        said=_said(line, kind),
        shown=_shown(line, found),
        found=found,
        in_hindsight=queries.in_hindsight(session, version),
        sides=_sides(found),
        aid=aid,
        aid_said=aid_said(aid, version.expected, kind) if aid else None,
        first_check=rules.first_check(version.done_on or version.due),
        points=points,
        chart_said=_chart_said(version, points),
        checks=queries.checks(session, line.key, moment.at),
        history=queries.versions(session, line.key, moment.at),
        follow_ups=queries.follow_ups(session, line.key, moment.at),
        follows=queries.version(session, action.follows_id) if action.follows_id else None,
        pavilions={one.slug: one.name for one in places.every(session, Pavilion)},
        owners=queries.owner_names(session),
        names=actors.names(session),
        entered=entered,
        moment=moment,
        query=query_of(moment),
        address=f"{LIST}/{line.key}",
        words=words,
        keeper=keeper,
    )


def aid_said(aid: Aid, expected: float, kind: str) -> tuple[str, str]:
    """Kind of the tag and what the plan can hope to show."""
    points = words.points(kind)
    if aid.detectable is None:
        return "info", _("There are too few published answers yet to say what could be detected.")
    values = {"smallest": format_number(round(aid.detectable, 2)), "expected": format_number(expected)}
    if aid.detectable > expected:
        return "warn", _(
            "The expected change of %(expected)s %(points)s is smaller than what could be detected: with as many "
            "answers, only a change of %(smallest)s would be found in four of five cases. Gather more answers, or "
            "expect “no detectable effect”.",
            points=points,
            **values,
        )
    return "good", _(
        "The expected change of %(expected)s %(points)s would be found: with as many answers, one of %(smallest)s is "
        "found in four of five cases.",
        points=points,
        **values,
    )


def _said(line: Line, kind: str) -> str:
    """What stands of the action, in one sentence."""
    version = line.version
    if line.counted:
        return words.said(line.counted.effect, line.counted.reason, kind)
    if line.need in (Need.OVERDUE, Need.CHECK):
        return reminders.said(Told(version, line.need))
    match Stage(version.stage):
        case Stage.PLAN | Stage.DO:
            return _("It is to be done by %(day)s.", day=format_date(version.due, "long"))
        case Stage.CHECK:
            return _("Its planned check is on %(day)s.", day=format_date(version.check_on, "long"))
        case Stage.ACT:
            return _("Decide what comes of it, although the figures do not tell.")
        case _:
            return _("It ended without a verdict.")


def _shown(line: Line, found: Found | None) -> str:
    """Whether the present figures may be read as a verdict."""
    if found is None:
        return ""
    if line.counted:
        return _("The verdict is that of the planned check. What is published later is shown, and changes it no more.")
    return _(
        "This is a look: the verdict is given by the first check on or after %(day)s. Whoever looks each quarter until "
        "something is found finds it too often.",
        day=format_date(line.version.check_on, "long"),
    )


def _sides(found: Found | None) -> list[tuple[str, Summary | None, Summary | None]]:
    """Name, before and after of what is compared."""
    if found is None:
        return []
    sides = [(_("Changed"), found.treated_before, found.treated_after)]
    if found.comparison_before or found.comparison_after:
        sides.append((_("Comparison"), found.comparison_before, found.comparison_after))
    return sides


def _chart_said(version: ActionVersion, points: list[Point]) -> str:
    """What the chart shows."""
    known = [one for one in points if one.treated]
    if not known:
        return ""
    first, last = known[0], known[-1]
    assert first.treated is not None
    assert last.treated is not None
    said = _(
        "Line chart of the mean by closed quarter: %(before)s in %(first)s, %(after)s in %(last)s.",
        before=format_number(round(first.treated.mean, 2)),
        first=quarter_name(first.quarter, short=True),
        after=format_number(round(last.treated.mean, 2)),
        last=quarter_name(last.quarter, short=True),
    )
    if version.done_on is None:
        return said
    done = _("The action was done on %(day)s.", day=format_date(version.done_on, "long"))
    return f"{said} {done}"


def _kind(session: Session, version: ActionVersion) -> str:
    known = queries.measures(session)
    return known[version.measure].kind if version.measure in known else ""
