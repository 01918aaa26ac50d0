"""Tables of improvement actions: what they are is versioned, what a check found is appended."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.improvement.verdict import Effect, Verdict
from campus.known import Recorded, one_current
from core.database import Base


class ImprovementAction(Base):
    """An action; everything that is said of it is in its versions. `follows_id` is the one that it goes on from."""

    __tablename__ = "improvement_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("improvement_action.id"), index=True)


class ActionVersion(Recorded, Base):
    """What an action is, as believed for a while. `stage` is one of `rules.STAGES`, `outcome` of `rules.OUTCOMES`.

    `measure` is a published measure with a mean, `expected` the change wanted in points of its scale (percentage points
    for yes or no). `pavilions` are the slugs of those that it changes (empty: the whole campus), `comparison` those it
    is compared with. `done_on` is the day from which guests could feel it. The check of `check_on` or the first one
    after it gives the verdict; all others are looks.
    """

    __tablename__ = "improvement_action_version"
    __table_args__ = (one_current("improvement_action_version", "action_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("improvement_action.id"), index=True)
    stage: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(120))
    area: Mapped[str] = mapped_column(sa.String(64))
    hypothesis: Mapped[str] = mapped_column(sa.String(1000))
    measure: Mapped[str] = mapped_column(sa.String(130))
    expected: Mapped[float]
    pavilions: Mapped[list[str]]
    comparison: Mapped[list[str]]
    cost_planned: Mapped[int] = mapped_column(sa.BigInteger)
    cost_actual: Mapped[int | None] = mapped_column(sa.BigInteger)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    due: Mapped[date]
    check_on: Mapped[date]
    started_on: Mapped[date | None]
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(sa.String(20), default="")
    lesson: Mapped[str] = mapped_column(sa.String(1000), default="")


class ActionCheck(Base):
    """What a check found, from published quarters alone: `before` and `after` name them, as `2026-Q1`.

    `version_id` is what the action was then. `counts` says that it gives the action's verdict; all others are looks.
    Where it is too early, `reason` is one of `measured.Reason`. `masked` names cells that were suppressed, as
    `2026-Q1 sample-north`, `left_out` quarters with another wording. Figures are in points of the measure's scale.
    """

    __tablename__ = "improvement_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("improvement_action.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("improvement_action_version.id"))
    checked_at: Mapped[datetime]
    checked_by: Mapped[str] = mapped_column(sa.String(80))
    counts: Mapped[bool]
    verdict: Mapped[str] = mapped_column(sa.String(30))
    reason: Mapped[str] = mapped_column(sa.String(20), default="")
    change: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    before: Mapped[list[str]]
    after: Mapped[list[str]]
    masked: Mapped[list[str]]
    left_out: Mapped[list[str]]
    n_before: Mapped[int]
    n_after: Mapped[int]
    cost: Mapped[int] = mapped_column(sa.BigInteger)

    @property
    def effect(self) -> Effect:
        """What was found."""
        return Effect(Verdict(self.verdict), self.change, self.low, self.high)
