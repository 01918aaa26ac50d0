"""What a platform's open occurrences say of its tickets, in one statement for all of them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.engine.finding import Impact, Outcome
from accessibility.ledger.tickets.closing import Closing
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.rules import ENDED, WAITING


@dataclass(frozen=True, slots=True)
class Standing:
    """Open occurrences of a ticket.

    `elements`: of each page those of the row that has most, summed. `clean_places` have been audited without it once.
    `worst_rank` is the impact rank of what was seen in this audit, None when nothing was.
    """

    pages: int = 0
    elements: int = 0
    open_places: int = 0
    clean_places: int = 0
    worst_rank: int | None = None

    @property
    def seen(self) -> bool:
        """Failed somewhere in this audit."""
        return self.worst_rank is not None

    @property
    def unseen_everywhere(self) -> bool:
        """No place is left where it was seen last, or that was not audited since."""
        return self.open_places == self.clean_places


def is_failure() -> sa.ColumnElement[bool]:
    """An occurrence that counts as a failure: it failed, or a person confirmed what needed review."""
    return sa.or_(Occurrence.outcome == Outcome.FAILED.value, Component.decision == "confirmed")


def standings(session: Session, platform_id: int, number: int, *, ticket_id: int | None = None) -> dict[int, Standing]:
    """Ticket's id to its standing after audit `number`. A ticket without an open occurrence has no entry."""
    wanted = Component.ticket_id.is_not(None) if ticket_id is None else Component.ticket_id == ticket_id
    rank = sa.case({impact.value: impact.rank for impact in Impact}, value=Component.impact)
    seen = sa.and_(Occurrence.last == number, is_failure())
    per_row = (
        sa.select(
            Component.ticket_id,
            Occurrence.page_id,
            sa.func.sum(Occurrence.count).label("elements"),
            sa.func.count().label("places"),
            sa.func.count(Occurrence.clean).label("clean"),
            sa.func.min(sa.case((seen, rank))).label("worst"),
        )
        .join(Component, Component.id == Occurrence.component_id)
        .where(Occurrence.platform_id == platform_id, Occurrence.ended.is_(None), wanted)
        .group_by(Component.ticket_id, Occurrence.page_id, Occurrence.role, Occurrence.viewport)
        .subquery()
    )
    per_page = (
        sa.select(
            per_row.c.ticket_id,
            sa.func.max(per_row.c.elements).label("elements"),
            sa.func.sum(per_row.c.places).label("places"),
            sa.func.sum(per_row.c.clean).label("clean"),
            sa.func.min(per_row.c.worst).label("worst"),
        )
        .group_by(per_row.c.ticket_id, per_row.c.page_id)
        .subquery()
    )
    per_ticket = sa.select(
        per_page.c.ticket_id,
        sa.func.count().label("pages"),
        sa.func.sum(per_page.c.elements).label("elements"),
        sa.func.sum(per_page.c.places).label("places"),
        sa.func.sum(per_page.c.clean).label("clean"),
        sa.func.min(per_page.c.worst).label("worst"),
    ).group_by(per_page.c.ticket_id)
    return {
        row.ticket_id: Standing(row.pages, int(row.elements), int(row.places), int(row.clean), row.worst)
        for row in session.execute(per_ticket)
    }


def store_counts(session: Session, platform_id: int, standing: dict[int, Standing]) -> None:
    """Pages and elements are figures, not steps: they make no history and no new version of a ticket."""
    known = sa.select(Ticket.id, Ticket.pages, Ticket.elements).where(Ticket.platform_id == platform_id)
    stored = {row.id: (row.pages, row.elements) for row in session.execute(known)}
    changed = [
        {"ticket": ticket_id, "new_pages": places.pages, "new_elements": places.elements}
        for ticket_id, places in standing.items()
        if stored[ticket_id] != (places.pages, places.elements)
    ]
    if changed:
        one = sa.update(Ticket).where(Ticket.id == sa.bindparam("ticket"))
        statement = one.values(pages=sa.bindparam("new_pages"), elements=sa.bindparam("new_elements"))
        session.connection().execute(statement, changed)


@dataclass(frozen=True, slots=True)
class Ending:
    """Places of a ticket that ended since it lives: proven clean, or their page gone."""

    proven_places: int
    gone_places: int


def endings(session: Session, closing: Closing) -> dict[int, Ending]:
    """The same for unfinished tickets of which no occurrence is open. Moved occurrences prove nothing."""
    other, of_ticket = aliased(Occurrence), aliased(Component)
    still_open = (
        sa.select(other.id)
        .join(of_ticket, of_ticket.id == other.component_id)
        .where(of_ticket.ticket_id == Ticket.id, other.ended.is_(None))
        .correlate(Ticket)
    )
    gone = sa.func.sum(sa.case((Occurrence.page_gone, 1), else_=0))
    found = session.execute(
        sa.select(Ticket.id, sa.func.count().label("places"), gone.label("gone"))
        .join(Component, Component.ticket_id == Ticket.id)
        .join(Occurrence, Occurrence.component_id == Component.id)
        .where(
            Ticket.platform_id == closing.platform_id,
            Ticket.state.in_([state.value for state in WAITING]),
            Occurrence.ended > Ticket.alive_since,
            ~Occurrence.moved,
            ~still_open.exists(),
        )
        .group_by(Ticket.id)
    )
    return {row.id: Ending(row.places - int(row.gone), int(row.gone)) for row in found}


def failed_components(session: Session, platform_id: int) -> int:
    """How many components have an open failure."""
    failures = (
        sa.select(sa.func.count(sa.distinct(Component.id)))
        .join(Occurrence, Occurrence.component_id == Component.id)
        .where(Occurrence.platform_id == platform_id, Occurrence.ended.is_(None), is_failure())
    )
    return session.scalar(failures) or 0


def waits_for_review() -> sa.ColumnElement[bool]:
    """Components that need review somewhere, fail nowhere, and that nobody decided on."""
    mine = sa.and_(Occurrence.component_id == Component.id, Occurrence.ended.is_(None))
    failed = sa.select(Occurrence.id).where(mine, Occurrence.outcome == Outcome.FAILED.value)
    review = sa.select(Occurrence.id).where(mine, Occurrence.outcome == Outcome.NEEDS_REVIEW.value)
    unfinished = sa.select(Ticket.id).where(
        Ticket.id == Component.ticket_id, Ticket.state.not_in([state.value for state in ENDED])
    )
    return sa.and_(Component.decision == "", review.exists(), ~failed.exists(), ~unfinished.exists())


def review_components(session: Session, platform_id: int) -> int:
    """How many components wait for a person's decision."""
    waiting = sa.select(sa.func.count()).where(Component.platform_id == platform_id, waits_for_review())
    return session.scalar(waiting.select_from(Component)) or 0
