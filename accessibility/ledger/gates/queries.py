"""Every SELECT on gates."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.gates.models import Gate
from core.errors import NotFound
from core.i18n import gettext as _

UNFINISHED = ("queued", "running")
PAGE_SIZE = 50


def get(session: Session, gate_id: int) -> Gate:
    """One gate. Raises `NotFound`."""
    gate = session.get(Gate, gate_id)
    if gate is None:
        raise NotFound(_("There is no such gate."))
    return gate


def of_platform(session: Session, platform_id: int, gate_id: int) -> Gate:
    """One gate of this platform. Raises `NotFound`."""
    gate = get(session, gate_id)
    if gate.platform_id != platform_id:
        raise NotFound(_("There is no such gate."))
    return gate


def unfinished(session: Session) -> list[Gate]:
    """Gates that wait or run, the oldest first."""
    return list(session.scalars(sa.select(Gate).where(Gate.state.in_(UNFINISHED)).order_by(Gate.queued_at, Gate.id)))


def waiting_of(session: Session, platform_id: int) -> int:
    """How many gates of a platform wait or run."""
    mine = sa.select(sa.func.count()).where(Gate.platform_id == platform_id, Gate.state.in_(UNFINISHED))
    return session.scalar(mine.select_from(Gate)) or 0


def gates_of(session: Session, platform_id: int, *, limit: int = PAGE_SIZE) -> list[Gate]:
    """The platform's last gates, the newest first."""
    mine = sa.select(Gate).where(Gate.platform_id == platform_id)
    return list(session.scalars(mine.order_by(Gate.id.desc()).limit(limit)))
