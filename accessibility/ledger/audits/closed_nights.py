"""The nights of a platform that were closed: failed and cancelled audits and re-checks are not among them."""

import sqlalchemy as sa

from accessibility.engine.checks.rule import Profile
from accessibility.ledger.audits.models import NIGHT, Audit


def closed_nights(platform_id: int) -> sa.ColumnElement[bool]:
    """The condition under which an audit is one of them."""
    return sa.and_(Audit.platform_id == platform_id, Audit.kind == NIGHT, Audit.state == "done")


def last_number(platform_id: int) -> sa.Select[int]:
    """SELECT of the last one's number: NULL when there is none."""
    return sa.select(sa.func.max(Audit.number)).where(closed_nights(platform_id))


def last_deep_number(platform_id: int) -> sa.Select[int]:
    """The same of the last deep night: only such a night looks for everything."""
    return last_number(platform_id).where(Audit.profile == Profile.DEEP.value)
