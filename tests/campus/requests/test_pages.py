"""The pages of those who work on requests."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from campus.requests import queries
from core.i18n import today
from tests.api.people import Browser
from tests.campus.requests.conftest import Place
from tests.campus.sample_requests import picture


def day_of(name: str, day: date) -> dict[str, str]:
    """A day as the form has it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def version(browser: Browser, number: int) -> str:
    return re.findall(r'name="version" value="(\d+)"', browser.get(f"/rooms/requests/{number}").text)[0]


@pytest.fixture
def keeper(browser_of: Callable[..., Browser]) -> Browser:
    return browser_of("facilities")


def test_whoever_may_look_may_report_and_comment_and_keepers_do_the_rest(
    browser_of: Callable[..., Browser], small: Place
) -> None:
    viewer = browser_of("viewer")
    fields = {"room": str(small.campus.rooms[1]), "kind": "cleaning", "text": "Sample: dust."}
    files = {"photo": ("a.jpg", picture(), "image/jpeg")}
    answer = viewer.post_form("/rooms/requests/new", fields, files=files)
    assert answer.headers["location"] == "/rooms/requests/1"
    assert viewer.post_form("/rooms/requests/1/comment", {"text": "Sample: much dust."}).status_code == 303
    page = viewer.get("/rooms/requests/1").text
    assert "Sample: much dust." in page
    assert 'action="/rooms/requests/1/step"' not in page
    assert viewer.post_form("/rooms/requests/1/step", {"to": "done", "version": "1"}).status_code == 403
    assert small.all()[0].request.reported_by == f"person:{viewer.person.id}"


def test_a_request_goes_its_way_by_forms(keeper: Browser, small: Place) -> None:
    number = small.request()
    address = f"/rooms/requests/{number}"
    steps: list[tuple[str, dict[str, str]]] = [
        ("assign", {"assignee": str(keeper.person.id)}),
        ("schedule", {"priority": "1"} | day_of("due", today() + timedelta(days=9))),
        ("step", {"to": "in work", "reason": "Sample: begun."}),
        ("room", {"room_kind": "out of order"} | day_of("first", today()) | day_of("until", today() + timedelta(7))),
        ("step", {"to": "done"}),
        ("step", {"to": "reopened", "reason": "Sample: again."}),
        ("refuse", {"to": "refused", "why": "Sample: no."}),
    ]
    for name, fields in steps:
        answer = keeper.post_form(f"{address}/{name}", fields | {"version": version(keeper, number)})
        assert answer.status_code == 303, (name, answer.text)
    page = keeper.get(address).text
    for said in ("State: Refused", "Gave the room back", "Took the room out", "Priority: High", "Sample: begun."):
        assert said in page
    assert "Due on" in page


def test_what_is_in_the_way_of_a_room_is_shown_with_its_nights(keeper: Browser, small: Place) -> None:
    number = small.request()
    with small.database.write() as session:
        until = today() + timedelta(days=3)
        small.campus.stay(session, 0, today().isoformat(), until.isoformat())
    fields = day_of("first", today()) | day_of("until", today() + timedelta(days=5)) | {"version": "1"}
    answer = keeper.post_form(f"/rooms/requests/{number}/room", fields)
    assert answer.status_code == 422
    assert "is taken in the night of" in answer.text
    assert "In the way of these nights" in answer.text
    assert small.all()[0].request.claim is None


def test_who_was_slower_keeps_what_they_entered(keeper: Browser, small: Place) -> None:
    number = small.request()
    fields = {"to": "in work", "version": "1", "reason": "Sample: mine."}
    assert keeper.post_form(f"/rooms/requests/{number}/step", fields).status_code == 303
    answer = keeper.post_form(f"/rooms/requests/{number}/step", fields)
    assert answer.status_code == 422
    assert "Somebody changed it meanwhile" in answer.text
    assert "Sample: mine." in answer.text


def test_a_filter_shows_what_it_says(keeper: Browser, small: Place) -> None:
    small.request(room=0)
    small.request(room=1)
    page = keeper.get("/rooms/requests?pavilion=sample-south").text
    assert "/rooms/requests/2" in page
    assert 'href="/rooms/requests/1"' not in page
    assert "No request fits this filter" in keeper.get("/rooms/requests?kind=cleaning&assignee=me").text


def test_the_codes_of_a_pavilion_are_made_printed_and_renewed(keeper: Browser, small: Place) -> None:
    sheet = "/rooms/requests/codes/sample-north"
    assert "Make the code of one room" in keeper.get(sheet).text  # of two rooms one has none
    assert keeper.post_form(f"{sheet}/make").status_code == 303
    page = keeper.get(sheet).text
    assert page.count("<svg") > 2
    assert page.count("Renew<") == 2
    with small.database.read() as session:
        before = queries.room_keys(session, small.campus.rooms)
    assert keeper.post_form(f"/rooms/requests/codes/{small.campus.rooms[0]}/renew").headers["location"] == sheet
    with small.database.read() as session:
        after = queries.room_keys(session, small.campus.rooms)
    assert {room for room in after if before[room] != after[room]} == {small.campus.rooms[0]}


def test_maintenance_is_planned_and_changed_by_a_form(keeper: Browser, small: Place) -> None:
    fields = {"place": f"room-{small.campus.rooms[0]}", "kind": "fault", "text": "Sample: check the alarm."}
    fields |= {"every_months": "12", "ahead_days": "30", "out_days": "1", "dates": "2031-05-01\n2032-05-01"}
    wrong = keeper.post_form("/rooms/requests/planned/add", fields | {"dates": "1/5/2031"})
    assert wrong.status_code == 422
    assert "is no date" in wrong.text
    assert "Sample: check the alarm." in wrong.text
    fields |= day_of("first", today() + timedelta(days=3))
    assert keeper.post_form("/rooms/requests/planned/add", fields).status_code == 303
    assert "every 12 months" in keeper.get("/rooms/requests/planned").text
    changed = fields | {"every_months": "1", "version": "1"}
    assert keeper.post_form("/rooms/requests/planned/1", changed).status_code == 303
    assert "every month" in keeper.get("/rooms/requests/planned").text
    assert keeper.post_form("/rooms/requests/planned/1", changed).status_code == 422
