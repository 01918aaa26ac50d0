"""Tables of problems: components, their occurrences as intervals, and the tickets that keep their repair going."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.append_only import APPEND_ONLY
from core.database import Base, Json


class Component(Base):
    """A problem that is recognised again by its key. `finding` is the newest example, as JSON.

    A ticket has one component, or several when a key moved and its old name stays as an alias. Components that only
    need review have no ticket until a person opens one: `decision` is then "confirmed" (a failure for us from now on),
    or "dismissed", and "" while nobody decided.
    """

    __tablename__ = "component"
    __table_args__ = (
        sa.UniqueConstraint("platform_id", "key"),
        sa.Index("ix_component_ticket", "ticket_id"),
        sa.Index("ix_component_shared_key", "shared_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    key: Mapped[str] = mapped_column(sa.String(64))
    shared_key: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("''"))  # see `engine/shared_key.py`
    check: Mapped[str] = mapped_column(sa.String(40))
    rule: Mapped[str] = mapped_column(sa.String(80))
    criteria: Mapped[list[str]]
    impact: Mapped[str] = mapped_column(sa.String(10))
    finding: Mapped[dict[str, Any]]
    platform_check: Mapped[bool] = mapped_column(default=False)  # found by looking at all pages together
    evidence: Mapped[str] = mapped_column(sa.String(64), default="")  # sha256 of a PNG in the evidence folder
    decision: Mapped[str] = mapped_column(sa.String(10), default="")
    decision_reason: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ticket.id"))
    first: Mapped[int]  # number of the audit that saw it first


class Occurrence(Base):
    """A component at one place (page, role, viewport, state), seen from audit number `first` to number `last`.

    `clean` is the number of the first audit of the present run of clean audits of this very place, null while the
    problem is there or the place was not audited since. `ended` is the number of the audit that proved the absence (the
    second clean one in a row; at most one of the two is a re-check) or found the page gone. While `ended` is null the
    occurrence is open: not seen is not fixed. `moved` ended because the same element is now known by another
    component's key: that proves nothing.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        sa.Index("ix_occurrence_component", "component_id", "ended"),
        sa.Index("ix_occurrence_platform_ended", "platform_id", "ended"),
        sa.Index(
            "uq_occurrence_open",
            "component_id",
            "page_id",
            "role",
            "viewport",
            "state",
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    component_id: Mapped[int] = mapped_column(sa.ForeignKey("component.id"))
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"))
    role: Mapped[str] = mapped_column(sa.String(40))
    viewport: Mapped[str] = mapped_column(sa.String(30))
    state: Mapped[str] = mapped_column(sa.String(60))
    outcome: Mapped[str] = mapped_column(sa.String(16))
    count: Mapped[int]
    selector: Mapped[str] = mapped_column(sa.Text)  # of the first element, frames joined by " > iframe > "
    first: Mapped[int]
    last: Mapped[int]
    clean: Mapped[int | None]
    ended: Mapped[int | None]
    page_gone: Mapped[bool] = mapped_column(default=False)
    moved: Mapped[bool] = mapped_column(default=False)


class Ticket(Base):
    """The repair of one problem on one platform. States and steps: `rules.py`."""

    __tablename__ = "ticket"
    __table_args__ = (
        sa.UniqueConstraint("platform_id", "number"),
        sa.Index("ix_ticket_list", "state", "impact_rank", "due", "id"),
        sa.Index("ix_ticket_platform", "platform_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey("platform.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.Text)
    rule: Mapped[str] = mapped_column(sa.String(80))
    criteria: Mapped[list[str]]
    impact: Mapped[str] = mapped_column(sa.String(10))
    impact_rank: Mapped[int]  # 0 critical to 3 minor
    state: Mapped[str] = mapped_column(sa.String(20))
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    due: Mapped[date | None]
    exception_reason: Mapped[str] = mapped_column(sa.Text, default="")
    exception_until: Mapped[date | None]
    state_before_exception: Mapped[str] = mapped_column(sa.String(20), default="")
    claimed_at: Mapped[datetime | None]  # when it was last claimed fixed
    # numbers of audits
    opened_in: Mapped[int]
    reopened_in: Mapped[int | None]  # the last that saw it come back
    alive_since: Mapped[int]  # opened it, or saw it come back after its end: occurrences of then on decide how it ends
    gone_in: Mapped[int | None]  # since this one its problem was seen nowhere; null while it is seen
    ended_in: Mapped[int | None]  # ended it; null while it is unfinished
    pages: Mapped[int] = mapped_column(default=0)  # open pages, kept by the audit's end
    elements: Mapped[int] = mapped_column(default=0)  # open elements, the most on any one row summed over pages
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    components: Mapped[list[Component]] = relationship(order_by="Component.id")

    __mapper_args__ = {"version_id_col": version}


class TicketEvent(Base):
    """History of a ticket: comments by people, steps by people and audits. Appended only."""

    __tablename__ = "ticket_event"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("ticket.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))  # null: an audit or the clock
    audit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audit.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))  # see `history.py`
    text: Mapped[str] = mapped_column(sa.Text, default="")
    before: Mapped[Any | None] = mapped_column(Json)
    after: Mapped[Any | None] = mapped_column(Json)
