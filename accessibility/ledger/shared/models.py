"""Tables of shared components: one problem that several platforms have, because they are made from one model."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.append_only import APPEND_ONLY
from core.database import Base, Json


class SharedComponent(Base):
    """The parent of the tickets that several platforms have for one component; its number is its `id`.

    Title, rule and criteria are those of the oldest ticket. State and impact follow from the children (`rules.py`) and
    are not stored.
    """

    __tablename__ = "shared_component"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.Text)
    rule: Mapped[str] = mapped_column(sa.String(80))
    criteria: Mapped[list[str]]
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SharedKey(Base):
    """A key by which the component is recognised on any platform. It has several when a key moved on one of them."""

    __tablename__ = "shared_key"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    shared_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_component.id"), index=True)


class SharedChild(Base):
    """A ticket that belongs to a shared component, at most to one. A person who separates it is followed for good."""

    __tablename__ = "shared_child"

    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("ticket.id"), primary_key=True)
    shared_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_component.id"), index=True)
    separated_at: Mapped[datetime | None]  # by a person, who can join it again


class SharedEvent(Base):
    """History of a shared component. Appended only.

    Kinds: "opened" and "joined" by audits; "separated", "rejoined", "assignee", "state" and "comment" by people.
    `after` names the `tickets` concerned.
    """

    __tablename__ = "shared_event"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[int] = mapped_column(primary_key=True)
    shared_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_component.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))  # null: an audit
    audit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audit.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    before: Mapped[Any | None] = mapped_column(Json)
    after: Mapped[Any | None] = mapped_column(Json)
