"""Which pages belong to a section: found when the section is saved, and for new pages when an audit ends."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.ledger.audits.models import AuditRow, Page, PageInterval
from accessibility.ledger.insert import insert_into
from accessibility.ledger.sections.models import Section, SectionPage
from accessibility.ledger.sections.patterns import Belonging
from accessibility.ledger.tickets.closing import Closing

CHUNK = 1000


def find_pages(session: Session, platform_id: int, sections: Sequence[Section]) -> None:
    """Find the pages of these sections anew, among all that the platform ever had."""
    ids = [section.id for section in sections]
    session.execute(sa.delete(SectionPage).where(SectionPage.section_id.in_(ids)))
    _add(session, sections, sa.select(Page.id, Page.url).where(Page.platform_id == platform_id))


def place_new_pages(session: Session, closing: Closing) -> None:
    """Put the pages that this audit met for the first time into their sections. Its intervals must be there."""
    sections = list(session.scalars(sa.select(Section).where(Section.platform_id == closing.platform_id)))
    if not sections:
        return
    earlier = aliased(PageInterval)
    known = sa.select(earlier.id).where(earlier.page_id == Page.id, earlier.first < closing.number)
    met = sa.select(AuditRow.page_id).where(AuditRow.audit_id == closing.audit_id)
    _add(session, sections, sa.select(Page.id, Page.url).where(Page.id.in_(met), ~known.exists()))


def _add(session: Session, sections: Iterable[Section], pages: sa.Select[int, str]) -> None:
    belonging = Belonging((section.id, section.patterns) for section in sections)
    found = [
        {"section_id": section_id, "page_id": page_id}
        for page_id, url in session.execute(pages)
        for section_id in sorted(belonging.sections_of(url))
    ]
    for start in range(0, len(found), CHUNK):
        session.execute(insert_into(session, SectionPage).on_conflict_do_nothing(), found[start : start + CHUNK])
