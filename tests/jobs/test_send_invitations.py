"""Invitations by real mail: everybody gets one, nobody is lost by a crash, and no row joins an address and a code."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from campus.feedback.invitations import actions, queries, rules, sending
from campus.feedback.invitations.models import Invitation, InvitationAddress, RecentGuest
from campus.feedback.invitations.rules import State
from core import trail
from core.database import Base, Database
from core.guest_texts import LANGUAGES
from core.i18n import today
from core.secrets import key_hash
from jobs.worker_id import new_worker_id
from tests.campus.books import TEST
from tests.jobs.inviting import Post, open_post, someone
from tests.mail_server import MailServer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def post(database: Database, monkeypatch: pytest.MonkeyPatch) -> Post:
    return open_post(database, monkeypatch)


@pytest.fixture
def small(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Post:
    return open_post(sqlite_database, monkeypatch)


def text(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def code_of(mail: EmailMessage) -> str:
    return str(re.findall(r"https://campus\.example\.org/invited/(\S+)", text(mail))[0])


def test_every_guest_gets_one_mail_with_a_code_of_which_only_the_hash_is_kept(post: Post, mails: MailServer) -> None:
    number = post.batch(*someone(6))
    assert [post.send(), post.send()] == [6, 0]
    assert {to for to, _subject in mails.received()} == set(someone(6))
    codes = {code_of(mail) for mail in mails.mails}
    assert {one.code_hash for one in post.rows(Invitation)} == {key_hash(code) for code in codes}
    assert min(map(len, codes)) >= 43, "256 bits"
    found = post.found(number)
    assert (found.invited, found.codes, found.undelivered) == (6, 6, 0)


def test_no_row_of_any_table_holds_an_address_or_a_code_afterwards(post: Post, mails: MailServer) -> None:
    post.batch(*someone(3))
    post.send()
    codes = [code_of(mail) for mail in mails.mails]
    with post.database.read() as session:
        for table in Base.metadata.sorted_tables:
            said = str(session.execute(sa.select(table)).all())
            assert not [one for one in [*someone(3), *codes] if one in said], table.name
    assert all(code not in str(mail["Message-ID"]) for code, mail in zip(codes, mails.mails, strict=True))


def test_codes_lie_in_the_order_of_their_hashes_and_mails_go_in_none(small: Post, mails: MailServer) -> None:
    small.batch(*someone(30))
    small.send()
    assert [to for to, _subject in mails.received()] != someone(30)
    by_mail = [key_hash(code_of(mail)) for mail in mails.mails]
    assert [one.code_hash for one in small.rows(Invitation)] == sorted(by_mail) != by_mail


@pytest.mark.parametrize(("step", "mails_sent"), [("sending", 6), ("marking", 7)])
def test_a_killed_worker_loses_nobody_and_leaves_no_mail_that_leads_nowhere(
    post: Post, mails: MailServer, step: str, mails_sent: int
) -> None:
    number = post.batch(*someone(6))
    address = post.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.jobs.killed_inviter", address, post.time.isoformat(), step]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert len(post.waiting()) == 5
    post.send()
    assert {to for to, _subject in mails.received()} == set(someone(6))
    assert len(mails.mails) == mails_sent
    there = {one.code_hash for one in post.rows(Invitation)}
    assert {key_hash(code_of(mail)) for mail in mails.mails} <= there
    found = post.found(number)
    assert (found.invited, found.codes) == (6, len(there))


def test_while_the_server_is_away_one_try_shows_it_and_no_code_stays(post: Post, mails: MailServer) -> None:
    number = post.batch(*someone(4))
    mails.stop()
    assert post.send() == 0
    assert (post.found(number).codes, post.rows(Invitation)) == (0, [])
    assert sorted(one.tries for one in post.rows(InvitationAddress)) == [0, 0, 0, 1]
    mails.start()
    assert post.send() == 3, "the fourth waits for its time"
    post.time += timedelta(minutes=5)
    assert post.send() == 1


def test_an_address_refused_for_good_is_dropped_and_the_others_get_theirs(post: Post, mails: MailServer) -> None:
    number = post.batch(*someone(5))
    mails.answers["guest2@example.org"] = "550 no such mailbox"
    assert post.send() == 4
    found = post.found(number)
    assert (found.invited, found.codes, found.undelivered) == (4, 4, 1)
    assert post.waiting() == set()


def test_one_mailbox_that_says_later_holds_up_nobody_and_is_given_up_in_the_end(small: Post, mails: MailServer) -> None:
    number = small.batch(*someone(5))
    mails.answers["guest2@example.org"] = "451 later"
    assert small.send() == 4
    for _ in range(12):
        small.time += timedelta(hours=12)
        small.send()
    assert small.waiting() == set()
    found = small.found(number)
    assert (found.invited, found.codes, found.undelivered) == (4, 4, 1)


def test_a_run_sends_no_more_than_the_setting_says(
    small: Post, mails: MailServer, configure: Callable[..., None]
) -> None:
    configure(invitations_per_run=2)
    small.batch(*someone(5))
    assert [small.send() for _ in range(4)] == [2, 2, 1, 0]


def test_nothing_goes_out_before_its_day_and_nothing_after_a_stop(small: Post, mails: MailServer) -> None:
    number = small.batch(*someone(2), left=0)
    assert small.send() == 0
    small.move(1)
    with small.database.write() as session:
        assert actions.stop(session, queries.batch(session, number), TEST) == 2
    assert small.send() == 0
    assert mails.mails == []
    with small.database.read() as session:
        assert queries.line(session, number).state is State.STOPPED


def test_no_guest_is_invited_twice_within_the_days_of_the_setting(
    post: Post, mails: MailServer, configure: Callable[..., None]
) -> None:
    post.batch(*someone(2))
    second = post.batch("guest1@example.org", "other@example.org")
    assert post.send() == 3
    assert post.found(second).left_out + post.found(1).left_out == 1
    post.move(60)
    third = post.batch()
    with post.database.write() as session:
        guests = rules.guests("new@example.org\nguest0@example.org", "en")
        added = actions.add_addresses(session, queries.batch(session, third), guests, TEST)
    assert (added.added, added.left_out) == (1, [2])
    post.move(31)
    post.batch("guest0@example.org")
    post.send()
    assert [to for to, _subject in mails.received()].count("guest0@example.org") == 2


def test_what_is_kept_of_guests_invited_of_late_cannot_be_guessed(small: Post, mails: MailServer) -> None:
    small.batch("guest@example.org")
    small.send()
    (kept,) = small.rows(RecentGuest)
    assert kept.digest != key_hash("guest@example.org")
    assert len(kept.digest) == 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_is_in_the_guests_language_with_no_picture_and_no_name(
    small: Post, mails: MailServer, language: str
) -> None:
    small.batch(f"guest@example.org,{language}")
    small.send()
    (mail,) = mails.mails
    html = text(mail, "html")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert mail["Content-Language"] == language
    assert ("How was your stay" in str(mail["Subject"])) == (language == "en")
    assert "<img" not in html
    assert "List-Unsubscribe" not in mail
    assert str(mail["To"]) == "guest@example.org"


def test_when_it_closes_the_codes_left_are_deleted_and_the_answers_counted(post: Post, mails: MailServer) -> None:
    number = post.batch(*someone(8))
    post.send()
    post.use(5)
    assert post.found(number).answered is None, "nothing is told while guests answer"
    post.move(30)
    post.send()
    found = post.found(number)
    assert (found.answered, found.closed_on) == (5, today())
    assert post.rows(Invitation) == []


@pytest.mark.parametrize(("invited", "answered", "told"), [(8, 4, None), (4, 4, None), (8, 0, 0), (5, 5, 5)])
def test_how_many_answered_is_told_of_groups_of_five_and_more_only(
    small: Post, mails: MailServer, invited: int, answered: int, told: int | None
) -> None:
    number = small.batch(*someone(invited))
    small.send()
    small.use(answered)
    small.move(30)
    small.send()
    assert small.found(number).answered == told


def test_an_address_that_never_got_its_mail_is_deleted_at_the_close(small: Post, mails: MailServer) -> None:
    number = small.batch(*someone(2))
    mails.stop()
    small.send()
    small.move(30)
    small.send()
    assert (small.waiting(), small.found(number).undelivered) == (set(), 2)


def test_two_workers_send_each_mail_once(small: Post, mails: MailServer, configure: Callable[..., None]) -> None:
    configure(invitations_per_run=3)
    small.batch(*someone(6))
    with small.database.write() as session:
        assert len(sending.take(session, new_worker_id(), 3)) == 3
    assert [small.send(), small.send()] == [3, 0]


def test_the_trail_names_numbers_and_no_address(small: Post, mails: MailServer) -> None:
    small.batch(*someone(2))
    small.send()
    with small.database.read() as session:
        told = [(one.action, one.after) for one in trail.entries(session, "invitation_batch")]
    assert [action for action, _after in told] == ["invitations.add", "invitations.make"]
    assert "example.org" not in str(told)
