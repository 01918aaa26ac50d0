"""Every SELECT on energy, as known at an instant; None for now."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.energy.consumption import Shown
from campus.energy.models import DegreeDays, EnergyBaseline, EnergyPrice, Meter, MeterReading, MeterVersion
from campus.known import known
from campus.nights import Nights
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind
from core.errors import NotFound
from core.i18n import gettext as _


def meters(session: Session, at: datetime | None = None) -> list[tuple[str, MeterVersion]]:
    """Short name and present version of every meter, by name."""
    query = sa.select(Meter.slug, MeterVersion).join(Meter, Meter.id == MeterVersion.meter_id)
    query = query.where(known(MeterVersion, at)).order_by(sa.func.lower(MeterVersion.name), Meter.id)
    return [(slug, version) for slug, version in session.execute(query)]


def meter(session: Session, slug: str, at: datetime | None = None) -> MeterVersion:
    """One meter. Raises `NotFound`."""
    query = sa.select(MeterVersion).join(Meter, Meter.id == MeterVersion.meter_id)
    found = session.scalar(query.where(Meter.slug == slug, known(MeterVersion, at)))
    if found is None:
        raise NotFound(_("There is no such meter."))
    return found


def taken(session: Session) -> set[str]:
    """The short names of all meters."""
    return set(session.scalars(sa.select(Meter.slug)))


def readings(session: Session, meter_id: int, at: datetime | None = None) -> list[MeterReading]:
    """The readings of a meter in the order of their days."""
    query = sa.select(MeterReading).where(MeterReading.meter_id == meter_id, known(MeterReading, at))
    return list(session.scalars(query.order_by(MeterReading.day)))


def reading(session: Session, meter_id: int, day: date) -> MeterReading:
    """The reading of a day. Raises `NotFound`."""
    query = sa.select(MeterReading).where(MeterReading.meter_id == meter_id, MeterReading.day == day)
    found = session.scalar(query.where(known(MeterReading, None)))
    if found is None:
        raise NotFound(_("There is no reading of this day."))
    return found


def shown(found: MeterReading) -> Shown:
    """What a reading says."""
    return Shown(found.day, found.value, found.since, found.kind, found.new_value)


def all_readings(session: Session, nights: Nights, pavilion_id: int | None) -> Iterator[tuple[str, MeterReading]]:
    """The readings of a period with their meters' short names, by day; of a pavilion, or of all."""
    query = sa.select(Meter.slug, MeterReading).join(Meter, Meter.id == MeterReading.meter_id)
    query = query.where(known(MeterReading, None), MeterReading.day >= nights.first, MeterReading.day < nights.until)
    if pavilion_id is not None:
        there = sa.and_(MeterVersion.meter_id == Meter.id, known(MeterVersion, None))
        query = query.join(MeterVersion, there).where(MeterVersion.pavilion_id == pavilion_id)
    found = session.execute(query.order_by(MeterReading.day, Meter.id), execution_options={"yield_per": 1000})
    return ((slug, one) for slug, one in found)


def stations(session: Session, at: datetime | None = None) -> list[str]:
    """The stations of which there are degree-days, by name."""
    query = sa.select(DegreeDays.station).where(known(DegreeDays, at)).distinct()
    return list(session.scalars(query.order_by(DegreeDays.station)))


def degree_days(
    session: Session, of: Collection[str], period: Nights, at: datetime | None = None
) -> Iterator[DegreeDays]:
    """Days and months of stations that begin in a period, by station and day."""
    query = sa.select(DegreeDays).where(known(DegreeDays, at), DegreeDays.station.in_(list(of)))
    query = query.where(DegreeDays.first >= period.first, DegreeDays.first < period.until)
    return iter(session.scalars(query.order_by(DegreeDays.station, DegreeDays.first, DegreeDays.monthly)))


def bases(session: Session, at: datetime | None = None) -> dict[str, tuple[int | None, int | None]]:
    """Station → base temperatures of heating and cooling in tenths of °C."""
    most = sa.func.max(DegreeDays.heating_base), sa.func.max(DegreeDays.cooling_base)
    query = sa.select(DegreeDays.station, *most).where(known(DegreeDays, at)).group_by(DegreeDays.station)
    return {station: (heating, cooling) for station, heating, cooling in session.execute(query)}


def first_stay(session: Session, at: datetime | None = None) -> date | None:
    """The first night of the oldest stay in the books: before it they know of no room-nights."""
    query = sa.select(sa.func.min(Claim.first)).where(Claim.kind == Kind.STAY.value, known(Claim, at))
    return session.scalar(query)


def prices(session: Session, at: datetime | None = None) -> list[EnergyPrice]:
    """Every price, by what it is of and the day from which it holds."""
    query = sa.select(EnergyPrice).where(known(EnergyPrice, at))
    return list(session.scalars(query.order_by(EnergyPrice.kind, EnergyPrice.first)))


def price(session: Session, kind: str, first: date) -> EnergyPrice | None:
    """The price that holds from exactly this day on."""
    query = sa.select(EnergyPrice).where(EnergyPrice.kind == kind, EnergyPrice.first == first)
    return session.scalar(query.where(known(EnergyPrice, None)))


def baseline(session: Session, meter_id: int, at: datetime | None = None) -> EnergyBaseline | None:
    """The baseline of a meter that counts."""
    query = sa.select(EnergyBaseline).where(EnergyBaseline.meter_id == meter_id, known(EnergyBaseline, at))
    return session.scalar(query)


def baselines(session: Session, meter_id: int) -> list[EnergyBaseline]:
    """Every baseline that was ever confirmed for a meter, the newest first."""
    query = sa.select(EnergyBaseline).where(EnergyBaseline.meter_id == meter_id)
    return list(session.scalars(query.order_by(EnergyBaseline.number.desc())))
