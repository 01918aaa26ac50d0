"""Reminders of works: made once, one mail a person and day, and the same on the page of the day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accessibility.ledger.alerts.models import Message
from campus.renovation import actions
from campus.renovation.models import MilestoneVersion
from campus.renovation.network import Span, Wanted
from campus.renovation.reminders import actions as reminders
from core import clock
from core.database import Database
from core.i18n import today
from core.people.models import Person
from jobs.works_reminders import remind
from tests.api.people import add_person
from tests.campus.books import TEST, open_campus
from tests.campus.sample_works_reports import add_reported_works, keys_of
from tests.jobs.alerting import messages, send
from tests.mail_server import MailServer

MORNING = timedelta(hours=36)  # after the hour of every digest


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let time pass."""

    def pass_(some: timedelta) -> None:
        then = clock.now() + some
        monkeypatch.setattr(clock, "now", lambda: then)

    return pass_


@pytest.fixture
def owner(database: Database) -> Person:
    """Owns the lift, of which nobody reported for seven months, and the building, which is due in two days."""
    person = add_person(database, "facilities", name="Sample owner")
    with database.write() as session:
        add_reported_works(session, open_campus(session))
        keys = keys_of(session)
        owned = MilestoneVersion.milestone_id.in_([keys["Building"], keys["Lift"]])
        session.execute(sa.update(MilestoneVersion).where(owned).values(owner_id=person.id))
        soon = Wanted(Span(today() - timedelta(days=95), today() + timedelta(days=2)), begun=True)
        actions.report(session, keys["Building"], today(), soon, TEST)
    return person


def test_an_owner_gets_one_mail_for_all_of_theirs_and_each_reminder_once(
    database: Database, owner: Person, mails: MailServer, later: Callable[[timedelta], None]
) -> None:
    assert remind(database) == {"reminders": 3, "mails": 1}
    assert remind(database) == {"reminders": 0, "mails": 0}
    later(timedelta(hours=24))  # past the hour of the owner's digests, whatever the time of day is now
    assert send(database) == 1
    (mail,) = mails.mails
    assert mail["To"] == f"Sample owner <{owner.email}>"
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Look after a milestone that is due soon" in text
    assert "Report on a milestone of which nothing was heard" in text
    assert "Lift · Sample reported works: It was last reported on for" in text
    assert "/works/packages/sample-reported-works/milestones/" in text
    assert "Keys handed over" not in text  # nobody owns it
    assert "https://campus.example.org/account/alerts" in text


def test_a_date_that_comes_nearer_is_told_again_and_one_that_moved_too(
    database: Database, owner: Person, mails: MailServer, later: Callable[[timedelta], None]
) -> None:
    remind(database)
    later(timedelta(days=3))
    assert remind(database)["reminders"] >= 1  # the building should have ended
    with database.write() as session:
        key = keys_of(session)["Building"]
        moved = Wanted(Span(today() - timedelta(days=98), today() + timedelta(days=10)), begun=True)
        actions.report(session, key, today(), moved, TEST)
    assert remind(database) == {"reminders": 1, "mails": 1}


def test_who_wants_no_mail_gets_none_and_what_was_made_stays_made(
    database: Database, owner: Person, mails: MailServer
) -> None:
    with database.write() as session:
        reminders.choose(session, owner.id, f"person:{owner.id}", by_mail=False)
    assert remind(database) == {"reminders": 3, "mails": 0}
    with database.write() as session:
        reminders.choose(session, owner.id, f"person:{owner.id}", by_mail=True)
    assert remind(database) == {"reminders": 0, "mails": 0}


def test_without_a_mail_server_reminders_are_made_and_nothing_is_put_out(database: Database, owner: Person) -> None:
    assert remind(database) == {"reminders": 3, "mails": 0}
    assert messages(database) == []


def test_what_was_done_meanwhile_is_not_told_and_who_lost_access_is_told_nothing(
    database: Database, owner: Person, mails: MailServer, later: Callable[[timedelta], None]
) -> None:
    remind(database)
    with database.write() as session:
        session.get_one(Person, owner.id).roles = ["accessibility"]
    later(MORNING)
    send(database)
    assert [one.error for one in messages(database)] == ["the person may no longer see what they are reminded of"]
    with database.write() as session:
        session.get_one(Person, owner.id).roles = ["facilities"]
        for name, key in keys_of(session).items():
            done = Wanted(Span(today() - timedelta(days=1), today() - timedelta(days=1)), begun=True, ended=True)
            if name in ("Building", "Lift"):
                actions.report(session, key, today(), done, TEST)
        session.get_one(Message, 1).state = "waiting"
    send(database)
    assert [one.error for one in messages(database)] == ["nothing of it is to be done any more"]
    assert mails.mails == []
