"""What guests left is deleted in time, by the days of the settings, and the order of what stays tells nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from campus.feedback.cases import actions as cases
from campus.feedback.cases.actions import Asked
from campus.feedback.cases.models import CaseNote, GuestCase
from campus.feedback.cases.rules import State
from campus.feedback.comments.models import Comment
from campus.feedback.figures.models import PublishedCell
from campus.feedback.invitations.models import Invitation, InvitationAddress, RecentGuest
from campus.feedback.quarters import quarter_of, week_of
from campus.feedback.responses.actions import Given, add
from campus.feedback.responses.models import Answer, Response
from core.database import Database
from core.i18n import today
from jobs.guest_data import UNORDERED, delete_old_guest_data, forget_order
from tests.campus.books import TEST
from tests.campus.feedback import guests
from tests.jobs.inviting import Post, open_post, someone
from tests.mail_server import MailServer

SECRET = "sample secret of a guest"


@pytest.fixture
def post(database: Database, monkeypatch: pytest.MonkeyPatch) -> Post:
    return open_post(database, monkeypatch)


@pytest.fixture
def small(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Post:
    return open_post(sqlite_database, monkeypatch)


def respond(post: Post, day: date, comment: str = "") -> None:
    with post.database.write() as session:
        given = Given(
            version_id=1,
            language="en",
            origin="point",
            answers={"food": "4", "recommend": "9"},
            comments={"improve": comment} if comment else {},
        )
        add(session, given, day)


def open_case(post: Post, text: str = SECRET) -> int:
    with post.database.write() as session:
        return cases.open_case(session, Asked(text=text, contact=f"{SECRET}, 555 0100", language="en")).id


def test_contact_text_and_notes_of_a_case_go_some_months_after_its_end_and_the_case_stays(post: Post) -> None:
    number, open_still = open_case(post), open_case(post)
    with post.database.write() as session:
        case = session.get_one(GuestCase, number)
        cases.note(session, case, f"Note: {SECRET}", TEST)
        cases.step(session, case, State.CLOSED, TEST, reason=SECRET)
    post.move(181)
    assert delete_old_guest_data(post.database)["cases"] == 0
    post.move(5)
    assert delete_old_guest_data(post.database)["cases"] == 1
    with post.database.read() as session:
        case = session.get_one(GuestCase, number)
        assert (case.contact, case.text, case.erased, case.state) == ("", "", True, "closed")
        assert session.get_one(GuestCase, open_still).text == SECRET
    assert post.rows(CaseNote) == []
    assert delete_old_guest_data(post.database)["cases"] == 0


def test_addresses_that_got_no_mail_go_after_their_days(post: Post) -> None:
    number = post.batch(*someone(3))
    post.move(14)
    assert delete_old_guest_data(post.database)["addresses"] == 0
    post.move(1)
    assert delete_old_guest_data(post.database)["addresses"] == 3
    assert (post.rows(InvitationAddress), post.found(number).undelivered) == ([], 3)


def test_the_hashes_of_guests_invited_of_late_go_when_they_may_be_invited_again(post: Post, mails: MailServer) -> None:
    post.batch(*someone(2))
    post.send()
    post.move(90)
    assert delete_old_guest_data(post.database)["invited"] == 0
    post.move(1)
    assert delete_old_guest_data(post.database)["invited"] == 2
    assert post.rows(RecentGuest) == []


def test_comments_go_before_the_answers_and_the_published_figures_stay(post: Post) -> None:
    quarter = quarter_of(week_of(today())).plus(-1)
    for n in range(6):
        respond(post, quarter.first + timedelta(days=14 + n), SECRET)
    with post.database.write() as session:
        guests.close_all(session, [quarter])
    cells = len(post.rows(PublishedCell))
    post.move((quarter.first - today()).days + 10 + 3 * 366)
    assert delete_old_guest_data(post.database)["comments"] == 0
    post.move(30)
    done = delete_old_guest_data(post.database)
    assert (done["comments"], done["answers"]) == (6, 0)
    assert (len(post.rows(Comment)), len(post.rows(Response))) == (0, 6)
    post.move(2 * 366 + 100)
    assert delete_old_guest_data(post.database)["answers"] == 6
    assert (post.rows(Response), post.rows(Answer)) == ([], [])
    assert len(post.rows(PublishedCell)) == cells > 0


def test_answers_of_a_quarter_without_figures_are_never_deleted(small: Post) -> None:
    respond(small, today())
    small.move(20 * 365)
    assert delete_old_guest_data(small.database)["answers"] == 0


def test_more_than_one_step_holds_is_deleted_in_several(small: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campus.feedback.retention.STEP", 4)
    small.batch(*someone(10))
    small.move(30)
    assert delete_old_guest_data(small.database)["addresses"] == 10


def test_of_what_was_deleted_no_byte_stays_in_the_file_of_sqlite(small: Post, mails: MailServer) -> None:
    open_case(small, SECRET * 50)
    for n in range(20):
        respond(small, today(), f"{SECRET} {n} " * 20)
    small.batch(*someone(40))
    small.send()
    with small.database.write() as session:
        cases.erase(session, session.get_one(GuestCase, 1), TEST)
        session.execute(sa.delete(Comment))
    forget_order(small.database)
    file = Path(str(small.database.engine.url.database))
    content = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    assert SECRET.encode() not in content
    assert b"guest7@example.org" not in content


def test_on_postgresql_neither_place_nor_transaction_tells_the_order(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch, mails: MailServer
) -> None:
    post = open_post(postgres_database, monkeypatch)
    post.batch(*someone(20), left=0)
    for n in range(30):
        respond(post, today(), f"Comment {n}")

    def marks(table: str, key: str) -> tuple[int, bool]:
        """How many transactions the rows tell of, and whether they lie in the order of their ids."""
        with post.database.read() as session:
            rows = session.execute(sa.text(f'SELECT xmin::text, {key} FROM "{table}" ORDER BY ctid')).all()
        assert rows
        return len({row[0] for row in rows}), [row[1] for row in rows] == sorted(row[1] for row in rows)

    assert marks("response", "id") == (30, False)
    assert forget_order(post.database) == {"tables": len(UNORDERED)}
    post.move(1)
    tables = (("response", "id"), ("comment", "id"), ("answer", "response_id"), ("invitation_address", "id"))
    assert [marks(*one) for one in tables] == [(1, True)] * 4
    assert post.send() == 20
    forget_order(post.database)
    assert marks("invitation", "code_hash") == marks("recent_guest", "digest") == (1, True)
    with post.database.read() as session:
        assert session.scalar(sa.text("SELECT count(DISTINCT xmin::text) FROM answer")) == 1


def test_no_row_is_lost_by_it(post: Post) -> None:
    for _ in range(3):
        respond(post, today())
    with post.database.read() as session:
        before = set(session.scalars(sa.select(Response.id)))
    forget_order(post.database)
    assert {one.id for one in post.rows(Response)} == before
    assert len(post.rows(Answer)) == 6
    assert post.rows(Invitation) == []


def test_the_periods_are_those_of_the_settings(small: Post, configure: Callable[..., None]) -> None:
    configure(invitation_address_days=2)
    small.batch(*someone(1))
    small.move(3)
    assert delete_old_guest_data(small.database)["addresses"] == 1
