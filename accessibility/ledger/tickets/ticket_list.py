"""The list of tickets: filtered, sorted, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Impact
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.platforms.queries import is_among
from accessibility.ledger.sections.queries import in_section
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.rules import GROUPS, WAITING, TicketState
from core.people.access import EVERY, Platforms
from core.people.models import Person

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """What is wanted; None, "" and False want everything.

    `group` is a key of `rules.GROUPS`. The audit numbers are of one platform, so give `platform_id` with them.
    """

    platforms: Platforms = EVERY  # the platforms that may be told of
    platform_id: int | None = None
    section_id: int | None = None  # with an open place in this section
    outside_sections: bool = False  # with an open place on a page that belongs to no section; give `platform_id` too
    group: str = ""
    state: TicketState | None = None
    impact: Impact | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    rule: str = ""
    overdue_on: date | None = None  # unfinished and due before this day
    text: str = ""  # in title or rule, or the ticket's number
    opened_in: int | None = None
    reopened_in: int | None = None
    gone_in: int | None = None
    ended_in: int | None = None


class TicketSort(StrEnum):
    """What the list is sorted by; ties are broken by the ticket's id."""

    NUMBER = "number"
    IMPACT = "impact"  # worst first, then the earliest due
    DUE = "due"  # without a date last
    PAGES = "pages"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One line of the list; `assignee` is "" when nobody is assigned."""

    ticket: Ticket
    platform: Platform
    assignee: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Lines of one page, and how many there are on all pages."""

    lines: list[TicketLine]
    total: int


def ticket_list(
    session: Session,
    wanted: TicketFilter,
    sort: TicketSort = TicketSort.IMPACT,
    *,
    descending: bool = False,
    offset: int = 0,
    limit: int = PAGE_SIZE,
) -> TicketPage:
    """The tickets wanted, from `offset` on, at most `limit`."""
    condition = sa.and_(sa.true(), *_conditions(wanted))
    total = session.scalar(sa.select(sa.func.count()).select_from(Ticket).where(condition)) or 0
    found = session.execute(
        sa.select(Ticket, Platform, Person.name)
        .join(Platform, Platform.id == Ticket.platform_id)
        .outerjoin(Person, Person.id == Ticket.assignee_id)
        .where(condition)
        .order_by(*_order(sort, descending=descending))
        .offset(offset)
        .limit(limit)
    )
    return TicketPage([TicketLine(ticket, platform, name or "") for ticket, platform, name in found], total)


def lines_of(session: Session, ticket_ids: Sequence[int], among: Platforms) -> list[TicketLine]:
    """The lines of these tickets, by platform and number, as far as they may be told of."""
    found = session.execute(
        sa.select(Ticket, Platform, Person.name)
        .join(Platform, Platform.id == Ticket.platform_id)
        .outerjoin(Person, Person.id == Ticket.assignee_id)
        .where(Ticket.id.in_(ticket_ids), is_among(Ticket.platform_id, among))
        .order_by(Platform.name, Ticket.number)
    )
    return [TicketLine(ticket, platform, name or "") for ticket, platform, name in found]


def rules_of_tickets(session: Session, among: Platforms) -> list[str]:
    """Every rule that some ticket of these platforms has, for the filter."""
    query = sa.select(Ticket.rule).where(is_among(Ticket.platform_id, among))
    return list(session.scalars(query.distinct().order_by(Ticket.rule)))


def waiting_by_impact(session: Session) -> dict[int, dict[str, int]]:
    """Platform's id to how many unfinished tickets there are of each impact."""
    found = session.execute(
        sa.select(Ticket.platform_id, Ticket.impact, sa.func.count())
        .where(_is_any(WAITING))
        .group_by(Ticket.platform_id, Ticket.impact)
    )
    counts: dict[int, dict[str, int]] = {}
    for platform_id, impact, n in found:
        counts.setdefault(platform_id, {})[impact] = n
    return counts


def _conditions(wanted: TicketFilter) -> list[sa.ColumnElement[bool]]:
    equal = {
        Ticket.platform_id: wanted.platform_id,
        Ticket.state: wanted.state,
        Ticket.impact: wanted.impact,
        Ticket.assignee_id: wanted.assignee_id,
        Ticket.rule: wanted.rule or None,
        Ticket.opened_in: wanted.opened_in,
        Ticket.reopened_in: wanted.reopened_in,
        Ticket.gone_in: wanted.gone_in,
        Ticket.ended_in: wanted.ended_in,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.platforms is not EVERY:
        conditions.append(is_among(Ticket.platform_id, wanted.platforms))
    if wanted.group:
        conditions.append(_is_any(GROUPS[wanted.group]))
    if wanted.unassigned:
        conditions.append(Ticket.assignee_id.is_(None))
    if wanted.overdue_on:
        conditions.append(sa.and_(Ticket.due < wanted.overdue_on, _is_any(WAITING)))
    if wanted.section_id is not None or wanted.outside_sections:
        conditions.append(_open_in_section(wanted))
    if text := wanted.text.replace("\0", "").strip():
        conditions.append(_says(text))
    return conditions


def _open_in_section(wanted: TicketFilter) -> sa.ColumnElement[bool]:
    there = in_section(wanted.platform_id or 0, wanted.section_id, Occurrence.page_id)
    places = sa.select(Component.ticket_id).join(Occurrence, Occurrence.component_id == Component.id)
    return Ticket.id.in_(places.where(Occurrence.ended.is_(None), Component.ticket_id.is_not(None), there))


def _is_any(states: frozenset[TicketState]) -> sa.ColumnElement[bool]:
    return Ticket.state.in_(sorted(state.value for state in states))


def _says(text: str) -> sa.ColumnElement[bool]:
    said = sa.or_(Ticket.title.icontains(text, autoescape=True), Ticket.rule.icontains(text, autoescape=True))
    number = text.removeprefix("#")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return sa.or_(said, Ticket.number == int(number)) if is_number else said


def _order(sort: TicketSort, *, descending: bool) -> list[sa.ColumnElement[Any]]:
    columns: dict[TicketSort, list[sa.ColumnElement[Any]]] = {
        TicketSort.NUMBER: [Ticket.number.expression],
        TicketSort.IMPACT: [Ticket.impact_rank.expression, Ticket.due.expression],
        TicketSort.DUE: [Ticket.due.expression],
        TicketSort.PAGES: [Ticket.pages.expression],
        TicketSort.UPDATED: [Ticket.updated_at.expression],
    }
    turned = [column.desc() if descending else column.asc() for column in (*columns[sort], Ticket.id.expression)]
    without_date_last = [Ticket.due.is_(None)] if sort is TicketSort.DUE else []
    return [*without_date_last, *turned]
