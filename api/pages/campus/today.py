"""Today: what is due, last night's count, the year against its target, and what waits for a decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

import sqlalchemy as sa
from fastapi import Request
from starlette.responses import Response

from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.counts_night import CHART, LIST, TODAY, form_parts
from api.pages.campus.today_decisions import waiting
from api.pages.feedback.access import looks_after
from api.pages.feedback.on_today import quarters_told
from api.rendering import render
from campus.counts.queries import CountLine
from campus.counts.rules import Seen
from campus.decisions import decisions
from campus.forecast.outlook import chance_said
from campus.places.models import Pavilion
from campus.today import Day, day
from core import clock
from core.i18n import format_number, format_time, ngettext, today, zone
from core.i18n import gettext as _
from core.settings import settings

router = page_router()
WIDTH = 1000  # of the bar's drawing


@router.get(TODAY)
def start(request: Request, person: Reader, session: Reading) -> Response:
    """The day's page of facilities staff."""
    on = today()
    found, figures = decisions(session, on, with_cases=looks_after(person)), day(session, on)
    kind, said = _due(found.last_night, on)
    shown = waiting(found, may_write=keeps(person))
    return render(
        request,
        "today.html",
        **form_parts(request, session, person, found.last_night, Entered()),
        on=on,
        said=said,
        kind=kind,
        day=figures,
        invented=session.scalar(sa.select(Pavilion.id).where(Pavilion.invented).limit(1)) is not None,
        bar=_bar(figures),
        year_said=_year_said(figures, on.year),
        chance=chance_said(figures.end.chance),
        turnover=[(_("Arrivals"), _moving(figures.arrivals)), (_("Departures"), _moving(figures.departures))],
        chart=f"{CHART}?pavilion=all&start={on}",
        waiting=replace(shown, things=[*shown.things, *quarters_told(session, person)]),
        tonight=f"{LIST}/{on}",
    )


def due_at(on: date) -> datetime:
    """When the count of the night before this day is due, by the setting."""
    return datetime.combine(on, time.fromisoformat(settings().count_due), zone())


def _due(lines: Sequence[CountLine], on: date) -> tuple[str, str]:
    """The kind of the tag and the first sentence: what is due."""
    due = format_time(due_at(on))
    late = clock.now() > due_at(on)
    missing = sum(line.count is None for line in lines)
    if not lines:
        return "info", _("No pavilion has rooms yet: nothing is to be counted.")
    if not missing:
        return "good", _("Last night's count is done.")
    if missing < len(lines):
        if late:
            return "bad", ngettext(
                "Last night's count lacks %(n)s pavilion; it was due by %(due)s.",
                "Last night's count lacks %(n)s pavilions; it was due by %(due)s.",
                missing,
                due=due,
            )
        return "warn", ngettext(
            "Last night's count lacks %(n)s pavilion; it is due by %(due)s.",
            "Last night's count lacks %(n)s pavilions; it is due by %(due)s.",
            missing,
            due=due,
        )
    if late:
        return "bad", _("Last night's count is overdue: it was due by %(due)s.", due=due)
    return "warn", _("Last night's count is due by %(due)s.", due=due)


def _moving(seen: Seen) -> str:
    """Who arrives or leaves."""
    if not seen.rooms:
        return _("nobody")
    rooms = ngettext("%(n)s room", "%(n)s rooms", seen.rooms)
    return _("%(rooms)s, %(guests)s", rooms=rooms, guests=ngettext("%(n)s guest", "%(n)s guests", seen.guests))


def _bar(figures: Day) -> dict[str, float]:
    """Where the parts of the bar end, of `WIDTH`. The band is the forecast's interval."""
    most = 1.04 * max(figures.target, figures.to_date, figures.end.high or 0)
    ends: dict[str, float] = {"to_date": figures.to_date, "target": figures.target}
    if figures.end.expected is not None and figures.end.low is not None and figures.end.high is not None:
        ends |= {"expected": figures.end.expected, "low": figures.end.low, "high": figures.end.high}
    return {name: round(WIDTH * value / most, 1) for name, value in ends.items()}


def _year_said(figures: Day, year: int) -> str:
    """What the bar shows."""
    values = {"year": year, "to_date": format_number(figures.to_date), "target": format_number(figures.target)}
    if figures.end.expected is None or figures.end.low is None or figures.end.high is None:
        return _("%(to_date)s room-nights of %(year)s are sold to date; the target is %(target)s.", **values)
    return _(
        "%(to_date)s room-nights of %(year)s are sold to date; %(expected)s are expected by the year's end, "
        "most likely %(low)s to %(high)s; the target is %(target)s.",
        **values,
        expected=format_number(round(figures.end.expected)),
        low=format_number(round(figures.end.low)),
        high=format_number(round(figures.end.high)),
    )
