"""Ids that tell nothing: neither when a row was written nor after which other."""

import secrets


def random_id() -> str:
    """128 random bits, 32 hexadecimal digits."""
    return secrets.token_hex(16)
