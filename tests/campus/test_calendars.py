"""Calendars to subscribe to: whole nights, the last one not off by one, the same names for ever, nobody's name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.blocks import picking
from campus.blocks.picking import Pick
from campus.calendars import actions, queries
from campus.calendars.ical import Entry, calendar
from campus.nights import Nights
from campus.occupancy import actions as claims
from campus.occupancy.rules import Kind
from core import i18n
from core.database import Database
from core.errors import InvalidInput, NotFound
from core.i18n import today
from tests.campus.books import TEST, open_campus

MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
Event = dict[str, object]


def day(number: int) -> date:
    return today() + timedelta(days=number)


def read(text: bytes) -> dict[str, Event]:
    """The events by UID, as a calendar program reads them."""
    found = Calendar.from_ical(text)
    return {
        str(event["uid"]): {
            "first": event["dtstart"].dt,
            "until": event["dtend"].dt,
            "text": str(event["summary"]),
            "sequence": int(event["sequence"]),
            "dates": event["dtstart"].params.get("VALUE") == event["dtend"].params.get("VALUE") == "DATE",
        }
        for event in found.walk("VEVENT")
    }


def read_feed(session: Session, key: str) -> dict[str, Event]:
    feed = queries.feed_of_key(session, key)
    return read(calendar(queries.title(session, feed), queries.entries(session, feed), "campus.example.org"))


def test_the_end_is_the_day_of_departure_which_calendars_do_not_count() -> None:
    entry = Entry("claim-7", Nights(date(2026, 3, 3), date(2026, 3, 5)), "Sample North 101", MOMENT, 0)
    text = calendar("Sample North", [entry], "campus.example.org").decode()
    assert "DTSTART;VALUE=DATE:20260303\r\n" in text
    assert "DTEND;VALUE=DATE:20260305\r\n" in text
    assert "DTSTAMP:20260301T093000Z\r\n" in text
    assert "UID:claim-7@campus.example.org\r\n" in text


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_the_days_that_a_calendar_shows_are_the_nights(first: date, nights: int) -> None:
    wanted = Nights(first, first + timedelta(days=nights))
    (event,) = read(calendar("x", [Entry("claim-1", wanted, "x", MOMENT, 3)], "h")).values()
    shown = [date.fromordinal(n) for n in range(event["first"].toordinal(), event["until"].toordinal())]  # type: ignore[attr-defined]
    assert shown == list(wanted)
    assert event["dates"]


@given(st.text())
def test_no_name_can_add_lines_of_its_own(text: str) -> None:
    entry = Entry("block-1", Nights(date(2026, 3, 3), date(2026, 3, 5)), f"a{text}\r\nEND:VEVENT\rx", MOMENT, 0)
    found = read(calendar(f"{text}\nBEGIN:VEVENT", [entry], "h"))
    assert list(found) == ["block-1@h"]
    assert found["block-1@h"]["until"] == date(2026, 3, 5)


def test_a_pavilions_calendar_has_its_rooms_and_closures_and_nobodys_name(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        nights = Nights(day(3), day(5))
        block = blocks.hold(session, campus.block(), {(campus.types[0], night): 1 for night in nights}, TEST)
        picking.pick(session, block.number, [Pick(room_id=campus.rooms[0], nights=nights, names="Sample Guest")], TEST)
        campus.claim(session, Kind.EXTENDED_CLOSURE, 2, day(-500).isoformat(), day(900).isoformat())
        campus.stay(session, 1, day(3).isoformat(), day(5).isoformat())  # in the other pavilion
        gone = campus.stay(session, 0, day(6).isoformat(), day(7).isoformat())
        claims.cancel(session, gone.number, TEST, "")
        key, _feed = actions.make(session, TEST, pavilion_id=campus.pavilions[0])
        found = read_feed(session, key)
    assert {uid: (event["text"], event["first"], event["until"]) for uid, event in found.items()} == {
        "claim-1@campus.example.org": ("Sample North 101: occupied", day(3), day(5)),
        "claim-2@campus.example.org": ("Sample North 103: extended closure", day(-500), day(900)),
    }
    assert "Sample Guest" not in str(found)


def test_what_is_changed_keeps_its_name_and_counts_its_revisions(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        claim = campus.stay(session, 0, day(3).isoformat(), day(5).isoformat())
        key, _feed = actions.make(session, TEST, pavilion_id=campus.pavilions[0])
        (before,) = read_feed(session, key).items()
        claims.change_nights(session, claim.number, Nights(day(3), day(6)), TEST, "longer")
        (after,) = read_feed(session, key).items()
    assert before[0] == after[0]
    assert (before[1]["sequence"], after[1]["sequence"]) == (0, 1)
    assert after[1]["until"] == day(6)


def test_a_blocks_calendar_has_its_nights_its_cut_off_and_its_rooms(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        nights = Nights(day(30), day(33))
        rooms = {(campus.types[0], night): 2 for night in nights}
        number = blocks.hold(session, campus.block(cut_off=day(20)), rooms, TEST).number
        picking.pick(session, number, [Pick(room_id=campus.rooms[0], nights=nights)], TEST)
        key, _feed = actions.make(session, TEST, block=number)
        blocks.extend(session, number, day(25), TEST, "more time")
        found = read_feed(session, key)
        blocks.cancel(session, number, TEST, "called off")
        assert list(read_feed(session, key)) == ["claim-1@campus.example.org"]
    at = "@campus.example.org"
    assert {uid: (event["first"], event["until"], event["sequence"]) for uid, event in found.items()} == {
        f"block-1{at}": (day(30), day(33), 1),
        f"block-1-cut-off{at}": (day(25), day(26), 1),
        f"claim-1{at}": (day(30), day(33), 0),
    }
    assert found[f"block-1-cut-off{at}"]["text"] == "Cut-off: Sample course"


def test_only_the_hash_of_a_key_is_kept_and_a_key_that_ended_opens_nothing(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        with i18n.using("fr"):
            key, feed = actions.make(session, TEST, pavilion_id=campus.pavilions[0])
        kept = [str(getattr(feed, column.name)) for column in feed.__table__.columns]
        assert not any(key in one for one in kept)
        assert feed.language == "fr"
        assert queries.feed_of_key(session, key).id == feed.id
        actions.revoke(session, TEST, feed.id)
        actions.revoke(session, TEST, feed.id)  # again is no error
        with pytest.raises(NotFound):
            queries.feed_of_key(session, key)


@pytest.mark.parametrize("wanted", [{}, {"pavilion_id": 1, "block": 1}, {"pavilion_id": 99}])
def test_a_calendar_is_of_exactly_one_thing_that_is_there(database: Database, wanted: dict[str, int]) -> None:
    with database.write() as session:
        open_campus(session)
    with pytest.raises(InvalidInput, match="subject"), database.write() as session:
        actions.make(session, TEST, **wanted)
