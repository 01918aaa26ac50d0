"""Claims as pages: found, made, changed step by step, ended and taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from campus.known import known
from campus.nights import Nights
from campus.occupancy import actions, queries
from campus.occupancy.models import Claim, GuestName
from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser
from tests.campus.books import TEST, Campus
from tests.campus.sample_campus import add_campus

FIRST = today() + timedelta(days=300)
UNTIL = FIRST + timedelta(days=3)
NEW = "/rooms/claims/new"
MOVED, PART, CANCELLED = 11, 12, 13  # of tests/campus/sample_claims.py


def text(page: str) -> str:
    """What the page says, in one line."""
    return " ".join(" ".join(one.text for one in said_on(page)).split())


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Pages are the same on both databases; what differs is asked in tests/campus."""
    return sqlite_database


@pytest.fixture
def campus(database: Database) -> Campus:
    return add_campus(database, "claims")


@pytest.fixture
def keeper(campus: Campus, signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("facilities")


def typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def stay(campus: Campus, **values: Any) -> dict[str, str]:
    given = {"room": campus.rooms[0], "guests": 2, "party": campus.party, "segment": campus.segments[0]}
    fields = {name: str(value) for name, value in (given | {"step": "claim"} | values).items()}
    return typed("first", FIRST) | typed("until", UNTIL) | fields


def now(database: Database, number: int) -> Claim:
    with database.read() as session:
        return queries.claim(session, number)


def newest(database: Database) -> Claim:
    with database.read() as session:
        return session.scalars(sa.select(Claim).where(known(Claim, None)).order_by(Claim.number.desc())).first()  # type: ignore[return-value]


def test_the_list_begins_with_what_is_booked_from_tonight_on(keeper: Browser) -> None:
    page = text(keeper.get("/rooms/claims").text)
    assert "claims are booked for tonight or later." in page
    assert "Cancelled" not in page.split("Guest's name")[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=house+use", 1),
        ("status=cancelled", 1),
        ("pavilion=sample-south&kind=out+of+service", 1),
        ("room=102", 1),
        ("party=sample-programme&segment=conferences", 2),
        ("block=1", 2),
        ("number=1", 1),
        ("number=x&first=x&kind=x&status=x", 13),
        ("guest=companion", 2),
        ("guest=%25", 0),
        ("first=2090-01-01", 0),
    ],
)
def test_claims_are_found_by_what_is_known_of_them(keeper: Browser, query: str, found: int) -> None:
    page = keeper.get(f"/rooms/claims?{query}").text
    assert page.count('<th scope="row"') == found


def test_the_name_of_a_guest_is_shown_to_keepers_alone(keeper: Browser, signed_in: Callable[..., Browser]) -> None:
    assert "Sample Companion" in keeper.get(f"/rooms/claims/{MOVED}").text
    viewer = signed_in("viewer")
    assert "Companion" not in viewer.get(f"/rooms/claims/{MOVED}").text
    assert viewer.get("/rooms/claims?guest=companion&kind=stay").text.count('<th scope="row"') == 9


@pytest.mark.parametrize("sort", ["arrival", "-departure", "room", "-number", "x"])
def test_the_list_is_sorted_by_links(keeper: Browser, sort: str) -> None:
    assert keeper.get(f"/rooms/claims?kind=stay&sort={sort}").status_code == 200


def test_a_claim_shows_its_versions_and_its_other_parts(keeper: Browser) -> None:
    page = text(keeper.get(f"/rooms/claims/{MOVED}").text)
    assert "The same stay in other rooms" in page
    assert f"Claim {PART}" in page
    assert "Other nights" in page
    assert "quieter" in page
    assert keeper.get("/rooms/claims/999").status_code == 404


def test_a_free_night_of_the_chart_becomes_a_stay(keeper: Browser, campus: Campus, database: Database) -> None:
    page = keeper.get(f"{NEW}?room={campus.rooms[0]}&first={FIRST.isoformat()}").text
    assert f'<option value="{campus.rooms[0]}" selected>' in page
    answer = keeper.post_form(NEW, stay(campus, names="Sample Guest", rate="62,5", note="Late"))
    made = newest(database)
    assert answer.headers["location"] == f"/rooms/claims/{made.number}"
    assert (made.kind, made.room_id, made.first, made.until) == ("stay", campus.rooms[0], FIRST, UNTIL)
    assert (made.guests, made.rate_cents, made.note) == (2, 6250, "Late")
    with database.read() as session:
        kept = session.get(GuestName, made.booking)
        assert kept is not None
        assert kept.names == "Sample Guest"
    assert "is made." in keeper.get(f"/rooms/claims/{made.number}").text


def test_without_a_rate_the_segments_usual_one_counts(keeper: Browser, campus: Campus, database: Database) -> None:
    keeper.post_form(NEW, stay(campus))
    assert newest(database).rate_cents == 50_00


def test_a_fault_asks_for_nothing_of_a_stay(keeper: Browser, campus: Campus, database: Database) -> None:
    address = f"{NEW}?kind=out+of+order"
    assert "Rate a night" not in keeper.get(f"{address}&first={FIRST.isoformat()}").text
    keeper.post_form(address, stay(campus, note="Leak"))
    made = newest(database)
    assert (made.kind, made.guests, made.party_id, made.note) == ("out of order", 0, None, "Leak")


def test_a_stay_from_a_block_has_its_party_and_segment(keeper: Browser, campus: Campus, database: Database) -> None:
    first, until = today() + timedelta(days=20), today() + timedelta(days=22)
    fields = stay(campus, room=campus.rooms[4], block=1, party="", segment="") | typed("first", first)
    keeper.post_form(NEW, fields | typed("until", until))
    made = newest(database)
    assert (made.block, made.party_id, made.segment_id) == (1, campus.party, campus.segments[1])


def test_looking_for_rooms_keeps_what_is_typed(keeper: Browser, campus: Campus, database: Database) -> None:
    before = newest(database).number
    page = keeper.post_form(NEW, stay(campus, step="rooms", type="double", note="Late", room=""))
    assert page.status_code == 200
    assert 'value="Late"' in page.text
    assert "4 rooms are free" in page.text
    assert newest(database).number == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"room": ""}, "Choose a room."),
        ({"guests": "x"}, "Enter a whole number, such as 2."),
        ({"guests": "13"}, "The number of guests must be 1 to 12"),
        ({"party": ""}, "A party is needed for a stay"),
        ({"party": "99"}, "A party is not known"),
        ({"rate": "1.234"}, "“1.234” is not clear"),
        ({"rate": "12e3"}, "“12e3” is not clear"),
        ({"until-day": "", "until-month": "", "until-year": ""}, "Fill this in."),
        ({"first-month": "13"}, "Enter a real date"),
        ({"until-year": "2199"}, "This room is not free in all these nights"),
        (typed("until", FIRST), "The departure: the departure must be after the arrival"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_entries_stay(
    keeper: Browser, campus: Campus, wrong: dict[str, str], said: str
) -> None:
    if "until-year" in wrong and wrong["until-year"] == "2199":
        keeper.post_form(NEW, stay(campus))
    answer = keeper.post_form(NEW, stay(campus, note="Sample note") | wrong)
    assert answer.status_code == 422
    assert said in text(answer.text)
    assert "Sample note" in answer.text or "until-day" in wrong or "first-month" in wrong


def test_two_who_want_the_same_room_get_it_once(keeper: Browser, campus: Campus) -> None:
    keeper.post_form(NEW, stay(campus))
    answer = keeper.post_form(NEW, stay(campus))
    assert answer.status_code == 422
    assert "is taken in the night of" in answer.text


def test_the_nights_are_changed(keeper: Browser, database: Database) -> None:
    before = now(database, MOVED)
    address = f"/rooms/claims/{MOVED}/nights"
    assert f'value="{before.first.day}"' in keeper.get(address).text
    shorter = typed("first", before.first) | typed("until", before.until - timedelta(days=1))
    keeper.post_form(address, shorter | {"version": str(before.id), "reason": "sooner"})
    after = now(database, MOVED)
    assert (after.until, after.reason) == (before.until - timedelta(days=1), "sooner")


def test_a_step_from_an_old_page_is_refused(keeper: Browser, database: Database) -> None:
    old = now(database, MOVED)
    with database.write() as session:
        actions.change_nights(session, MOVED, Nights(old.first, old.until - timedelta(days=1)), TEST, "")
    for step in ("nights", "cancel", "details", "move", "swap"):
        fields = typed("first", old.first) | typed("until", old.until) | {"version": str(old.id), "step": "move"}
        fields |= {"room": "5", "other": "1", "guests": "1", "party": "1", "segment": "1"}
        answer = keeper.post_form(f"/rooms/claims/{MOVED}/{step}", fields)
        assert answer.status_code == 422, step
        assert "Somebody else changed this claim" in answer.text, step


def test_a_claim_moves_to_a_room_that_is_offered(keeper: Browser, campus: Campus, database: Database) -> None:
    address, before = f"/rooms/claims/{PART}/move", now(database, PART)
    assert f'<option value="{campus.rooms[4]}"' in keeper.get(address).text
    fields = typed("starting", before.first) | {"version": str(before.id), "room": str(campus.rooms[4])}
    assert keeper.post_form(address, fields | {"step": "rooms", "type": "double"}).status_code == 200
    answer = keeper.post_form(address, fields | {"step": "move", "reason": "view"})
    assert answer.status_code == 303
    assert now(database, PART).room_id == campus.rooms[4]


def test_a_claim_moves_from_a_night_on(keeper: Browser, campus: Campus, database: Database) -> None:
    before = now(database, PART)
    starting = before.first + timedelta(days=1)
    fields = typed("starting", starting) | {"version": str(before.id), "room": str(campus.rooms[4]), "step": "move"}
    answer = keeper.post_form(f"/rooms/claims/{PART}/move", fields)
    assert answer.headers["location"] == "/rooms/claims/14"
    assert now(database, 14).first == starting
    assert keeper.get("/rooms/claims/14").status_code == 200


def test_two_claims_swap_rooms(keeper: Browser, campus: Campus, database: Database) -> None:
    keeper.post_form(NEW, stay(campus))
    keeper.post_form(NEW, stay(campus, room=campus.rooms[1]))
    one, other = now(database, 14), now(database, 15)
    assert "Sample South 102" in keeper.get("/rooms/claims/14/swap").text
    keeper.post_form("/rooms/claims/14/swap", {"version": str(one.id), "other": str(other.id)})
    assert (now(database, 14).room_id, now(database, 15).room_id) == (other.room_id, one.room_id)


def test_details_and_names_are_changed(keeper: Browser, campus: Campus, database: Database) -> None:
    address = f"/rooms/claims/{MOVED}/details"
    assert "Sample Guest\nSample Companion" in keeper.get(address).text
    fields = {"version": str(now(database, MOVED).id), "guests": "3", "party": str(campus.party), "rate": "10"}
    keeper.post_form(address, fields | {"segment": str(campus.segments[1]), "names": "", "note": "New"})
    after = now(database, MOVED)
    assert (after.guests, after.rate_cents, after.note, after.segment_id) == (3, 1000, "New", campus.segments[1])
    assert "None kept" in keeper.get(f"/rooms/claims/{MOVED}").text


def test_a_cancelled_claim_is_taken_back_by_one_click(keeper: Browser, database: Database) -> None:
    address = f"/rooms/claims/{PART}"
    assert "The room is free again" in keeper.get(f"{address}/cancel").text
    keeper.post_form(f"{address}/cancel", {"version": str(now(database, PART).id), "reason": "ill"})
    page = keeper.get(address).text
    assert "is cancelled." in page
    assert "Undo" in page
    keeper.post_form(f"{address}/reinstate", {"version": str(now(database, PART).id)})
    assert now(database, PART).status == "booked"


def test_a_guest_who_did_not_come_is_marked(keeper: Browser, database: Database) -> None:
    assert "The revenue of its nights counts" in keeper.get("/rooms/claims/1/no-show").text
    keeper.post_form("/rooms/claims/1/no-show", {"version": str(now(database, 1).id)})
    assert now(database, 1).status == "no show"
    assert "Not turned up" in keeper.get("/rooms/claims/1").text
    answer = keeper.post_form(f"/rooms/claims/{MOVED}/no-show", {"version": str(now(database, MOVED).id)})
    assert "not expected yet" in answer.text


def test_what_cannot_be_taken_back_says_why(keeper: Browser, campus: Campus, database: Database) -> None:
    ended = now(database, CANCELLED)
    with database.write() as session:
        campus.stay(session, 4, ended.first.isoformat(), ended.until.isoformat())
    answer = keeper.post_form(f"/rooms/claims/{CANCELLED}/reinstate", {"version": str(ended.id)})
    assert answer.status_code == 409
    assert "is taken in the night of" in answer.text
