"""Every change of meters, readings, prices and baselines. Each is a new version; nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.energy import queries, rules
from campus.energy.consumption import Shown, check
from campus.energy.models import EnergyPrice, Meter, MeterReading, MeterVersion
from campus.known import supersede
from campus.places import rules as places
from campus.places.models import Pavilion
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

RESERVED = {"new", "prices", "degree-days"}  # addresses of pages


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMeter:
    """A meter, with the fields of `models.MeterVersion`. Without a pavilion it is the whole campus's."""

    name: str
    kind: str
    first: date
    pavilion_id: int | None = None
    kwh_factor: int = rules.KWH
    digits: int | None = None
    until: date | None = None


def add_meter(session: Session, wanted: WantedMeter, actor: str, slug: str = "") -> MeterVersion:
    """Add a meter. An empty short name is made of the name. Raises `InvalidInput`, `Conflict` where it is taken."""
    values, taken = _checked_meter(session, wanted), queries.taken(session) | RESERVED
    slug = places.checked_slug(slug) if slug else places.slug_of(wanted.name, taken, "meter")
    if slug in taken:
        raise Conflict(_("The short name “%(slug)s” is taken.", slug=slug))
    meter = Meter(slug=slug)
    session.add(meter)
    session.flush()
    return _write_meter(session, meter.id, values, actor, "meter.add", "")


def change_meter(session: Session, slug: str, wanted: WantedMeter, actor: str, reason: str) -> MeterVersion:
    """Say something else of a meter. Its readings must still follow from each other. Raises `InvalidInput`."""
    now = queries.meter(session, slug)
    values = _checked_meter(session, wanted)
    reason = places.checked_text(reason, "reason", needed=True)
    readings = queries.readings(session, now.meter_id)
    if (wanted.digits is None) != (now.digits is None) and readings:
        raise InvalidInput(_("there are readings already: make another meter"), place="digits")
    check([queries.shown(one) for one in readings], wanted.digits)
    for one in readings:
        check_within(one.since or one.day, one.day, wanted.first, wanted.until)
    supersede(session, now)
    return _write_meter(session, now.meter_id, values, actor, "meter.change", reason)


def enter_reading(session: Session, meter: MeterVersion, shown: Shown, actor: str, reason: str = "") -> MeterReading:
    """Enter what a meter showed, or correct the reading of that day with a reason. Raises `InvalidInput`."""
    checked_shown(meter, shown)
    there = {one.day: one for one in queries.readings(session, meter.meter_id)}
    now = there.get(shown.day)
    reason = places.checked_text(reason, "reason", needed=now is not None)
    all_of_them = {day: queries.shown(one) for day, one in there.items()} | {shown.day: shown}
    check([all_of_them[day] for day in sorted(all_of_them)], meter.digits)
    if now is not None:
        supersede(session, now)
    values = reading_values(shown)
    made = MeterReading(meter_id=meter.meter_id, recorded_at=clock.now(), recorded_by=actor, reason=reason, **values)
    session.add(made)
    session.flush()
    before = reading_values(queries.shown(now)) if now is not None else None
    after = values | {"reason": reason}
    trail.record(session, actor, "reading.enter", "meter", meter.meter_id, before=before, after=after)
    return made


def withdraw_reading(session: Session, meter: MeterVersion, day: date, actor: str, reason: str) -> None:
    """A reading counts no more. Raises `InvalidInput` where those around it would not follow from each other."""
    reason = places.checked_text(reason, "reason", needed=True)
    now = queries.reading(session, meter.meter_id, day)
    rest = [queries.shown(one) for one in queries.readings(session, meter.meter_id) if one.day != day]
    check(rest, meter.digits)
    supersede(session, now)
    before = reading_values(queries.shown(now))
    trail.record(session, actor, "reading.withdraw", "meter", meter.meter_id, before=before, after={"reason": reason})


def set_price(session: Session, kind: str, first: date, price: int, told_by: str, actor: str, reason: str = "") -> None:
    """Say what a unit costs from a day on, in ten-thousandths of a euro, and where that stands."""
    places.checked_word(kind, rules.KINDS, "kind")
    rules.checked_day(first, "first", future=True)
    if not 0 < price <= rules.MOST_PRICE:
        raise InvalidInput(_("must be more than 0 and at most 100 euros"), place="price")
    values = {"price": price, "told_by": places.checked_text(told_by, "source", 200, needed=True)}
    now = queries.price(session, kind, first)
    reason = places.checked_text(reason, "reason", needed=now is not None)
    if now is not None:
        supersede(session, now)
    named = {"kind": kind, "first": first}
    session.add(EnergyPrice(recorded_at=clock.now(), recorded_by=actor, reason=reason, **named, **values))
    session.flush()
    before = {"price": now.price, "told_by": now.told_by} if now is not None else None
    trail.record(session, actor, "energy_price.set", "energy_price", f"{kind} {first}", before=before, after=values)


def checked_shown(meter: MeterVersion, shown: Shown) -> None:
    """A reading by itself: sensible values, on a day on which the meter was there. Raises `InvalidInput`."""
    for value, place in ((shown.value, "value"), (shown.new_value, "new_value")):
        if value is not None:
            rules.checked_value(value, place)
    if shown.kind not in rules.READINGS:
        places.checked_word(shown.kind, rules.READINGS[1:], "kind")
    rules.checked_day(shown.day)
    check_within(shown.since or shown.day, shown.day, meter.first, meter.until)


def check_within(since: date, day: date, first: date, until: date | None) -> None:
    """Raises `InvalidInput` where a reading lies outside of its meter's time."""
    if since < first:
        raise InvalidInput(_("the meter was not there yet"), place="since" if since != day else "day")
    if until is not None and day > until:
        raise InvalidInput(_("the meter was there no more"), place="day")


def reading_values(shown: Shown) -> dict[str, Any]:
    """The columns of a reading."""
    names = ("day", "value", "since", "kind", "new_value")
    return {name: getattr(shown, name) for name in names}


def _checked_meter(session: Session, wanted: WantedMeter) -> dict[str, Any]:
    if wanted.pavilion_id is not None and session.get(Pavilion, wanted.pavilion_id) is None:
        raise InvalidInput(_("is not known"), place="pavilion")
    places.checked_word(wanted.kind, rules.KINDS, "kind")
    energy = wanted.kind != "water"
    if not (1 if energy else 0) <= wanted.kwh_factor <= (rules.MOST_FACTOR if energy else 0):
        raise InvalidInput(_("must be more than 0 and at most 100 kWh a unit; none for water"), place="kwh_factor")
    if wanted.digits is not None:
        places.checked_number(wanted.digits, rules.LEAST_DIGITS, rules.MOST_DIGITS, "digits")
    rules.checked_day(wanted.first, "first")
    if wanted.until is not None and rules.checked_day(wanted.until, "until", future=True) <= wanted.first:
        raise InvalidInput(_("the end must lie after the beginning"), place="until")
    names: Sequence[str] = ("pavilion_id", "kind", "kwh_factor", "digits", "first", "until")
    return {"name": places.checked_name(wanted.name)} | {name: getattr(wanted, name) for name in names}


def _write_meter(
    session: Session, meter_id: int, values: dict[str, Any], actor: str, action: str, reason: str
) -> MeterVersion:
    version = MeterVersion(meter_id=meter_id, recorded_at=clock.now(), recorded_by=actor, reason=reason, **values)
    session.add(version)
    session.flush()
    trail.record(session, actor, action, "meter", meter_id, after=values | {"reason": reason})
    return version
