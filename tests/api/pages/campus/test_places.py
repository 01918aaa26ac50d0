"""The pages of places: many rooms in one form, a room from a night on, lists, spaces, events."""

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from campus.places import queries
from campus.places.models import Event, Pavilion, Room, Space
from core.database import Database
from core.i18n import today
from tests.api.people import Browser, add_person
from tests.campus.sample_campus import add_campus

PLACES = "/rooms/places"
NORTH = f"{PLACES}/pavilions/sample-north"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """What the databases do differently is tested with the actions."""
    return sqlite_database


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    """Somebody of facilities, before a small campus."""
    add_campus(database, "places")
    return Browser(app, follow_redirects=False).sign_in_as(database, add_person(database, "facilities"))


def day(name: str, days: int) -> dict[str, str]:
    when = today() + timedelta(days=days)
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def version(browser: Browser, address: str) -> str:
    return str(re.findall(r'name="version" value="(\d+)"', browser.get(address).text)[0])


def post(browser: Browser, address: str, fields: dict[str, Any]) -> str:
    """Post a form that names the version it shows; the page that follows, or the form again."""
    page = browser.get(address).text
    shown = re.findall(r'name="version" value="(\d+)"', page)
    answer = browser.post_form(address, fields | ({"version": shown[0]} if shown else {}))
    assert answer.status_code in (303, 422), answer.text
    return browser.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text


def test_the_overview_tells_rooms_and_closed_ones(keeper: Browser) -> None:
    page = keeper.get(PLACES).text
    assert "8 guest rooms today in 3 pavilions, 1 of them closed." in page
    assert "Sample data" in page


def test_twenty_eight_rooms_are_added_in_one_form(keeper: Browser, database: Database) -> None:
    types = re.findall(r'<option value="(\d+)"', keeper.get(f"{NORTH}/add-rooms").text)
    fields = {"numbers": "201–228", "type": types[0], "beds": "2", "features": ["step-free"], **day("first", 0)}
    assert "28 rooms are added." in post(keeper, f"{NORTH}/add-rooms", fields)
    again = post(keeper, f"{NORTH}/add-rooms", fields | {"numbers": "228, 229"})
    assert "has these rooms already: 228" in again
    assert 'value="228, 229"' in again
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Room.number.like("2__"))) == 28


def test_a_range_that_is_none_is_told_beside_its_field(keeper: Browser) -> None:
    page = post(keeper, f"{NORTH}/add-rooms", {"numbers": "128-101", "type": "1", "beds": "1", **day("first", 0)})
    assert "The numbers hold “128-101”, which is no range such as 101–128" in page


def test_a_room_ends_from_a_night_on_and_its_page_keeps_the_history(keeper: Browser) -> None:
    room = f"{PLACES}/rooms/8"
    fields = {"becomes": "none", "reason": "Sample office", **day("first", 10), **day("until", 20)}
    page = post(keeper, f"{room}/change", fields)
    assert "Sample South 108 is saved." in page
    assert "Sample office" in page
    assert page.count("Replaced on") == 2


def test_a_room_with_stays_does_not_end_and_the_entries_stay(keeper: Browser) -> None:
    fields = {"becomes": "none", "reason": "Sample office", **day("first", 1)}
    page = post(keeper, f"{PLACES}/rooms/1/change", fields)
    assert "claims would lose their room: 2 (" in page
    assert 'value="Sample office"' in page
    assert "Error:" in page


def test_who_looked_at_an_older_version_of_a_room_is_refused(keeper: Browser) -> None:
    old = version(keeper, f"{PLACES}/rooms/8/number")
    assert "Sample South 1.08" in post(keeper, f"{PLACES}/rooms/8/number", {"number": "1.08"})
    answer = keeper.post_form(f"{PLACES}/rooms/8/number", {"number": "1.09", "version": old})
    assert answer.status_code == 422
    assert "was changed meanwhile" in answer.text


def test_a_room_that_never_was_one_says_so(keeper: Browser) -> None:
    page = post(keeper, f"{PLACES}/rooms/8/take-away", {"reason": "slip of the pen"})
    assert "is no room any more" in page
    assert "No room in any night" in page


def test_a_pavilion_is_added_changed_and_taken_away(keeper: Browser, database: Database) -> None:
    page = post(keeper, f"{PLACES}/add-pavilion", {"name": "Sample west", "uses": ["hotel", "offices"], "area": "900"})
    assert "Area: 900 m²." in page
    west = f"{PLACES}/pavilions/sample-west"
    assert "Guest rooms" in post(keeper, f"{west}/edit", {"name": "Sample far west", "uses": ["hotel"]})
    assert "Sample far west is taken away." in post(keeper, f"{west}/delete", {})
    assert keeper.post_form(f"{NORTH}/delete", {"version": version(keeper, f"{NORTH}/delete")}).status_code == 409
    with database.read() as session:
        assert queries.slugs(session, Pavilion) == {"sample-north", "sample-south", "sample-annex"}


def test_lists_are_kept_in_one_way_and_a_rate_is_typed_with_a_comma(keeper: Browser) -> None:
    segments = f"{PLACES}/lists/segments"
    page = post(keeper, f"{segments}/add", {"name": "Sample fairs", "rate": "62,50", "position": "3"})
    assert "€62.50" in page
    assert "“free” is not clear" in post(keeper, f"{segments}/add", {"name": "x", "rate": "free"})
    assert "Sample shows" in post(keeper, f"{segments}/sample-fairs/edit", {"name": "Sample shows", "rate": "70"})
    assert "Sample shows is taken away." in post(keeper, f"{segments}/sample-fairs/delete", {})
    assert "Third party" in post(keeper, f"{PLACES}/lists/parties/add", {"name": "Sample firm", "kind": "third party"})
    assert "Suite" in post(keeper, f"{PLACES}/lists/types/add", {"name": "Suite"})
    assert keeper.get(f"{PLACES}/lists/cellars").status_code == 404


def test_an_office_is_occupied_by_one_party_at_a_time(keeper: Browser) -> None:
    assert "One meeting room or office is free today." in keeper.get(f"{PLACES}/spaces").text
    post(keeper, f"{PLACES}/lists/parties/add", {"name": "Sample firm", "kind": "third party"})
    form = keeper.get(f"{PLACES}/spaces/1/occupant").text
    firm = re.findall(r'<option value="(\d+)">Sample firm', form)[0]
    page = post(keeper, f"{PLACES}/spaces/1/occupant", {"party": firm, **day("first", 0)})
    assert "Sample programme occupies it from" in page
    assert "Free today." in post(keeper, f"{PLACES}/spaces/1/occupant", {"party": "", **day("first", 0)})
    page = post(keeper, f"{PLACES}/spaces/1/occupant", {"party": firm, **day("first", 0), "reason": "Sample lease"})
    assert "Occupied today by Sample firm." in page
    assert "Sample lease" in page


def test_a_space_is_added_changed_and_taken_away(keeper: Browser, database: Database) -> None:
    form = keeper.get(f"{PLACES}/spaces/add?pavilion=sample-south").text
    pavilion = re.findall(r'<option value="(\d+)" selected', form)[0]
    fields = {"pavilion": pavilion, "name": "Sample hall", "kind": "meeting room", "capacity": "120", **day("first", 0)}
    assert "Sample hall is added." in post(keeper, f"{PLACES}/spaces/add", fields)
    with database.read() as session:
        hall = f"{PLACES}/spaces/{session.scalar(sa.select(Space.id).where(Space.name == 'Sample hall'))}"
    assert "80" in post(keeper, f"{hall}/edit", fields | {"capacity": "80"})
    assert "The end must be after the first day" in post(keeper, f"{hall}/edit", fields | day("until", -5))
    assert "Sample hall is taken away." in post(keeper, f"{hall}/delete", {})


def test_events_are_found_by_what_they_are(keeper: Browser) -> None:
    assert "One event is on or to come." in keeper.get(f"{PLACES}/events").text
    past = keeper.get(f"{PLACES}/events?when=past").text
    assert "Sample course</a>" in past
    assert "Sample conference</a>" not in past
    assert "None fits the filter" in keeper.get(f"{PLACES}/events?when=all&text=unheard").text
    assert keeper.get(f"{PLACES}/events?when=all&sort=-online&segment=conferences").text.count("Sample c") > 1


def test_an_event_is_added_with_its_last_day_changed_and_taken_away(keeper: Browser, database: Database) -> None:
    form = keeper.get(f"{PLACES}/add-event").text
    segment, party = (
        re.findall(rf'name="{name}".*?<option value="(\d+)"', form, re.DOTALL)[0] for name in ("segment", "party")
    )
    fields = {"name": "Sample webinar", "segment": segment, "party": party, "on_site": "0", "online": "300"}
    fields |= day("first", 3) | day("until", 3)
    assert "Sample webinar is added." in post(keeper, f"{PLACES}/add-event", fields)
    with database.read() as session:
        event = queries.by_slug(session, Event, "sample-webinar")
        assert event.until - event.first == timedelta(days=1)
    webinar = f"{PLACES}/events/sample-webinar"
    assert "450" in post(keeper, f"{webinar}/edit", fields | {"online": "450"})
    assert "The last day must not be before the first day" in post(keeper, f"{webinar}/edit", fields | day("until", 1))
    assert "Sample webinar is taken away." in post(keeper, f"{webinar}/delete", {})


def test_who_may_only_look_sees_no_buttons(app: FastAPI, keeper: Browser, database: Database) -> None:
    viewer = Browser(app).sign_in_as(database, add_person(database, "viewer"))
    for address in (PLACES, NORTH, f"{PLACES}/rooms/1", f"{PLACES}/lists/parties", f"{PLACES}/spaces/1"):
        page = viewer.get(address).text
        assert "/add" not in page
        assert "/edit" not in page
        assert "/change" not in page
