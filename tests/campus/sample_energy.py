"""Energy in the small campus of the tests: a saving that can be told, meters worth a look, one without data."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.energy import actions, keeping
from campus.energy.actions import WantedMeter
from campus.energy.consumption import Shown
from campus.energy.models import DegreeDays, MeterVersion
from campus.nights import Nights
from core import clock
from core.i18n import today
from tests.campus.books import TEST, Campus

STATION = "Sample station"
HEATING = (430, 360, 280, 150, 40, 5, 0, 0, 30, 150, 290, 410)  # K·d of each month of the year


def add_energy(session: Session, campus: Campus) -> None:
    """Four meters: with a saving after works that are over, odd ones, and an empty one of the whole campus."""
    months = last_months(44)
    add_degree_days(session, months)
    north, south = campus.pavilions
    heat = add_meter(session, "Sample north heat", "heat", months, north)
    works = Nights(months[24].first, months[28].first)
    add_readings(session, heat, months, lambda month: use_of(month) * (0.7 if month.first >= works.until else 1))
    confirm(session, "sample-north-heat", months[:24], works)
    actions.set_price(session, "heat", months[0].first, 1180, "Sample contract, annex 2", TEST)
    south_heat = add_meter(session, "Sample south heat", "heat", months, south)
    add_readings(session, south_heat, months[:36], use_of)
    confirm(session, "sample-south-heat", months[:24], None)
    _odd_one(session, months, south)
    gas = WantedMeter(name="Sample gas", kind="gas", first=months[0].first, kwh_factor=106_900, digits=None)
    _periods(session, actions.add_meter(session, gas, TEST), months)
    actions.add_meter(session, WantedMeter(name="Sample water", kind="water", first=today(), kwh_factor=0), TEST)


def last_months(number: int) -> list[Nights]:
    """The whole months before this one."""
    first = today().replace(day=1)
    for _number in range(number):
        first = (first - timedelta(days=1)).replace(day=1)
    return Nights(first, today().replace(day=1)).months()


def use_of(month: Nights) -> float:
    """30 kWh a day and 12 a degree-day, a little off."""
    chance = random.Random(month.first.toordinal())
    return (30 * len(month) + 12 * HEATING[month.first.month - 1]) * (1 + chance.gauss(0, 0.02))


def add_degree_days(session: Session, months: list[Nights], station: str = STATION) -> None:
    """Whole months, with heating below 20 °C alone."""
    for month in months:
        session.add(
            DegreeDays(
                station=station,
                monthly=True,
                first=month.first,
                heating=HEATING[month.first.month - 1] * 100,
                heating_base=200,
                recorded_at=clock.now(),
                recorded_by=TEST,
            )
        )
    session.flush()


def add_meter(session: Session, name: str, kind: str, months: list[Nights], pavilion: int | None) -> MeterVersion:
    """A counter of six digits."""
    wanted = WantedMeter(name=name, kind=kind, first=months[0].first, pavilion_id=pavilion, digits=6)
    return actions.add_meter(session, wanted, TEST)


def add_readings(session: Session, meter: MeterVersion, months: list[Nights], use: Callable[[Nights], float]) -> None:
    """A reading at the beginning of each month and after the last."""
    shown = 1000.0
    for month in months:
        actions.enter_reading(session, meter, Shown(month.first, round(shown * 100)), TEST)
        shown += use(month)
    actions.enter_reading(session, meter, Shown(months[-1].until, round(shown * 100)), TEST)


def confirm(session: Session, slug: str, months: list[Nights], works: Nights | None, reason: str = "Sample") -> None:
    """Confirm a baseline without room-nights, which the small books know of the last weeks only."""
    first, last = months[0].first, months[-1].first
    wanted = keeping.Wanted(meters=[slug], station=STATION, first=first, last=last, with_nights=False, works=works)
    keeping.confirm(session, wanted, keeping.try_out(session, wanted).digest, TEST, reason)


def _odd_one(session: Session, months: list[Nights], pavilion: int) -> None:
    """A counter that was exchanged, jumped once, and was not read for some months."""
    meter = add_meter(session, "Sample south electricity", "electricity", months, pavilion)
    days = [month.first for month in months[-12:]]
    shown = [100, 400, 700, 1000, 9000, 9300, 9600, 9900, 10200, 10500]
    for day, value in zip((*days[:8], days[-2], days[-1]), shown, strict=True):
        actions.enter_reading(session, meter, Shown(day, value * 100), TEST)
    exchanged = Shown(date.fromordinal(days[-1].toordinal() + 3), 10_530_00, None, "changed", 5_00)
    actions.enter_reading(session, meter, exchanged, TEST)


def _periods(session: Session, meter: MeterVersion, months: list[Nights]) -> None:
    """Bills of whole months; one is missing."""
    for month in [*months[-6:-4], *months[-3:]]:
        last = month.until - timedelta(days=1)
        actions.enter_reading(session, meter, Shown(last, 120_50, month.first), TEST)
