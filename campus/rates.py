"""What a room costs a night, in cents."""

from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_CENTS = 10_000_00  # a night; more is a slip of the pen


def checked_rate(cents: int) -> int:
    """0 to 10,000 a night. Raises `InvalidInput`."""
    if not 0 <= cents <= MOST_CENTS:
        raise InvalidInput(_("must be 0 to 10,000 a night"), place="rate")
    return cents
