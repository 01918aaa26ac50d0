"""How long what guests left is kept, a period for each kind of data; each step is one small transaction.

What a step deletes it counts. Published figures stay: they tell of no guest.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.cases import actions as case_actions
from campus.feedback.cases import queries as case_queries
from campus.feedback.comments.models import Comment
from campus.feedback.figures.models import ClosedQuarter
from campus.feedback.invitations import recent
from campus.feedback.invitations.models import InvitationAddress, InvitationBatch
from campus.feedback.quarters import checked_quarter
from campus.feedback.responses.models import Response
from campus.feedback.responses.queries import in_quarter
from core.settings import settings

CLOCK = "clock"
STEP = 500  # rows that one transaction deletes

Step = Callable[[Session, date, datetime], int]


def addresses(session: Session, on: date, _now: datetime) -> int:
    """Addresses that were not written to `invitation_address_days` after their batch could be sent."""
    old = sa.select(InvitationBatch.id).where(
        InvitationBatch.send_from < on - timedelta(days=settings().invitation_address_days)
    )
    some = sa.select(InvitationAddress.id).where(InvitationAddress.batch_id.in_(old)).limit(STEP)
    gone = sa.delete(InvitationAddress).where(InvitationAddress.id.in_(some)).returning(InvitationAddress.batch_id)
    batches = list(session.scalars(gone))
    for batch_id in set(batches):
        more = {InvitationBatch.undelivered: InvitationBatch.undelivered + batches.count(batch_id)}
        session.execute(sa.update(InvitationBatch).where(InvitationBatch.id == batch_id).values(more))
    return len(batches)


def guests_invited(session: Session, on: date, _now: datetime) -> int:
    """Hashes against inviting somebody twice, when that may be done again."""
    return recent.forget(session, on)


def cases(session: Session, _on: date, now: datetime) -> int:
    """Contacts and texts of cases, `guest_case_months` after their end."""
    old = case_queries.to_erase(session, _months_before(now, settings().guest_case_months), STEP)
    for number in old:
        case_actions.erase(session, case_queries.case(session, number), CLOCK)
    return len(old)


def comments(session: Session, on: date, _now: datetime) -> int:
    """Comments, `comment_years` after the week of their response."""
    old = sa.select(Response.id).where(Response.week < _years_before(on, settings().comment_years))
    some = sa.select(Comment.id).where(Comment.response_id.in_(old)).limit(STEP)
    return len(session.execute(sa.delete(Comment).where(Comment.id.in_(some)).returning(Comment.id)).all())


def answers(session: Session, on: date, _now: datetime) -> int:
    """Responses with their answers, `answer_years` after the end of a quarter whose figures are published."""
    before = _years_before(on, settings().answer_years)
    quarters = map(checked_quarter, session.scalars(sa.select(ClosedQuarter.quarter)))
    old = [in_quarter(one) for one in quarters if one.until <= before]
    some = sa.select(Response.id).where(sa.or_(sa.false(), *old)).limit(STEP)
    return len(session.execute(sa.delete(Response).where(Response.id.in_(some)).returning(Response.id)).all())


STEPS: dict[str, Step] = {
    "addresses": addresses,
    "invited": guests_invited,
    "cases": cases,
    "comments": comments,
    "answers": answers,
}
"""What is deleted, by the name that the run's result has for it."""


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 2, 28)


def _months_before(instant: datetime, months: int) -> datetime:
    year, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    day = min(instant.day, 28)
    return instant.replace(year=year, month=month + 1, day=day)
