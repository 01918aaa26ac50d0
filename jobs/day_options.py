"""Days as options of commands."""

from datetime import date

from core.errors import InvalidInput
from core.i18n import today


def day_of(text: str, option: str) -> date | None:
    """The day of an option, None where it was not given. Raises `InvalidInput` naming the option."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("must be a date such as 2026-01-31", place=option) from None


def past_day_of(text: str, option: str = "--as-of") -> date | None:
    """The same of a day that has come already."""
    day = day_of(text, option)
    if day and day > today():
        raise InvalidInput("must not lie in the future", place=option)
    return day
