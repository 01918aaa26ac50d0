"""Invented guests who want an answer: new, overdue, under way, answered and closed."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.cases import actions
from campus.feedback.cases.actions import Asked
from campus.feedback.cases.models import GuestCase
from campus.feedback.cases.rules import State
from campus.places.models import Pavilion
from core.i18n import today

ASKED = (
    ("Sample: I left a blue scarf in my room. Has it been found?", "guest1@example.org", "en"),
    ("Exemple : puis-je recevoir ma facture par courriel ?", "guest2@example.org", "fr"),
    ("Ejemplo: el ascensor hacía mucho ruido por la noche.", "+34 555 0100", "es"),
    ("Esempio: ho dimenticato un libro nella sala comune.", "guest3@example.org", "it"),
    ("Sample: an advertisement.", "guest4@example.org", "en"),
)


def write_cases(session: Session, actor: str) -> int:
    """Write them; how many. One is two days late."""
    pavilion = session.scalar(sa.select(Pavilion.id).order_by(Pavilion.id).limit(1))
    made: list[GuestCase] = []
    for number, (text, contact, language) in enumerate(ASKED):
        named = pavilion if number % 2 else None
        asked = Asked(text=text, contact=contact, language=language, pavilion_id=named)
        made.append(actions.open_case(session, asked))
    actions.schedule(session, made[1], today() - timedelta(days=2), actor)
    actions.step(session, made[2], State.UNDER_WAY, actor)
    actions.note(session, made[2], "Sample: the technician comes on Monday.", actor)
    actions.step(session, made[3], State.ANSWERED, actor, reason="Sample: sent by post.")
    actions.step(session, made[4], State.CLOSED, actor, reason="Sample: an advertisement.")
    return len(made)
