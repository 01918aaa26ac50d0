"""How many pages of the platforms show no failure of WCAG 2.1 A or AA, of all that are planned.

No audit proves conformance: tests by machine see a part of the criteria, reviews by people a part of the pages. A
page counts here when all its rows of the last night were audited in full and no failure of it is open; not seen is not
fixed.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Outcome
from accessibility.engine.page import RowState
from accessibility.ledger.audits.closed_nights import last_number
from accessibility.ledger.audits.models import PageInterval
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets.models import Occurrence
from core.people.access import EVERY


@dataclass(frozen=True, slots=True)
class PlatformPages:
    """Pages of a platform's last night; all 0 where there was none yet. `seen` are those audited in full."""

    name: str
    planned: int = 0
    seen: int = 0
    without_failure: int = 0

    @property
    def incomplete(self) -> bool:
        """Whether pages are missing, so that the share says less than it seems to."""
        return self.seen < self.planned or not self.planned


def pages_without_failure(session: Session) -> list[PlatformPages]:
    """Every active platform, by name."""
    found = []
    for platform in platforms.platforms(session, EVERY, active=True):
        number = session.scalar(last_number(platform.id))
        found.append(_of_night(session, platform.id, platform.name, number) if number else PlatformPages(platform.name))
    return found


def _of_night(session: Session, platform_id: int, name: str, number: int) -> PlatformPages:
    not_seen = sa.case((PageInterval.state == RowState.AUDITED.value, 0), else_=1)
    planned = session.execute(
        sa.select(PageInterval.page_id, sa.func.sum(not_seen))
        .where(
            PageInterval.platform_id == platform_id,
            PageInterval.first <= number,
            PageInterval.last >= number,
            PageInterval.state != RowState.EXCLUDED.value,
        )
        .group_by(PageInterval.page_id)
    ).all()
    seen = {page_id for page_id, missing in planned if not missing}
    failing = session.scalars(
        sa.select(Occurrence.page_id)
        .distinct()
        .where(
            Occurrence.platform_id == platform_id,
            Occurrence.outcome == Outcome.FAILED.value,
            Occurrence.ended.is_(None),
        )
    )
    return PlatformPages(name, len(planned), len(seen), len(seen - set(failing)))
