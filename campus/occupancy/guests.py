"""The names of guests: apart from the books, so that they can be deleted for good, and never in the trail."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.occupancy import queries
from campus.occupancy.models import GuestName
from campus.places.rules import checked_text
from core import trail
from core.settings import settings


def keep_names(session: Session, booking: int, names: str, actor: str) -> None:
    """The names of a booking's guests, one a line, in place of the ones before; empty to delete them at once.

    They go by themselves `guest_name_days` after the departure. Raises `InvalidInput` over 500 characters.
    """
    checked = checked_text("\n".join(" ".join(line.split()) for line in names.splitlines()), "names")
    found = session.get(GuestName, booking)
    if checked == (found.names if found else ""):
        return
    if found and not checked:
        session.delete(found)
    elif found:
        found.names = checked
    else:
        session.add(GuestName(booking=booking, names=checked, delete_after=_delete_after(session, booking)))
    session.flush()
    trail.record(session, actor, "claim.names", "claim", booking, after={"kept": bool(checked)})


def put_off(session: Session, booking: int) -> None:
    """After a change of nights: the names are needed as long as the stay is."""
    found = session.get(GuestName, booking)
    if found:
        found.delete_after = _delete_after(session, booking)


def forget_names(session: Session, today: date) -> int:
    """Delete the names whose day is over; of how many bookings."""
    found = session.scalars(sa.delete(GuestName).where(GuestName.delete_after < today).returning(GuestName.booking))
    return len(found.all())


def _delete_after(session: Session, booking: int) -> date:
    departure = max(part.until for part in queries.parts(session, booking))
    return departure + timedelta(days=settings().guest_name_days)
