"""Tables of what is to be mended or cleaned: requests, what is said of them, planned maintenance, the rooms' codes.

What a guest leaves of themselves, contact and photo, lies in tables of its own, so that it can be deleted for good.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ServiceRequest(Base):
    """Something to be done in a room; its id is the number that people are told.

    `kind`, `state` and `priority` are of `rules.py`. `reported_by` is an actor as in the trail, `guest` or `clock`.
    `claim` is the number of the claim by which it keeps the room out of order. `key_hash` opens the guest's own page.
    """

    __tablename__ = "service_request"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "planned_for", "room_id"),  # a plan asks once for a room and day
        sa.Index("ix_service_request_state", "state", "due"),
        sa.Index("ix_service_request_reported", "reported_by", "reported_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(20))
    priority: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(2000))
    reported_by: Mapped[str] = mapped_column(sa.String(80))
    reported_at: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    due: Mapped[date | None]
    duplicate_of: Mapped[int | None] = mapped_column(sa.ForeignKey("service_request.id"))
    claim: Mapped[int | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    key_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("maintenance_plan.id"))
    planned_for: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ServiceComment(Base):
    """What somebody said of a request: a remark, or why a step was taken. The trail holds the steps themselves."""

    __tablename__ = "service_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("service_request.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(80))
    text: Mapped[str] = mapped_column(sa.String(2000))


class GuestContact(Base):
    """How a guest wishes to be reached about a report: personal data, deleted some time after its end."""

    __tablename__ = "guest_contact"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("service_request.id"), primary_key=True)
    contact: Mapped[str] = mapped_column(sa.String(200))


class ServicePhoto(Base):
    """The photo of a request, by the hash of its file in the folder of pictures; width and height in pixels."""

    __tablename__ = "service_photo"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("service_request.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]


class RoomKey(Base):
    """The key of a room's public report form, as it stands in the code on its door. It opens nothing else."""

    __tablename__ = "room_key"

    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(32), unique=True)
    made_at: Mapped[datetime]


class MaintenancePlan(Base):
    """Work that comes again in a room, or in every room of a pavilion: exactly one of both is given.

    It is due on `first` and every `every_months` after it, and on `dates` (ISO days); from `until` on no more. The
    request is made `ahead_days` before, and takes the room out of order for `out_days` nights from the day it is due.
    """

    __tablename__ = "maintenance_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"))
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.String(2000))
    first: Mapped[date | None]
    every_months: Mapped[int | None]
    dates: Mapped[list[str]]
    ahead_days: Mapped[int]
    out_days: Mapped[int]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
