"""Webhooks and messages in every state, for the pages that show them."""

from sqlalchemy.orm import Session

from accessibility.ledger.alerts import actions, occasions, outbox
from accessibility.ledger.alerts.rules import KINDS, Kind, Pace
from accessibility.ledger.platforms import queries as platforms
from core.people import queries as people


def add_alerts(session: Session, person_id: int) -> None:
    """A webhook of the eCampus that fails, and mails of this person that wait, were sent and were given up."""
    ecampus = platforms.get(session, "ecampus")
    address = "https://chat.example.org/hooks/sample"
    actions.add_webhook(
        session, "sample", ecampus, name="Sample chat", address=address, kinds=KINDS, allow_private=False, admin=False
    )
    person = people.person(session, person_id)
    actions.choose(session, "sample", person, ecampus, pace=Pace.NEVER, kinds=())  # told below, mail server or not
    for kind in (Kind.NIGHT_FAILED, Kind.OVERDUE):
        facts = {"audit": 10, "count": 1, "tickets": []}
        occasion = occasions.note(session, f"sample {kind}", kind, ecampus.id, facts)
        assert occasion is not None
        outbox.tell_person(session, occasion, person_id, Pace.DAILY)
    outbox.put_test(session, "sample", person_id=person_id)
    outbox.put_test(session, "sample", person_id=person_id)
    while message := outbox.take_next(session, "sample", mail=True):
        if message.webhook_id is not None:
            outbox.mark_failed(session, message.id, "sample", "the answer was 503")
        elif message.id % 2:
            outbox.mark_sent(session, message.id, "sample")
        else:
            outbox.mark_failed(session, message.id, "sample", "550 no such mailbox", for_good=True)
    outbox.put_test(session, "sample", person_id=person_id)
