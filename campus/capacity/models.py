"""Tables of capacity reports that were kept."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.capacity.queries import Cut, Only
from campus.capacity.report import Question
from campus.nights import Nights
from core.append_only import APPEND_ONLY
from core.database import Base

LONGEST_TITLE = 200


class CapacityPrint(Base):
    """A report that was kept: what was asked, as known when, and what it said. Nothing changes or deletes it."""

    __tablename__ = "capacity_print"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_TITLE))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(80))
    known_at: Mapped[datetime]  # the instant whose knowledge it shows
    known_on: Mapped[date]  # its date at the campus
    first: Mapped[date]
    until: Mapped[date]
    cut: Mapped[str] = mapped_column(sa.String(20))
    narrowed: Mapped[dict[str, Any]]  # `capacity.Only`
    content: Mapped[dict[str, Any]]  # `report.Report.as_json`

    @property
    def asked(self) -> Question:
        """What was asked."""
        return Question(Nights(self.first, self.until), Cut(self.cut), Only(**self.narrowed))
