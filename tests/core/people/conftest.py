"""People for the tests, with passwords that are hashed quickly."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from core.database import Database
from core.people import actions, passwords
from core.people.models import Person

EMAIL, PASSWORD = "ada@example.org", "a quiet evening"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hashes", PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)]))


def make_person(database: Database, *roles: str, email: str = EMAIL, one_time: bool = False) -> Person:
    """A person who signs in with `PASSWORD`."""
    password_hash = passwords.hash_new(PASSWORD, email)
    with database.write() as session:
        return actions.create_person(
            session,
            "command",
            email=email,
            name="Ada Sample",
            roles=roles or ["viewer"],
            password_hash=password_hash,
            one_time=one_time,
        )


@pytest.fixture
def ada(database: Database) -> Person:
    """A person without any special right."""
    return make_person(database)


@pytest.fixture
def admin(database: Database) -> Person:
    """The only administrator."""
    return make_person(database, "admin", email="chief@example.org")
