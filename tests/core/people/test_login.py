"""Signing in with a password."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import clock
from core.database import Database
from core.errors import InvalidInput, NotAllowed, TooManyAttempts
from core.people import actions, login, queries, rules
from core.people.models import LoginAttempt, Person
from tests.core.people.conftest import EMAIL, PASSWORD, make_person

HOME = "192.0.2.7"


def _sign_in(
    database: Database, password: str = PASSWORD, *, email: str = EMAIL, address: str = HOME, previous_key: str = ""
) -> login.SignedIn:
    return login.sign_in(database, email, password, address=address, user_agent="browser", previous_key=previous_key)


def _fail(database: Database, times: int, email: str = EMAIL, address: str = HOME) -> None:
    for _ in range(times):
        with pytest.raises(NotAllowed):
            _sign_in(database, "not the password", email=email, address=address)


def test_the_right_password_opens_a_session(database: Database, ada: Person, configure: Callable[..., None]) -> None:
    configure(session_hours=3)

    signed_in = _sign_in(database, email=" ADA@example.org")

    assert signed_in.person.id == ada.id
    with database.read() as session:
        assert queries.signed_in(session, signed_in.key, clock.now() + timedelta(hours=2, minutes=59)) is not None
        assert queries.signed_in(session, signed_in.key, clock.now() + timedelta(hours=3)) is None


def test_a_sign_in_gets_a_new_key_and_ends_the_session_of_the_old_cookie(database: Database, ada: Person) -> None:
    first = _sign_in(database)
    second = _sign_in(database, previous_key=first.key)

    assert first.key != second.key
    with database.read() as session:
        assert queries.signed_in(session, first.key, clock.now()) is None
        assert queries.signed_in(session, second.key, clock.now()) is not None


def test_wrong_password_unknown_address_and_inactive_person_get_the_same_answer(
    database: Database, ada: Person
) -> None:
    make_person(database, email="gone@example.org")
    with database.write() as session:
        gone = queries.person_by_email(session, "gone@example.org")
        assert gone is not None
        actions.change_person(session, "person:9", gone.id, 1, active=False)

    answers = set()
    for email, password in (
        (EMAIL, "wrong password"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
    ):
        with pytest.raises(NotAllowed) as caught:
            _sign_in(database, password, email=email)
        answers.add(str(caught.value))
    assert len(answers) == 1


def test_too_many_failures_of_one_address_book_entry_have_to_wait_wherever_they_come_from(
    database: Database, ada: Person
) -> None:
    for number in range(rules.TRIES_PER_EMAIL):
        _fail(database, 1, address=f"192.0.2.{number}")

    with pytest.raises(TooManyAttempts) as caught:
        _sign_in(database, address="192.0.2.200")

    assert 0 < caught.value.retry_after <= rules.WINDOW.total_seconds()


def test_the_wait_ends(database: Database, ada: Person) -> None:
    _fail(database, rules.TRIES_PER_EMAIL)
    with database.write() as session:
        session.execute(sa.update(LoginAttempt).values(at=clock.now() - rules.WINDOW))

    assert _sign_in(database).key
    with database.read() as session:
        assert session.scalars(sa.select(LoginAttempt.id)).all() == []


def test_one_caller_cannot_try_many_addresses(database: Database, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "TRIES_PER_ADDRESS", 3)
    for number in range(3):
        _fail(database, 1, email=f"guess{number}@example.org")

    with pytest.raises(TooManyAttempts):
        _sign_in(database)
    assert _sign_in(database, address="198.51.100.1").key


def test_successes_do_not_count_and_wipe_out_the_failures_before(database: Database, ada: Person) -> None:
    for _ in range(2):
        _fail(database, rules.TRIES_PER_EMAIL - 1)
        _sign_in(database)


def test_many_guesses_at_once_do_not_slip_through(database: Database, ada: Person) -> None:
    def guess(number: int) -> str:
        try:
            _sign_in(database, f"guess number {number}")
        except (NotAllowed, TooManyAttempts) as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(2 * rules.TRIES_PER_EMAIL)))

    assert outcomes.count("NotAllowed") == rules.TRIES_PER_EMAIL
    assert outcomes.count("TooManyAttempts") == rules.TRIES_PER_EMAIL


def test_the_throttle_keeps_no_addresses_of_people(database: Database, ada: Person) -> None:
    _fail(database, 1)

    with database.read() as session:
        kept = session.scalars(sa.select(LoginAttempt.subject)).all()
    assert len(kept) == 2
    assert not any(EMAIL in subject or HOME in subject for subject in kept)


def test_a_person_changes_their_password_and_no_longer_has_to(database: Database) -> None:
    person = make_person(database, one_time=True)
    assert _sign_in(database).person.must_change_password

    login.change_password(database, person.id, PASSWORD, "a louder morning", address=HOME)

    assert not _sign_in(database, "a louder morning").person.must_change_password
    _fail(database, 1)


def test_a_password_is_changed_only_by_who_knows_the_present_one(database: Database, ada: Person) -> None:
    for current, new, error in (
        ("not the password", "a louder morning", NotAllowed),
        (PASSWORD, PASSWORD, InvalidInput),
        (PASSWORD, "short", InvalidInput),
    ):
        with pytest.raises(error):
            login.change_password(database, ada.id, current, new, address=HOME)

    assert _sign_in(database).key
