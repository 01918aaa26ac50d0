"""Every change of running costs, recoveries and rents: entered, corrected, withdrawn. Nothing is overwritten."""

from typing import Any

from sqlalchemy.orm import Session

from campus.known import supersede
from campus.nights import Nights
from campus.places.models import Party
from campus.places.rules import checked_text
from campus.running_costs import queries, rules
from campus.running_costs.models import CostEntry
from campus.running_costs.rules import Place, Status
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date
from core.i18n import gettext as _


def enter(session: Session, place: Place, cents: int, actor: str, *, note: str = "", reason: str = "") -> CostEntry:
    """Enter the amount of a period, or correct it: another amount or note is a new version, the same changes nothing.

    A correction needs its reason. Raises `InvalidInput` naming `first`, `last`, `party`, `amount`, `note` or `reason`.
    """
    rules.checked_place(place)
    if place.party_id is not None and session.get(Party, place.party_id) is None:
        raise InvalidInput(_("is not known"), place="party")
    present = present_of(queries.meeting(session, place), place.period)
    if present is not None and present.status == Status.ENTERED:
        return correct(session, present.number, cents, note, reason, actor)
    values = _amount(cents, note, reason)
    number = present.number if present else queries.next_number(session)
    return _write(session, place, number, present, Status.ENTERED, values, actor, "cost.enter")


def correct(session: Session, number: int, cents: int, note: str, reason: str, actor: str) -> CostEntry:
    """Another amount or note for an entry. Raises `InvalidInput`, `Conflict` where it was withdrawn."""
    present = _counting(session, number)
    values = _amount(cents, note, reason)
    if (present.cents, present.note) == (values["cents"], values["note"]):
        return present
    if not values["reason"]:
        raise InvalidInput(_("a correction needs its reason"), place="reason")
    place = queries.place_of(present)
    return _write(session, place, number, present, Status.ENTERED, values, actor, "cost.correct")


def withdraw(session: Session, number: int, reason: str, actor: str) -> CostEntry:
    """An entry counts no more; it stays in the history. Raises `InvalidInput` without a reason, `Conflict`."""
    present = _counting(session, number)
    values = _amount(present.cents, present.note, reason)
    if not values["reason"]:
        raise InvalidInput(_("say why"), place="reason")
    place = queries.place_of(present)
    return _write(session, place, number, present, Status.WITHDRAWN, values, actor, "cost.withdraw")


def restore(session: Session, number: int, actor: str) -> CostEntry:
    """A withdrawn entry counts again. Raises `Conflict` where it does already, or another one has its days now."""
    present = queries.entry(session, number)
    if present.status != Status.WITHDRAWN:
        raise Conflict(_("This entry counts already."))
    place = queries.place_of(present)
    try:
        present_of(queries.meeting(session, place), place.period)
    except InvalidInput as error:
        raise Conflict(_("This entry cannot count again: it %(why)s.", why=error.message)) from None
    values = _amount(present.cents, present.note, "")
    return _write(session, place, number, present, Status.ENTERED, values, actor, "cost.enter")


def present_of(met: list[CostEntry], period: Nights) -> CostEntry | None:
    """What stands for exactly this period, of the entries that share a day with it.

    Raises `InvalidInput` where another period overlaps, as then no sum could be told.
    """
    for one in met:
        if (one.first, one.until) != (period.first, period.until):
            raise InvalidInput(
                _(
                    "overlaps the entry of %(first)s to %(last)s: withdraw that one first",
                    first=format_date(one.first),
                    last=format_date(rules.last_day(Nights(one.first, one.until))),
                ),
                place="first",
            )
    return met[0] if met else None


def told(place: Place, cents: int, note: str) -> dict[str, Any]:
    """An entry in the words of the audit trail."""
    return {
        "line": place.line.value,
        "kind": place.kind.value,
        "party": place.party_id,
        "first": place.period.first.isoformat(),
        "until": place.period.until.isoformat(),
        "cents": cents,
        "note": note,
    }


def _counting(session: Session, number: int) -> CostEntry:
    present = queries.entry(session, number)
    if present.status != Status.ENTERED:
        raise Conflict(_("This entry was withdrawn."))
    return present


def _amount(cents: int, note: str, reason: str) -> dict[str, Any]:
    return {
        "cents": rules.checked_cents(cents),
        "note": checked_text(note, "note"),
        "reason": checked_text(reason, "reason"),
    }


def _write(
    session: Session,
    place: Place,
    number: int,
    before: CostEntry | None,
    status: Status,
    values: dict[str, Any],
    actor: str,
    action: str,
) -> CostEntry:
    if before is not None:
        supersede(session, before)
    after = CostEntry(
        number=number,
        cost_line=place.line.value,
        kind=place.kind.value,
        party_id=place.party_id,
        first=place.period.first,
        until=place.period.until,
        status=status.value,
        recorded_at=clock.now(),
        recorded_by=actor,
        **values,
    )
    session.add(after)
    session.flush()
    was = told(place, before.cents, before.note) if before and before.status == Status.ENTERED else None
    now = told(place, after.cents, after.note) | {"reason": after.reason}
    trail.record(session, actor, action, "cost", number, before=was, after=now)
    return after
