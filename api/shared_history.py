"""A shared component's history in sentences."""

from collections.abc import Sequence

from accessibility.ledger.shared.queries import SharedLineOfHistory
from api.accessibility_words import TICKET_STATES
from api.ticket_history import Told
from core.i18n import gettext as _
from core.people.models import Person


def told(lines: Sequence[SharedLineOfHistory], everybody: Sequence[Person]) -> list[Told]:
    """The history, in the order given."""
    names = {one.id: one.name for one in everybody}
    return [Told(line.event.at, line.person or _("Audit"), _what(line, names), line.event.text) for line in lines]


def _what(line: SharedLineOfHistory, names: dict[int, str]) -> str:
    after = line.event.after or {}
    tickets = ", ".join(f"{platform} {number}" for platform, number in line.tickets)
    match line.event.kind:
        case "opened":
            return _("Found on several platforms: %(tickets)s", tickets=tickets)
        case "joined":
            return _("Found on another platform too: %(tickets)s", tickets=tickets)
        case "separated":
            return _("Separated: %(tickets)s", tickets=tickets)
        case "rejoined":
            return _("Joined again: %(tickets)s", tickets=tickets)
        case "state":
            state = TICKET_STATES[after["state"]].text
            return _("State of %(tickets)s: %(state)s", tickets=tickets, state=state)
        case "assignee":
            owner = after.get("assignee_id")
            return _("Assigned to %(name)s", name=names.get(owner, owner)) if owner else _("Assigned to nobody")
    return _("Commented")
