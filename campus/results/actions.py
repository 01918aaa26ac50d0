"""Every change of the results. What an indicator is has versions, values are appended; nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known, supersede
from campus.nights import EARLIEST, LATEST
from campus.places import rules as places
from campus.results import queries, rules
from campus.results.models import Indicator, IndicatorGoal, IndicatorValue, IndicatorVersion
from campus.results.rules import Direction, Point
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today

SUBJECT = "indicator"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedIndicator:
    """What an indicator is to be. `goals` are points with their kind: milestone or target."""

    name: str
    unit: str
    direction: Direction
    code: str = ""
    about: str = ""
    verification: str = ""
    baseline: Point | None = None
    goals: Sequence[tuple[Point, str]] = ()
    measure: str = ""
    measured_of: str = ""
    reference: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What is reported of an indicator on a day; without a value that there is none, and why."""

    day: date
    value: float | None
    n: int | None = None
    note: str = ""
    url: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)  # by language, of what the service counts


def add_indicator(session: Session, wanted: WantedIndicator, actor: str, slug: str = "") -> IndicatorVersion:
    """Add an indicator. Raises `InvalidInput`, `Conflict` where the short name is taken."""
    values = _checked(wanted)
    taken = set(session.scalars(sa.select(Indicator.slug)))
    slug = places.checked_slug(slug) if slug else places.slug_of(wanted.code or wanted.name, taken, "indicator")
    if slug in taken:
        raise Conflict(_("The short name “%(slug)s” is taken.", slug=slug))
    indicator = Indicator(slug=slug)
    session.add(indicator)
    session.flush()
    return _write(session, indicator.id, values, wanted.goals, actor, "", "indicator.add")


def change_indicator(
    session: Session, version: IndicatorVersion, wanted: WantedIndicator, actor: str, reason: str
) -> IndicatorVersion:
    """Say anew what an indicator is; what it was before is kept. Raises `InvalidInput`.

    The unit stays, as the values that are there are counted in it.
    """
    if wanted.unit != version.unit:
        raise InvalidInput(_("cannot change once there is an indicator: add another one"), place="unit")
    values, reason = _checked(wanted), places.checked_text(reason, "reason", needed=True)
    supersede(session, version)
    return _write(session, version.indicator_id, values, wanted.goals, actor, reason, "indicator.change")


def drop(session: Session, version: IndicatorVersion, actor: str, *, back: bool = False) -> IndicatorVersion:
    """Report an indicator no more, or take that back. Its values stay."""
    values = {name: getattr(version, name) for name in COLUMNS} | {"dropped": not back}
    goals = [(Point(goal.day, goal.value), goal.kind) for goal in version.goals]
    supersede(session, version)
    action = "indicator.restore" if back else "indicator.drop"
    return _write(session, version.indicator_id, values, goals, actor, "", action)


def current(session: Session, slug: str) -> IndicatorVersion:
    """What an indicator is now, a dropped one too. Raises `NotFound`."""
    found = session.scalar(
        sa.select(IndicatorVersion)
        .join(Indicator, Indicator.id == IndicatorVersion.indicator_id)
        .where(Indicator.slug == slug, known(IndicatorVersion, None))
    )
    if found is None:
        raise NotFound(_("There is no such indicator."))
    return found


def slug_of(session: Session, version: IndicatorVersion) -> str:
    """The short name of an indicator."""
    return session.get_one(Indicator, version.indicator_id).slug


def report(
    session: Session, version: IndicatorVersion, given: Reported, actor: str, *, by_hand: bool = True
) -> IndicatorValue:
    """Append what is reported of an indicator. Raises `InvalidInput`."""
    if not EARLIEST <= given.day < LATEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place="day")
    if given.day > today():
        raise InvalidInput(_("must not lie in the future"), place="day")
    if given.value is not None:
        rules.checked_value(given.value, version.unit)
    if given.n is not None:
        places.checked_number(given.n, 0, 10**9, "n")
    made = IndicatorValue(
        indicator_id=version.indicator_id,
        day=given.day,
        value=given.value,
        n=given.n,
        note=places.checked_text(given.note, "note", 1000, needed=given.value is None),
        notes={name: said[:1000] for name, said in given.notes.items()},
        by_hand=by_hand,
        url=_checked_url(given.url),
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    session.add(made)
    session.flush()
    told = {"day": given.day.isoformat(), "value": made.value, "n": made.n, "note": made.note, "by_hand": by_hand}
    trail.record(session, actor, "indicator.report", SUBJECT, version.indicator_id, after=told)
    return made


def record(session: Session, version: IndicatorVersion, given: Reported, actor: str) -> bool:
    """Append what the service counted, unless it recorded the same of that day already; whether it was appended."""
    before = queries.last_measured(session, version.indicator_id, given.day)
    note = given.note[:1000]
    if before and (before.value, before.n, before.note) == (given.value, given.n, note):
        return False
    report(session, version, replace(given, note=note), actor, by_hand=False)
    return True


COLUMNS = (
    *("position", "code", "name", "about", "unit", "verification", "baseline", "baseline_on", "direction"),
    *("measure", "measured_of", "reference"),
)


def _write(
    session: Session,
    indicator_id: int,
    values: dict[str, Any],
    goals: Sequence[tuple[Point, str]],
    actor: str,
    reason: str,
    action: str,
) -> IndicatorVersion:
    version = IndicatorVersion(
        indicator_id=indicator_id, recorded_at=clock.now(), recorded_by=actor, reason=reason, **values
    )
    version.goals = [IndicatorGoal(day=point.day, kind=kind, value=point.value) for point, kind in goals]
    session.add(version)
    session.flush()
    session.refresh(version, ["goals"])
    told = values | {"goals": [[point.day.isoformat(), kind, point.value] for point, kind in goals], "reason": reason}
    told["baseline_on"] = version.baseline_on.isoformat() if version.baseline_on else None
    trail.record(session, actor, action, SUBJECT, indicator_id, after=told)
    return version


def _checked(wanted: WantedIndicator) -> dict[str, Any]:
    unit = places.checked_word(wanted.unit, rules.UNITS, "unit")
    if wanted.baseline:
        rules.checked_value(wanted.baseline.value, unit, "baseline")
    rules.checked_goals(wanted.goals, wanted.baseline, unit)
    if wanted.measure and wanted.reference:
        raise InvalidInput(_("a line of another organisation cannot be counted here"), place="measure")
    return {
        "position": places.checked_number(wanted.position, 0, 999, "position"),
        "code": places.checked_text(wanted.code, "code", 40),
        "name": places.checked_name(wanted.name, 160),
        "about": places.checked_text(wanted.about, "about"),
        "unit": unit,
        "verification": places.checked_text(wanted.verification, "verification", 300),
        "baseline": wanted.baseline.value if wanted.baseline else None,
        "baseline_on": wanted.baseline.day if wanted.baseline else None,
        "direction": wanted.direction.value,
        "measure": places.checked_word(wanted.measure, ("", *rules.MEASURES), "measure"),
        "measured_of": places.checked_slug(wanted.measured_of, "measured_of") if wanted.measured_of else "",
        "reference": wanted.reference,
    }


def _checked_url(given: str) -> str:
    """An address that may become a link. Raises `InvalidInput`."""
    url = places.checked_text(given, "url")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or "@" in parts.netloc
        or not url.isprintable()
        or " " in url
    ):
        raise InvalidInput(_("must be an address that begins with https:// or http://"), place="url")
    return url
