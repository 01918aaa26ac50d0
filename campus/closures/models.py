"""Tables of what the works close: the rule of a package, its claims, confirmed changes, and kept scenarios."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class ClosureRule(Recorded, Base):
    """One version of when a package's pavilion is closed: between two milestones, with buffers in days around them."""

    __tablename__ = "closure_rule"
    __table_args__ = (one_current("closure_rule", "package_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)
    start_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    days_before: Mapped[int]
    finish_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    days_after: Mapped[int]


class ClosureClaim(Base):
    """A claim by which a package closes a room, by the number that all its versions share."""

    __tablename__ = "closure_claim"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)


class ClosureChange(Base):
    """Closures that somebody confirmed, in one step with the moves of stays. It may have been undone since."""

    __tablename__ = "closure_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("works_package.id"), index=True)
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[str] = mapped_column(sa.String(80))
    why: Mapped[str] = mapped_column(sa.String(500))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(sa.String(80), default="")


class ClosureChangeClaim(Base):
    """What a change did to a claim: its versions before and after. Without one before, the change made the claim."""

    __tablename__ = "closure_change_claim"

    change_id: Mapped[int] = mapped_column(sa.ForeignKey("closure_change.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    before_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    after_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))


class ClosureScenario(Base):
    """A named what-if: other dates for some milestones. It may have been dropped since."""

    __tablename__ = "closure_scenario"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(80))
    dropped_at: Mapped[datetime | None]
    dropped_by: Mapped[str] = mapped_column(sa.String(80), default="")


class ScenarioSpan(Base):
    """When a milestone lies in a scenario."""

    __tablename__ = "closure_scenario_span"

    scenario_id: Mapped[int] = mapped_column(sa.ForeignKey("closure_scenario.id"), primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"), primary_key=True)
    start: Mapped[date]
    finish: Mapped[date]
