"""How claims are called and drawn: for each kind a word, a shape and a colour, the same three everywhere."""

from dataclasses import dataclass

from api.accessibility_words import Shown, Text
from campus.occupancy.rules import Kind, Status
from core.i18n import lazy


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind of claim: its word, the class of its colours in tape.css, the path of its shape (12 by 12), and what it
    is for."""

    text: Text
    style: str
    path: str
    hint: Text


KINDS = {
    Kind.STAY: KindShown(
        lazy("Stay"), "stay", "M0 1.5h1.5V6H12v4.5h-1.5v-2h-9v2H0zM3 2.5h4V5H3z", lazy("Guests sleep in the room.")
    ),
    Kind.HOUSE_USE: KindShown(
        lazy("House use"), "house", "M6 0l6 5.5h-1.5V12h-9V5.5H0z", lazy("The campus uses the room itself, unpaid.")
    ),
    Kind.OUT_OF_ORDER: KindShown(
        lazy("Out of order"),
        "order",
        "M1.5 0 6 4.5 10.5 0 12 1.5 7.5 6l4.5 4.5-1.5 1.5L6 7.5 1.5 12 0 10.5 4.5 6 0 1.5z",
        lazy("The room cannot be sold until it is mended."),
    ),
    Kind.OUT_OF_SERVICE: KindShown(
        lazy("Out of service"),
        "service",
        "M4.75 0h2.5v7.5h-2.5zM4.75 9.5h2.5V12h-2.5z",
        lazy("A small fault: the room can still be sold."),
    ),
    Kind.SEASONAL_CLOSURE: KindShown(
        lazy("Seasonal closure"), "closed", "M1 0h10L6 6l5 6H1l5-6z", lazy("The room is closed for a part of the year.")
    ),
    Kind.EXTENDED_CLOSURE: KindShown(
        lazy("Extended closure"),
        "closed",
        "M0 0h12v2.5H0zM0 4.75h12v2.5H0zM0 9.5h12V12H0z",
        lazy("The room is closed for months, such as for renovation."),
    ),
}
HELD = KindShown(
    lazy("Held"),
    "held",
    "M6 0a6 6 0 0 1 0 12A6 6 0 0 1 6 0m0 2.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7",
    lazy("A group holds rooms of the type and has not chosen them yet."),
)
STATUSES = {
    Status.BOOKED: Shown("good", lazy("Booked")),
    Status.NO_SHOW: Shown("warn", lazy("Not turned up")),
    Status.CANCELLED: Shown("info", lazy("Cancelled")),
}
FEATURES = {
    "step-free": lazy("Step-free"),
    "wide door": lazy("Wide door"),
    "roll-in shower": lazy("Roll-in shower"),
    "grab rails": lazy("Grab rails"),
    "visual alarm": lazy("Visual alarm"),
    "hearing loop": lazy("Hearing loop"),
}
