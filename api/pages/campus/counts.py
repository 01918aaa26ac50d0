"""A month of counts: nights by pavilions, counted against claimed, and how the month stands."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import actors, charts, count_words
from api.charts import Chart, Line
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import entries, past_day_in
from api.pages.campus.counts_night import LIST
from api.rendering import render
from campus.counts import queries
from campus.counts.queries import CountLine
from campus.counts.rules import Standing
from campus.known import end_of
from campus.months import queries as months
from campus.months.rules import before, month_of, nights_of
from campus.nights import EARLIEST, LATEST, Nights
from core.errors import InvalidInput
from core.i18n import format_month, ngettext, today, zone
from core.i18n import gettext as _

router = page_router()
MOST_MONTHS = 120


@router.get(LIST)
def month_view(request: Request, person: Reader, session: Reading, month: str = "") -> Response:
    """The month, night by night."""
    first, params = _month(month), request.query_params
    entered = Entered(FormData({"month": f"{first:%Y-%m}", **params}))
    with entered.shown_again(lambda: _page(request, session, first, None, entered, keeps(person))):
        known_on = past_day_in(params)
    start = {"month": f"{first:%Y-%m}"} | entries("as_of", known_on)
    return _page(request, session, first, known_on, Entered(start=start), keeps(person))


@router.get(f"{LIST}.svg")
def picture(request: Request, _person: Reader, session: Reading, month: str = "", narrow: bool = False) -> Response:
    """Rooms counted and rooms claimed, night by night."""
    lines = _lines(session, _month(month), past_day_in(request.query_params))
    return Response(charts.svg(_chart(lines), narrow=narrow), media_type="image/svg+xml")


def month_named(text: str) -> date | None:
    """The first day of a month written as 2026-03; None for what is none."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        return None
    year, month = int(text[:4]), int(text[5:])
    return date(year, month, 1) if EARLIEST.year <= year < LATEST.year else None


def _page(
    request: Request, session: Session, first: date, known_on: date | None, entered: Entered, keeper: bool
) -> Response:
    lines = _lines(session, first, known_on)
    by_night: dict[date, list[CountLine]] = {}
    for line in lines:
        by_night.setdefault(line.night, []).append(line)
    pavilions = {line.pavilion.id: line.pavilion.name for line in lines}
    closed = months.closed(session, nights_of(first)).get(first)
    return render(
        request,
        "rooms/counts.html",
        month=first,
        said=_said(lines, first, is_closed=closed is not None),
        closed=closed,
        closed_by=actors.names(session).get(closed.closed_by, closed.closed_by) if closed else "",
        known_on=known_on,
        pavilions=sorted(pavilions.items(), key=lambda one: one[1]),
        nights=[
            (night, {line.pavilion.id: line for line in row}, _sum(row)) for night, row in sorted(by_night.items())
        ],
        together=_sum(lines),
        standings=count_words.STANDINGS,
        difference=count_words.difference,
        signed=count_words.signed,
        tonight=today(),
        keeps=keeper,
        over=nights_of(first).until <= today(),
        filters=entered,
        months=_choices(session, first),
        earlier=f"{before(first):%Y-%m}",
        later=f"{nights_of(first).until:%Y-%m}" if nights_of(first).until <= today() else "",
        picture=f"{LIST}.svg?month={first:%Y-%m}&as_of={known_on or ''}",
    )


def _month(text: str) -> date:
    if not text:
        return month_of(today())
    found = month_named(text)
    if found is None:
        raise InvalidInput(_("must be a month such as 2026-01"), place="month")
    return found


def _lines(session: Session, month: date, known_on: date | None) -> list[CountLine]:
    """Nights that can be counted by now, tonight's among them."""
    nights = nights_of(month)
    until = min(nights.until, (known_on or today()) + timedelta(days=1))
    if until <= nights.first:
        return []
    return queries.lines(session, Nights(nights.first, until), at=end_of(known_on) if known_on else None)


def _sum(lines: Sequence[CountLine]) -> tuple[int, int, int]:
    """Rooms counted, rooms claimed where somebody counted, and rooms claimed altogether."""
    counted = [line for line in lines if line.count]
    return (
        sum(line.count.rooms for line in counted if line.count),
        sum(line.claimed.rooms for line in counted),
        sum(line.claimed.rooms for line in lines),
    )


def _said(lines: Sequence[CountLine], month: date, *, is_closed: bool) -> str:
    name = format_month(month)
    due = [line for line in lines if line.night < today()]
    missing = {line.night for line in due if line.standing is Standing.MISSING}
    differing = sum(line.standing is Standing.DIFFERS for line in due)
    if not due:
        return _("No night of %(month)s is over yet.", month=name) if lines else _("There is nothing to count.")
    told = []
    if missing:
        nights = len({line.night for line in due})
        told.append(
            ngettext(
                "%(n)s of %(nights)s nights is not counted to the end.",
                "%(n)s of %(nights)s nights are not counted to the end.",
                len(missing),
                nights=nights,
            )
        )
    if differing:
        told.append(
            ngettext(
                "%(n)s difference waits for its explanation.",
                "%(n)s differences wait for their explanation.",
                differing,
            )
        )
    if told:
        return " ".join(told)
    return _("All is counted and explained.") if is_closed else _("All nights that are over are counted and explained.")


def _choices(session: Session, shown: date) -> list[tuple[str, str]]:
    """The months from the first that was counted until now, the latest first."""
    month, first = month_of(today()), min(queries.first_night(session) or today(), shown)
    found: list[tuple[str, str]] = []
    while month >= month_of(first) and len(found) < MOST_MONTHS:
        found.append((f"{month:%Y-%m}", format_month(month)))
        month = before(month)
    return found


def _chart(lines: Sequence[CountLine]) -> Chart:
    nights = sorted({line.night for line in lines})
    counted: dict[date, float | None] = dict.fromkeys(nights)
    claimed: dict[date, float] = dict.fromkeys(nights, 0.0)
    for line in lines:
        claimed[line.night] += line.claimed.rooms
        if line.count:
            counted[line.night] = (counted[line.night] or 0.0) + line.count.rooms
    return Chart(
        tuple(datetime.combine(night, time(12), zone()) for night in nights),
        (
            Line(_("Counted"), tuple(counted[night] for night in nights)),
            Line(_("Claimed"), tuple(claimed[night] for night in nights)),
        ),
    )
