"""How pages and reports tell of indicators: units, directions, measures, and how one stands in words and shape."""

from campus.results import rules
from campus.results.models import IndicatorValue, IndicatorVersion
from campus.results.queries import Line
from campus.results.rules import Direction, Status
from core.i18n import format_entry, format_number, format_percent, language, lazy, ngettext
from core.i18n import gettext as _

STATUSES = {  # kind of the tag, which has the shape, and the word
    Status.ON_TRACK: ("good", lazy("On track")),
    Status.AT_RISK: ("warn", lazy("At risk")),
    Status.OFF_TRACK: ("bad", lazy("Off track")),
    Status.NOT_REPORTED: ("info", lazy("Not reported")),
}
UNITS = {
    "number": lazy("Number"),
    "share": lazy("Percent"),
    "room-nights": lazy("Room-nights"),
    "days": lazy("Days"),
    "euros": lazy("Euros"),
    "points": lazy("Points"),
    "kWh": lazy("Kilowatt-hours"),
}
DIRECTIONS = {Direction.HIGHER: lazy("Higher is better"), Direction.LOWER: lazy("Lower is better")}
KINDS = {rules.MILESTONE: lazy("Milestone"), rules.TARGET: lazy("Target")}
MEASURES = {
    "": lazy("Entered by people"),
    rules.ROOM_NIGHTS: lazy("Room-nights that the year is expected to end with"),
    rules.CONFORMITY: lazy("Share of the platforms' pages without a known failure of WCAG 2.1 A and AA"),
    rules.SATISFACTION: lazy("Guest satisfaction in the newest closed quarter"),
    rules.PROGRESS: lazy("Progress of the works: weights of what has ended"),
    rules.SLIP: lazy("Days by which works end after their baseline"),
    rules.FREE_FUNDS: lazy("Free balance of the funds"),
    rules.AVOIDED_ENERGY: lazy("Energy avoided since the works"),
    rules.NIGHT_COST: lazy("Running costs of an occupied room-night"),
}


def name(version: IndicatorVersion) -> str:
    """What an indicator is called; those that the service offers in the visitor's language."""
    return _(version.name)


def note(value: IndicatorValue) -> str:
    """What was said of a value; what the service says of its own in the visitor's language."""
    return str(value.notes.get(language(), value.note))


def tag(line: Line) -> tuple[str, str]:
    """Kind and text of the tag."""
    kind, word = STATUSES[line.status]
    return kind, str(word)


def shown(value: float | None, unit: str) -> str:
    """A value with its unit; a dash for none."""
    if value is None:
        return "–"
    match unit:
        case "share":
            return format_percent(value)
        case "days":
            return ngettext("%(n)s day", "%(n)s days", round(value)) if value == round(value) else format_number(value)
        case "euros":
            return _("%(amount)s euros", amount=format_number(round(value, 2)))
        case "kWh":
            return f"{format_number(round(value))}\N{NO-BREAK SPACE}kWh"
    return format_number(round(value, 2))


def entry(value: float | None, unit: str) -> str:
    """A value as it is typed: a share as percent."""
    return "" if value is None else format_entry(value * 100 if unit == "share" else value)


def said_of_all(lines: list[Line]) -> str:
    """How many are on track, and how many are not."""
    if not lines:
        return ""
    counts = {status: sum(line.status is status for line in lines) for status in Status}
    said = ngettext(
        "%(good)s of %(n)s indicator is on track.",
        "%(good)s of %(n)s indicators are on track.",
        len(lines),
        good=format_number(counts[Status.ON_TRACK]),
    )
    if bad := counts[Status.OFF_TRACK]:
        said += " " + ngettext("%(n)s is off track.", "%(n)s are off track.", bad)
    if risky := counts[Status.AT_RISK]:
        said += " " + ngettext("%(n)s is at risk.", "%(n)s are at risk.", risky)
    if missing := counts[Status.NOT_REPORTED]:
        said += " " + ngettext("%(n)s is not reported.", "%(n)s are not reported.", missing)
    return said
