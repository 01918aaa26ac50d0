"""Every SELECT on shared components. Children are tickets that belong to one now: not separated, platform shares."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.engine.finding import Impact
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.platforms.queries import shares
from accessibility.ledger.shared.models import SharedChild, SharedComponent, SharedEvent
from accessibility.ledger.shared.rules import GROUPS, Child, SharedState, Together, together
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket
from accessibility.ledger.tickets.rules import WAITING, TicketState
from core.errors import NotFound
from core.i18n import gettext as _
from core.people.models import Person

PAGE_SIZE = 50
IMPACTS = list(Impact)


@dataclass(frozen=True, slots=True)
class SharedFilter:
    """What is wanted; "" and None want everything. `group` is a key of `rules.GROUPS`."""

    group: str = ""
    state: SharedState | None = None
    impact: Impact | None = None
    platform_id: int | None = None  # with a child of this platform


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A shared component as its children make it; `assignee` is "" for nobody."""

    shared: SharedComponent
    assignee: str
    together: Together


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One platform's ticket. `first_seen` and `last_seen` say when the audits ended that saw it first and last."""

    ticket: Ticket
    platform: Platform
    assignee: str
    separated_at: datetime | None
    first_seen: datetime | None
    last_seen: datetime | None

    @property
    def sharing(self) -> bool:
        """Whether it counts as a child now."""
        return self.separated_at is None and self.platform.settings.get("share") is not False


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A platform from which others of the children were made; `ticket` is its own child, None where it has none."""

    platform: Platform
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class SharedLineOfHistory:
    """A line of the history; `person` is "" for an audit, `tickets` how platform and number name those concerned."""

    event: SharedEvent
    person: str
    tickets: list[tuple[str, int]]


def is_child_now() -> sa.ColumnElement[bool]:
    """The condition, on a child with its ticket's platform, under which it counts: not separated, platform shares."""
    return sa.and_(SharedChild.separated_at.is_(None), shares())


def get(session: Session, shared_id: int) -> SharedComponent:
    """One shared component. Raises `NotFound`."""
    found = session.get(SharedComponent, shared_id)
    if found is None:
        raise NotFound(_("There is no such shared component."))
    return found


def line_of(session: Session, shared_id: int) -> SharedLine:
    """One shared component as it stands. Raises `NotFound`."""
    shared = get(session, shared_id)
    children = _children(session, SharedChild.shared_id == shared_id)
    return _lines(session, [(shared, together(children.get(shared_id, [])))])[0]


def shared_list(
    session: Session, wanted: SharedFilter, *, offset: int = 0, limit: int = PAGE_SIZE
) -> tuple[list[SharedLine], int]:
    """What comes back first, then by impact and by how many platforms have it; and how many there are in all.

    States follow from the children, so all are looked at, each as a few numbers.
    """
    children = _children(session, sa.true())
    found = []
    for shared_id in session.scalars(sa.select(SharedComponent.id)):
        mine = children.get(shared_id, [])
        whole = together(mine)
        if _fits(wanted, whole, mine):
            found.append((shared_id, whole))
    found.sort(key=lambda one: (_urgency(one[1]), one[0]))
    part = found[offset : offset + limit]
    shown = sa.select(SharedComponent).where(SharedComponent.id.in_([shared_id for shared_id, _whole in part]))
    shared = {one.id: one for one in session.scalars(shown)}
    return _lines(session, [(shared[shared_id], whole) for shared_id, whole in part]), len(found)


def waiting_count(session: Session) -> int:
    """How many shared components wait somewhere for repair or proof: by `rules.state_of`, where any child does."""
    components = sa.select(sa.func.count(sa.distinct(SharedChild.shared_id)))
    children = components.join(Ticket, Ticket.id == SharedChild.ticket_id).join(
        Platform, Platform.id == Ticket.platform_id
    )
    waits = Ticket.state.in_([state.value for state in WAITING])
    return session.scalar(children.where(waits, is_child_now())) or 0


def children_of(session: Session, shared_id: int) -> list[ChildLine]:
    """Its tickets by platform, those that were separated or whose platform shares no longer included."""
    seen = (
        sa.select(
            Component.ticket_id,
            sa.func.min(Occurrence.first).label("first"),
            sa.func.max(Occurrence.last).label("last"),
        )
        .join(Occurrence, Occurrence.component_id == Component.id)
        .where(Component.ticket_id.in_(sa.select(SharedChild.ticket_id).where(SharedChild.shared_id == shared_id)))
        .group_by(Component.ticket_id)
        .subquery()
    )
    first, last = aliased(Audit), aliased(Audit)
    rows = session.execute(
        sa.select(Ticket, Platform, Person.name, SharedChild.separated_at, first.ended_at, last.ended_at)
        .join(SharedChild, SharedChild.ticket_id == Ticket.id)
        .join(Platform, Platform.id == Ticket.platform_id)
        .outerjoin(Person, Person.id == Ticket.assignee_id)
        .outerjoin(seen, seen.c.ticket_id == Ticket.id)
        .outerjoin(first, sa.and_(first.platform_id == Ticket.platform_id, first.number == seen.c.first))
        .outerjoin(last, sa.and_(last.platform_id == Ticket.platform_id, last.number == seen.c.last))
        .where(SharedChild.shared_id == shared_id)
        .order_by(Platform.name, Ticket.number)
    )
    return [ChildLine(row[0], row[1], row[2] or "", row[3], row[4], row[5]) for row in rows]


def models_of(session: Session, children: Sequence[ChildLine]) -> list[ModelLine]:
    """The platforms from which the children's platforms were made, by name, each with its own child if it has one."""
    sharing = [child for child in children if child.sharing]
    named = {str(child.platform.settings.get("model", "")) for child in sharing} - {""}
    own = {child.platform.slug: child.ticket for child in sharing}
    found = session.scalars(sa.select(Platform).where(Platform.slug.in_(named)).order_by(Platform.name, Platform.id))
    return [ModelLine(platform, own.get(platform.slug)) for platform in found]


def shared_of(session: Session, ticket_id: int) -> SharedChild | None:
    """The shared component that a ticket belongs to, or belonged to before a person separated it."""
    return session.get(SharedChild, ticket_id)


def shared_now(session: Session, ticket_id: int) -> int | None:
    """The number of the shared component of which the ticket is a child now."""
    child = sa.select(SharedChild.shared_id).join(Ticket, Ticket.id == SharedChild.ticket_id)
    sharing = child.join(Platform, Platform.id == Ticket.platform_id).where(is_child_now())
    return session.scalar(sharing.where(SharedChild.ticket_id == ticket_id))


def shared_history(
    session: Session, shared_id: int, *, offset: int = 0, limit: int | None = None
) -> tuple[list[SharedLineOfHistory], int]:
    """Everything that happened to it, newest first, and how many lines there are in all."""
    mine = SharedEvent.shared_id == shared_id
    total = session.scalar(sa.select(sa.func.count()).select_from(SharedEvent).where(mine)) or 0
    rows = session.execute(
        sa.select(SharedEvent, Person.name)
        .outerjoin(Person, Person.id == SharedEvent.person_id)
        .where(mine)
        .order_by(SharedEvent.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    names = _names_of_tickets(session, shared_id)
    return [
        SharedLineOfHistory(event, name or "", [names[one] for one in (event.after or {}).get("tickets", ())])
        for event, name in rows
    ], total


def _names_of_tickets(session: Session, shared_id: int) -> dict[int, tuple[str, int]]:
    found = session.execute(
        sa.select(Ticket.id, Platform.name, Ticket.number)
        .join(SharedChild, SharedChild.ticket_id == Ticket.id)
        .join(Platform, Platform.id == Ticket.platform_id)
        .where(SharedChild.shared_id == shared_id)
    )
    return {ticket_id: (platform, number) for ticket_id, platform, number in found}


def _children(session: Session, which: sa.ColumnElement[bool]) -> dict[int, list[Child]]:
    """Shared component's id to its children, without those separated and those whose platform shares no longer."""
    found = session.execute(
        sa.select(SharedChild.shared_id, Ticket.platform_id, Ticket.state, Ticket.impact_rank, Ticket.pages, Ticket.due)
        .join(Ticket, Ticket.id == SharedChild.ticket_id)
        .join(Platform, Platform.id == Ticket.platform_id)
        .where(which, is_child_now())
        .order_by(Ticket.id)
    )
    children: dict[int, list[Child]] = defaultdict(list)
    for shared_id, platform_id, state, rank, pages, due in found:
        children[shared_id].append(Child(platform_id, TicketState(state), IMPACTS[rank], pages, due))
    return children


def _fits(wanted: SharedFilter, whole: Together, children: Sequence[Child]) -> bool:
    return (
        (not wanted.group or whole.state in GROUPS[wanted.group])
        and wanted.state in (None, whole.state)
        and wanted.impact in (None, whole.impact)
        and (wanted.platform_id is None or any(child.platform_id == wanted.platform_id for child in children))
    )


def _urgency(whole: Together) -> tuple[bool, bool, int, int]:
    """Unfinished before others, what came back before the rest, then the worst, then the most widespread."""
    rank = whole.impact.rank if whole.impact else len(IMPACTS)
    waits = whole.state in GROUPS["waiting"]
    return not waits, whole.state is not SharedState.REOPENED, rank, -whole.platforms


def _lines(session: Session, found: Sequence[tuple[SharedComponent, Together]]) -> list[SharedLine]:
    ids = {shared.assignee_id for shared, _whole in found} - {None}
    names = {one.id: one.name for one in session.scalars(sa.select(Person).where(Person.id.in_(ids)))} if ids else {}
    return [SharedLine(shared, names.get(shared.assignee_id or 0, ""), whole) for shared, whole in found]
