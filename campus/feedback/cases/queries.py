"""Every SELECT on cases."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.cases.models import CaseNote, GuestCase
from campus.feedback.cases.rules import ENDED, OPEN, State
from campus.feedback.responses.models import AnswerPoint
from campus.places.models import Pavilion
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import queries as people
from core.people.models import Person
from core.people.rules import FEEDBACK_WRITE

_open = GuestCase.state.in_([one.value for one in OPEN])


class Sort(StrEnum):
    """By what a list is ordered."""

    DUE = "due"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which cases are wanted; `group` is open, ended or all, and counts where no state is given."""

    group: str = "open"
    state: State | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A case, the pavilion that the guest named, and who has it."""

    case: GuestCase
    pavilion: Pavilion | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases are open, late, and nobody's."""

    open: int
    overdue: int
    unassigned: int


def cases(
    session: Session,
    wanted: Filter,
    sort: Sort = Sort.DUE,
    *,
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Line], int]:
    """The cases that a filter lets through, and how many there are."""
    conditions = _conditions(wanted)
    total = session.scalar(sa.select(sa.func.count()).select_from(GuestCase).where(*conditions)) or 0
    column = GuestCase.due if sort is Sort.DUE else GuestCase.opened_at
    order = (column.desc(), GuestCase.id.desc()) if descending else (column, GuestCase.id)
    rows = session.execute(_lines().where(*conditions).order_by(*order).offset(offset).limit(limit))
    return [Line(*row) for row in rows], total


def line(session: Session, number: int) -> Line:
    """One case. Raises `NotFound`."""
    row = session.execute(_lines().where(GuestCase.id == number)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such case."))
    return Line(*row)


def case(session: Session, number: int) -> GuestCase:
    """One case. Raises `NotFound`."""
    return line(session, number).case


def notes(session: Session, number: int) -> list[CaseNote]:
    """What staff wrote on a case, the oldest first."""
    return list(session.scalars(sa.select(CaseNote).where(CaseNote.case_id == number).order_by(CaseNote.id)))


def waiting(session: Session, on: date) -> Waiting:
    """What is open on that day."""
    late = sa.func.coalesce(sa.func.sum(sa.case((GuestCase.due < on, 1), else_=0)), 0)
    nobody = sa.func.coalesce(sa.func.sum(sa.case((GuestCase.assignee_id.is_(None), 1), else_=0)), 0)
    row = session.execute(sa.select(sa.func.count(), late, nobody).where(_open)).one()
    return Waiting(int(row[0]), int(row[1]), int(row[2]))


def pressing(session: Session, on: date) -> list[Line]:
    """The cases that nobody has looked at yet, and those past their day; the one due longest first."""
    presses = sa.or_(GuestCase.state == State.NEW.value, sa.and_(_open, GuestCase.due < on))
    return [Line(*row) for row in session.execute(_lines().where(presses).order_by(GuestCase.due, GuestCase.id))]


def opened_since(session: Session, instant: datetime) -> int:
    """How many cases guests opened since then."""
    recent = sa.select(sa.func.count()).select_from(GuestCase).where(GuestCase.opened_at >= instant)
    return session.scalar(recent) or 0


def to_erase(session: Session, ended_before: datetime, most: int) -> list[int]:
    """Cases that ended so long ago that what the guest left must go."""
    over = sa.and_(GuestCase.state.in_([one.value for one in ENDED]), GuestCase.ended_at < ended_before)
    return list(
        session.scalars(sa.select(GuestCase.id).where(over, ~GuestCase.erased).order_by(GuestCase.id).limit(most))
    )


def pavilion_of_point(session: Session, key: str) -> Pavilion | None:
    """The pavilion of an answer point, which its guests may name; None for no such point, or one without."""
    of_point = sa.select(Pavilion).join(AnswerPoint, AnswerPoint.pavilion_id == Pavilion.id)
    return session.scalar(of_point.where(AnswerPoint.key == key)) if key else None


def keepers(session: Session) -> list[Person]:
    """Everybody active who looks after feedback, by name."""
    return people.people_with(session, FEEDBACK_WRITE)


def _lines() -> sa.Select[GuestCase, Pavilion, str]:
    return (
        sa.select(GuestCase, Pavilion, Person.name)
        .outerjoin(Pavilion, Pavilion.id == GuestCase.pavilion_id)
        .outerjoin(Person, Person.id == GuestCase.assignee_id)
    )


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(GuestCase.state == wanted.state.value)
    elif wanted.group in ("open", "ended"):
        conditions.append(_open if wanted.group == "open" else sa.not_(_open))
    if wanted.unassigned:
        conditions.append(GuestCase.assignee_id.is_(None))
    elif wanted.assignee_id is not None:
        conditions.append(GuestCase.assignee_id == wanted.assignee_id)
    if wanted.overdue_on:
        conditions += [_open, GuestCase.due < wanted.overdue_on]
    return conditions
