"""What the pages of claims show beside the claims of every kind: one that moved, one that was cancelled, names."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.occupancy import actions, guests
from core.i18n import today
from tests.campus.books import TEST, Campus


def ended_and_moved(session: Session, campus: Campus) -> None:
    """Two stays next year: the first changes rooms on its way and has guests with names, the second is cancelled."""
    first = today() + timedelta(days=200)
    until = first + timedelta(days=4)
    stay = campus.stay(session, 0, first.isoformat(), until.isoformat(), guests=2, note="Late arrival")
    guests.keep_names(session, stay.booking, "Sample Guest\nSample Companion", TEST)
    actions.move(session, stay.number, campus.rooms[2], TEST, "quieter", starting=first + timedelta(days=2))
    other = campus.stay(session, 4, first.isoformat(), until.isoformat())
    actions.cancel(session, other.number, TEST, "not coming")
