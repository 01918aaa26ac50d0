"""Snapshots, and what follows from them: pick-up, pace, what groups make of their rooms, and the forecasts."""

from datetime import date, timedelta
from typing import Annotated

import sqlalchemy as sa
from fastapi import Path, Query, Response
from sqlalchemy.orm import Session

from api.dependencies import Reading
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Reader
from api.rest.campus.forecast_schemas import (
    BooksOut,
    ForecastDayOut,
    ForecastOut,
    MaterialisationOut,
    PaceLineOut,
    PaceOut,
    PickUpLineOut,
    PickUpOut,
    SnapshotOut,
    forecast_out,
    materialisation_out,
)
from api.rest.lists import tell_pages
from campus.forecast import queries
from campus.forecast.materialisation import Before, by, groups, materialisation
from campus.forecast.models import Forecast
from campus.forecast.pace import A_YEAR, pace
from campus.forecast.pickup import pick_up
from campus.nights import EARLIEST, LATEST, Nights
from campus.places.models import Party, Segment
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today

router = rest_router("forecast")

Day = Annotated[date, Path(description="A date at the campus, such as 2026-11-20.")]
Evening = Annotated[
    date | None,
    Query(ge=EARLIEST, lt=LATEST, description="An evening with a snapshot; the newest one when left out."),
]
Arrival = Annotated[date | None, Query(ge=EARLIEST, lt=LATEST)]


@router.get("/snapshots")
def list_snapshots(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[SnapshotOut]:
    """The evenings on which the books were noted, the newest first."""
    some, total = queries.snapshots(session, part.offset, part.size)
    tell_pages(response, part, total)
    return [
        SnapshotOut(taken_on=one.taken_on, made_at=one.made_at, replayed=one.replayed, sold=sold, held=held)
        for one, sold, held in some
    ]


@router.get("/snapshots/{day}")
def get_books(day: Day, _caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[BooksOut]:
    """What was on the books on an evening, by night and segment: from a week before it to 400 days after."""
    rows, total = queries.books_of(session, day, part.offset, part.size)
    tell_pages(response, part, total)
    slugs = _slugs(session)
    return [BooksOut(night=one.night, segment=slugs[one.segment_id], sold=one.sold, held=one.held) for one in rows]


@router.get("/pick-up")
def get_pick_up(_caller: Reader, session: Reading, since: Evening = None, until: Evening = None) -> PickUpOut:
    """By how much the books changed between two evenings, by month of stay and segment; the last week by default."""
    last = until or _newest(session)
    report = pick_up(session, since or last - timedelta(days=7), last)
    lines = [
        PickUpLineOut(
            month=f"{month:%Y-%m}",
            segment=slug,
            before=one.before,
            after=one.after,
            pick_up=one.picked_up,
            held_before=one.held_before,
            held_after=one.held_after,
        )
        for number, slug in _slugs(session).items()
        for month, one in report.by_month(number).items()
    ]
    return PickUpOut(
        since=report.since,
        until=report.until,
        nights=len(report.nights) - report.unknown,
        nights_unknown=report.unknown,
        pick_up=report.total().picked_up,
        lines=lines,
    )


@router.get("/pace")
def get_pace(_caller: Reader, session: Reading, on: Evening = None) -> PaceOut:
    """The books of an evening against those of 364 days before, by month of stay and segment."""
    report = pace(session, on or _newest(session))
    lines = [
        PaceLineOut(
            month=f"{month:%Y-%m}",
            segment=slug,
            now=one.now,
            then=one.then,
            pace=one.ahead,
            became=one.became,
            held_now=one.held_now,
            held_then=one.held_then,
        )
        for number, slug in _slugs(session).items()
        for month, one in report.by_month(number).items()
    ]
    return PaceOut(
        on=report.on,
        compared_with=report.on - A_YEAR,
        nights=len(report.nights) - report.unknown,
        nights_unknown=report.unknown,
        pace=report.total().ahead,
        lines=lines,
    )


@router.get("/materialisation")
def list_materialisation(
    _caller: Reader,
    session: Reading,
    first: Arrival = None,
    until: Arrival = None,
    before: Annotated[Before, Query(description="What the weeks are counted back from.")] = Before.ARRIVAL,
) -> list[MaterialisationOut]:
    """The share of their contracted room-nights that groups picked up, by weeks before: all, by segment, by party.

    Of the groups that arrived from `first` (a year before `until`) to before `until` (today) and have left.
    """
    last = until or today()
    slugs = _slugs(session)
    every = groups(session, Nights(first or last - timedelta(days=365), last), today(), before)
    parties = {row.id: row.slug for row in session.execute(sa.select(Party.id, Party.slug))}
    return [
        materialisation_out("whole", None, materialisation(every)),
        *(materialisation_out("segment", slugs[one], report) for one, report in by(every, "segment_id").items()),
        *(materialisation_out("party", parties[one], report) for one, report in by(every, "party_id").items()),
    ]


@router.get("/forecasts")
def list_forecasts(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[ForecastDayOut]:
    """The days on which a forecast was kept, the newest first."""
    some, total = queries.forecast_days(session, part.offset, part.size)
    tell_pages(response, part, total)
    return [ForecastDayOut(made_on=one.made_on, made_at=one.made_at, books_of=one.content["books_of"]) for one in some]


@router.get("/forecasts/latest")
def get_latest_forecast(_caller: Reader, session: Reading) -> ForecastOut:
    """The newest forecast."""
    found = queries.latest_forecast(session)
    if found is None:
        raise NotFound(_("There is no forecast yet."))
    return _out(session, found)


@router.get("/forecasts/{day}")
def get_forecast(day: Day, _caller: Reader, session: Reading) -> ForecastOut:
    """The forecast that was kept on a day."""
    return _out(session, queries.forecast_of(session, day))


def _out(session: Session, found: Forecast) -> ForecastOut:
    return forecast_out(found.made_on, found.made_at, found.content, _slugs(session))


def _slugs(session: Session) -> dict[int, str]:
    found = session.execute(sa.select(Segment.id, Segment.slug).order_by(Segment.position, Segment.id))
    return {row.id: row.slug for row in found}


def _newest(session: Session) -> date:
    found = queries.newest_snapshot(session)
    if found is None:
        raise InvalidInput(_("there is no snapshot yet"), place="until")
    return found
