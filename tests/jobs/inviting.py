"""Helpers for the tests of invitations: a batch with guests, and what a worker does with it."""

import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
import sqlalchemy as sa

from campus.feedback.invitations import actions, queries, rules
from campus.feedback.invitations.actions import Wanted
from campus.feedback.invitations.models import Invitation, InvitationAddress, InvitationBatch
from core import clock
from core.database import Base, Database
from core.i18n import today
from jobs.send_invitations import send_invitations
from jobs.worker_id import new_worker_id
from tests.campus.books import TEST, open_campus
from tests.campus.feedback import guests

Row = TypeVar("Row", bound=Base)


@dataclass
class Post:
    """A small campus with a questionnaire, whose clock stands still until it is moved."""

    database: Database
    time: datetime = field(default_factory=clock.now)

    def batch(self, *emails: str, left: int = 1, **values: object) -> int:
        """Guests who left so many days ago; the batch's number."""
        with self.database.write() as session:
            given: dict[str, object] = {"left_on": today() - timedelta(days=left), "pavilion": "sample-north"} | values
            wanted = Wanted(name="Sample guests", questionnaire="sample-stay", **given)  # type: ignore[arg-type]
            made = actions.make(session, wanted, TEST)
            if emails:
                actions.add_addresses(session, made, rules.guests("\n".join(emails), "en"), TEST)
            return made.id

    def send(self) -> int:
        """Let a worker do one run; how many mails it sent."""
        return send_invitations(self.database, new_worker_id(), threading.Event())

    def found(self, batch_id: int) -> InvitationBatch:
        """The batch as it is now."""
        with self.database.read() as session:
            return queries.batch(session, batch_id)

    def rows(self, table: type[Row]) -> list[Row]:
        """All rows of a table."""
        with self.database.read() as session:
            return list(session.scalars(sa.select(table)))

    def waiting(self) -> set[str]:
        """The addresses that wait."""
        return {one.email for one in self.rows(InvitationAddress)}

    def use(self, codes: int) -> None:
        """So many guests answer: the rows of their codes go."""
        with self.database.write() as session:
            some = session.scalars(sa.select(Invitation.code_hash).limit(codes)).all()
            session.execute(sa.delete(Invitation).where(Invitation.code_hash.in_(some)))

    def move(self, days: int) -> date:
        """So many days later."""
        self.time += timedelta(days=days)
        return today()


def open_post(database: Database, monkeypatch: pytest.MonkeyPatch) -> Post:
    """A post office of its own."""
    with database.write() as session:
        open_campus(session)
        guests.published(session)
    post = Post(database)
    monkeypatch.setattr(clock, "now", lambda: post.time)
    return post


def someone(n: int) -> list[str]:
    """So many invented addresses."""
    return [f"guest{number}@example.org" for number in range(n)]
