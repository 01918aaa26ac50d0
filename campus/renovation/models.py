"""Tables of the works: packages, their milestones, what was planned when, what was reported since, and their papers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class WorksPackage(Base):
    """Works on a pavilion. `purposes` holds any of `rules.PURPOSES`; the books know of it from `added_at` on."""

    __tablename__ = "works_package"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    pavilion_id: Mapped[int] = mapped_column(sa.ForeignKey("pavilion.id"))
    purposes: Mapped[list[str]]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    added_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Milestone(Base):
    """A step of a package. What it is called and weighs is in its versions."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)


class MilestoneVersion(Recorded, Base):
    """One version of what a milestone is. `weight` is its part of the package's progress, of the sum of all weights.

    A milestone that is `dropped` belongs to the works no more.
    """

    __tablename__ = "milestone_version"
    __table_args__ = (one_current("milestone", "milestone_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    weight: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    dropped: Mapped[bool] = mapped_column(default=False)


class MilestoneLink(Recorded, Base):
    """One version of a dependency: `after_id` waits for `before_id` and `lag` days more; see `network.Kind`."""

    __tablename__ = "milestone_link"
    __table_args__ = (one_current("milestone_link", "before_id", "after_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    before_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    after_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    lag: Mapped[int] = mapped_column(default=0)


class Baseline(Base):
    """A plan that somebody approved. It is never changed: another plan is another baseline."""

    __tablename__ = "works_baseline"
    __table_args__ = (sa.UniqueConstraint("package_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"))
    number: Mapped[int]
    approved_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(sa.String(80))
    why: Mapped[str] = mapped_column(sa.String(500), default="")


class BaselineSpan(Base):
    """When a baseline plans a milestone, its last day included, and how much it weighs there."""

    __tablename__ = "works_baseline_span"

    baseline_id: Mapped[int] = mapped_column(sa.ForeignKey("works_baseline.id"), primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"), primary_key=True)
    start: Mapped[date]
    finish: Mapped[date]
    weight: Mapped[int]


class MilestoneReport(Base):
    """What somebody reported of a milestone on a day. Reports are appended; the last one of a milestone counts.

    `start` and `finish` are forecasts, or facts where the milestone has `begun` or `ended`. The first report of a
    milestone is what was planned when it was added.
    """

    __tablename__ = "milestone_report"
    __table_args__ = (sa.Index("ix_milestone_report_milestone", "milestone_id", "reported_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    reported_on: Mapped[date]
    start: Mapped[date]
    finish: Mapped[date]
    begun: Mapped[bool] = mapped_column(default=False)
    ended: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(sa.String(500), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(80))


class PackageNote(Base):
    """What somebody noted on works. Notes are appended."""

    __tablename__ = "works_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(2000))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(sa.String(80))


class PackageDocument(Base):
    """A document of works: elsewhere under `url` (its kind is `link`), or a file in the evidence folder by `digest`.

    `kind` is of `files.KINDS`, `size` in bytes. One that was removed stays with who, when and why; its file goes.
    """

    __tablename__ = "works_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(10))
    url: Mapped[str] = mapped_column(sa.String(1000), default="")
    digest: Mapped[str] = mapped_column(sa.String(64), default="", index=True)
    file_name: Mapped[str] = mapped_column(sa.String(120), default="")
    size: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(sa.String(80))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(sa.String(80), default="")
    removed_why: Mapped[str] = mapped_column(sa.String(500), default="")
