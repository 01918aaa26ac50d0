"""A ticket's history in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accessibility.ledger.tickets.queries import HistoryLine
from api.accessibility_words import IMPACTS, TICKET_STATES
from core import i18n
from core.i18n import gettext as _
from core.i18n import lazy
from core.people.models import Person

_JOINED = {
    "joined": lazy("Found on other platforms too: joined to shared component %(n)s"),
    "separated": lazy("Separated from shared component %(n)s"),
    "rejoined": lazy("Joined again to shared component %(n)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: when, who (empty: the clock or an audit says so itself), what, and what they wrote."""

    at: datetime
    who: str
    what: str
    text: str


def told(lines: Sequence[HistoryLine], everybody: Sequence[Person]) -> list[Told]:
    """The history, newest first."""
    names = {one.id: one.name for one in everybody}
    return [Told(line.event.at, _who(line), _what(line, names), line.event.text) for line in lines]


def _who(line: HistoryLine) -> str:
    if line.person:
        return line.person
    return _("Audit") if line.event.audit_id else _("The clock")


def _what(line: HistoryLine, names: dict[int, str]) -> str:
    after: dict[str, Any] = line.event.after or {}
    match line.event.kind:
        case "opened":
            return _("Found the problem and opened the ticket")
        case "comment":
            return _("Commented")
        case "component":
            return _("Recognised the same problem under another key")
        case "shared":
            return str(_JOINED.get(str(after.get("how")), _JOINED["joined"]) % {"n": after.get("shared")})
        case "undo":
            return _("Took the last step back: %(what)s", what=_changes(after, names))
    return _changes(after, names)


def _changes(after: dict[str, Any], names: dict[int, str]) -> str:
    said = [text for name, value in after.items() if (text := _change(name, value, names))]
    return "; ".join(said) or _("Changed the ticket")


def _change(name: str, value: Any, names: dict[int, str]) -> str:
    match name:
        case "state":
            shown = TICKET_STATES.get(value)
            return _("State: %(state)s", state=shown.text if shown else value)
        case "assignee_id":
            return _("Assigned to %(name)s", name=names.get(value, value)) if value else _("Assigned to nobody")
        case "due":
            return _("Due on %(day)s", day=_day(value)) if value else _("Without a due date")
        case "impact":
            return _("Impact: %(impact)s", impact=IMPACTS[value].text if value in IMPACTS else value)
        case "shared":
            return _("for all platforms of shared component %(n)s", n=value)
        case "exception_reason":
            return _("Reason: %(reason)s", reason=value) if value else ""
        case "exception_until":
            return _("Until %(day)s", day=_day(value)) if value else ""
    return ""


def _day(value: str) -> str:
    return i18n.format_date(date.fromisoformat(value))
