"""Tables of energy: meters and what they showed, degree-days, prices, and the baselines that savings are told by."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class Meter(Base):
    """A meter. What it measures where is in its versions."""

    __tablename__ = "meter"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)


class MeterVersion(Recorded, Base):
    """One version of what a meter is. `kind` is of `rules.KINDS`; without a pavilion it is the whole campus's.

    `kwh_factor` is in ten-thousandths of a kWh a unit: 10,000 for a meter in kWh, 0 where the unit is no energy.
    `digits` are the whole digits of a counter, after which it begins at 0 again; None for a meter whose consumption is
    entered period by period. Half-open from `first`, the end may be open.
    """

    __tablename__ = "meter_version"
    __table_args__ = (one_current("meter", "meter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meter_id: Mapped[int] = mapped_column(sa.ForeignKey("meter.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    kwh_factor: Mapped[int]
    digits: Mapped[int | None]
    first: Mapped[date]
    until: Mapped[date | None]


class MeterReading(Recorded, Base):
    """One version of what a meter showed, in hundredths of its unit. One reading a day; withdrawn ones have an end.

    A counter's `value` is what it showed as the day began. `kind` of `rules.READINGS` says why it is lower than before;
    where the counter was changed, `value` is the last of the old one and `new_value` the first of the new one. Of a
    meter without a counter, `value` is what was used from `since` to the end of `day`.
    """

    __tablename__ = "meter_reading"
    __table_args__ = (one_current("meter_reading", "meter_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meter_id: Mapped[int] = mapped_column(sa.ForeignKey("meter.id"))
    day: Mapped[date]
    since: Mapped[date | None]
    value: Mapped[int] = mapped_column(sa.BigInteger)
    kind: Mapped[str] = mapped_column(sa.String(20), default="")
    new_value: Mapped[int | None] = mapped_column(sa.BigInteger)


class DegreeDays(Recorded, Base):
    """One version of a station's degree-days of a day, or of a whole month, in hundredths of K·d; None is not known.

    The bases are in tenths of °C. A series has one base: another base is another station's name.
    """

    __tablename__ = "degree_days"
    __table_args__ = (one_current("degree_days", "station", "monthly", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str] = mapped_column(sa.String(80))
    monthly: Mapped[bool]
    first: Mapped[date]
    heating: Mapped[int | None]
    cooling: Mapped[int | None]
    heating_base: Mapped[int | None]
    cooling_base: Mapped[int | None]


class EnergyPrice(Recorded, Base):
    """One version of what a unit costs from a day on, in ten-thousandths of a euro: of a kWh, of a m³ of water."""

    __tablename__ = "energy_price"
    __table_args__ = (one_current("energy_price", "kind", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    first: Mapped[date]
    price: Mapped[int]
    told_by: Mapped[str] = mapped_column(sa.String(200))


class EnergyBaseline(Recorded, Base):
    """A regression that somebody confirmed, with the data it was made of: what it says can be told again at any time.

    `meters` are the short names of all meters whose use was summed, that of `meter_id` the first; `months` are the
    first days of the months it was fitted on, `fitted` is `baseline.Baseline` as JSON, `digest` the sum of the data.
    `with_nights` says whether occupied room-nights count. The works lie from `works_first` until the day before
    `works_until`; None for both follows the plan of the works.
    """

    __tablename__ = "energy_baseline"
    __table_args__ = (one_current("energy_baseline", "meter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    meter_id: Mapped[int] = mapped_column(sa.ForeignKey("meter.id"), index=True)
    meters: Mapped[list[str]]
    station: Mapped[str] = mapped_column(sa.String(80))
    with_nights: Mapped[bool]
    months: Mapped[list[str]]
    fitted: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(sa.String(64))
    works_first: Mapped[date | None]
    works_until: Mapped[date | None]
