"""One-time invitations: each opens once, leaves no link to its response, and tells a guesser nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from campus.feedback.invitations.models import Invitation, InvitationBatch
from campus.feedback.responses.throttle import FORGED_CODES, Throttle
from core import clock
from core.i18n import today
from core.secrets import key_hash
from tests.api.pages.survey.conftest import Guest, Point
from tests.api.people import Browser

CODE = "sample-code-of-one-guest"
SAME = "This invitation is no longer valid"


@pytest.fixture
def invite(point: Point) -> Callable[..., str]:
    """`invite(closes=…)` is the address of a new invitation."""

    def made(code: str = CODE, **values: object) -> str:
        given = {"name": "Sample batch", "questionnaire_id": 1, "pavilion_id": point.pavilion_id}
        given |= {"left_on": today(), "send_from": today(), "closes": today() + timedelta(days=5)} | values
        with point.database.write() as session:
            batch = InvitationBatch(**given)
            session.add(batch)
            session.flush()
            session.add(Invitation(code_hash=key_hash(code), batch_id=batch.id))
        return f"/invited/{code}"

    return made


@pytest.fixture
def invited(guest: Guest, invite: Callable[..., str]) -> Guest:
    """A guest with an invitation."""
    return Guest(guest.browser, invite())


def codes(point: Point) -> int:
    with point.database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Invitation)) or 0


def test_an_invitation_opens_once_and_its_row_is_deleted(invited: Guest, point: Point) -> None:
    assert "have arrived" in invited.answer_all().text
    [(response, _answers, _comments)] = point.responses()
    assert (response.origin, response.pavilion_id) == ("invitation", point.pavilion_id)
    assert codes(point) == 0
    again = invited.browser.get(invited.address)
    assert again.status_code == 404
    assert SAME in again.text


def test_looking_and_stepping_use_nothing_up(invited: Guest, point: Point) -> None:
    invited.open()
    invited.send({"room_comfort": "3"})
    invited.send(go="back")
    assert codes(point) == 1
    assert "Step 1" in invited.open().text


def test_a_double_click_is_thanked_twice_and_kept_once(invited: Guest, point: Point) -> None:
    invited.open()
    invited.send()
    fields = dict(invited.fields)
    for _time in range(2):
        invited.fields = dict(fields)
        assert "have arrived" in invited.send({"recommend": "9"}).text
    assert len(point.responses()) == 1


def test_two_forms_of_one_invitation_become_one_response(invited: Guest, point: Point) -> None:
    other = Guest(invited.browser, invited.address)
    for one in (invited, other):
        one.open()
        one.send()
    assert "have arrived" in invited.send({"recommend": "9"}).text
    assert SAME in other.send({"recommend": "1"}).text
    assert [answers for _one, answers, _comments in point.responses()] == [{"recommend": "9"}]


def test_a_form_of_the_open_point_does_not_pass_for_one_of_an_invitation(guest: Guest, invited: Guest) -> None:
    guest.open()
    invited.open()
    answer = invited.send({"room_comfort": "3"}, form=guest.fields["form"])
    assert "This form was not complete" in answer.text


def test_used_forged_and_late_codes_are_told_the_same(guest: Guest, invite: Callable[..., str]) -> None:
    late = invite("late", closes=today() - timedelta(days=1))
    pages = {guest.browser.get(one).text for one in (late, "/invited/forged", "/invited/é")}
    assert len(pages) == 1
    assert SAME in pages.pop()


def test_who_has_a_mail_may_answer_also_when_the_sending_was_stopped(guest: Guest, invite: Callable[..., str]) -> None:
    assert guest.browser.get(invite("stopped", stopped_at=clock.now())).status_code == 200


def test_who_tries_many_codes_is_told_to_wait_and_real_ones_still_open(invited: Guest) -> None:
    for number in range(FORGED_CODES):
        assert invited.browser.get(f"/invited/forged{number}").status_code == 404
    refused = invited.browser.post("/invited/forged", data={})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "have arrived" in invited.answer_all().text


def test_invitations_are_not_throttled(invited: Guest, configure: Callable[..., None], client: Browser) -> None:
    configure(answers_per_network=1, answers_a_day=1)
    client.app.state.answers = Throttle()  # type: ignore[attr-defined]
    client.app.state.answers.count_answer("192.0.2.1", "sample")  # type: ignore[attr-defined]
    assert "have arrived" in invited.answer_all().text
