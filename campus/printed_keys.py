"""Keys that are printed as codes and may also be typed: nobody guesses them, and no letter looks like another. Pure."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like another letter or digit
_KEY_LENGTH = 15  # 74 random bits


def new_key() -> str:
    """A key for a code: nobody guesses it, and it can be typed from paper."""
    return "".join(secrets.choice(_ALPHABET) for _place in range(_KEY_LENGTH))


def spelt(key: str) -> str:
    """The key as it is printed: `abcde-fghjk-mnpqr`."""
    return "-".join(key[start : start + 5] for start in range(0, len(key), 5))


def unspelt(given: str) -> str:
    """The key that somebody typed from paper."""
    return given.replace("-", "").replace(" ", "").lower()[:64]
