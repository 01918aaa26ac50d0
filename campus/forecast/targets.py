"""The year's target of room-nights: as keepers entered it with its source, or the published one. Versions are kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.models import LONGEST_SOURCE, Target
from campus.known import known, supersede
from core import clock, trail
from core.errors import InvalidInput
from core.i18n import gettext as _

PUBLISHED = 25_000  # "average annual capacity" of 2024 and 2025: Programme and Budget proposals for 2024-25
MOST = 1_000_000


def target(session: Session, year: int, at: datetime | None = None) -> Target | None:
    """The version that was believed at an instant; None where nobody had entered one."""
    return session.scalar(sa.select(Target).where(Target.year == year, known(Target, at)))


def target_of(session: Session, year: int, at: datetime | None = None) -> int:
    """Room-nights; the published target where nobody had entered one."""
    found = target(session, year, at)
    return found.room_nights if found else PUBLISHED


def targets(session: Session) -> list[Target]:
    """The targets that were entered, as they are now, the latest year first."""
    return list(session.scalars(sa.select(Target).where(known(Target, None)).order_by(Target.year.desc())))


def versions(session: Session, year: int) -> list[Target]:
    """Everything that was ever entered for a year, the newest first."""
    return list(session.scalars(sa.select(Target).where(Target.year == year).order_by(Target.id.desc())))


def set_target(session: Session, year: int, room_nights: int, source: str, actor: str, reason: str = "") -> Target:
    """Enter a year's target, or change it: the one before is kept. Raises `InvalidInput`.

    The same target again changes nothing.
    """
    source, reason = source.strip(), reason.strip()
    _check(room_nights, source, reason)
    before = target(session, year)
    if before and (before.room_nights, before.source) == (room_nights, source):
        return before
    if before:
        supersede(session, before)
    after = Target(year=year, room_nights=room_nights, source=source, reason=reason)
    after.recorded_at, after.recorded_by = clock.now(), actor
    session.add(after)
    session.flush()
    trail.record(session, actor, "target.set", "target", year, before=before and _told(before), after=_told(after))
    return after


def _check(room_nights: int, source: str, reason: str) -> None:
    if not 1 <= room_nights <= MOST:
        raise InvalidInput(_("must be 1 to 1,000,000"), place="room_nights")
    if not 1 <= len(source) <= LONGEST_SOURCE:
        raise InvalidInput(_("must be 1 to %(most)s characters", most=LONGEST_SOURCE), place="source")
    if len(reason) > 500:
        raise InvalidInput(_("must be at most 500 characters"), place="reason")


def _told(version: Target) -> dict[str, object]:
    return {"room_nights": version.room_nights, "source": version.source, "reason": version.reason}
