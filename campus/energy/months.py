"""A meter's months with all that drives its use: degree-days of a station, and occupied room-nights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from campus.capacity.queries import Only, capacity
from campus.energy import queries, rules
from campus.energy.baseline import Month
from campus.energy.consumption import MonthUse, by_month, stretches
from campus.energy.models import MeterVersion
from campus.nights import Nights
from core.i18n import today, zone

READINGS, DEGREE_DAYS, ROOM_NIGHTS = "readings", "degree-days", "room-nights"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month as far as it is known. `used` in kWh or m³, degree-days in K·d; None is not known and never guessed.

    `covered` are the days that readings cover; `used` is of those days alone.
    """

    month: Nights
    used: float
    covered: int
    heating: float | None
    cooling: float | None
    room_nights: int | None

    @property
    def first(self) -> date:
        """Its first day."""
        return self.month.first

    @property
    def missing(self) -> list[str]:
        """What is not known of it: any of `READINGS`, `DEGREE_DAYS`, `ROOM_NIGHTS`."""
        lacks = {
            READINGS: self.covered < len(self.month),
            DEGREE_DAYS: self.heating is None or self.cooling is None,
            ROOM_NIGHTS: self.room_nights is None,
        }
        return [name for name, lacking in lacks.items() if lacking]

    def whole(self) -> Month | None:
        """The month as the baseline takes it; None where something is missing."""
        if self.missing or self.heating is None or self.cooling is None or self.room_nights is None:
            return None
        return Month(self.first, len(self.month), self.used, self.heating, self.cooling, self.room_nights)


def period_of(meters: Sequence[MeterVersion], at: datetime | None = None) -> Nights:
    """The months from the first of the meters to the present one, or to that of the instant whose knowledge counts."""
    first = min(one.first for one in meters).replace(day=1)
    return Nights(first, max(first, (_day_of(at).replace(day=1) + timedelta(32)).replace(day=1)))


def months_over(meters: Sequence[MeterVersion], at: datetime | None = None) -> Nights:
    """The same without the month that is not over: of it nothing can be told yet."""
    now = _day_of(at)
    known_until = now if at is None else now + timedelta(days=1)  # a day that is over is known
    first = min(one.first for one in meters).replace(day=1)
    return Nights(first, max(first, known_until.replace(day=1)))


def month_use(session: Session, meter: MeterVersion, period: Nights, at: datetime | None = None) -> list[MonthUse]:
    """What a meter measured in each month, in hundredths of its own unit."""
    readings = [queries.shown(one) for one in queries.readings(session, meter.meter_id, at)]
    return by_month(stretches(readings, meter.digits), period)


def factor(meter: MeterVersion) -> float:
    """kWh, or m³ of water, of a hundredth of the meter's unit."""
    return (meter.kwh_factor / rules.KWH if meter.kind != "water" else 1.0) / 100


def month_table(
    session: Session,
    meters: Sequence[MeterVersion],
    station: str,
    period: Nights,
    at: datetime | None = None,
    *,
    with_nights: bool = True,
) -> list[MonthRow]:
    """The months of a period, with the use of all these meters together; room-nights are those of their pavilion.

    Where room-nights shall not count (`with_nights`), they are 0 in every month.
    """
    parts = period.months()
    if not parts:
        return []
    uses = [(factor(one), month_use(session, one, period, at)) for one in meters]
    degrees = degree_months(session, station, period, at)
    nights = _room_nights(session, parts, meters[0].pavilion_id, at) if with_nights else [0] * len(parts)
    rows = []
    for number, part in enumerate(parts):
        used = sum(weight * months[number].used for weight, months in uses)
        covered = min(months[number].covered for _weight, months in uses)
        rows.append(MonthRow(part, used, covered, *degrees.get(part.first, (None, None)), nights[number]))
    return rows


def degree_months(
    session: Session, station: str, period: Nights, at: datetime | None = None
) -> dict[date, tuple[float | None, float | None]]:
    """First day of a month → its heating and cooling degree-days in K·d; None where a day of it is not known.

    A whole month as it was entered goes before its days. What a station never tells is 0, as of one without cooling.
    """
    import pandas as pd  # late: only who looks at energy pays for it

    tells = queries.bases(session, at).get(station, (None, None))
    rows = [
        (one.first, one.first.replace(day=1), one.monthly, one.heating, one.cooling)
        for one in queries.degree_days(session, [station], period, at)
    ]
    if not rows:
        return {}
    table = pd.DataFrame(rows, columns=["first", "month", "monthly", "heating", "cooling"])
    table[["heating", "cooling"]] = table[["heating", "cooling"]].astype("float64")
    days = table[~table["monthly"]].groupby("month")[["heating", "cooling"]]
    sums, counts = days.sum(), days.count()
    whole = table[table["monthly"]].set_index("month")
    found: dict[date, tuple[float | None, float | None]] = {}
    for part in period.months():
        values: list[float | None] = []
        for name, told in zip(("heating", "cooling"), tells, strict=True):
            if told is None:
                values.append(0.0)
            elif part.first in whole.index and pd.notna(whole.at[part.first, name]):
                values.append(float(whole.at[part.first, name]) / 100)
            elif part.first in counts.index and counts.at[part.first, name] == _days_of(part.first):
                values.append(float(sums.at[part.first, name]) / 100)
            else:
                values.append(None)
        found[part.first] = (values[0], values[1])
    return found


def digest(months: Iterable[Month]) -> str:
    """The same for months of the same data: by it a kept baseline notices that readings were corrected since."""
    told = sha256()
    for one in months:
        values = (one.first.isoformat(), one.days, round(one.kwh, 4), round(one.heating, 4), round(one.cooling, 4))
        told.update(repr((*values, one.room_nights)).encode())
    return told.hexdigest()


def _day_of(at: datetime | None) -> date:
    """The campus's last day before an instant."""
    return today() if at is None else (at - timedelta(seconds=1)).astimezone(zone()).date()


def _days_of(month: date) -> int:
    return ((month + timedelta(32)).replace(day=1) - month).days


def _room_nights(
    session: Session, parts: Sequence[Nights], pavilion_id: int | None, at: datetime | None
) -> list[int | None]:
    """Rooms sold in each month, 0 where there never are rooms.

    Not known before the first stay of the books, and in months without rooms where other months have some.
    """
    terms = capacity(session, parts, only=Only(pavilion=pavilion_id), at=at, on=_day_of(at))
    bridges = [terms.get((number, None)) for number in range(len(parts))]
    if not any(one is not None and one.inventory for one in bridges):
        return [0] * len(parts)
    first = queries.first_stay(session, at)
    return [
        one.sold if one is not None and one.inventory and first is not None and first < part.until else None
        for one, part in zip(bridges, parts, strict=True)
    ]
