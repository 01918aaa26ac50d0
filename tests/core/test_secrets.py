"""Encrypted credentials and hashed keys."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core import secrets
from core.errors import InvalidInput, Unavailable
from core.settings import settings

Configure = Callable[..., None]


def test_what_is_encrypted_is_read_again_and_unreadable_on_the_way(configure: Configure, tmp_path: Path) -> None:
    configure(data_dir=tmp_path / "data")

    stored = secrets.encrypt(b"sample password")

    assert b"sample" not in stored
    assert secrets.decrypt(stored) == b"sample password"


def test_the_key_is_made_once_for_its_owner_alone(configure: Configure, tmp_path: Path) -> None:
    configure(data_dir=tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda _: secrets.encrypt(b"x"), range(8)))

    assert [secrets.decrypt(one) for one in stored] == [b"x"] * 8
    [file] = (tmp_path / "data").iterdir()
    assert file.name == "secret.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_of_the_settings_comes_first_also_from_a_file(configure: Configure, tmp_path: Path) -> None:
    key = Fernet.generate_key()
    (tmp_path / "key").write_bytes(key + b"\n")
    configure(data_dir=tmp_path / "data", secret_key_file=tmp_path / "key")

    assert Fernet(key).decrypt(secrets.encrypt(b"x")) == b"x"
    assert not (tmp_path / "data").exists()


def test_another_key_is_named_as_the_cause(configure: Configure) -> None:
    configure(secret_key=Fernet.generate_key().decode())
    stored = secrets.encrypt(b"x")
    configure(secret_key=Fernet.generate_key().decode())

    with pytest.raises(Unavailable, match="CAMPUS_SECRET_KEY is not the key"):
        secrets.decrypt(stored)


def test_a_malformed_key_is_named_and_not_shown(configure: Configure) -> None:
    configure(secret_key="too short")

    with pytest.raises(Unavailable, match="CAMPUS_SECRET_KEY is no key") as caught:
        secrets.encrypt(b"x")
    assert "too short" not in str(caught.value)


def test_a_data_folder_that_cannot_be_made_is_named(configure: Configure, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    configure(data_dir=tmp_path / "file" / "data")

    with pytest.raises(Unavailable, match=r"secret\.key"):
        secrets.encrypt(b"x")


def test_a_secret_file_that_cannot_be_read_is_named(configure: Configure, tmp_path: Path) -> None:
    configure(secret_key_file=tmp_path / "absent")

    with pytest.raises(InvalidInput, match="CAMPUS_SECRET_KEY_FILE"):
        settings()


def test_keys_are_random_and_told_apart_by_their_hash() -> None:
    plain, hashed = secrets.new_key("campus_")

    assert plain.startswith("campus_")
    assert hashed == secrets.key_hash(plain)
    assert len(hashed) == 64
    assert secrets.new_key() != secrets.new_key()


def test_the_fingerprint_tells_one_key_from_another_and_makes_none(configure: Configure, tmp_path: Path) -> None:
    configure(data_dir=tmp_path / "data")
    assert secrets.fingerprint() is None
    assert not (tmp_path / "data").exists()

    secrets.encrypt(b"x")
    first = secrets.fingerprint()
    configure(secret_key=Fernet.generate_key().decode())

    assert first is not None
    assert len(first) == 16
    assert first == first.lower() != secrets.fingerprint()
