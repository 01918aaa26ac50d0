"""Sessions and tokens."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import clock, trail
from core.database import Database
from core.errors import InvalidInput, NotFound
from core.people import actions, keys, queries
from core.people.models import ApiToken, Person, SignIn
from core.secrets import key_hash


def _token(database: Database, person: Person, **given: object) -> tuple[str, ApiToken]:
    wanted: dict[str, object] = {"name": "pipeline", "scopes": ["read"], "expires_at": clock.now() + timedelta(days=1)}
    with database.write() as session:
        return keys.create_token(session, "person:1", person.id, **(wanted | given))  # type: ignore[arg-type]


def _is_signed_in(database: Database, key: str, later: timedelta = timedelta()) -> bool:
    with database.read() as session:
        return queries.signed_in(session, key, clock.now() + later) is not None


def test_a_session_ends_after_its_hours(database: Database, ada: Person) -> None:
    with database.write() as session:
        key = keys.start_sign_in(session, ada.id, "browser" * 100, 2)

    assert _is_signed_in(database, key, timedelta(hours=1, minutes=59))
    assert not _is_signed_in(database, key, timedelta(hours=2))
    assert not _is_signed_in(database, key + "x")


def test_only_the_hashes_of_keys_are_stored(database: Database, ada: Person) -> None:
    token_key, _ = _token(database, ada)
    with database.write() as session:
        key = keys.start_sign_in(session, ada.id, "browser", 1)

    with database.read() as session:
        assert session.scalars(sa.select(SignIn.key_hash)).all() == [key_hash(key)]
        assert session.scalars(sa.select(ApiToken.key_hash)).all() == [key_hash(token_key)]


def test_signing_out_ends_this_session_only_and_may_be_repeated(database: Database, ada: Person) -> None:
    with database.write() as session:
        one, other = (keys.start_sign_in(session, ada.id, "browser", 1) for _ in range(2))
    for _ in range(2):
        with database.write() as session:
            keys.end_sign_in(session, one)
            keys.end_sign_in(session, "unknown")

    assert not _is_signed_in(database, one)
    assert _is_signed_in(database, other)
    with database.read() as session:
        assert [entry.action for entry in trail.entries(session, "sign_in", 1)] == ["sign_in.end", "sign_in.start"]


def test_a_session_is_revoked_by_its_owners_number(database: Database, ada: Person, admin: Person) -> None:
    with database.write() as session:
        key = keys.start_sign_in(session, ada.id, "browser", 1)
        [sign_in] = queries.sign_ins(session, ada.id, clock.now())
        with pytest.raises(NotFound):
            keys.revoke_sign_in(session, "person:1", admin.id, sign_in.id)
        keys.revoke_sign_in(session, "person:1", ada.id, sign_in.id)

    assert not _is_signed_in(database, key)


def test_all_sessions_of_a_person_are_revoked_at_once(database: Database, ada: Person, admin: Person) -> None:
    with database.write() as session:
        mine = [keys.start_sign_in(session, ada.id, "browser", 1) for _ in range(2)]
        theirs = keys.start_sign_in(session, admin.id, "browser", 1)
        assert keys.end_every_sign_in(session, "person:1", ada.id) == 2

    assert not any(_is_signed_in(database, key) for key in mine)
    assert _is_signed_in(database, theirs)


def test_a_token_is_recognised_until_it_ends(database: Database, ada: Person) -> None:
    key, token = _token(database, ada, platform_slug="ecampus")

    with database.read() as session:
        found = queries.token_by_key(session, key, clock.now())
        assert found is not None
        assert (found[0].id, found[1].id, found[0].platform_slug) == (token.id, ada.id, "ecampus")
        assert key.startswith("campus_")
        assert found[0].hint == key[:12]
        assert queries.token_by_key(session, key, clock.now() + timedelta(days=2)) is None
        assert queries.token_by_key(session, "campus_guess", clock.now()) is None


def test_a_revoked_token_is_dead_and_still_listed(database: Database, ada: Person) -> None:
    key, token = _token(database, ada)
    for _ in range(2):
        with database.write() as session:
            keys.revoke_token(session, "person:1", token.id)

    with database.read() as session:
        assert queries.token_by_key(session, key, clock.now()) is None
        assert [one.id for one in queries.tokens(session, ada.id)] == [token.id]
        assert [one.id for one in queries.tokens(session)] == [token.id]
        assert [entry.action for entry in trail.entries(session, "token", token.id)] == ["token.revoke", "token.create"]
        with pytest.raises(NotFound):
            queries.token(session, token.id + 1)


def test_the_tokens_of_an_inactive_person_are_dead(database: Database, ada: Person) -> None:
    key, _ = _token(database, ada)
    with database.write() as session:
        actions.change_person(session, "person:9", ada.id, 1, active=False)

    with database.read() as session:
        assert queries.token_by_key(session, key, clock.now()) is None
    with pytest.raises(InvalidInput, match="person"):
        _token(database, ada)


def test_the_last_use_of_a_token_is_kept(database: Database, ada: Person) -> None:
    _, token = _token(database, ada)
    with database.write() as session:
        keys.note_use(session, token.id)

    with database.read() as session:
        assert queries.token(session, token.id).last_used_at is not None
