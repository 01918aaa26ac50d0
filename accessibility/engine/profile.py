"""Which checks run. A file of its own, as a platform's description names it, and all checks know of platforms."""

from enum import StrEnum


class Profile(StrEnum):
    """`STANDARD` is for every night, `DEEP` holds all checks: weekly, or on demand."""

    STANDARD = "standard"
    DEEP = "deep"
