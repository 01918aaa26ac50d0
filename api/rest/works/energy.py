"""Meters, readings, baselines, savings, prices and degree-days by machines. Many readings come through `/imports`."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path, Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works.energy_schemas import (
    BaselineOut,
    DegreeMonthOut,
    GivenBaseline,
    GivenMeter,
    GivenPrice,
    GivenReading,
    Kind,
    MeterOut,
    MonthOut,
    PriceOut,
    ReadingOut,
    ReportOut,
    TrialOut,
    Withdrawal,
    baseline_out,
    fit_out,
    meter_out,
    month_out,
    price_out,
    reading_out,
    report_out,
)
from campus.energy import actions, keeping, queries, savings
from campus.energy import months as tables
from campus.energy.models import Meter
from campus.known import checked_as_of, end_of
from campus.nights import Nights
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today

router = rest_router("energy", "/energy")
Slug = Annotated[str, Path(max_length=64, description="The meter's short name.")]
Day = Annotated[date, Path(description="Such as 2026-01-31.")]
AsOf = Annotated[date | None, Query(description="As known at the end of this day; default: now.")]
METER = "/meters/{slug}"
ABSENT = 0  # the version of what is not there yet


@router.get("/meters")
def list_meters(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[MeterOut]:
    """All meters, by name."""
    found = queries.meters(session)
    tell_pages(response, part, len(found))
    return [meter_out(slug, one) for slug, one in found[part.offset : part.offset + part.size]]


@router.post("/meters", status_code=201)
def add_meter(given: GivenMeter, caller: Keeper, session: Writing, response: Response) -> MeterOut:
    """Add a meter."""
    made = actions.add_meter(session, given.wanted(), caller.actor)
    slug = session.get_one(Meter, made.meter_id).slug
    response.headers["Location"] = f"{rest.PREFIX}/energy/meters/{slug}"
    response.headers["ETag"] = etag(made.id)
    return meter_out(slug, made)


@router.get(METER)
def get_meter(slug: Slug, _caller: Reader, session: Reading, response: Response) -> MeterOut:
    """One meter."""
    found = queries.meter(session, slug)
    response.headers["ETag"] = etag(found.id)
    return meter_out(slug, found)


@router.put(METER)
def change_meter(
    slug: Slug, given: GivenMeter, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> MeterOut:
    """Say something else of a meter, with the reason. What was said before is kept."""
    must_be(queries.meter(session, slug).id, version)
    made = actions.change_meter(session, slug, given.wanted(), caller.actor, given.reason)
    response.headers["ETag"] = etag(made.id)
    return meter_out(slug, made)


@router.get(f"{METER}/readings")
def list_readings(
    slug: Slug, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[ReadingOut]:
    """The readings of a meter, the oldest first."""
    at = _at(as_of)
    found = queries.readings(session, queries.meter(session, slug, at).meter_id, at)
    tell_pages(response, part, len(found))
    return [reading_out(one) for one in found[part.offset : part.offset + part.size]]


@router.get(f"{METER}/readings/{{day}}")
def get_reading(slug: Slug, day: Day, _caller: Reader, session: Reading, response: Response) -> ReadingOut:
    """The reading of a day."""
    found = queries.reading(session, queries.meter(session, slug).meter_id, day)
    response.headers["ETag"] = etag(found.id)
    return reading_out(found)


@router.put(f"{METER}/readings/{{day}}")
def put_reading(
    slug: Slug,
    day: Day,
    given: GivenReading,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> ReadingOut:
    """Enter the reading of a day (`If-Match: "v0"`), or correct it with a reason."""
    meter = queries.meter(session, slug)
    there = [one for one in queries.readings(session, meter.meter_id) if one.day == day]
    must_be(there[0].id if there else ABSENT, version)
    made = actions.enter_reading(session, meter, given.shown(day), caller.actor, given.reason)
    response.headers["ETag"] = etag(made.id)
    return reading_out(made)


@router.post(f"{METER}/readings/{{day}}/withdraw", status_code=204)
def withdraw_reading(
    slug: Slug, day: Day, given: Withdrawal, caller: Keeper, session: Writing, version: ExpectedVersion
) -> None:
    """A reading counts no more; what was known before keeps it."""
    meter = queries.meter(session, slug)
    must_be(queries.reading(session, meter.meter_id, day).id, version)
    actions.withdraw_reading(session, meter, day, caller.actor, given.reason)


@router.get(f"{METER}/months")
def list_meter_months(
    slug: Slug,
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    station: Annotated[str, Query(max_length=80, description="Whose degree-days; empty: none.")] = "",
    as_of: AsOf = None,
) -> list[MonthOut]:
    """What was used month by month, with degree-days and occupied room-nights, the oldest first."""
    at = _at(as_of)
    meter = queries.meter(session, slug, at)
    found = tables.month_table(session, [meter], station, tables.period_of([meter], at), at)
    tell_pages(response, part, len(found))
    return [month_out(one) for one in found[part.offset : part.offset + part.size]]


@router.get(f"{METER}/baselines")
def list_energy_baselines(slug: Slug, _caller: Reader, session: Reading) -> list[BaselineOut]:
    """Every baseline that was confirmed, the newest first; the one that counts has no `superseded_at`."""
    return [baseline_out(one) for one in queries.baselines(session, queries.meter(session, slug).meter_id)]


@router.post(f"{METER}/baselines/trial")
def try_energy_baseline(slug: Slug, given: GivenBaseline, _caller: Reader, session: Reading) -> TrialOut:
    """Look how well a baseline would fit; nothing is kept. Its `digest` confirms it."""
    trial = keeping.try_out(session, given.wanted(slug))
    left_out = [f"{row.first:%Y-%m}" for row in trial.left_out]
    return TrialOut.model_validate(fit_out(trial.fitted) | {"digest": trial.digest, "left_out": left_out})


@router.post(f"{METER}/baselines", status_code=201)
def confirm_energy_baseline(slug: Slug, given: GivenBaseline, caller: Keeper, session: Writing) -> BaselineOut:
    """Keep a baseline as it was seen; 422 where its data changed since."""
    if given.digest is None:
        raise InvalidInput(_("look at it first: the trial answers it"), place="digest")
    return baseline_out(keeping.confirm(session, given.wanted(slug), given.digest, caller.actor, given.reason))


@router.get(f"{METER}/savings")
def get_savings(slug: Slug, _caller: Reader, session: Reading, as_of: AsOf = None) -> ReportOut:
    """Predicted − actual by month and in sum, before and after the works. 404 where no baseline was confirmed."""
    report = savings.report(session, slug, _at(as_of))
    if report is None:
        raise NotFound(_("No baseline is confirmed yet."))
    return report_out(report)


@router.get("/prices")
def list_energy_prices(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[PriceOut]:
    """What units cost from which day on."""
    found = queries.prices(session)
    tell_pages(response, part, len(found))
    return [price_out(one) for one in found[part.offset : part.offset + part.size]]


@router.put("/prices/{kind}/{first}")
def put_energy_price(
    kind: Kind,
    first: Day,
    given: GivenPrice,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> PriceOut:
    """Enter a price from a day on (`If-Match: "v0"`), or correct it with a reason."""
    now = queries.price(session, kind, first)
    must_be(now.id if now else ABSENT, version)
    actions.set_price(session, kind, first, _price(given.euros), given.source, caller.actor, given.reason)
    return _price_answer(session, kind, first, response)


@router.get("/prices/{kind}/{first}")
def get_energy_price(kind: Kind, first: Day, _caller: Reader, session: Reading, response: Response) -> PriceOut:
    """The price that holds from exactly this day on."""
    return _price_answer(session, kind, first, response)


@router.get("/degree-days")
def list_degree_days(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    year: Annotated[int | None, Query(ge=1964, le=2199, description="Default: this year.")] = None,
) -> list[DegreeMonthOut]:
    """The months of a year by station; days come in through `/imports`."""
    months = Nights.year(year or today().year)
    found = [
        DegreeMonthOut(station=station, month=f"{month:%Y-%m}", heating=heating, cooling=cooling)
        for station in queries.stations(session)
        for month, (heating, cooling) in tables.degree_months(session, station, months).items()
    ]
    tell_pages(response, part, len(found))
    return found[part.offset : part.offset + part.size]


def _at(as_of: date | None) -> datetime | None:
    day = checked_as_of(as_of)
    return end_of(day) if day else None


def _price(euros: float) -> int:
    if abs(euros * 10_000 - round(euros * 10_000)) > 1e-3:
        raise InvalidInput(_("must have at most four digits behind the point"), place="euros")
    return round(euros * 10_000)


def _price_answer(session: Session, kind: str, first: date, response: Response) -> PriceOut:
    now = queries.price(session, kind, first)
    if now is None:
        raise NotFound(_("No price holds from exactly this day on."))
    response.headers["ETag"] = etag(now.id)
    return price_out(now)
