"""Cases of guests for machines: with contact and text, for keepers of the feedback alone."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.dependencies import LARGEST_ID, Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper
from api.rest.given import Given
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.feedback.cases import actions, queries, rules
from campus.feedback.cases.models import CaseNote
from campus.feedback.cases.queries import Filter, Line, Sort
from campus.feedback.cases.rules import MOST_TEXT, Said, State
from core.i18n import today

router = rest_router("feedback")
PATH = "/feedback/cases"


class CaseOut(BaseModel):
    """A guest who wants an answer. `contact` and `text` are empty once they are deleted (`erased`)."""

    number: int
    state: State
    contact: str
    text: str
    language: str
    pavilion: str | None
    assignee: int | None
    due: date
    overdue: bool
    opened_at: datetime
    ended_at: datetime | None
    erased: bool
    version: int


class NoteOut(BaseModel):
    """What staff wrote, and who, as the trail names them."""

    id: int
    kind: Said
    at: datetime
    actor: str
    text: str


class CaseChange(Given):
    """What is to be changed. A case is `answered` here when the guest was answered otherwise than by its page."""

    state: State | None = None
    reason: str = Field("", max_length=MOST_TEXT, description="Needed to close and to reopen a case.")
    assignee: int | None = Field(None, ge=1, le=LARGEST_ID, description="Number of a person; null for nobody.")
    due: date | None = None


class GivenNote(Given):
    """A note for the others."""

    text: str = Field(max_length=MOST_TEXT)


@router.get(PATH)
def list_cases(
    _caller: FeedbackKeeper,
    session: Reading,
    part: WantedPart,
    response: Response,
    state: Annotated[State | None, Query(description="Only in this state.")] = None,
    overdue: Annotated[bool, Query(description="Only what is overdue.")] = False,
    sort: Annotated[Sort, Query(description="By what the list is ordered.")] = Sort.DUE,
) -> list[CaseOut]:
    """The cases that all the filters given let through, ended or not."""
    wanted = Filter(group="all", state=state, overdue_on=today() if overdue else None)
    lines, total = queries.cases(session, wanted, sort, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [_out(line) for line in lines]


@router.get(f"{PATH}/{{number}}")
def get_case(number: Id, _caller: FeedbackKeeper, session: Reading, response: Response) -> CaseOut:
    """One case."""
    return _answer(session, number, response)


@router.patch(f"{PATH}/{{number}}")
def change_case(
    number: Id,
    change: CaseChange,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> CaseOut:
    """Assign it, set its due day, move it on: all of it, or nothing."""
    found = queries.case(session, number)
    must_be(found.version, version)
    if "assignee" in change.model_fields_set:
        actions.assign(session, found, change.assignee, caller.actor)
    if change.due is not None:
        actions.schedule(session, found, change.due, caller.actor)
    if change.state is not None:
        actions.step(session, found, change.state, caller.actor, reason=change.reason)
    return _answer(session, number, response)


@router.get(f"{PATH}/{{number}}/notes")
def list_case_notes(
    number: Id, _caller: FeedbackKeeper, session: Reading, part: WantedPart, response: Response
) -> list[NoteOut]:
    """What staff wrote on a case, the oldest first."""
    found = queries.notes(session, queries.case(session, number).id)
    tell_pages(response, part, len(found))
    return [_note_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post(f"{PATH}/{{number}}/notes", status_code=201)
def add_case_note(number: Id, given: GivenNote, caller: FeedbackKeeper, session: Writing) -> NoteOut:
    """Write a note on a case."""
    return _note_out(actions.note(session, queries.case(session, number), given.text, caller.actor))


def _answer(session: Session, number: int, response: Response) -> CaseOut:
    line = queries.line(session, number)
    response.headers["ETag"] = etag(line.case.version)
    return _out(line)


def _out(line: Line) -> CaseOut:
    one = line.case
    same = ("contact", "text", "language", "due", "opened_at", "ended_at", "erased", "version")
    return CaseOut(
        **{name: getattr(one, name) for name in same},
        number=one.id,
        state=State(one.state),
        pavilion=line.pavilion.slug if line.pavilion else None,
        assignee=one.assignee_id,
        overdue=rules.is_overdue(one.state, one.due, today()),
    )


def _note_out(one: CaseNote) -> NoteOut:
    return NoteOut(id=one.id, kind=Said(one.kind), at=one.at, actor=one.actor, text=one.text)
