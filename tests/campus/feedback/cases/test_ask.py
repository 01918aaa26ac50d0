"""The public form of guests who want an answer: small, in five languages, and nothing joins it to a response."""

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from httpx2 import Response

from campus.feedback.cases.models import GuestCase
from campus.feedback.cases.rules import NETWORK_TRIES
from campus.feedback.responses.models import Response as Answered
from core.guest_texts import LANGUAGES
from core.i18n import today
from tests.api.people import Browser
from tests.campus.feedback.cases.conftest import POINT, Desk

LARGEST_PAGE = 12_000  # bytes, compressed, with its style sheets


def ask(guest: Browser, address: str = "/ask?lang=en", **fields: str) -> Response:
    given = {"text": "Sample: my scarf.", "contact": "guest@example.org"} | fields
    return guest.post(address, data=given)


def found(desk: Desk) -> list[GuestCase]:
    with desk.database.read() as session:
        return list(session.scalars(sa.select(GuestCase).order_by(GuestCase.id)))


def test_a_guest_asks_without_an_account_and_is_thanked(desk: Desk) -> None:
    answer = ask(desk.guest(), f"/ask?lang=it&from={POINT}", pavilion="sample-north")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ask/sent?lang=it")
    (case,) = found(desk)
    assert (case.contact, case.language, case.state) == ("guest@example.org", "it", "new")
    assert case.pavilion_id == desk.campus.pavilions[0]
    assert case.due == today() + timedelta(days=5)


def test_the_pavilion_is_kept_only_when_the_guest_leaves_it_and_the_point_never(desk: Desk) -> None:
    guest = desk.guest()
    page = guest.get(f"/ask?from={POINT}&lang=en").text
    assert 'value="sample-north" checked' in page
    ask(guest, f"/ask?from={POINT}&lang=en")
    ask(guest, "/ask?from=nowhere&lang=en", pavilion="sample-south")
    assert [case.pavilion_id for case in found(desk)] == [None, None]
    columns = set(GuestCase.__table__.columns.keys())
    assert not columns & {"week", "point", "response_id", "code_hash", "key", "event_id"}
    assert not [key for key in GuestCase.__table__.foreign_keys if key.column.table.name == Answered.__tablename__]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_guests_language_in_both_directions(desk: Desk, language: str) -> None:
    answer = desk.guest().get("/ask", headers={"accept-language": f"{language};q=0.9, de"})
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text
    assert answer.headers["content-language"] == language
    assert ("Ask for an answer" in answer.text) == (language == "en")


def test_every_mistake_is_named_at_once_in_the_guests_language_and_the_entries_stay(desk: Desk) -> None:
    answer = ask(desk.guest(), "/ask?lang=fr", text="", contact="x" * 201)
    assert answer.status_code == 422
    assert 'href="#text"' in answer.text
    assert 'href="#contact"' in answer.text
    assert "x" * 201 in answer.text
    assert "Erreur" in answer.text
    assert "Write what" not in answer.text
    assert found(desk) == []


def test_changing_the_language_keeps_what_was_typed_and_sends_nothing(desk: Desk) -> None:
    answer = ask(desk.guest(), f"/ask?lang=en&from={POINT}", speak="ar", pavilion="sample-north")
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert f'action="/ask?lang=ar&amp;from={POINT}"' in answer.text
    assert "Sample: my scarf." in answer.text
    assert 'value="guest@example.org"' in answer.text
    assert 'value="sample-north" checked' in answer.text
    assert found(desk) == []


def test_no_cookie_is_set_and_nobody_is_known(desk: Desk) -> None:
    guest, staff = desk.guest(), desk.staff("quality")
    answers = [guest.get("/ask"), ask(guest), ask(guest, text=""), guest.get("/ask/sent"), guest.get("/ask/nothing")]
    answers += [staff.get("/ask"), ask(staff)]
    assert not any("set-cookie" in one.headers for one in answers)
    assert "Sign out" not in answers[-2].text


def test_what_cannot_be_read_is_told_in_the_guests_language(desk: Desk) -> None:
    guest = desk.guest()
    for refused in (ask(guest, "/ask?lang=es", text="x\x00"), guest.get(f"/ask?lang=es&from={'x' * 99}")):
        assert 400 <= refused.status_code < 500
        assert '<html lang="es"' in refused.text


def test_a_text_of_a_megabyte_is_refused_and_one_with_script_stays_text(desk: Desk) -> None:
    guest = desk.guest()
    assert ask(guest, text="x" * 1_100_000).status_code == 413
    assert ask(guest, text="x" * 4001).status_code == 422
    ask(guest, text="<script>alert(1)</script>", contact='"><img src=x>')
    page = desk.staff("quality").get("/feedback/cases/1").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<img" not in page


def test_a_flood_from_one_network_is_stopped_and_nothing_typed_is_lost(desk: Desk) -> None:
    guest = desk.guest()
    for _ in range(NETWORK_TRIES):
        assert ask(guest).status_code == 303
    refused = ask(guest)
    assert (refused.status_code, "retry-after" in refused.headers) == (429, True)
    assert "Sample: my scarf." in refused.text
    assert len(found(desk)) == NETWORK_TRIES


def test_a_day_takes_only_so_many(desk: Desk, configure: Callable[..., None]) -> None:
    configure(guest_cases_a_day=2)
    guest = desk.guest()
    assert [ask(guest).status_code for _ in range(3)] == [303, 303, 429]


def test_the_page_is_small(desk: Desk) -> None:
    guest = desk.guest()
    page = guest.get("/ask?lang=ar")
    sheets = [guest.get(part.split('"')[0]) for part in page.text.split('rel="stylesheet" href="')[1:]]
    assert sum(len(gzip.compress(one.content)) for one in [page, *sheets]) < LARGEST_PAGE
    assert "<script" not in page.text
