"""Guests who were invited of late are left alone: known by a keyed hash of their address, for some days."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.invitations.models import RecentGuest
from core.secrets import keyed_hash
from core.settings import settings


def digest(email: str) -> str:
    """The keyed hash of an address. Who has not the service's key cannot try addresses against it."""
    return keyed_hash("invited guest", email.strip().lower())


def remember(session: Session, email: str, on: date) -> None:
    """Leave this guest alone for the setting's days."""
    until = on + timedelta(days=settings().invitation_again_days)
    session.merge(RecentGuest(digest=digest(email), until=until))


def forget(session: Session, on: date) -> int:
    """Delete those who may be invited again; how many."""
    over = sa.delete(RecentGuest).where(RecentGuest.until < on).returning(RecentGuest.digest)
    return len(session.execute(over).all())
