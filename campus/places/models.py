"""Tables of the campus's places, and of those who use them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class Pavilion(Base):
    """A building. `uses` holds any of `rules.USES`; `invented` says that its rooms are sample data."""

    __tablename__ = "pavilion"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    uses: Mapped[list[str]]
    area_m2: Mapped[int | None]
    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class RoomType(Base):
    """A kind of guest room that can be promised before a room is known, such as “single”."""

    __tablename__ = "room_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Room(Base):
    """A guest room. What it is like, and when it is one, is in its periods: a room is never just “archived”."""

    __tablename__ = "room"
    __table_args__ = (sa.UniqueConstraint("pavilion_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pavilion_id: Mapped[int] = mapped_column(sa.ForeignKey("pavilion.id"))
    number: Mapped[str] = mapped_column(sa.String(20))
    created_at: Mapped[datetime]


class RoomPeriod(Recorded, Base):
    """From which night until which a room is a room of this type; `until` is null for a room without an end.

    The current periods of one room never overlap. `features` are any of `rules.FEATURES`.
    """

    __tablename__ = "room_period"
    __table_args__ = (one_current("room_period", "room_id", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id"))
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_type.id"))
    first: Mapped[date]
    until: Mapped[date | None]
    beds: Mapped[int]
    features: Mapped[list[str]]


class Party(Base):
    """Who rooms are held for: an own programme, a partner agency, a third party. An organisation, never a guest."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(20))  # one of rules.PARTY_KINDS
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Segment(Base):
    """A part of the demand, such as conferences. `rate_cents` is its usual rate of a room and night."""

    __tablename__ = "segment"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    position: Mapped[int] = mapped_column(default=0)
    rate_cents: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Space(Base):
    """A meeting room or an office, with the number of people it holds."""

    __tablename__ = "space"
    __table_args__ = (sa.UniqueConstraint("pavilion_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pavilion_id: Mapped[int] = mapped_column(sa.ForeignKey("pavilion.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(20))  # one of rules.SPACE_KINDS
    capacity: Mapped[int]
    first: Mapped[date]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SpaceUse(Recorded, Base):
    """Who occupies a space in a period; one occupant at a time."""

    __tablename__ = "space_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    first: Mapped[date]
    until: Mapped[date | None]


class Event(Base):
    """A course, conference or other event, with its participants here and online."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    segment_id: Mapped[int] = mapped_column(sa.ForeignKey("segment.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    first: Mapped[date] = mapped_column(index=True)
    until: Mapped[date]
    on_site: Mapped[int] = mapped_column(default=0)
    online: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
