"""Making and changing people."""

import json

import pytest
import sqlalchemy as sa

from core import clock, trail
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from core.people import actions, keys, passwords, queries
from core.people.models import Person
from tests.core.people.conftest import EMAIL, PASSWORD, make_person


def test_an_address_belongs_to_one_person(database: Database, ada: Person) -> None:
    with pytest.raises(InvalidInput, match="email"):
        make_person(database, email="ADA@example.org")


def test_a_person_is_found_by_number_and_address(database: Database, ada: Person) -> None:
    with database.read() as session:
        assert queries.person(session, ada.id).email == EMAIL
        assert [person.id for person in queries.people(session)] == [ada.id]
        with pytest.raises(NotFound):
            queries.person(session, ada.id + 1)


def test_a_change_is_recorded_without_names(database: Database, ada: Person) -> None:
    with database.write() as session:
        actions.change_person(session, "person:9", ada.id, 1, name="Ada B. Sample", roles=["quality"], language="fr")

    with database.read() as session:
        changed = queries.person(session, ada.id)
        assert (changed.name, changed.roles, changed.language, changed.version) == (
            "Ada B. Sample",
            ["quality"],
            "fr",
            2,
        )
        newest, oldest = trail.entries(session, "person", ada.id)
        assert (newest.actor, newest.action) == ("person:9", "person.change")
        assert newest.before == {"language": "", "roles": ["viewer"]}
        assert newest.after == {"language": "fr", "roles": ["quality"]}
        assert oldest.action == "person.create"
        assert "Sample" not in json.dumps([newest.after, newest.before, oldest.after])


def test_a_change_of_nothing_leaves_no_trace_and_a_new_name_only_that_it_changed(
    database: Database, ada: Person
) -> None:
    with database.write() as session:
        actions.change_person(session, "person:9", ada.id, 1, name=ada.name, active=True)
        actions.change_person(session, "person:9", ada.id, 1, name="Ada Example")

    with database.read() as session:
        assert [entry.action for entry in trail.entries(session, "person", ada.id)] == [
            "person.rename",
            "person.create",
        ]


def test_a_change_of_an_older_version_is_refused(database: Database, ada: Person) -> None:
    with database.write() as session:
        actions.change_person(session, "person:9", ada.id, 1, language="fr")

    with pytest.raises(Conflict), database.write() as session:
        actions.change_person(session, "person:9", ada.id, 1, language="en")


@pytest.mark.parametrize("change", [{"active": False}, {"roles": ["viewer"]}])
def test_the_last_active_administrator_stays_one(database: Database, admin: Person, change: dict[str, object]) -> None:
    with pytest.raises(Conflict, match="last active administrator"), database.write() as session:
        actions.change_person(session, "person:1", admin.id, 1, **change)  # type: ignore[arg-type]

    make_person(database, "admin", "quality", email="second@example.org")
    with database.write() as session:
        actions.change_person(session, "person:1", admin.id, 1, **change)  # type: ignore[arg-type]


def test_who_becomes_inactive_is_signed_out_everywhere_and_stays_so(database: Database, ada: Person) -> None:
    with database.write() as session:
        key = keys.start_sign_in(session, ada.id, "browser", 1)
        actions.change_person(session, "person:9", ada.id, 1, active=False)
        actions.change_person(session, "person:9", ada.id, 2, active=True)

    with database.read() as session:
        assert queries.signed_in(session, key, clock.now()) is None


def test_a_new_password_ends_every_other_session(database: Database, ada: Person) -> None:
    with database.write() as session:
        kept, other = (keys.start_sign_in(session, ada.id, "browser", 1) for _ in range(2))
        keep = queries.signed_in(session, kept, clock.now())
        assert keep is not None
        new_hash = passwords.hash_new("another evening", EMAIL)
        actions.set_password(session, "person:1", ada.id, new_hash, keep_sign_in=keep[0].id)

    with database.read() as session:
        assert queries.signed_in(session, kept, clock.now()) is not None
        assert queries.signed_in(session, other, clock.now()) is None
        assert not queries.person(session, ada.id).must_change_password


def test_the_first_start_makes_an_administrator_with_a_one_time_password(database: Database) -> None:
    with database.write() as session:
        password = actions.ensure_first_administrator(session)
        assert password is not None
        assert actions.ensure_first_administrator(session) is None

    with database.read() as session:
        first = queries.person_by_email(session, actions.FIRST_ADMINISTRATOR)
        assert first is not None
        assert first.roles == ["admin"]
        assert first.must_change_password
        assert passwords.matches(password, first.password_hash)


def test_neither_passwords_nor_keys_nor_hashes_stand_in_the_trail(database: Database, ada: Person) -> None:
    with database.write() as session:
        key = keys.start_sign_in(session, ada.id, "browser", 1)
        actions.set_password(session, "person:1", ada.id, passwords.hash_new(PASSWORD + "!", EMAIL))

    with database.read() as session:
        rows = session.execute(sa.select(*(trail.TrailEntry.__table__.columns))).all()
        text = repr([tuple(row) for row in rows])
        assert rows
        assert not any(secret in text for secret in (PASSWORD, key, "argon2", EMAIL))
