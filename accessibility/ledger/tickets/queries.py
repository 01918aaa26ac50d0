"""What is shown of one ticket, and of what waits for a person's review."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.audits.models import Page
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.platforms.queries import is_among
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket, TicketEvent
from accessibility.ledger.tickets.rules import EXCEPTIONS
from accessibility.ledger.tickets.standing import waits_for_review
from core.errors import NotFound
from core.i18n import gettext as _
from core.people.access import Platforms
from core.people.models import Person

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with its platform and its assignee's name ("" for nobody); its components come with it.

    `example` is the finding shown: that of the component seen last, as JSON. `evidence` is the sha256 of a picture.
    """

    ticket: Ticket
    platform: Platform
    assignee: str
    components: list[Component]

    @property
    def example(self) -> Component:
        """The newest component."""
        return self.components[-1]

    @property
    def evidence(self) -> str:
        """The newest picture, "" when there is none."""
        return next((component.evidence for component in reversed(self.components) if component.evidence), "")


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """A page and the ticket's open occurrences there."""

    page: Page
    occurrences: list[Occurrence]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the history; `person` is "" for an audit or the clock."""

    event: TicketEvent
    person: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A component that waits for a decision, and on how many pages it is."""

    component: Component
    platform: Platform
    pages: int


def ticket_view(session: Session, ticket_id: int) -> TicketView:
    """One ticket. `NotFound` when there is none."""
    found = session.execute(
        sa.select(Ticket, Platform, Person.name)
        .join(Platform, Platform.id == Ticket.platform_id)
        .outerjoin(Person, Person.id == Ticket.assignee_id)
        .where(Ticket.id == ticket_id)
    ).one_or_none()
    if found is None:
        raise NotFound(_("There is no such ticket."))
    ticket, platform, assignee = found
    return TicketView(ticket, platform, assignee or "", list(ticket.components))


def ticket_by_number(session: Session, platform_id: int, number: int) -> Ticket:
    """One ticket of a platform. `NotFound` when there is none."""
    found = session.scalar(sa.select(Ticket).where(Ticket.platform_id == platform_id, Ticket.number == number))
    if found is None:
        raise NotFound(_("There is no such ticket."))
    return found


def components_of(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[Component]]:
    """Ticket's id to its components, the newest last, in one statement for all."""
    query = sa.select(Component).where(Component.ticket_id.in_(ticket_ids)).order_by(Component.id)
    found: dict[int, list[Component]] = {}
    for component in session.scalars(query):
        found.setdefault(component.ticket_id or 0, []).append(component)
    return found


def ticket_places(
    session: Session, ticket_id: int, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[PagePlaces], int]:
    """Pages on which the ticket's problem is still open, by address, and how many there are in all."""
    return _places(session, Component.ticket_id == ticket_id, offset, limit)


def component_places(
    session: Session, component_id: int, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[PagePlaces], int]:
    """The same for one component, such as one that waits for review."""
    return _places(session, Component.id == component_id, offset, limit)


def _places(session: Session, which: sa.ColumnElement[bool], offset: int, limit: int) -> tuple[list[PagePlaces], int]:
    mine = _open_occurrences().where(which)
    total = session.scalar(mine.with_only_columns(sa.func.count(sa.distinct(Occurrence.page_id)))) or 0
    ids = mine.with_only_columns(Occurrence.page_id)
    pages = list(
        session.scalars(sa.select(Page).where(Page.id.in_(ids)).order_by(Page.url, Page.id).offset(offset).limit(limit))
    )
    shown = mine.where(Occurrence.page_id.in_([page.id for page in pages]))
    by_page: dict[int, list[Occurrence]] = {page.id: [] for page in pages}
    for occurrence in session.scalars(shown.order_by(Occurrence.role, Occurrence.viewport, Occurrence.state)):
        by_page[occurrence.page_id].append(occurrence)
    return [PagePlaces(page, by_page[page.id]) for page in pages], total


def ticket_history(session: Session, ticket_id: int) -> list[HistoryLine]:
    """Everything that happened to the ticket, newest first."""
    return [HistoryLine(event, name or "") for event, name in session.execute(_history(ticket_id))]


def history_part(
    session: Session, ticket_id: int, *, kind: str = "", offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[HistoryLine], int]:
    """The same in parts, of one kind or of all, and how many lines there are in all."""
    lines = _history(ticket_id).where(TicketEvent.kind == kind if kind else sa.true())
    total = session.scalar(lines.with_only_columns(sa.func.count()).order_by(None)) or 0
    found = session.execute(lines.offset(offset).limit(limit))
    return [HistoryLine(event, name or "") for event, name in found], total


def _history(ticket_id: int) -> sa.Select[TicketEvent, str | None]:
    lines = sa.select(TicketEvent, Person.name).outerjoin(Person, Person.id == TicketEvent.person_id)
    return lines.where(TicketEvent.ticket_id == ticket_id).order_by(TicketEvent.id.desc())


def review_list(
    session: Session, among: Platforms, platform_id: int | None = None, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[ReviewLine], int]:
    """What needs review and waits for a decision, the most widespread first, and how much there is in all: of the
    platforms that may be told of, or of one."""
    waiting = sa.and_(waits_for_review(), is_among(Component.platform_id, among))
    if platform_id is not None:
        waiting = sa.and_(waiting, Component.platform_id == platform_id)
    total = session.scalar(sa.select(sa.func.count()).select_from(Component).where(waiting)) or 0
    pages = (
        sa.select(sa.func.count(sa.distinct(Occurrence.page_id)))
        .where(Occurrence.component_id == Component.id, Occurrence.ended.is_(None))
        .scalar_subquery()
    )
    found = session.execute(
        sa.select(Component, Platform, pages.label("pages"))
        .join(Platform, Platform.id == Component.platform_id)
        .where(waiting)
        .order_by(sa.desc("pages"), Component.id)
        .offset(offset)
        .limit(limit)
    )
    return [ReviewLine(component, platform, n) for component, platform, n in found], total


def component(session: Session, component_id: int) -> Component:
    """One component. `NotFound` when there is none."""
    found = session.get(Component, component_id)
    if found is None:
        raise NotFound(_("There is no such problem."))
    return found


def is_evidence(session: Session, sha256: str, among: Platforms) -> bool:
    """Whether who may be told of these platforms may see this picture: where it is of one of their problems."""
    if among is None:
        return True
    of_theirs = sa.select(Component.id).where(Component.evidence == sha256, is_among(Component.platform_id, among))
    return session.scalar(of_theirs.limit(1)) is not None


def excepted_keys(session: Session, platform_id: int) -> set[str]:
    """Keys of the components whose ticket has an exception now: a gate does not fail on them."""
    excepted = Ticket.state.in_([state.value for state in EXCEPTIONS])
    mine = sa.select(Component.key).join(Ticket, Ticket.id == Component.ticket_id)
    return set(session.scalars(mine.where(Ticket.platform_id == platform_id, excepted)))


def _open_occurrences() -> sa.Select[Occurrence]:
    joined = sa.select(Occurrence).join(Component, Component.id == Occurrence.component_id)
    return joined.where(Occurrence.ended.is_(None))
