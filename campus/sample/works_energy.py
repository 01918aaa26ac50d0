"""Energy of the sample campus: meters, readings, degree-days and a saving. Every figure is invented.

The degree-days are of the order of Turin's climate, about 2,600 heating degree-days a year (base 20 °C). The heat that
Africa 10 is let use falls by `SAVED` with its renovation, so that what the report finds can be held against it.
"""

import math
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.energy import actions, keeping, queries, rules
from campus.energy import months as tables
from campus.energy.actions import WantedMeter
from campus.energy.models import DegreeDays, MeterReading, MeterVersion
from campus.nights import Nights
from campus.places.models import Pavilion
from core import clock
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today

ACTOR = "command"
STATION = "Sample station, invented"
FIRST = date(2020, 1, 1)
RENOVATED = Nights(date(2022, 1, 1), date(2023, 2, 1))  # Africa 10, as its sample closures have it
SAVED = 0.28
NORMALS = (3.0, 5.0, 9.7, 13.6, 17.9, 21.9, 24.3, 23.8, 19.6, 13.7, 7.9, 3.9)  # °C, the middle of each month
HEATING_BASE, COOLING_BASE = 20.0, 26.0
HEAT_PRICES = ((FIRST, 900), (date(2022, 1, 1), 1450), (date(2024, 1, 1), 1180))  # ten-thousandths of a euro
CHUNK = 500


def write_energy(session: Session, seed: int) -> None:
    """Four years and more of readings on the first of each month, of the three pavilions of the works."""
    weather = _weather(random.Random(seed + 11))  # noqa: S311
    _write_degree_days(session, weather)
    pavilions = {row.slug: row.id for row in session.execute(sa.select(Pavilion.slug, Pavilion.id))}
    for number, (slug, name) in enumerate(
        (("africa-10", "Africa 10"), ("africa-11", "Africa 11"), ("americas-2", "Americas 2"))
    ):
        chance = random.Random(seed + 20 + number)  # noqa: S311
        for kind, called, digits, use in (
            ("heat", _("Heat"), 7, _heat(slug, 1 + number * 0.12, weather)),
            ("electricity", _("Electricity"), 6, _electricity(1 + number * 0.1)),
        ):
            wanted = WantedMeter(
                name=f"{name} · {called}", kind=kind, first=FIRST, pavilion_id=pavilions.get(slug), digits=digits
            )
            meter = actions.add_meter(session, wanted, ACTOR)
            _write_readings(session, meter, use, chance)
    for first, price in HEAT_PRICES:
        actions.set_price(session, "heat", first, price, "Invented for the sample", ACTOR)
    actions.set_price(session, "electricity", FIRST, 2150, "Invented for the sample", ACTOR)
    _confirm_baseline(session, "africa-10-heat", RENOVATED)


def _weather(chance: random.Random) -> dict[date, float]:
    """The mean temperature of each day: the year's course, and weather that lasts some days."""
    found, swing = {}, 0.0
    for number in range((today() - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        swing = 0.75 * swing + chance.gauss(0, 1.6)
        found[day] = _normal(day) + swing
    return found


def _normal(day: date) -> float:
    """Between the middles of the months, along a straight line."""
    at = day.month - 1 + (day.day - 15) / 30
    before = math.floor(at)
    part = at - before
    return NORMALS[before % 12] * (1 - part) + NORMALS[(before + 1) % 12] * part


def _write_degree_days(session: Session, weather: dict[date, float]) -> None:
    shared = {"station": STATION, "monthly": False, "heating_base": int(HEATING_BASE * 10), "superseded_at": None}
    shared |= {"cooling_base": int(COOLING_BASE * 10), "recorded_at": clock.now(), "recorded_by": ACTOR, "reason": ""}
    rows = [
        {
            "first": day,
            "heating": round(max(0.0, HEATING_BASE - mean) * 100),
            "cooling": round(max(0.0, mean - COOLING_BASE) * 100),
            **shared,
        }
        for day, mean in weather.items()
        if day < today()
    ]
    for start in range(0, len(rows), CHUNK):
        session.execute(sa.insert(DegreeDays), rows[start : start + CHUNK])


def _heat(slug: str, size: float, weather: dict[date, float]) -> Callable[[date], float]:
    """kWh of a day: hot water, and heating by degree-days, less what the renovation of Africa 10 saves."""

    def use(day: date) -> float:
        whole = size * (55 + 14.0 * max(0.0, HEATING_BASE - weather.get(day, HEATING_BASE)))
        if slug == "africa-10" and day >= RENOVATED.first:
            return whole * (0.5 if day < RENOVATED.until else 1 - SAVED)
        return whole

    return use


def _electricity(size: float) -> Callable[[date], float]:
    return lambda day: size * (70 + 12 * math.cos((day.timetuple().tm_yday - 15) / 365 * math.tau))


def _write_readings(session: Session, meter: MeterVersion, use: Callable[[date], float], chance: random.Random) -> None:
    """A counter that begins near its end, so that it rolls over once."""
    full = 10 ** (meter.digits or 0)
    months = list(_months())
    used = [0.0, *(sum(map(use, month)) * (1 + chance.gauss(0, 0.025)) for month in months)]
    rows: list[dict[str, Any]] = []
    shown = full * 0.985
    for month, before in zip(months, accumulate(used), strict=False):
        value = round((shown + before) * 100) % (full * 100)
        rolled = bool(rows) and value < rows[-1]["value"]
        rows.append(
            {
                "meter_id": meter.meter_id,
                "day": month.first,
                "since": None,
                "value": value,
                "kind": rules.ROLL_OVER if rolled else "",
                "new_value": None,
                "recorded_at": clock.now(),
                "recorded_by": ACTOR,
                "superseded_at": None,
                "reason": "",
            }
        )
    session.execute(sa.insert(MeterReading), rows)


def _months() -> Iterator[Nights]:
    """The months whose first day has come."""
    return iter(Nights(FIRST, today() + timedelta(days=1)).months())


def _confirm_baseline(session: Session, slug: str, works: Nights) -> None:
    """The two years before the works; the books know of no stays then, so room-nights do not count."""
    meter = queries.meter(session, slug)
    period = tables.months_over([meter])
    rows = tables.month_table(session, [meter], STATION, period, with_nights=False)
    chosen = keeping.usual(rows, works)
    if chosen is None:
        raise InvalidInput("the sample has too few months for a baseline")
    wanted = keeping.Wanted(
        meters=[slug], station=STATION, first=chosen[0], last=chosen[1], with_nights=False, works=works
    )
    digest = keeping.try_out(session, wanted).digest
    keeping.confirm(session, wanted, digest, ACTOR, "Sample baseline")
