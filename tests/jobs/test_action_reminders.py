"""Reminders of improvement actions: made once, and in the one mail of the day."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from campus.feedback.figures.models import ClosedQuarter
from campus.improvement.models import ActionVersion
from core import clock
from core.database import Database
from core.people.models import Person
from jobs import action_reminders, works_reminders
from tests.api.people import add_person
from tests.campus.books import open_campus
from tests.campus.feedback import guests
from tests.campus.sample_actions import add_actions
from tests.campus.sample_works_reports import add_reported_works
from tests.jobs.alerting import messages, send
from tests.mail_server import MailServer

MORNING = timedelta(hours=36)  # after the hour of every digest


@pytest.fixture
def owner(database: Database) -> Person:
    """Owns an action that is overdue and one whose check is due, and every milestone of works that slip."""
    person = add_person(database, "quality", name="Sample owner")
    with database.write() as session:
        add_reported_works(session, open_campus(session))
        guests.published(session)
        for quarter in guests.past_quarters(6):
            session.add(ClosedQuarter(quarter=str(quarter), closed_at=clock.now(), closed_by="command"))
        session.flush()
        add_actions(session)
        session.execute(sa.update(ActionVersion).values(owner_id=person.id))
        session.execute(sa.text("UPDATE milestone_version SET owner_id = :owner"), {"owner": person.id})
    return person


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    then = clock.now() + MORNING
    monkeypatch.setattr(clock, "now", lambda: then)


def test_each_is_made_once_and_all_of_a_day_come_in_one_mail(
    database: Database, owner: Person, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert works_reminders.remind(database)["mails"] == 1
    assert action_reminders.remind(database) == {"reminders": 2, "mails": 1}
    assert action_reminders.remind(database) == {"reminders": 0, "mails": 0}
    assert len(messages(database)) == 1
    later(monkeypatch)
    assert send(database) == 1
    (mail,) = mails.mails
    for said in ("Sample: quieter doors", "It should have been done by", "Its planned check is due since", "milestone"):
        assert said in str(mail)


def test_what_was_done_meanwhile_is_not_told(
    database: Database, owner: Person, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    action_reminders.remind(database)
    with database.write() as session:
        session.execute(sa.update(ActionVersion).values(stage="ended"))
    later(monkeypatch)
    send(database)
    assert [one.error for one in messages(database)] == ["nothing of it is to be done any more"]
    assert mails.mails == []
