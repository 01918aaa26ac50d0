"""Table of the running costs, of what partner agencies pay back and of rents. All amounts in cents."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.known import Recorded, one_current
from core.database import Base


class CostEntry(Recorded, Base):
    """One version of an amount of a line in a period. `number` is the same in all versions.

    `cost_line`, `kind` and `status` are of `rules.py`; `until` is the day after the last one. Recoveries and rents have
    the party that pays them, costs have none. Entries of the same line, party and kind that count never overlap
    (`actions.py` sees to it while other writers wait), so that no sum counts a day twice.
    """

    __tablename__ = "cost_entry"
    __table_args__ = (
        one_current("cost_entry", "number"),
        sa.Index("ix_cost_entry_period", "first", "cost_line"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(index=True)
    cost_line: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[str] = mapped_column(sa.String(20))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    first: Mapped[date]
    until: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    status: Mapped[str] = mapped_column(sa.String(20))
