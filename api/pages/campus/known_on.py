"""The past day of a report that is asked for as it was known then."""

from datetime import date

from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today


def past_day(text: str) -> date | None:
    """The day of a filter, None for now. Raises `InvalidInput`."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(_("must be a date such as 2026-01-31"), place="as_of") from None
    if day > today():
        raise InvalidInput(_("must not lie in the future"), place="as_of")
    return day
