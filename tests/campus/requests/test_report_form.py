"""The public form behind a room's code: forged keys, floods, hostile texts and files, and what it tells."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from httpx2 import Response

from api.middleware import MAX_BODY
from campus.printed_keys import spelt
from campus.requests import actions, keys, queries, throttle
from campus.requests.models import GuestContact
from campus.requests.photos import MOST_BYTES
from campus.requests.rules import ROOM_TRIES, State
from core import clock
from core.i18n import today
from tests.api.people import Browser
from tests.campus.books import TEST
from tests.campus.requests.conftest import Place
from tests.campus.sample_requests import picture

LARGEST_PAGE = 9_000  # bytes with both style sheets: for a weak connection


def send(guest: Browser, place: Place, photo: bytes = b"", **fields: str) -> Response:
    """What a telephone sends."""
    given = {"kind": "fault", "text": "Sample: the shower drips.", "csrf": guest.token()} | fields
    files = {"photo": ("photo.jpg", photo, "image/jpeg")} if photo else {"photo": ("", b"", "application/octet-stream")}
    return guest.post(f"/report/{place.key}", data=given, files=files)


def test_a_guest_reports_without_an_account_and_sees_how_far_it_is(guest: Browser, small: Place) -> None:
    answer = send(guest, small, picture(), contact="Sample Guest, 555 0100")
    assert answer.status_code == 303
    sent = guest.get(answer.headers["location"]).text
    assert "Your report has the number 1" in sent
    assert "It has arrived" in sent
    with small.database.write() as session:
        actions.step(session, queries.request(session, 1), State.REFUSED, TEST, reason="Sample reason for staff")
    sent = guest.get(answer.headers["location"]).text
    assert "We cannot do this" in sent
    assert "for staff" not in sent
    line = small.all()[0]
    assert (line.request.reported_by, line.room, line.request.kind) == ("guest", "101", "fault")
    assert len(list(small.folder.glob("*/*.jpg"))) == 1


def test_the_page_is_small_has_no_script_and_speaks_the_guests_language(guest: Browser, small: Place) -> None:
    page = guest.get(f"/report/{small.key}", headers={"Accept-Language": "fr-CH, fr;q=0.9"})
    assert page.headers["content-language"] == "fr"
    assert "<script" not in page.text
    sheets = re.findall(r'href="(/static/[^"]+)"', page.text)
    assert sum(len(guest.get(sheet).content) for sheet in sheets) + len(page.content) < LARGEST_PAGE
    guest.post_form("/language", {"language": "en", "next": f"/report/{small.key}"})
    assert guest.get(f"/report/{small.key}", headers={"Accept-Language": "fr"}).headers["content-language"] == "en"


def test_a_key_that_was_typed_from_paper_works(guest: Browser, small: Place) -> None:
    assert guest.get(f"/report/{spelt(small.key).upper()}").status_code == 200


@pytest.mark.parametrize("key", ["x", "a" * 15, "%27%20OR%201=1", "..%2Frooms", "a" * 3000, "%F0%9F%A6%86"])
def test_a_forged_key_tells_nothing_and_takes_nothing(guest: Browser, small: Place, key: str) -> None:
    for answer in (guest.get(f"/report/{key}"), guest.post_form(f"/report/{key}", {"kind": "fault", "text": "x"})):
        assert answer.status_code == 404
    assert small.all() == []


def test_a_renewed_key_ends_the_old_one_and_no_report(guest: Browser, small: Place) -> None:
    sent = send(guest, small).headers["location"]
    with small.database.write() as session:
        keys.renew(session, small.campus.rooms[0], TEST)
    assert guest.get(f"/report/{small.key}").status_code == 404
    assert "has the number 1" in guest.get(sent).text


@pytest.mark.parametrize("secret", ["", "x", "1", "a" * 43])
def test_nobody_sees_a_report_without_its_secret(guest: Browser, small: Place, secret: str) -> None:
    send(guest, small)
    assert guest.get(f"/report/{small.key}/sent", params={"report": secret}).status_code == 404


def test_it_never_tells_whether_somebody_stays_there(guest: Browser, small: Place) -> None:
    before = re.sub("[0-9a-f]{64}", "", guest.get(f"/report/{small.key}").text)
    with small.database.write() as session:
        small.campus.stay(session, 0, today().isoformat(), (today() + timedelta(days=3)).isoformat())
    assert re.sub("[0-9a-f]{64}", "", guest.get(f"/report/{small.key}").text) == before


def test_a_form_of_another_site_is_refused(guest: Browser, small: Place) -> None:
    fields = {"kind": "fault", "text": "x"}
    assert guest.post(f"/report/{small.key}", data=fields).status_code == 403
    token = {"csrf": guest.token()}
    answer = guest.post(f"/report/{small.key}", data=fields | token, headers={"Origin": "https://evil.example.org"})
    assert answer.status_code == 403
    assert small.all() == []


def test_what_was_written_survives_an_error_and_is_text(guest: Browser, small: Place) -> None:
    hostile = "</textarea><script>hacked()</script>\"'><img src=x onerror=hacked()>"
    answer = send(guest, small, kind="", text=hostile)
    assert answer.status_code == 422
    assert "Choose what it is." in answer.text
    assert "&lt;script&gt;hacked()" in answer.text
    assert "<script" not in answer.text
    assert send(guest, small, text="x" * 2001).status_code == 422
    assert send(guest, small, contact="x" * 201).status_code == 422
    assert small.all() == []


def test_a_hostile_photo_is_refused_and_nothing_is_kept(guest: Browser, small: Place) -> None:
    for hostile, status in ((b"<svg onload=hacked()>", 422), (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, 422)):
        assert send(guest, small, hostile).status_code == status
    assert send(guest, small, b"\0" * 9_100_000).status_code == 413
    assert small.all() == []
    assert not list(small.folder.glob("*/*"))


def test_only_forms_with_a_photo_take_more_than_a_mebibyte(guest: Browser, small: Place) -> None:
    large = b"x" * (MAX_BODY + 1)
    for address in (f"/report/{small.key}/sent", "/report/a/b", "/sign-in", "/rooms/requests/1/comment"):
        assert guest.post(address, content=large).status_code == 413, address
    assert guest.post(f"/report/{small.key}", content=large).status_code != 413


def test_a_flood_by_one_code_is_stopped_and_keeps_what_was_written(guest: Browser, small: Place) -> None:
    for _one in range(ROOM_TRIES):
        assert send(guest, small).status_code == 303
    answer = send(guest, small, picture(), text="Sample: one more")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "Sample: one more" in answer.text
    assert len(small.all()) == ROOM_TRIES
    assert not list(small.folder.glob("*/*"))  # its photo was not even looked at


def test_a_network_gets_no_further_by_the_codes_of_many_rooms(
    guest: Browser, small: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "NETWORK_TRIES", 3)
    with small.database.write() as session:
        keys.make_missing(session, small.campus.rooms, TEST)
        codes = list(queries.room_keys(session, small.campus.rooms).values())
    fields = {"kind": "fault", "text": "Sample"}
    answers = [guest.post_form(f"/report/{key}", fields).status_code for key in codes]
    assert answers == [303, 303, 303, 429]


def test_many_at_once_get_no_further_than_one_after_the_other(small: Place, app: object) -> None:
    answers: list[int] = []
    together = Barrier(12)

    def report() -> None:
        guest = Browser(app, follow_redirects=False)  # type: ignore[arg-type]
        fields = {"kind": "fault", "text": "Sample", "csrf": guest.token()}
        together.wait()
        answers.append(guest.post(f"/report/{small.key}", data=fields).status_code)

    threads = [Thread(target=report) for _one in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303] * ROOM_TRIES + [429] * (12 - ROOM_TRIES)


def test_a_day_has_room_for_so_many_reports(
    guest: Browser, small: Place, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(guest_reports_a_day=2)
    assert [send(guest, small).status_code for _one in range(3)] == [303, 303, 429]
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert send(guest, small).status_code == 303


def test_the_contact_and_the_photo_are_for_keepers_only(
    guest: Browser, small: Place, browser_of: Callable[..., Browser]
) -> None:
    send(guest, small, picture(), contact="Sample Guest, 555 0100")
    keeper, viewer = browser_of("facilities"), browser_of("viewer")
    assert "555 0100" in keeper.get("/rooms/requests/1").text
    assert "555 0100" not in viewer.get("/rooms/requests/1").text
    photo = keeper.get("/rooms/requests/1/photo.jpg")
    assert photo.headers["content-type"] == "image/jpeg"
    assert photo.headers["cache-control"] == "no-store"
    assert viewer.get("/rooms/requests/1/photo.jpg").status_code == 403
    assert guest.get("/rooms/requests/1/photo.jpg").status_code == 303
    keeper.post_form("/rooms/requests/1/erase")
    assert keeper.get("/rooms/requests/1/photo.jpg").status_code == 404
    with small.database.read() as session:
        assert session.get(GuestContact, 1) is None
