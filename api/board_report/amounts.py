"""Amounts as tables of the board report show them: in whole euros, which a board reads faster than cents."""

from api.fund_words import LESS
from campus.amounts import whole_euros


def whole(cents: int | None) -> str:
    """Whole euros with the sign where they are below 0; a dash where there is no amount."""
    if cents is None:
        return "–"
    return f"{LESS if round(cents / 100) < 0 else ''}{whole_euros(abs(cents))}"
