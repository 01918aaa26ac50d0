"""Re-check now: a person asks for a few rows of the last night again, without waiting for the next one.

It is an audit of its own kind, with its rows planned from the start. All who ask while it waits join it; it begins when
no other audit of the platform runs, and a night that comes due meanwhile runs after it.
"""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.checks.rule import Profile
from accessibility.engine.page import Reason, RowState
from accessibility.ledger.audits.actions import BY_HAND, next_number
from accessibility.ledger.audits.closed_nights import last_number
from accessibility.ledger.audits.models import RECHECK, Audit, AuditRow, Page, PageInterval, url_digest
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from core import clock, trail
from core.errors import Conflict, NotFound
from core.i18n import gettext as _

MOST = 500  # rows at a time; more is a night's work
SOURCE = "re-check"
NOT_ASKED_FOR = (Reason.ROBOTS.value, Reason.ADDRESS_REFUSED.value)

RowPlace = tuple[int, str, str]  # page, role, viewport


def recheck_page(
    session: Session, platform: Platform, url: str, engines: dict[str, str], person_id: int | None, actor: str
) -> Audit:
    """Ask for a page in every role and viewport of the last night. `NotFound` for a page that was not in it."""
    page = sa.select(Page.id).where(Page.platform_id == platform.id, Page.digest == url_digest(url))
    rows = _planned(session, platform, PageInterval.page_id == page.scalar_subquery())
    if not rows:
        raise NotFound(_("There was no such page in the last night."))
    return _ask(session, platform, rows, engines, person_id, actor)


def recheck_ticket(
    session: Session, platform: Platform, ticket: Ticket, engines: dict[str, str], person_id: int | None, actor: str
) -> Audit:
    """Ask for the rows where the ticket's problem is open. `Conflict` when the last night had none of them."""
    open_there = (
        sa.select(Occurrence.id)
        .join(Component, Component.id == Occurrence.component_id)
        .where(
            Component.ticket_id == ticket.id,
            Occurrence.ended.is_(None),
            Occurrence.page_id == PageInterval.page_id,
            Occurrence.role == PageInterval.role,
            Occurrence.viewport == PageInterval.viewport,
        )
    )
    rows = _planned(session, platform, open_there.exists())
    if not rows:
        raise Conflict(_("Its problem is open on no page of the last night, so there is nothing to look at."))
    return _ask(session, platform, rows, engines, person_id, actor)


def _planned(session: Session, platform: Platform, condition: sa.ColumnElement[bool]) -> list[RowPlace]:
    """The rows of the last night that fit, by address, as far as the platform still has their role and viewport."""
    settings = recipes.settings_without_secrets(platform)
    found = session.execute(
        sa.select(PageInterval.page_id, PageInterval.role, PageInterval.viewport)
        .join(Page, Page.id == PageInterval.page_id)
        .where(
            PageInterval.platform_id == platform.id,
            PageInterval.last == last_number(platform.id).scalar_subquery(),
            PageInterval.state != RowState.EXCLUDED.value,
            PageInterval.reason.not_in(NOT_ASKED_FOR),
            PageInterval.role.in_(settings.role_names),
            PageInterval.viewport.in_([one.name for one in settings.viewports]),
            condition,
        )
        .order_by(Page.url, PageInterval.role, PageInterval.viewport)
    )
    return [(row.page_id, row.role, row.viewport) for row in found]


def _ask(
    session: Session,
    platform: Platform,
    rows: Sequence[RowPlace],
    engines: dict[str, str],
    person_id: int | None,
    actor: str,
) -> Audit:
    mine = sa.and_(Audit.platform_id == platform.id, Audit.kind == RECHECK)
    waiting = session.scalar(sa.select(Audit).where(mine, Audit.state == "queued"))
    audit = waiting or _new(session, platform, engines, person_id)
    there = _rows_of(session, audit)
    new = [row for row in rows if row not in there]
    if len(there) + len(new) > MOST:
        raise Conflict(_("A re-check looks at most at %(n)s rows at a time; the next night looks at all.", n=MOST))
    for position, (page_id, role, viewport) in enumerate(new, start=len(there)):
        values: dict[str, Any] = {"page_id": page_id, "role": role, "viewport": viewport, "position": position}
        session.add(AuditRow(audit_id=audit.id, depth=0, source=SOURCE, state=RowState.PENDING.value, **values))
    session.flush()
    if new:
        after = {"number": audit.number, "kind": RECHECK, "rows": len(new)}
        trail.record(session, actor, "audit.request", "audit", audit.id, after=after)
    return audit


def _new(session: Session, platform: Platform, engines: dict[str, str], person_id: int | None) -> Audit:
    audit = Audit(
        platform_id=platform.id,
        number=next_number(session, platform.id),
        kind=RECHECK,
        profile=Profile.DEEP.value,
        trigger=BY_HAND,
        requested_by=person_id,
        settings=recipes.as_recorded(platform),
        engines=engines,
        queued_at=clock.now(),
        waves=1,  # its rows are planned
        not_covered={},
        not_planned={},
    )
    session.add(audit)
    session.flush()
    return audit


def _rows_of(session: Session, audit: Audit) -> Collection[RowPlace]:
    found = session.execute(
        sa.select(AuditRow.page_id, AuditRow.role, AuditRow.viewport).where(AuditRow.audit_id == audit.id)
    )
    return {(row.page_id, row.role, row.viewport) for row in found}
