"""Which passwords will do, and how they are kept."""

import pytest
from pwdlib import PasswordHash

from core.errors import InvalidInput
from core.people import passwords


@pytest.mark.parametrize(
    "given", ["", "elevenchars", "x" * 201, "ababababababab", "someone@example.org", "Someone@Example.org"]
)
def test_a_poor_password_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput, match="password"):
        passwords.hash_new(given, "someone@example.org")


def test_a_password_matches_its_own_hash_only() -> None:
    hashed = passwords.hash_new("pâssword of mine \ud800", "someone@example.org")

    assert passwords.matches("pâssword of mine \ud800", hashed)
    assert not passwords.matches("pâssword of yours", hashed)
    assert not passwords.matches("x" * 10_000, hashed)
    assert "pâssword" not in hashed


def test_without_a_hash_nothing_matches() -> None:
    assert not passwords.matches("whatever it may be", None)


def test_hashes_are_argon2id_of_the_recommended_strength(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hashes", PasswordHash.recommended())

    assert passwords.hash_new("twelve chars", "a@example.org").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_one_time_passwords_differ_and_would_be_accepted() -> None:
    assert passwords.one_time() != passwords.one_time()
    passwords.hash_new(passwords.one_time(), "a@example.org")
