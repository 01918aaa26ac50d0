"""Every SELECT on sections. Where a section's number is asked for or given, None stands for "everything else"."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.engine.page import RowState
from accessibility.ledger.audits import closed_nights
from accessibility.ledger.audits.models import Audit, Page, PageInterval
from accessibility.ledger.audits.queries import NightPoint
from accessibility.ledger.sections.models import Section, SectionNight, SectionPage
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.rules import WAITING
from accessibility.ledger.tickets.standing import is_failure, waits_for_review
from core.errors import NotFound
from core.i18n import gettext as _
from core.people.models import Person

PAGE_SIZE = 50
NIGHTS = 365


@dataclass(frozen=True, slots=True)
class TicketCounts:
    """Tickets with an open place in a section: unfinished ones, late ones, and those an audit opened or reopened."""

    waiting: int = 0
    overdue: int = 0
    new: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class ProblemCounts:
    """Components that fail in a section, and those that wait for a decision."""

    failed: int = 0
    review: int = 0


NO_TICKETS = TicketCounts()
NO_PROBLEMS = ProblemCounts()


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section as it stands; `section` is None for everything else. `owner` is "" for nobody.

    `pages` are those of the platform's last closed audit. `night` is its last night, `score_before` the score of the
    one before that had one.
    """

    section: Section | None
    owner: str
    pages: int
    tickets: TicketCounts
    night: SectionNight | None
    score_before: float | None


def find(session: Session, platform_id: int, slug: str) -> Section | None:
    """The platform's section of this slug."""
    return session.scalar(sa.select(Section).where(Section.platform_id == platform_id, Section.slug == slug))


def get(session: Session, platform_id: int, slug: str) -> Section:
    """The same. Raises `NotFound`."""
    section = find(session, platform_id, slug)
    if section is None:
        raise NotFound(_("There is no such section."))
    return section


def sections_of(session: Session, platform_id: int) -> list[Section]:
    """A platform's sections, by name."""
    mine = sa.select(Section).where(Section.platform_id == platform_id)
    return list(session.scalars(mine.order_by(Section.name, Section.id)))


def platforms_with_sections(session: Session) -> set[int]:
    """Numbers of the platforms that have any."""
    return set(session.scalars(sa.select(Section.platform_id).distinct()))


def overview(session: Session, platform_id: int, today: date) -> list[SectionLine]:
    """Every section of a platform by name, everything else last: a fixed number of statements for all of them."""
    owners = sa.select(Section, Person.name).outerjoin(Person, Person.id == Section.owner_id)
    mine = owners.where(Section.platform_id == platform_id).order_by(Section.name, Section.id)
    pages = _page_counts(session, platform_id)
    tickets = ticket_counts(session, platform_id, today, closed_nights.last_number(platform_id).scalar_subquery())
    nights = _last_nights(session, platform_id)
    found: list[tuple[Section | None, str]] = [(section, name or "") for section, name in session.execute(mine)]
    return [
        SectionLine(section, owner, pages.get(key, 0), tickets.get(key, NO_TICKETS), *nights.get(key, (None, None)))
        for section, owner in (*found, (None, ""))
        for key in [section.id if section else None]
    ]


def line_of(session: Session, platform_id: int, section: Section | None, today: date) -> SectionLine:
    """One line of the overview."""
    return next(line for line in overview(session, platform_id, today) if line.section is section)


def last_number(session: Session, platform_id: int) -> int:
    """Number of the platform's last closed night, 0 when there is none."""
    return session.scalar(closed_nights.last_number(platform_id)) or 0


def ticket_counts(
    session: Session, platform_id: int, today: date, number: int | sa.ScalarSelect[int]
) -> dict[int | None, TicketCounts]:
    """Section's number to its tickets; `number` is the audit of which new and reopened ones are told."""
    places = (
        sa.select(SectionPage.section_id, Component.ticket_id)
        .select_from(Occurrence)
        .join(Component, Component.id == Occurrence.component_id)
        .outerjoin(SectionPage, SectionPage.page_id == Occurrence.page_id)
        .where(Occurrence.platform_id == platform_id, Occurrence.ended.is_(None), Component.ticket_id.is_not(None))
        .distinct()
        .subquery()
    )
    one = sa.func.count
    found = session.execute(
        sa.select(
            places.c.section_id,
            one(),
            one().filter(Ticket.due < today),
            one().filter(Ticket.opened_in == number),
            one().filter(Ticket.reopened_in == number, Ticket.opened_in != number),
        )
        .join(Ticket, Ticket.id == places.c.ticket_id)
        .where(Ticket.state.in_(sorted(state.value for state in WAITING)))
        .group_by(places.c.section_id)
    )
    return {section_id: TicketCounts(*counts) for section_id, *counts in found}


def problem_counts(session: Session, platform_id: int) -> dict[int | None, ProblemCounts]:
    """Section's number to the components that are open there."""
    waiting = sa.select(Component.id).where(waits_for_review(), Component.platform_id == platform_id)
    ids = set(session.scalars(waiting))
    open_there = (
        sa.select(SectionPage.section_id, Component.id, sa.func.max(sa.case((is_failure(), 1), else_=0)))
        .select_from(Occurrence)
        .join(Component, Component.id == Occurrence.component_id)
        .outerjoin(SectionPage, SectionPage.page_id == Occurrence.page_id)
        .where(Occurrence.platform_id == platform_id, Occurrence.ended.is_(None))
        .group_by(SectionPage.section_id, Component.id)
    )
    counts: dict[int | None, list[int]] = {}
    for section_id, component_id, fails in session.execute(open_there):
        count = counts.setdefault(section_id, [0, 0])
        count[0] += fails
        count[1] += component_id in ids
    return {section_id: ProblemCounts(*count) for section_id, count in counts.items()}


def pages_of(
    session: Session, platform_id: int, section_id: int | None, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[Page], int]:
    """The section's pages in the platform's last closed audit by address, and how many there are in all."""
    there = _present(platform_id)
    mine = sa.select(Page).where(Page.id.in_(there), in_section(platform_id, section_id, Page.id))
    total = session.scalar(mine.with_only_columns(sa.func.count())) or 0
    return list(session.scalars(mine.order_by(Page.url, Page.id).offset(offset).limit(limit))), total


def series(session: Session, platform_id: int, section_id: int | None, nights: int = NIGHTS) -> list[NightPoint]:
    """The section's last nights, oldest first, for a chart and its table."""
    found = session.execute(
        sa.select(SectionNight, Audit.number, Audit.ended_at)
        .join(Audit, Audit.id == SectionNight.audit_id)
        .where(SectionNight.platform_id == platform_id, _is(SectionNight.section_id, section_id))
        .order_by(Audit.number.desc())
        .limit(nights)
    ).all()
    return [
        NightPoint(
            night.audit_id,
            number,
            ended_at,
            night.score,
            night.failed,
            night.audited / night.planned if night.planned else 0.0,
            night.worst_tenth,
            night.review,
        )
        for night, number, ended_at in reversed(found)
        if ended_at is not None
    ]


def in_section(
    platform_id: int, section_id: int | None, page_id: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]
) -> sa.ColumnElement[bool]:
    """Whether a page belongs to the section, or to none of the platform's."""
    if section_id is not None:
        return page_id.in_(sa.select(SectionPage.page_id).where(SectionPage.section_id == section_id))
    of_any = sa.select(SectionPage.page_id).join(Section, Section.id == SectionPage.section_id)
    return page_id.not_in(of_any.where(Section.platform_id == platform_id))


def _is(column: sa.orm.InstrumentedAttribute[int | None], value: int | None) -> sa.ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _present(platform_id: int) -> sa.Select[int]:
    """Pages of the last closed audit; those that turned out to be none are not meant."""
    return (
        sa.select(PageInterval.page_id)
        .where(
            PageInterval.platform_id == platform_id,
            PageInterval.last == closed_nights.last_number(platform_id).scalar_subquery(),
            PageInterval.state != RowState.EXCLUDED.value,
        )
        .distinct()
    )


def _page_counts(session: Session, platform_id: int) -> dict[int | None, int]:
    there = _present(platform_id).subquery()
    found = session.execute(
        sa.select(SectionPage.section_id, sa.func.count().label("pages"))
        .outerjoin_from(there, SectionPage, SectionPage.page_id == there.c.page_id)
        .group_by(SectionPage.section_id)
    )
    return {row.section_id: row.pages for row in found}


def _last_nights(session: Session, platform_id: int) -> dict[int | None, tuple[SectionNight, float | None]]:
    """Section's number to its row of the last closed audit, and the score before it."""
    last = sa.select(sa.func.max(SectionNight.audit_id)).where(SectionNight.platform_id == platform_id)
    earlier = aliased(SectionNight)
    same = sa.or_(
        earlier.section_id == SectionNight.section_id,
        sa.and_(earlier.section_id.is_(None), SectionNight.section_id.is_(None)),
    )
    before = (
        sa.select(earlier.score)
        .where(
            earlier.platform_id == platform_id,
            same,
            earlier.audit_id < SectionNight.audit_id,
            earlier.score.is_not(None),
        )
        .order_by(earlier.audit_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    mine = sa.select(SectionNight, before).where(SectionNight.audit_id == last.scalar_subquery())
    return {night.section_id: (night, score) for night, score in session.execute(mine)}
