"""Staff answer guests: by mail or otherwise, in time, and with a history."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from httpx2 import Response

from campus.decisions import decisions
from campus.feedback.cases import actions, queries
from campus.feedback.cases.actions import Asked
from campus.feedback.cases.models import GuestCase
from core import trail
from core.i18n import today
from tests.api.people import Browser
from tests.campus.feedback.cases.conftest import Desk
from tests.jobs.alerting import use
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def mails(configure: Callable[..., None]) -> Iterator[MailServer]:
    with mail_server() as server:
        use(server, configure)
        yield server


def open_case(desk: Desk, contact: str = "guest@example.org", language: str = "it") -> int:
    with desk.database.write() as session:
        return actions.open_case(session, Asked(text="Sample: my scarf.", contact=contact, language=language)).id


def case(desk: Desk, number: int = 1) -> GuestCase:
    with desk.database.read() as session:
        return queries.case(session, number)


def post(desk: Desk, staff: Browser, step: str, **fields: str) -> Response:
    version = fields.pop("version", str(case(desk).version))
    return staff.post_form(f"/feedback/cases/1/{step}", {"version": version, **fields})


def test_an_answer_goes_by_mail_in_the_guests_language_and_ends_the_case(desk: Desk, mails: MailServer) -> None:
    open_case(desk)
    assert post(desk, desk.staff("quality"), "answer", answer="Sample: we have it.\r\nCome by.").status_code == 303
    (mail,) = mails.mails
    assert (mail["To"], mail["Content-Language"]) == ("guest@example.org", "it")
    assert "campus" in str(mail["Subject"])
    assert "How was" not in str(mail["Subject"])
    assert mail.get_content().split("\r\n") == ["Sample: we have it.", "Come by.", ""]
    assert (case(desk).state, case(desk).ended_at is not None) == ("answered", True)


def test_what_the_server_does_not_take_is_not_noted_as_sent(desk: Desk, mails: MailServer) -> None:
    open_case(desk)
    staff = desk.staff("quality")
    mails.answers["guest@example.org"] = "550 no such mailbox"
    refused = post(desk, staff, "answer", answer="Sample: we have it.")
    assert refused.status_code == 422
    assert "no such mailbox" in refused.text
    assert "Sample: we have it." in refused.text
    mails.stop()
    assert "cannot be reached" in post(desk, staff, "answer", answer="Sample.").text
    assert case(desk).state == "new"


def test_two_who_answer_at_once_send_one_mail(desk: Desk, mails: MailServer) -> None:
    open_case(desk)
    staff, version = desk.staff("quality"), str(case(desk).version)
    assert post(desk, staff, "answer", answer="First.", version=version).status_code == 303
    assert post(desk, staff, "answer", answer="Second.", version=version).status_code == 422
    assert len(mails.mails) == 1


@pytest.mark.parametrize("contact", ["555 0100", "a@example.org, b@example.org", "Sample <a@example.org>", "a@b@c"])
def test_a_contact_that_is_no_single_address_is_never_mailed(desk: Desk, mails: MailServer, contact: str) -> None:
    open_case(desk, " ".join(contact.split()))
    assert post(desk, desk.staff("quality"), "answer", answer="Sample.").status_code == 422
    assert mails.mails == []


def test_closing_and_reopening_need_a_reason_and_the_history_tells_all(desk: Desk) -> None:
    open_case(desk)
    staff = desk.staff("quality")
    assert post(desk, staff, "step", to="closed").status_code == 422
    assert post(desk, staff, "step", to="closed", reason="Sample: an advertisement.").status_code == 303
    assert post(desk, staff, "step", to="answered", reason="x").status_code == 422
    assert post(desk, staff, "step", to="under way", reason="Sample: it was none.").status_code == 303
    assert post(desk, staff, "assign", assignee=str(staff.person.id)).status_code == 303
    assert post(desk, staff, "note", text="Sample: I call tomorrow.").status_code == 303
    day = today() + timedelta(days=9)
    parts = {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)}
    assert post(desk, staff, "schedule", **parts).status_code == 303
    page = staff.get("/feedback/cases/1").text
    for said in ("an advertisement", "it was none", "I call tomorrow", "Asked for an answer", staff.person.name):
        assert said in page
    with desk.database.read() as session:
        told = str([(one.before, one.after) for one in trail.entries(session, "guest_case")])
    assert "advertisement" not in told, "what people wrote can be deleted, the trail cannot"


def test_a_case_can_be_given_only_to_who_looks_after_feedback(desk: Desk) -> None:
    open_case(desk)
    other = desk.staff("facilities")
    assert post(desk, desk.staff("quality"), "assign", assignee=str(other.person.id)).status_code == 422


def test_whoever_was_overtaken_is_told_and_loses_no_entry(desk: Desk) -> None:
    open_case(desk)
    staff = desk.staff("quality")
    post(desk, staff, "step", to="under way")
    late = post(desk, staff, "step", to="closed", reason="Sample reason.", version="1")
    assert late.status_code == 422
    assert "Sample reason." in late.text


def test_a_guest_who_asks_for_it_is_forgotten_at_once(desk: Desk) -> None:
    open_case(desk)
    staff = desk.staff("quality")
    assert "for good" in staff.get("/feedback/cases/1/erase").text
    assert staff.post_form("/feedback/cases/1/erase").status_code == 303
    assert (case(desk).text, case(desk).contact, case(desk).erased) == ("", "", True)
    assert "my scarf" not in staff.get("/feedback/cases?group=all").text


def test_today_shows_cases_to_who_looks_after_feedback_alone_and_nothing_of_their_text(desk: Desk) -> None:
    open_case(desk)
    with desk.database.write() as session:
        session.get_one(GuestCase, open_case(desk)).due = today() - timedelta(days=1)
    page = desk.staff("quality").get("/today").text
    assert "A guest waits for an answer: case 2" in page
    assert "1 guest asks for an answer" in page
    assert "my scarf" not in page
    assert "case 2" not in desk.staff("facilities", "viewer").get("/today").text
    with desk.database.read() as session:
        assert decisions(session, today()).cases == ()


def test_the_list_filters_by_state_and_lateness(desk: Desk) -> None:
    open_case(desk)
    with desk.database.write() as session:
        session.get_one(GuestCase, open_case(desk)).due = today() - timedelta(days=1)
    staff = desk.staff("quality")
    late = staff.get("/feedback/cases?overdue=1").text
    assert "/feedback/cases/2" in late
    assert 'href="/feedback/cases/1"' not in late
    assert "No case fits" in staff.get("/feedback/cases?state=answered").text
