"""How counts, their states and the figures of a month are called on pages."""

from campus.counts.queries import CountLine
from campus.counts.rules import Standing
from core.i18n import format_number, lazy, ngettext
from core.i18n import gettext as _

STANDINGS = {
    Standing.AGREES: ("good", lazy("agrees")),
    Standing.EXPLAINED: ("info", lazy("explained")),
    Standing.DIFFERS: ("warn", lazy("differs")),
    Standing.MISSING: ("bad", lazy("missing")),
}
"""Kind of the tag, and the word."""

FIGURES = {
    "sold": lazy("Rooms sold, in room-nights"),
    "guest_nights": lazy("Guests of these rooms, in guest-nights"),
    "counted": lazy("Rooms counted, in room-nights"),
    "guests_counted": lazy("Guests counted, in guest-nights"),
    "extended_closed": lazy("Closed, in room-nights"),
    "out_of_order": lazy("Out of order, in room-nights"),
    "house_use": lazy("House use, in room-nights"),
    "contracted": lazy("Contracted by blocks, in room-nights"),
}
SHORT = {
    "sold": lazy("rooms sold"),
    "guest_nights": lazy("guest-nights"),
    "counted": lazy("rooms counted"),
    "guests_counted": lazy("guests counted"),
    "extended_closed": lazy("closed"),
    "out_of_order": lazy("out of order"),
    "house_use": lazy("house use"),
    "contracted": lazy("contracted"),
}
SUBJECTS = {"claim": lazy("Claim %(number)s"), "block": lazy("Block %(number)s"), "count": lazy("Daily count")}


def difference(line: CountLine) -> str:
    """Rooms counted less rooms claimed, in words."""
    if line.difference < 0:
        return ngettext("%(n)s room fewer than claimed", "%(n)s rooms fewer than claimed", -line.difference)
    return ngettext("%(n)s room more than claimed", "%(n)s rooms more than claimed", line.difference)


def named(name: str, text: str) -> str:
    """What is said of something, with its name before it."""
    return _("%(name)s: %(text)s", name=name, text=text)


def signed(number: int) -> str:
    """A change with its sign: `+3`, `−2`."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{format_number(abs(number))}"


def changes(found: dict[str, int]) -> str:
    """What an adjustment changes: `rooms sold: +1, guest-nights: −2`."""
    told = [named(str(SHORT[name]), signed(more)) for name, more in found.items() if name in SHORT]
    return ", ".join(told) or _("no figure changed")
