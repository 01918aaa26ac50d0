"""Every change of cases. The trail says who did what; what people wrote stands beside it, and can be deleted.

Whoever changes a case names the version that they saw: `current` refuses when somebody was faster.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from campus.feedback.cases import queries, rules
from campus.feedback.cases.models import CaseNote, GuestCase
from campus.feedback.cases.rules import ENDED, Said, State
from campus.places.rules import checked_text
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.guest_texts import LANGUAGES, SOURCE
from core.i18n import gettext as _
from core.i18n import today
from core.settings import settings

SUBJECT = "guest_case"
GUEST = "guest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a guest wants an answer to. `pavilion_id` is that of the form, where the guest left it."""

    text: str
    contact: str
    language: str
    pavilion_id: int | None = None


def open_case(session: Session, asked: Asked) -> GuestCase:
    """Take a case. Raises `InvalidInput` for what is missing or too long."""
    made = GuestCase(
        state=State.NEW.value,
        contact=rules.checked_contact(asked.contact),
        text=checked_text(asked.text, "text", rules.MOST_TEXT, needed=True),
        language=asked.language if asked.language in LANGUAGES else SOURCE,
        pavilion_id=asked.pavilion_id,
        due=today() + timedelta(days=settings().guest_case_due_days),
        opened_at=clock.now(),
    )
    session.add(made)
    session.flush()
    trail.record(session, GUEST, "case.open", SUBJECT, made.id, after={"due": made.due})
    return made


def current(session: Session, number: int, version: int) -> GuestCase:
    """The case, which must still be in the version that somebody saw. Raises `Conflict` or `NotFound`."""
    case = queries.case(session, number)
    if case.version != version:
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))
    return case


def assign(session: Session, case: GuestCase, person_id: int | None, actor: str) -> None:
    """Give it to somebody who looks after feedback, or to nobody. Raises `InvalidInput`."""
    if person_id is not None and person_id not in {one.id for one in queries.keepers(session)}:
        raise InvalidInput(_("must be somebody who looks after feedback"), place="assignee")
    _change(session, case, actor, assignee_id=person_id)
    if person_id is not None and case.state == State.NEW:
        _change(session, case, actor, state=State.UNDER_WAY.value)


def schedule(session: Session, case: GuestCase, due: date, actor: str) -> None:
    """Say by which day the guest is to be answered."""
    _change(session, case, actor, due=due)


def note(session: Session, case: GuestCase, text: str, actor: str) -> CaseNote:
    """Write something for the others. Raises `InvalidInput`."""
    return _say(session, case, Said.NOTE, text, actor)


def step(session: Session, case: GuestCase, to: State, actor: str, *, reason: str = "") -> None:
    """Move a case on; `ANSWERED` when the guest was answered otherwise. Raises `Conflict` or `InvalidInput`."""
    rules.check_step(State(case.state), to, reason)
    if reason.strip():
        _say(session, case, Said.REASON, reason, actor, place="reason")
    _move(session, case, to, actor)


def begin_answer(session: Session, case: GuestCase, text: str) -> str:
    """The answer, when the guest can be written to; who saw the case before this cannot send another one.

    Raises `InvalidInput` or `Conflict`.
    """
    answer = checked_text(text, "answer", rules.MOST_TEXT, needed=True)
    if not rules.mail_of(case.contact):
        raise Conflict(_("The guest left no e-mail address: answer otherwise, then mark it as answered."))
    if case.state in ENDED:
        raise Conflict(_("This case has ended. Reopen it to answer."))
    flag_modified(case, "state")  # which gives it another version
    session.flush()
    return answer


def answered_by_mail(session: Session, case: GuestCase, text: str, actor: str) -> None:
    """Note the answer that the mail server has taken, and end the case."""
    _say(session, case, Said.ANSWER, text, actor, place="answer")
    _move(session, case, State.ANSWERED, actor)


def erase(session: Session, case: GuestCase, actor: str) -> None:
    """Delete contact, text and everything that staff wrote, for good. That there was a case stays."""
    case.contact, case.text, case.erased = "", "", True
    session.execute(sa.delete(CaseNote).where(CaseNote.case_id == case.id))
    session.flush()
    trail.record(session, actor, "case.erase", SUBJECT, case.id)


def _move(session: Session, case: GuestCase, to: State, actor: str) -> None:
    _change(session, case, actor, state=to.value)
    case.ended_at = clock.now() if to in ENDED else None
    session.flush()


def _say(session: Session, case: GuestCase, kind: Said, text: str, actor: str, *, place: str = "text") -> CaseNote:
    if case.erased:
        raise Conflict(_("What the guest wrote is deleted: nothing can be added."))
    given = checked_text(text, place, rules.MOST_TEXT, needed=True)
    said = CaseNote(case_id=case.id, kind=kind.value, at=clock.now(), actor=actor, text=given)
    session.add(said)
    session.flush()
    trail.record(session, actor, "case.note", SUBJECT, case.id, after={"kind": kind.value, "note": said.id})
    return said


def _change(session: Session, case: GuestCase, actor: str, **values: object) -> None:
    trail.change(session, actor, "case.change", SUBJECT, case.id, case, values)
