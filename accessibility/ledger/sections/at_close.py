"""At an audit's end: how every section of the platform stands, by the same formula as the platform."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.page import RowState
from accessibility.engine.score import SCORE_VERSION, Coverage, PageFigures, coverage_of, score_of
from accessibility.ledger.audits.models import Audit, AuditRow
from accessibility.ledger.audits.rules import Held
from accessibility.ledger.sections import queries
from accessibility.ledger.sections.belonging import place_new_pages
from accessibility.ledger.sections.models import Section, SectionNight, SectionPage
from accessibility.ledger.tickets.closing import Closing
from core.i18n import today

NOBODYS = None  # stands for the pages that belong to no section


def store_section_nights(
    session: Session, audit: Audit, closing: Closing, pages: Mapping[int, PageFigures], floor: float
) -> None:
    """One row a section, and one for everything else. `pages` are the figures of the audit's pages by their number.

    A section has a score where its own coverage reaches the platform's floor (a share, 0 to 1) and the night was not
    held. A platform without sections has no rows.
    """
    place_new_pages(session, closing)
    ids = list(session.scalars(sa.select(Section.id).where(Section.platform_id == audit.platform_id)))
    if not ids:
        return
    covered = _coverage(session, audit)
    members = _members(session, audit, pages)
    counts = queries.ticket_counts(session, audit.platform_id, today(), audit.number)
    problems = queries.problem_counts(session, audit.platform_id)
    nothing = coverage_of({})
    for section_id in (*ids, NOBODYS):
        coverage = covered.get(section_id, nothing)
        tickets = counts.get(section_id, queries.NO_TICKETS)
        found = problems.get(section_id, queries.NO_PROBLEMS)
        night = SectionNight(
            platform_id=audit.platform_id,
            section_id=section_id,
            audit_id=audit.id,
            planned=coverage.planned,
            audited=coverage.audited,
            floor_met=coverage.meets(floor),
            failed=found.failed,
            review=found.review,
            waiting=tickets.waiting,
            overdue=tickets.overdue,
            new=tickets.new,
            reopened=tickets.reopened,
        )
        if night.floor_met and audit.held == Held.NO:
            result = score_of(members[section_id])
            night.score, night.score_version = result.value, SCORE_VERSION
            night.worst_tenth, night.clean_share = result.worst_tenth, result.clean_share
        session.add(night)


def _coverage(session: Session, audit: Audit) -> dict[int | None, Coverage]:
    found = session.execute(
        sa.select(SectionPage.section_id, AuditRow.state, AuditRow.reason, sa.func.count())
        .outerjoin_from(AuditRow, SectionPage, SectionPage.page_id == AuditRow.page_id)
        .where(AuditRow.audit_id == audit.id)
        .group_by(SectionPage.section_id, AuditRow.state, AuditRow.reason)
    )
    counts: dict[int | None, Counter[tuple[RowState, str]]] = defaultdict(Counter)
    for section_id, state, reason, rows in found:
        counts[section_id][(RowState(state), reason)] += rows
    return {section_id: coverage_of(count) for section_id, count in counts.items()}


def _members(session: Session, audit: Audit, pages: Mapping[int, PageFigures]) -> dict[int | None, list[PageFigures]]:
    """The figures of each section's pages, in order of the pages' numbers, so that a sum is the same every time."""
    belonging = (
        sa.select(SectionPage.page_id, SectionPage.section_id)
        .join(Section, Section.id == SectionPage.section_id)
        .where(Section.platform_id == audit.platform_id)
        .order_by(SectionPage.page_id)
    )
    members: dict[int | None, list[PageFigures]] = defaultdict(list)
    placed = set()
    for page_id, section_id in session.execute(belonging):
        if page_id in pages:
            members[section_id].append(pages[page_id])
            placed.add(page_id)
    members[NOBODYS] = [figures for page_id, figures in sorted(pages.items()) if page_id not in placed]
    return members
