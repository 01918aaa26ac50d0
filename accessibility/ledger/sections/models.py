"""Tables of sections: parts of a platform that somebody owns and reviews by themselves, such as a course."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class Section(Base):
    """A part of a platform: the pages whose addresses fit one of its patterns (`rules.py`)."""

    __tablename__ = "section"
    __table_args__ = (sa.UniqueConstraint("platform_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    slug: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(120))
    patterns: Mapped[list[str]]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SectionPage(Base):
    """A page that belongs to a section: kept, so that no pattern is matched while a list is shown."""

    __tablename__ = "section_page"

    section_id: Mapped[int] = mapped_column(sa.ForeignKey("section.id", ondelete="CASCADE"), primary_key=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True, index=True)


class SectionNight(Base):
    """How a section stood when an audit ended; `section_id` is null for the pages that belong to none.

    Columns mean the same as those of `Audit`, for the section's pages alone. `waiting` counts unfinished tickets with
    an open place in the section, `overdue` those of them that were late on that day.
    """

    __tablename__ = "section_night"
    __table_args__ = (
        sa.Index("ix_section_night_section", "section_id", "audit_id"),
        sa.Index("ix_section_night_platform", "platform_id", "audit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    section_id: Mapped[int | None] = mapped_column(sa.ForeignKey("section.id", ondelete="CASCADE"))
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id"), index=True)
    planned: Mapped[int]
    audited: Mapped[int]
    floor_met: Mapped[bool]
    score: Mapped[float | None]
    score_version: Mapped[int | None]
    worst_tenth: Mapped[float | None]
    clean_share: Mapped[float | None]
    failed: Mapped[int]
    review: Mapped[int]
    waiting: Mapped[int]
    overdue: Mapped[int]
    new: Mapped[int]  # tickets that the audit opened
    reopened: Mapped[int]
