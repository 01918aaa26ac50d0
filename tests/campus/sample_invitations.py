"""Invitations and cases in every state: what their pages show."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.feedback.cases import actions as cases
from campus.feedback.cases.actions import Asked
from campus.feedback.cases.models import GuestCase
from campus.feedback.cases.rules import State
from campus.feedback.invitations import actions, rules, sending
from campus.feedback.invitations.actions import Wanted
from campus.feedback.invitations.models import InvitationBatch
from core.i18n import today
from tests.campus.books import TEST, Campus

WORKER = "sample:1:sample"
LIST = [f"guest{number}@example.org" for number in range(6)]


def add_invitations(session: Session, campus: Campus) -> None:
    """One batch in each state: empty, planned, being sent with a mail that failed, sent, stopped, closed."""
    for name, left in (("empty", 0), ("planned", 0), ("being sent", 1), ("sent", 2), ("stopped", 3), ("closed", 4)):
        _batch(session, name, left)
    _send(session)
    for number, addresses in ((2, LIST), (3, ["failed@example.org"])):
        _add(session, number, addresses)
    (failed,) = sending.take(session, WORKER, 1)
    sending.failed(session, failed, WORKER)
    session.flush()
    actions.stop(session, session.get_one(InvitationBatch, 5), TEST)
    closed = session.get_one(InvitationBatch, 6)
    closed.send_from, closed.closes = today() - timedelta(days=40), today() - timedelta(days=1)
    session.flush()
    sending.close(session, closed.id)
    _cases(session, campus)


def _batch(session: Session, name: str, left: int) -> None:
    left_on = today() - timedelta(days=left)
    actions.make(
        session,
        Wanted(name=f"Sample guests: {name}", questionnaire="sample-stay", pavilion="sample-north", left_on=left_on),
        TEST,
    )


def _add(session: Session, number: int, addresses: list[str]) -> None:
    guests = rules.guests("\n".join(addresses), "it")
    actions.add_addresses(session, session.get_one(InvitationBatch, number), guests, TEST)


def _send(session: Session) -> None:
    """As the job does, with a mail server that takes everything."""
    for number, kind in ((4, "open"), (5, "stopped"), (6, "closed")):
        _add(session, number, [f"{kind}{one}" for one in LIST])
    for ready in sending.take(session, WORKER, 500):
        sending.sent(session, ready, WORKER)


def _cases(session: Session, campus: Campus) -> None:
    """New, overdue, under way in Arabic, answered, closed, and one whose texts are deleted."""
    made = [
        cases.open_case(session, Asked(text=text, contact=contact, language=language, pavilion_id=pavilion))
        for text, contact, language, pavilion in (
            ("Sample: I left a scarf.", "guest@example.org", "en", campus.pavilions[0]),
            ("Sample : où puis-je payer la taxe ?", "guest@example.org", "fr", None),
            ("مثال: هل يمكنني الحصول على فاتورة؟", "+39 555 0100", "ar", campus.pavilions[1]),
            ("Sample: ho dimenticato un libro.", "guest@example.org", "it", None),
            ("Sample: buy my pills.", "555 0100", "en", None),
            ("Sample: my bill.", "guest@example.org", "en", None),
        )
    ]
    session.get_one(GuestCase, made[1].id).due = today() - timedelta(days=2)
    cases.step(session, made[2], State.UNDER_WAY, TEST)
    cases.note(session, made[2], "Sample: I called, nobody answered.", TEST)
    cases.answered_by_mail(session, made[3], "Sample: we have it.", TEST)
    cases.step(session, made[4], State.CLOSED, TEST, reason="Sample: an advertisement.")
    cases.step(session, made[5], State.ANSWERED, TEST, reason="Sample: by telephone.")
    cases.erase(session, made[5], TEST)
