"""How cases of guests are called on pages, and what happened to one in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api import actors
from api.accessibility_words import Shown
from api.ticket_history import Told
from campus.feedback.cases import queries
from campus.feedback.cases.models import GuestCase
from campus.feedback.cases.queries import Waiting
from campus.feedback.cases.rules import Said, State
from core import trail
from core.i18n import format_date, lazy, ngettext
from core.i18n import gettext as _

STATES = {
    State.NEW: Shown("warn", lazy("New case")),
    State.UNDER_WAY: Shown("info", lazy("Under way")),
    State.ANSWERED: Shown("good", lazy("Answered")),
    State.CLOSED: Shown("good", lazy("Closed without an answer")),
}
SAID = {
    Said.NOTE: lazy("Wrote a note"),
    Said.ANSWER: lazy("Answered by mail"),
    Said.REASON: lazy("Gave a reason"),
}


def said(waiting: Waiting) -> str:
    """The first sentence of the list: what waits."""
    if waiting.overdue:
        return ngettext(
            "%(n)s guest has waited too long for an answer.",
            "%(n)s guests have waited too long for an answer.",
            waiting.overdue,
        )
    if waiting.open:
        return ngettext("%(n)s guest waits for an answer.", "%(n)s guests wait for an answer.", waiting.open)
    return _("No guest waits for an answer.")


def history(session: Session, case: GuestCase) -> list[Told]:
    """Everything that happened to a case, the newest first; what was written to it as long as it is kept."""
    names, notes = actors.names(session), {one.id: one.text for one in queries.notes(session, case.id)}
    return [
        Told(
            one.at, names.get(one.actor, one.actor), _what(one, names), notes.get((one.after or {}).get("note", 0), "")
        )
        for one in trail.entries(session, "guest_case", case.id, limit=500)
    ]


def _what(entry: trail.TrailEntry, names: Mapping[str, str]) -> str:
    after: dict[str, Any] = entry.after or {}
    match entry.action:
        case "case.open":
            return _("Asked for an answer")
        case "case.note":
            return str(SAID.get(after["kind"], ""))
        case "case.erase":
            return _("Deleted what the guest wrote")
    return "; ".join(_change(name, value, names) for name, value in after.items())


def _change(name: str, value: Any, names: Mapping[str, str]) -> str:
    match name:
        case "state":
            return _("State: %(state)s", state=STATES[value].text if value in STATES else value)
        case "assignee_id":
            who = names.get(f"person:{value}", value)
            return _("Assigned to %(name)s", name=who) if value else _("Assigned to nobody")
        case "due":
            return _("Due on %(day)s", day=format_date(date.fromisoformat(value)))
    return name
