"""Passwords: argon2 hashes. Each takes a good part of a second on purpose, so never make one within a transaction."""

import secrets
import threading
from functools import cache

from pwdlib import PasswordHash

from core.errors import InvalidInput
from core.i18n import gettext as _

SHORTEST = 12
LONGEST = 200  # hashing what a stranger sends must have a bound

_hashes = PasswordHash.recommended()
_at_once = threading.BoundedSemaphore(4)  # each takes 64 MiB


def hash_new(password: str, email: str) -> str:
    """Hash of a password that is chosen anew. Raises `InvalidInput` when it is too short, too long or the e-mail."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput(
            _("must have %(least)s to %(most)s characters", least=SHORTEST, most=LONGEST), place="password"
        )
    if password.strip().lower() == email.strip().lower():
        raise InvalidInput(_("must not be the e-mail address"), place="password")
    if len(set(password)) < 4:
        raise InvalidInput(_("must have at least four different characters"), place="password")
    with _at_once:
        return _hashes.hash(_encoded(password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password has this hash. Without a hash the answer is no, and takes as long."""
    if len(password) > LONGEST:
        return False
    with _at_once:
        right = _hashes.verify(_encoded(password), password_hash or _hash_of_nobody())
    return right and password_hash is not None


def one_time() -> str:
    """A random password to be told once and changed at the first sign-in."""
    return secrets.token_urlsafe(12)


def _encoded(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


@cache
def _hash_of_nobody() -> str:
    return _hashes.hash(secrets.token_urlsafe(12))
