"""How pages call what the books of money hold: kinds of costs, and where commitments and entries stand."""

from core.i18n import lazy

COST_TYPES = {
    "design": lazy("Design and consultants"),
    "works": lazy("Works contracts"),
    "control": lazy("Project control"),
    "contingency": lazy("Contingency"),
}
COMMITMENTS = {  # kind and text of the tag
    "open": ("info", lazy("Open")),
    "closed": ("good", lazy("Settled")),
    "cancelled": ("info", lazy("Cancelled")),
}
ENTRIES = {"booked": ("good", lazy("In the books")), "reversed": ("info", lazy("Reversed"))}
AMOUNT_HINT = lazy("Without points or commas for thousands, such as 1234.56.")
