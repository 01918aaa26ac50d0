"""The room chart: rooms × nights, with every claim as a bar, and what groups hold before rooms are chosen."""

from datetime import date, timedelta
from typing import Annotated, Literal

import sqlalchemy as sa
from fastapi import Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import claim_words
from api.dependencies import LARGEST_ID, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.chart_view import body_of, held_lines
from api.rendering import render
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy.chart import ChartFilter, ChartRow, State, chart, held, parties_of
from campus.places.models import Pavilion, Room, RoomType
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _

router = page_router()
PAGE = "/rooms/chart"
ALL = "all"
Weeks = Annotated[Literal["2", "4"], Query()]


@router.get(PAGE)
def room_chart(
    request: Request,
    person: Reader,
    session: Reading,
    start: str = "",
    weeks: Weeks = "2",
    pavilion: str = "",
    type: str = "",
    room: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Two or four weeks of the rooms of a pavilion, of a type, or of one room."""
    first = _first(start)
    nights = Nights(first, first + timedelta(weeks=int(weeks)))
    pavilions = list(session.scalars(_pavilions()))
    types = list(session.scalars(sa.select(RoomType).order_by(RoomType.name)))
    wanted, shown = _wanted(session, pavilions, types, pavilion, type, room)
    rows = chart(session, nights, wanted)
    return render(
        request,
        "rooms/chart.html",
        nights=nights,
        today=today(),
        months=[(month.first, len(month)) for month in nights.months()],
        groups=body_of(rows, parties_of(session, rows), nights, keeps(person)),
        held=held_lines(held(session, nights, wanted.type_id), nights),
        said=_said(rows, nights),
        filters=Entered(start={"start": first.isoformat(), "weeks": weeks, "pavilion": shown, "type": type}),
        pavilions=[*((one.slug, one.name) for one in pavilions), (ALL, _("All pavilions"))],
        types=[("", _("All")), *((one.slug, one.name) for one in types)],
        room=session.get(Room, wanted.room_id) if wanted.room_id else None,
        steps=_steps(first, int(weeks)),
        words=claim_words,
        keeps=keeps(person),
        invented=any(one.invented for one in pavilions),
    )


def _first(start: str) -> date:
    """The day that was asked for; Monday of this week when it is none."""
    this_week = today() - timedelta(days=today().weekday())
    try:
        wanted = date.fromisoformat(start)
    except ValueError:
        return this_week
    return wanted if EARLIEST <= wanted < LATEST - timedelta(weeks=8) else this_week


def _pavilions() -> sa.Select[Pavilion]:
    """Those with guest rooms."""
    return sa.select(Pavilion).where(Pavilion.id.in_(sa.select(Room.pavilion_id))).order_by(Pavilion.name)


def _wanted(
    session: Session, pavilions: list[Pavilion], types: list[RoomType], pavilion: str, type_slug: str, room: str
) -> tuple[ChartFilter, str]:
    """What the address asks for, and the pavilion that its form shows; the first one when it asks for none."""
    found = session.get(Room, int(room)) if room.isascii() and room.isdecimal() and int(room) <= LARGEST_ID else None
    if found:
        slug = next(one.slug for one in pavilions if one.id == found.pavilion_id)
        return ChartFilter(room_id=found.id), slug
    type_id = next((one.id for one in types if one.slug == type_slug), None)
    if pavilion == ALL or not pavilions:
        return ChartFilter(type_id=type_id), ALL
    chosen = next((one for one in pavilions if one.slug == pavilion), pavilions[0])
    return ChartFilter(pavilion_id=chosen.id, type_id=type_id), chosen.slug


def _said(rows: list[ChartRow], nights: Nights) -> str:
    """How many of the rooms are free tonight, or in the first night that is shown."""
    night = today() if today() in nights else nights.first
    free = sum(one.state is State.FREE and night in one.nights for row in rows for one in row.stretches)
    if not rows:
        return _("No room fits.")
    values = {"free": free, "day": format_date(night)}
    if night == today():
        return ngettext(
            "Tonight %(free)s of %(n)s room is free.", "Tonight %(free)s of %(n)s rooms are free.", len(rows), **values
        )
    return ngettext(
        "In the night of %(day)s, %(free)s of %(n)s room is free.",
        "In the night of %(day)s, %(free)s of %(n)s rooms are free.",
        len(rows),
        **values,
    )


def _steps(first: date, weeks: int) -> dict[str, str]:
    """Where earlier and later lead."""
    step = timedelta(weeks=weeks)
    return {"earlier": (first - step).isoformat(), "later": (first + step).isoformat()}
