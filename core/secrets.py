"""What must not be read by others: stored credentials are encrypted, keys that people and machines carry are hashed.

The encryption is Fernet (AES-128-CBC with HMAC-SHA256). Its key comes from `CAMPUS_SECRET_KEY`, or is made once in the
data folder. Who loses it must enter the stored credentials anew; nothing else depends on it.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from core.errors import Unavailable
from core.settings import settings

SETTING = "CAMPUS_SECRET_KEY"
MAKE_A_KEY = "head -c 32 /dev/urandom | base64 | tr '+/' '-_'"


def encrypt(value: bytes) -> bytes:
    """`value`, readable only with the key of this service. Raises `Unavailable` when that key is malformed."""
    return _fernet().encrypt(value)


def decrypt(value: bytes) -> bytes:
    """What `encrypt` was given. Raises `Unavailable` when the key is not the one that it was encrypted with."""
    try:
        return _fernet().decrypt(value)
    except InvalidToken:
        raise Unavailable(
            f"A stored credential cannot be read: {_origin()} is not the key it was encrypted with. "
            "Put the old key back, or enter the credential again."
        ) from None


def fingerprint() -> str | None:
    """16 hexadecimal digits that tell this service's key from another without revealing it; None without a key."""
    if not settings().secret_key and not _key_file().exists():
        return None
    _fernet()  # a malformed key has no fingerprint
    return hmac.digest(_key(), b"campus: fingerprint of the key", "sha256").hex()[:16]


def new_key(prefix: str = "") -> tuple[str, str]:
    """A fresh key to hand out once (256 random bits after `prefix`), and the hash to store of it."""
    plain = prefix + secrets.token_urlsafe(32)
    return plain, key_hash(plain)


def key_hash(plain: str) -> str:
    """SHA-256 in hexadecimal, 64 characters. Enough for keys of `new_key`; passwords need argon2."""
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA256 with this service's key in hexadecimal, 64 characters: for values that could be guessed.

    Nobody without the key can try values against it. Another `purpose` gives other hashes.
    """
    _fernet()  # a malformed key is said to be one
    return hmac.digest(_key(), f"campus: {purpose}: {value}".encode(), "sha256").hex()


def _fernet() -> Fernet:
    try:
        return Fernet(_key())
    except ValueError:
        raise Unavailable(f"{_origin()} is no key: 32 bytes in URL-safe base64, as made by: {MAKE_A_KEY}") from None


def _key() -> bytes:
    given = settings().secret_key
    return given.get_secret_value().encode() if given else _key_of_data_folder()


def _origin() -> str:
    return SETTING if settings().secret_key else f"{_key_file()} (or {SETTING})"


def _key_file() -> Path:
    return settings().data_dir / "secret.key"


def _key_of_data_folder() -> bytes:
    """Processes that start together must agree: the key is complete before it gets its name, and the first one wins."""
    file = _key_file()
    try:
        if not file.exists():
            _make_key(file)
        return file.read_bytes().strip()
    except OSError as error:
        raise Unavailable(f"{_origin()} cannot be read or made: {error.strerror}") from None


def _make_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # readable by its owner only
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(Fernet.generate_key() + b"\n")
            target.flush()
            os.fsync(target.fileno())
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        Path(draft).unlink()
