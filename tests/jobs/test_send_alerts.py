"""The outbox by real mail: sent once, kept while the server is away, given up only visibly."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from accessibility.engine.finding import Impact
from accessibility.engine.page import Reason
from accessibility.ledger.alerts import actions, outbox
from accessibility.ledger.alerts.models import Message
from accessibility.ledger.alerts.rules import KINDS, Pace
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.platforms.models import Platform
from core import clock, trail
from core.people.models import Person
from jobs import send_alerts as sender
from jobs.worker_id import new_worker_id
from tests.accessibility.ledger.nights import HOME, Nights, audited, not_audited, problem
from tests.jobs.alerting import messages, send
from tests.mail_server import MailServer

LEAD = "Sample lead <lead@example.org>"
ROOT = Path(__file__).parents[2]


def fail_a_night(nights: Nights) -> None:
    audit = nights.begin()
    with nights.database.write() as session:
        audits.fail(session, audit.id, "Unavailable: secret-of-the-error")


def test_a_failed_night_is_told_to_the_lead_by_mail_once(nights: Nights, mails: MailServer) -> None:
    nights.person()
    fail_a_night(nights)
    assert [send(nights.database), send(nights.database)] == [1, 0]
    (mail,) = mails.mails
    assert (mail["To"], mail["From"]) == (LEAD, "Sample Campus <campus@example.org>")
    assert mail["Subject"] == "Look into the failed night of Sample platform 0"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "https://campus.example.org/accessibility/audits/sample-0/1" in body.get_content()
    assert "secret-of-the-error" not in mail.as_string()


def test_what_a_night_brings_comes_in_one_mail_the_most_urgent_first(nights: Nights, mails: MailServer) -> None:
    nights.person()
    nights.run(
        audited(HOME, problem(impact=Impact.CRITICAL)),
        *(not_audited(f"{HOME}{n}", Reason.LOGIN_FAILED, role="student") for n in range(3)),
    )
    assert send(nights.database) == 1
    (mail,) = mails.mails
    assert mail["Subject"] == "Mend the login of Sample platform 0, and 2 things more"
    html = mail.get_body(("html",))
    assert html is not None
    assert [html.get_content().count(f"<h{n}") for n in (1, 2)] == [1, 3]


def test_titles_of_findings_are_text_in_a_mail_never_html(nights: Nights, mails: MailServer) -> None:
    nights.person()
    nights.run(audited(HOME, problem(impact=Impact.CRITICAL, message="<img src=x onerror=alert(1)> has no text")))
    send(nights.database)
    html = mails.mails[0].get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert "&lt;img src=x" in html.get_content()


def test_nothing_is_lost_while_the_mail_server_is_away(nights: Nights, mails: MailServer) -> None:
    nights.person()
    mails.stop()
    fail_a_night(nights)
    pauses = []
    for _ in range(9):
        assert send(nights.database) == 0
        (waiting,) = messages(nights.database)
        pauses.append((waiting.next_at - nights.time).total_seconds() / 60)
        assert send(nights.database) == 0, "it waits for its time"
        nights.time = waiting.next_at
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert "ConnectionRefused" in waiting.error
    mails.start()
    assert send(nights.database) == 1
    assert mails.received() == [(LEAD, "Look into the failed night of Sample platform 0")]
    assert messages(nights.database)[0].error == ""


def test_one_try_shows_that_the_server_is_away_and_the_other_mails_wait_untried(
    nights: Nights,
    mails: MailServer,
) -> None:
    nights.person()
    nights.person("other")
    mails.stop()
    fail_a_night(nights)
    assert send(nights.database) == 0
    assert [one.tries for one in messages(nights.database)] == [1, 0]


def test_what_happens_after_a_try_goes_into_another_mail(nights: Nights, mails: MailServer) -> None:
    nights.person()
    mails.stop()
    fail_a_night(nights)
    send(nights.database)
    fail_a_night(nights)
    mails.start()
    nights.time += timedelta(minutes=5)
    assert send(nights.database) == 2
    assert len({mail["Message-ID"] for mail in mails.mails}) == 2


def test_a_mail_is_given_up_after_a_week_and_sent_again_when_asked(nights: Nights, mails: MailServer) -> None:
    lead = nights.person()
    mails.stop()
    fail_a_night(nights)
    nights.time += timedelta(days=7)
    send(nights.database)
    (given_up,) = messages(nights.database)
    assert given_up.state == "given up"
    with nights.database.write() as session:
        assert [entry.action for entry in trail.entries(session, "alert")] == ["alert.give_up"]
        outbox.send_again(session, f"person:{lead.id}", given_up.id)
    mails.start()
    assert send(nights.database) == 1
    assert len(mails.mails) == 1


def test_a_recipient_refused_for_good_is_given_up_and_the_others_get_their_mail(
    nights: Nights,
    mails: MailServer,
) -> None:
    nights.person()
    nights.person("other")
    mails.answers["lead@example.org"] = "550 no such mailbox"
    fail_a_night(nights)
    send(nights.database)
    assert [(one.state, one.error) for one in messages(nights.database)] == [
        ("given up", "550 no such mailbox"),
        ("sent", ""),
    ]
    assert [to for to, _subject in mails.received()] == ["Sample other <other@example.org>"]


@pytest.mark.parametrize("where", ["recipient", "content"])
def test_a_refusal_for_now_is_tried_again(nights: Nights, mails: MailServer, where: str) -> None:
    nights.person()
    if where == "recipient":
        mails.answers["lead@example.org"] = "451 later"
    else:
        mails.after_data = "452 later"
    fail_a_night(nights)
    assert send(nights.database) == 0
    mails.answers, mails.after_data = {}, ""
    nights.time += timedelta(minutes=1)
    assert send(nights.database) == 1


def test_somebody_without_access_gets_no_mail_any_more(nights: Nights, mails: MailServer) -> None:
    lead = nights.person()
    fail_a_night(nights)
    with nights.database.write() as session:
        session.get_one(Person, lead.id).active = False
    send(nights.database)
    assert mails.mails == []
    assert messages(nights.database)[0].state == "given up"


def test_a_mail_about_a_platform_that_its_reader_may_no_longer_see_is_not_sent(
    nights: Nights, mails: MailServer
) -> None:
    lead = nights.person()
    fail_a_night(nights)
    with nights.database.write() as session:
        session.get_one(Person, lead.id).roles = []
    send(nights.database)
    assert mails.mails == []
    (message,) = messages(nights.database)
    assert (message.state, message.error) == ("given up", "the person may no longer see this platform")


def test_somebody_whose_address_no_mail_can_carry_holds_up_nobody(nights: Nights, mails: MailServer) -> None:
    nights.person("lésa")
    nights.person("other")
    fail_a_night(nights)
    send(nights.database)
    assert [one.state for one in messages(nights.database)] == ["given up", "sent"]


def kill_a_worker(nights: Nights) -> None:
    """A worker in a process of its own sends, and is killed before it can say so."""
    address = nights.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.jobs.killed_sender", address, nights.time.isoformat()]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL


def test_a_worker_killed_between_sending_and_marking_costs_one_more_of_the_same_mail(
    nights: Nights, mails: MailServer
) -> None:
    nights.person()
    fail_a_night(nights)
    kill_a_worker(nights)
    assert [send(nights.database), send(nights.database)] == [1, 0]
    assert len(mails.mails) == 2
    assert len({mail["Message-ID"] for mail in mails.mails}) == 1, "whoever gets both can tell"


def test_a_message_that_costs_its_worker_three_times_is_given_up(nights: Nights, mails: MailServer) -> None:
    nights.person()
    fail_a_night(nights)
    for _ in range(3):
        with nights.database.write() as session:
            assert outbox.take_next(session, gone_worker(), mail=True) is not None
        sender.free_lost(nights.database)
    assert send(nights.database) == 0
    (given_up,) = messages(nights.database)
    assert (given_up.state, given_up.tries, given_up.lost) == ("given up", 3, 3)


def gone_worker() -> str:
    """The id of a worker of this machine whose process does not exist any more."""
    machine, _, _rest = new_worker_id().rpartition(":")[0].rpartition(":")
    return f"{machine}:{2**22 + 1}:gone"


def test_a_claim_of_another_machine_ends_with_its_time_only(nights: Nights, mails: MailServer) -> None:
    nights.person()
    fail_a_night(nights)
    with nights.database.write() as session:
        taken = outbox.take_next(session, "elsewhere-0:1:x", mail=True)
        assert taken is not None
    nights.time += timedelta(minutes=4)
    assert send(nights.database) == 0
    nights.time += timedelta(minutes=2)
    assert send(nights.database) == 1
    with nights.database.write() as session:
        assert not outbox.mark_sent(session, taken.id, "elsewhere-0:1:x"), "it is no longer that worker's"
    assert len(mails.mails) == 1


def test_the_digest_is_one_mail_at_its_hour(nights: Nights, mails: MailServer) -> None:
    lead = nights.person()
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        actions.choose(session, "sample", lead, platform, pace=Pace.DAILY, kinds=KINDS)
    for _ in range(2):
        fail_a_night(nights)
        assert send(nights.database) == 0
        nights.time += timedelta(hours=1)
    nights.time = nights.time.replace(hour=6)  # 7 o'clock at the campus
    assert send(nights.database) == 1
    assert mails.received() == [(LEAD, "Today: Look into the failed night of Sample platform 0, and one thing more")]
    fail_a_night(nights)
    assert send(nights.database) == 0, "that is for tomorrow"


def test_two_workers_at_once_send_every_mail_once(nights: Nights, mails: MailServer) -> None:
    for n in range(12):
        nights.person(f"lead{n}")
    fail_a_night(nights)
    begin = threading.Barrier(2)

    def work() -> int:
        begin.wait()
        return send(nights.database)

    with ThreadPoolExecutor(2) as workers:
        sent = [one.result() for one in [workers.submit(work) for _ in range(2)]]
    assert sum(sent) == 12
    assert sorted(to for to, _subject in mails.received()) == sorted(
        f"Sample lead{n} <lead{n}@example.org>" for n in range(12)
    )


def test_a_stopping_worker_begins_no_other_mail(nights: Nights, mails: MailServer) -> None:
    nights.person()
    fail_a_night(nights)
    stop = threading.Event()
    stop.set()
    assert sender.send_alerts(nights.database, new_worker_id(), stop) == 0
    assert mails.mails == []


def test_without_a_mail_server_no_mail_is_written(nights: Nights) -> None:
    nights.person()
    fail_a_night(nights)
    assert messages(nights.database) == []


def test_a_mail_speaks_the_language_of_its_reader_or_else_the_services(
    nights: Nights,
    mails: MailServer,
    configure: Callable[..., None],
) -> None:
    configure(language="fr")
    nights.person()
    chose = nights.person("other")
    with nights.database.write() as session:
        session.get_one(Person, chose.id).language = "en"
    fail_a_night(nights)
    send(nights.database)
    assert [mail["Content-Language"] for mail in mails.mails] == ["fr", "en"]
    assert [mail["Subject"].split()[0] for mail in mails.mails] == ["Examinez", "Look"]


def test_old_messages_are_deleted_and_what_they_told_of_too(nights: Nights, mails: MailServer) -> None:
    nights.person()
    fail_a_night(nights)
    send(nights.database)
    with nights.database.write() as session:
        assert outbox.forget(session, clock.now()) == 0
        assert outbox.forget(session, clock.now() + timedelta(seconds=1)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Message)) == 0
