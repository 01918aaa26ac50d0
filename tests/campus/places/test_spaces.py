"""Meeting rooms and offices: one occupant at a time, and everything that was ever believed of them is kept."""

import threading
from datetime import date

import pytest
from sqlalchemy.orm import Session

from campus.places import actions, queries, spaces
from campus.places.actions import WantedParty
from campus.places.models import Party, Space
from campus.places.spaces import WantedSpace
from core import trail
from core.database import Database
from core.errors import Conflict, InvalidInput
from tests.campus.books import TEST, open_campus

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def open_space(session: Session, **values: object) -> tuple[Space, int, int]:
    """An office, and two parties who may want it."""
    campus = open_campus(session)
    wanted: dict[str, object] = {"pavilion_id": campus.pavilions[0], "name": "Sample office 1", "kind": "office"}
    wanted |= {"capacity": 4, "first": date(2020, 1, 1)} | values
    other = actions.add(session, Party, WantedParty(name="Sample agency", kind="partner"), TEST)
    return spaces.add_space(session, WantedSpace(**wanted), TEST), campus.party, other.id  # type: ignore[arg-type]


def uses(session: Session, space: Space) -> list[tuple[int, date, date | None]]:
    return [(one.party_id, one.first, one.until) for one in queries.uses(session, space.id)]


def test_an_office_passes_from_one_party_to_another(database: Database) -> None:
    with database.write() as session:
        space, one, other = open_space(session)
        spaces.occupy(session, space, one, MAY, None, TEST, "moves in")
        with pytest.raises(Conflict, match="Sample programme occupies it from 1 May 2026 on"):
            spaces.occupy(session, space, other, JULY, None, TEST, "")
        spaces.occupy(session, space, None, JUNE, None, TEST, "moves out")
        spaces.occupy(session, space, other, JUNE, JULY, TEST, "")
        assert uses(session, space) == [(one, MAY, JUNE), (other, JUNE, JULY)]
        assert [version.until for version in queries.use_versions(session, space.id)] == [JULY, JUNE, None]
        assert [entry.action for entry in trail.entries(session, "space", space.id)] == ["space.occupy"] * 3 + [
            "space.add"
        ]


def test_whoever_stays_longer_has_one_period_and_the_same_again_writes_nothing(database: Database) -> None:
    with database.write() as session:
        space, one, _other = open_space(session)
        for first, until in ((MAY, JUNE), (JUNE, JULY), (MAY, JULY)):
            spaces.occupy(session, space, one, first, until, TEST, "")
        assert uses(session, space) == [(one, MAY, JULY)]
        assert len(queries.use_versions(session, space.id)) == 2


def test_of_twelve_who_want_an_office_for_the_same_month_exactly_one_gets_it(database: Database) -> None:
    with database.write() as session:
        space, *_parties = open_space(session)
        wanted = WantedParty(name="Sample tenant", kind="third party")
        parties = [actions.add(session, Party, wanted, TEST).id for _ in range(12)]
    start, answers = threading.Barrier(12), []

    def want(party: int) -> None:
        start.wait()
        try:
            with database.write() as session:
                spaces.occupy(session, session.get_one(Space, space.id), party, MAY, JUNE, TEST, "")
            answers.append("got it")
        except Conflict:
            answers.append("refused")

    threads = [threading.Thread(target=want, args=(party,)) for party in parties]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["got it"] + ["refused"] * 11
    with database.read() as session:
        assert len(uses(session, space)) == 1


def test_a_space_is_occupied_only_while_it_is_there(database: Database) -> None:
    with database.write() as session:
        space, one, _other = open_space(session, until=JULY)
        with pytest.raises(InvalidInput, match="first: lies outside"):
            spaces.occupy(session, space, one, MAY, None, TEST, "")
        spaces.occupy(session, space, one, MAY, JULY, TEST, "")
        wanted = WantedSpace(
            pavilion_id=space.pavilion_id, name=space.name, kind="office", capacity=4, first=space.first, until=JUNE
        )
        with pytest.raises(Conflict, match="from 1 May 2026 until 1 Jul 2026"):
            spaces.change_space(session, space, wanted, TEST, version=3)
        spaces.occupy(session, space, None, JUNE, None, TEST, "")
        spaces.change_space(session, space, wanted, TEST, version=4)
        assert space.until == JUNE


def test_a_space_that_was_ever_occupied_is_not_taken_away(database: Database) -> None:
    with database.write() as session:
        space, one, _other = open_space(session)
        spaces.occupy(session, space, one, MAY, JUNE, TEST, "")
        spaces.occupy(session, space, None, MAY, JUNE, TEST, "never came")
        with pytest.raises(Conflict, match="is in use"):
            spaces.delete_space(session, space, TEST, version=4)
        with pytest.raises(Conflict, match="was changed meanwhile"):
            spaces.delete_space(session, space, TEST, version=3)


def test_an_unused_space_goes_and_leaves_its_trail(database: Database) -> None:
    with database.write() as session:
        space, *_parties = open_space(session)
        spaces.delete_space(session, space, TEST, version=2)
        newest = trail.entries(session, "space", space.id)[0]
        assert (newest.action, (newest.before or {})["name"]) == ("space.delete", "Sample office 1")


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"capacity": 0}, "capacity"),
        ({"kind": "cellar"}, "kind"),
        ({"name": " "}, "name"),
        ({"until": date(2019, 1, 1)}, "until"),
        ({"pavilion_id": 999}, "pavilion"),
    ],
)
def test_a_space_that_cannot_be_is_refused(database: Database, values: dict[str, object], place: str) -> None:
    with pytest.raises(InvalidInput) as refused, database.write() as session:
        open_space(session, **values)
    assert refused.value.place == place


def test_two_spaces_of_a_pavilion_do_not_share_a_name(database: Database) -> None:
    with database.write() as session:
        space, *_parties = open_space(session)
        same = WantedSpace(pavilion_id=space.pavilion_id, name=space.name, kind="office", capacity=1, first=space.first)
        with pytest.raises(Conflict, match="has a space “Sample office 1” already"):
            spaces.add_space(session, same, TEST)
