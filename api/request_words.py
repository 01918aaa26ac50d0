"""How service requests are said on pages: what they are, how far they are, and what happened to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.accessibility_words import Shown
from api.ticket_history import Told
from campus.occupancy.rules import Kind
from campus.requests import queries, rules
from campus.requests.models import ServiceRequest
from campus.requests.rules import Priority, RequestKind, State
from core import i18n, trail
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import queries as people

KINDS = {
    RequestKind.FAULT.value: lazy("Repair"),
    RequestKind.CLEANING.value: lazy("Cleaning"),
    RequestKind.ACCESSIBILITY.value: lazy("Accessibility"),
}
KINDS_FOR_GUESTS = {
    RequestKind.FAULT.value: lazy("Something is broken"),
    RequestKind.CLEANING.value: lazy("Something is not clean"),
    RequestKind.ACCESSIBILITY.value: lazy("I cannot use something because of a disability"),
}
STATES = {
    State.NEW.value: Shown("warn", lazy("To look at")),
    State.ACCEPTED.value: Shown("info", lazy("Accepted")),
    State.IN_WORK.value: Shown("info", lazy("In work")),
    State.DONE.value: Shown("good", lazy("Done")),
    State.REOPENED.value: Shown("warn", lazy("Reopened")),
    State.REFUSED.value: Shown("info", lazy("Refused")),
    State.DUPLICATE.value: Shown("info", lazy("Duplicate")),
}
STEPS = {
    State.ACCEPTED.value: lazy("Accept"),
    State.IN_WORK.value: lazy("Start work"),
    State.DONE.value: lazy("Done"),
    State.REOPENED.value: lazy("Reopen"),
}
PRIORITIES = {
    Priority.HIGH.value: lazy("High"),
    Priority.NORMAL.value: lazy("Normal"),
    Priority.LOW.value: lazy("Low"),
}
ROOM_KINDS = {
    Kind.OUT_OF_ORDER.value: lazy("Out of order: cannot be sold"),
    Kind.OUT_OF_SERVICE.value: lazy("Out of service: a small fault, can be sold if it must"),
}
CLAIMS = {
    Kind.STAY.value: lazy("stay"),
    Kind.HOUSE_USE.value: lazy("house use"),
    Kind.OUT_OF_ORDER.value: lazy("out of order"),
    Kind.OUT_OF_SERVICE.value: lazy("out of service"),
    Kind.SEASONAL_CLOSURE.value: lazy("seasonal closure"),
    Kind.EXTENDED_CLOSURE.value: lazy("extended closure"),
}
FOR_GUESTS = {
    State.NEW.value: lazy("It has arrived and will be looked at."),
    State.REOPENED.value: lazy("It is being looked at again."),
    State.ACCEPTED.value: lazy("It was accepted and will be seen to."),
    State.IN_WORK.value: lazy("Somebody is working on it."),
    State.DONE.value: lazy("It is done. Thank you for telling us."),
    State.REFUSED.value: lazy("We cannot do this. The reception can tell you more."),
    State.DUPLICATE.value: lazy("It is known already and is being seen to."),
}
"""The state of a report as a guest is told it: nothing of who stays where, who works on it, or what was said."""


def steps(state: State) -> list[tuple[str, object]]:
    """The states that a request may be moved to by a button, the usual one first, and what the button says."""
    if state is State.IN_WORK:
        return [(State.DONE.value, STEPS[State.DONE.value]), (State.ACCEPTED.value, _("Stop work"))]
    return [(to, text) for to, text in STEPS.items() if to in rules.STEPS[state]]


def actors(session: Session) -> dict[str, str]:
    """Actor as in the trail → who that is."""
    names = {f"person:{one.id}": one.name for one in people.people(session)}
    names |= {f"token:{one.id}": _("Token “%(name)s”", name=one.name) for one in people.tokens(session)}
    return names | {"clock": _("The clock"), "command": _("Command line"), queries.GUEST: _("A guest")}


def history(session: Session, request: ServiceRequest) -> list[Told]:
    """Everything that happened to a request, the newest first."""
    names = actors(session)
    said = {one.id: one.text for one in queries.comments(session, request.id)}
    return [
        Told(
            one.at,
            names.get(one.actor, one.actor),
            _what(one, names),
            said.get((one.after or {}).get("comment", 0), ""),
        )
        for one in trail.entries(session, "service_request", request.id, limit=500)
    ]


def _what(entry: trail.TrailEntry, names: Mapping[str, str]) -> str:
    after: dict[str, Any] = entry.after or {}
    match entry.action:
        case "request.make":
            return _("Reported it")
        case "request.comment":
            return _("Commented")
        case "request.erase":
            return _("Deleted contact and photo")
        case "request.take_out":
            return _("Took the room out from %(first)s until %(until)s", first=_day(after, "first"), until=_end(after))
        case "request.give_back":
            return _("Gave the room back from %(day)s", day=_end(after))
        case "request.blocked":
            return _("The room could not be taken out of order: something else has it")
    return "; ".join(_change(name, value, names) for name, value in after.items())


def _change(name: str, value: Any, names: Mapping[str, str]) -> str:
    match name:
        case "state":
            return _("State: %(state)s", state=STATES[value].text if value in STATES else value)
        case "assignee_id":
            who = names.get(f"person:{value}", value)
            return _("Assigned to %(name)s", name=who) if value else _("Assigned to nobody")
        case "due":
            return _("Due on %(day)s", day=_day({name: value}, name)) if value else _("Without a due date")
        case "priority":
            return _("Priority: %(priority)s", priority=PRIORITIES.get(value, value))
        case "duplicate_of":
            return _("The same as request %(n)s", n=value) if value else _("Not the same after all")
    return name


def _end(after: Mapping[str, Any]) -> str:
    return _day(after, "until")


def _day(after: Mapping[str, Any], name: str) -> str:
    return i18n.format_date(date.fromisoformat(after[name]))
