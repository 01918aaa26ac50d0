"""Tables of what takes rooms: claims with their nights, blocks, and the guests' names apart from both."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class Claim(Recorded, Base):
    """One version of a room's claim from `first` until `until`. `number` is the same in all versions of a claim.

    Claims of one `booking` are one stay, parted where it changed rooms. `kind` and `status` are of `rules.py`; `party`,
    `segment`, guests and rate are those of stays. The rate is in cents a night.
    """

    __tablename__ = "claim"
    __table_args__ = (
        one_current("claim", "number"),
        sa.Index("ix_claim_range", "first", "until"),
        sa.Index("ix_claim_room", "room_id", "first"),
        sa.Index("ix_claim_block", "block"),
        sa.Index("ix_claim_booking", "booking"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(20))
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id"))
    first: Mapped[date]
    until: Mapped[date]
    booking: Mapped[int]  # number of the stay's first claim
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    segment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    block: Mapped[int | None]  # number of the block that it was picked from
    guests: Mapped[int] = mapped_column(default=0)
    rate_cents: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.String(500), default="")


class RoomNight(Base):
    """A night of a room that a current claim takes. The key is what makes double allocation impossible."""

    __tablename__ = "room_night"

    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id"), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True, index=True)
    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"), index=True)


class GuestName(Base):
    """The names of a stay's guests, apart from the books, so that they can be deleted for good."""

    __tablename__ = "guest_name"

    booking: Mapped[int] = mapped_column(primary_key=True)
    names: Mapped[str] = mapped_column(sa.String(500))
    delete_after: Mapped[date] = mapped_column(index=True)


class Block(Recorded, Base):
    """One version of a group's hold on room types, before rooms are known. `number` is the same in all versions.

    What is neither picked up nor past the `cut_off` is held: from that day on the rest is released. `expected_wash` is
    the share of that rest (contracted and not yet picked up) that is expected never to be picked up, 0 to 1.
    """

    __tablename__ = "block"
    __table_args__ = (one_current("block", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(200))
    status: Mapped[str] = mapped_column(sa.String(20))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    segment_id: Mapped[int] = mapped_column(sa.ForeignKey("segment.id"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    cut_off: Mapped[date]
    expected_wash: Mapped[float] = mapped_column(default=0.0)
    rate_cents: Mapped[int] = mapped_column(default=0)


class BlockNight(Base):
    """How many rooms of a type a version of a block contracts for a night."""

    __tablename__ = "block_night"

    block_id: Mapped[int] = mapped_column(sa.ForeignKey("block.id", ondelete="CASCADE"), primary_key=True)
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_type.id"), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True, index=True)
    rooms: Mapped[int]
