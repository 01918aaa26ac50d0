"""What operators ask of the ledger: how long the queues are, how the last nights went, what failed and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import NIGHT, Audit
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait and run, and since when the one that waits longest does."""

    waiting: int
    running: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Work:
    """An audit or a gate that a worker holds. `number` is an audit's of its platform, or a gate's own."""

    worker: str
    kind: Literal["audit", "gate"]
    slug: str
    platform: str
    number: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Night:
    """A night that ended. `not_covered` and `not_planned`: reason → rows; `held` says why it changed no ticket."""

    slug: str
    platform: str
    number: int
    state: str
    queued_at: datetime
    started_at: datetime
    ended_at: datetime
    planned: int
    audited: int
    not_covered: Mapping[str, int]
    not_planned: Mapping[str, int]
    held: str
    error: str

    @property
    def seconds(self) -> float:
        """From its beginning to its end, also where several workers had it in turn."""
        return max(0.0, (self.ended_at - self.started_at).total_seconds())

    @property
    def waited(self) -> float:
        """Seconds from being asked for to its beginning."""
        return max(0.0, (self.started_at - self.queued_at).total_seconds())

    @property
    def visited(self) -> int:
        """Rows that took time: audited or tried."""
        return max(self.planned, self.audited)


def queue(session: Session, table: type[Audit] | type[Gate]) -> Queue:
    """How the queue of audits or of gates stands."""
    waits = table.state == "queued"
    row = session.execute(
        sa.select(
            sa.func.count().filter(waits),
            sa.func.count().filter(table.state == "running"),
            sa.func.min(table.queued_at).filter(waits),
        ).where(table.state.in_(("queued", "running")))
    ).one()
    return Queue(*row)


def work(session: Session) -> list[Work]:
    """Everything that workers hold, living or lost."""
    audits: sa.Select[*tuple[Any, ...]] = (
        sa.select(Audit.lease_owner, sa.literal("audit"), Platform.slug, Platform.name, Audit.number, Audit.taken_at)
        .join(Platform, Platform.id == Audit.platform_id)
        .where(Audit.state == "running")
    )
    gates: sa.Select[*tuple[Any, ...]] = (
        sa.select(Gate.lease_owner, sa.literal("gate"), Platform.slug, Platform.name, Gate.id, Gate.started_at)
        .join(Platform, Platform.id == Gate.platform_id)
        .where(Gate.state == "running")
    )
    return [Work(*row) for query in (audits, gates) for row in session.execute(query)]


def ended_audits(session: Session) -> list[tuple[str, str, str, str, int]]:
    """Platform, kind, end state, and why nothing was judged ("" when it was): how many audits ever ended so."""
    columns = (Platform.slug, Audit.kind, Audit.state, Audit.held)
    query = sa.select(*columns, sa.func.count()).join(Platform, Platform.id == Audit.platform_id)
    return [
        (row[0], row[1], row[2], row[3], row[4])
        for row in session.execute(query.where(Audit.ended_at.is_not(None)).group_by(*columns).order_by(*columns))
    ]


def ended_gates(session: Session) -> list[tuple[str, str, int]]:
    """Platform and verdict: how many gates ever ended so. One that could not run is inconclusive."""
    columns = (Platform.slug, Gate.verdict)
    query = sa.select(*columns, sa.func.count()).join(Platform, Platform.id == Gate.platform_id)
    return [
        (row[0], row[1], row[2])
        for row in session.execute(query.where(Gate.ended_at.is_not(None)).group_by(*columns).order_by(*columns))
    ]


def tickets_by_state(session: Session) -> list[tuple[str, str, int]]:
    """Platform, state, how many tickets."""
    columns = (Platform.slug, Ticket.state)
    query = sa.select(*columns, sa.func.count()).join(Platform, Platform.id == Ticket.platform_id)
    return [(row[0], row[1], row[2]) for row in session.execute(query.group_by(*columns).order_by(*columns))]


def last_nights(session: Session) -> list[Night]:
    """The last closed night of every active platform that has one."""
    last = (
        sa.select(sa.func.max(Audit.number).label("number"), Audit.platform_id)
        .where(Audit.kind == NIGHT, Audit.state == "done")
        .group_by(Audit.platform_id)
        .subquery()
    )
    mine = sa.and_(last.c.platform_id == Audit.platform_id, last.c.number == Audit.number)
    return _nights(session, _night_columns().join(last, mine).where(Platform.active))


def nights_since(session: Session, since: datetime) -> list[Night]:
    """Nights that began and ended since the instant, however they ended, the oldest first."""
    wanted = sa.and_(Audit.kind == NIGHT, Audit.ended_at >= since)
    return _nights(session, _night_columns().where(wanted))


def gates_that_did_not_run(session: Session, since: datetime) -> Counter[str]:
    """Platform → gates that failed to run since the instant."""
    query = sa.select(Platform.slug, sa.func.count()).join(Gate, Gate.platform_id == Platform.id)
    wanted = sa.and_(Gate.state == "failed", Gate.ended_at >= since)
    return Counter({row[0]: row[1] for row in session.execute(query.where(wanted).group_by(Platform.slug))})


def _night_columns() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        Platform.slug,
        Platform.name,
        Audit.number,
        Audit.state,
        Audit.queued_at,
        Audit.started_at,
        Audit.ended_at,
        Audit.planned,
        Audit.audited,
        Audit.not_covered,
        Audit.not_planned,
        Audit.held,
        Audit.error,
    ).join(Platform, Platform.id == Audit.platform_id)


def _nights(session: Session, query: sa.Select[*tuple[Any, ...]]) -> list[Night]:
    """Those that began: an audit that was failed or cancelled while it waited took no time."""
    began = query.where(Audit.started_at.is_not(None), Audit.ended_at.is_not(None))
    return [Night(*row) for row in session.execute(began.order_by(Audit.ended_at, Audit.id))]
