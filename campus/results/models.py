"""Tables of the results: indicators as versions, the values they are to reach, and what was reported of them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.known import Recorded, one_current
from core.database import Base


class Indicator(Base):
    """Something by which results are told. What it is called and is to reach is in its versions."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)


class IndicatorVersion(Recorded, Base):
    """One version of what an indicator is. `unit`, `direction` and `measure` are words of `rules.py`.

    `code` is how documents call it, such as IT 2.3.b. `verification` says where values come from. Shares are kept from
    0 to 1. `measure` is what the service counts by itself, "" for values that people enter; `measured_of` the short
    name of what it is counted of. A `reference` is a line of another organisation, held against nothing of ours.
    """

    __tablename__ = "indicator_version"
    __table_args__ = (one_current("indicator", "indicator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(sa.String(40), default="")
    name: Mapped[str] = mapped_column(sa.String(160))
    about: Mapped[str] = mapped_column(sa.String(500), default="")
    unit: Mapped[str] = mapped_column(sa.String(20))
    verification: Mapped[str] = mapped_column(sa.String(300), default="")
    baseline: Mapped[float | None]
    baseline_on: Mapped[date | None]
    direction: Mapped[str] = mapped_column(sa.String(10))
    measure: Mapped[str] = mapped_column(sa.String(30), default="")
    measured_of: Mapped[str] = mapped_column(sa.String(64), default="")
    reference: Mapped[bool] = mapped_column(default=False)
    dropped: Mapped[bool] = mapped_column(default=False)

    goals: Mapped[list["IndicatorGoal"]] = relationship(lazy="selectin", order_by="IndicatorGoal.day")


class IndicatorGoal(Base):
    """What a version of an indicator is to reach by a day; `kind` is milestone or target."""

    __tablename__ = "indicator_goal"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator_version.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    value: Mapped[float]


class IndicatorValue(Base):
    """What was reported of an indicator on a day. Values are appended; of several of a day the last one counts.

    Without a `value` it says that there is none to report, and `note` why. `n` is how many things it rests on.
    `by_hand` tells what people entered from what the service counted; `notes` has its note by language.
    `url` leads to the evidence.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (sa.Index("ix_indicator_value_indicator", "indicator_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    day: Mapped[date]
    value: Mapped[float | None]
    n: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by_hand: Mapped[bool]
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(80))
