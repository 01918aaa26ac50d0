"""Pavilions, room types, parties, segments and events: added, changed, taken away while nothing uses them."""

from datetime import date

import pytest

from campus.places import actions, queries
from campus.places.actions import WantedEvent, WantedParty, WantedPavilion, WantedRoomType, WantedSegment
from campus.places.models import Event, Party, Pavilion, RoomType, Segment
from core import trail
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from tests.campus.books import TEST, open_campus


def test_a_pavilion_gets_a_short_name_of_its_name_and_can_be_changed(database: Database) -> None:
    with database.write() as session:
        wanted = WantedPavilion(name=" Échantillon  7 ", uses=["offices", "hotel"], area_m2=900)
        pavilion = actions.add(session, Pavilion, wanted, TEST)
        assert (pavilion.slug, pavilion.name, pavilion.uses) == ("echantillon-7", "Échantillon 7", ["hotel", "offices"])
        second = actions.add(session, Pavilion, wanted, TEST)
        assert second.slug == "echantillon-7-2"
        actions.change(session, pavilion, WantedPavilion(name="Sample 7", uses=["hotel"]), TEST, version=1)
        assert (pavilion.name, pavilion.slug, pavilion.area_m2, pavilion.version) == (
            "Sample 7",
            "echantillon-7",
            None,
            2,
        )
        (changed, _added) = trail.entries(session, "pavilion", "echantillon-7")
        assert changed.before == {"name": "Échantillon 7", "uses": ["hotel", "offices"], "area_m2": 900}


def test_a_change_of_what_was_changed_meanwhile_is_refused(database: Database) -> None:
    with database.write() as session:
        kind = actions.add(session, RoomType, WantedRoomType(name="Suite"), TEST)
        actions.change(session, kind, WantedRoomType(name="Large suite"), TEST, version=1)
        with pytest.raises(Conflict, match="“Large suite” was changed meanwhile"):
            actions.change(session, kind, WantedRoomType(name="Small suite"), TEST, version=1)


def test_what_is_in_use_is_not_taken_away_and_the_refusal_says_by_what(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-01", "2026-03-03")
        for table, key, what in (
            (Pavilion, campus.pavilions[0], "rooms"),
            (RoomType, campus.types[0], "rooms"),
            (Party, campus.party, "stays"),
            (Segment, campus.segments[0], "stays"),
        ):
            thing = session.get_one(table, key)
            with pytest.raises(Conflict, match=rf"it is in use \({what}\)"):
                actions.delete(session, thing, TEST, version=1)  # type: ignore[type-var]
        actions.delete(session, session.get_one(Segment, campus.segments[1]), TEST, version=1)
        with pytest.raises(NotFound):
            queries.by_slug(session, Segment, "conferences")


def test_an_event_tells_its_participants_here_and_online(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        wanted = WantedEvent(
            name="Sample conference",
            segment_id=campus.segments[1],
            party_id=campus.party,
            first=date(2026, 3, 1),
            until=date(2026, 3, 4),
            on_site=80,
            online=240,
        )
        event = actions.add(session, Event, wanted, TEST)
        (entry,) = trail.entries(session, "event", event.slug)
        assert entry.after is not None
        assert (entry.after["first"], entry.after["online"]) == ("2026-03-01", 240)
        actions.delete(session, event, TEST, version=1)


EVENT = {"name": "x", "segment_id": 1, "party_id": 1, "first": date(2026, 3, 1), "until": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("table", "wanted", "place"),
    [
        (Pavilion, WantedPavilion(name=""), "name"),
        (Pavilion, WantedPavilion(name="x", uses=["cellar"]), "uses"),
        (Pavilion, WantedPavilion(name="x", area_m2=0), "area"),
        (Pavilion, WantedPavilion(name="x", slug="A b"), "slug"),
        (Party, WantedParty(name="x", kind="friend"), "kind"),
        (Segment, WantedSegment(name="x", rate_cents=-1), "rate"),
        (Segment, WantedSegment(name="x", position=-1), "position"),
        (Event, WantedEvent(**EVENT | {"segment_id": 999}), "segment"),  # type: ignore[arg-type]
        (Event, WantedEvent(**EVENT | {"party_id": 999}), "party"),  # type: ignore[arg-type]
        (Event, WantedEvent(**EVENT | {"until": date(2026, 3, 1)}), "until"),  # type: ignore[arg-type]
        (Event, WantedEvent(**EVENT | {"online": -1}), "online"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    database: Database, table: type[Pavilion], wanted: actions.Wanted, place: str
) -> None:
    with database.write() as session:
        open_campus(session)
        with pytest.raises(InvalidInput) as refused:
            actions.add(session, table, wanted, TEST)
    assert refused.value.place == place


def test_a_short_name_that_is_taken_is_refused(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
        with pytest.raises(Conflict, match="There is a “single” already"):
            actions.add(session, RoomType, WantedRoomType(name="Single", slug="single"), TEST)
