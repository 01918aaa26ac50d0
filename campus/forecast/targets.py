"""The year's target of room-nights: as staff entered it, or the published one."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import trail
from core.database import Base
from core.errors import InvalidInput
from core.i18n import gettext as _

PUBLISHED = 25_000  # "average annual capacity" of 2024 and 2025: Programme and Budget proposals for 2024-25
MOST = 1_000_000


class Target(Base):
    """A year's target, and where it comes from."""

    __tablename__ = "target"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    room_nights: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(200), default="")


def target_of(session: Session, year: int) -> int:
    """Room-nights; the published target where nobody entered one."""
    found = session.get(Target, year)
    return found.room_nights if found else PUBLISHED


def set_target(session: Session, year: int, room_nights: int, source: str, actor: str) -> Target:
    """Enter or change a year's target. Raises `InvalidInput`."""
    if not 1 <= room_nights <= MOST:
        raise InvalidInput(_("must be 1 to 1,000,000"), place="room_nights")
    target = session.get(Target, year) or Target(year=year)
    before = target.room_nights
    target.room_nights, target.source = room_nights, source.strip()[:200]
    session.add(target)
    after = {"room_nights": room_nights, "source": target.source}
    trail.record(session, actor, "target.set", "target", year, before={"room_nights": before}, after=after)
    return target
