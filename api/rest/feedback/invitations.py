"""Invitations of guests for machines. No address and no code is ever told."""

from datetime import date, datetime

from fastapi import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper
from api.rest.given import Given, Nothing
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.feedback.invitations import actions, queries, rules
from campus.feedback.invitations.actions import Wanted
from campus.feedback.invitations.queries import Line
from campus.feedback.invitations.rules import MOST_ADDRESSES, Guest, State
from core.errors import InvalidInput
from core.guest_texts import LANGUAGES, SOURCE
from core.i18n import gettext as _

router = rest_router("feedback")
PATH = "/feedback/invitations"


class InvitationsOut(BaseModel):
    """Guests who are invited together. `answered` is null until they are closed, and where it would tell of few."""

    id: int
    name: str
    state: State
    questionnaire: str
    pavilion: str | None
    event: str | None
    segment: str | None
    left_on: date
    send_from: date
    closes: date
    waiting: int
    invited: int
    left_out: int
    undelivered: int
    answered: int | None
    stopped_at: datetime | None
    version: int


class GivenInvitations(Given):
    """Guests to be invited together; by short names. `left_on` may be left out where there is an event."""

    name: str = Field(max_length=120)
    questionnaire: str = Field(max_length=64)
    pavilion: str = Field("", max_length=64)
    event: str = Field("", max_length=64)
    segment: str = Field("", max_length=64)
    left_on: date | None = None
    send_from: date | None = None
    closes: date | None = None


class GivenAddress(Given):
    """One guest. `language` is one of en, fr, es, it, ar."""

    email: str = Field(max_length=254)
    language: str = Field(SOURCE, max_length=8)


class GivenAddresses(Given):
    """Guests to be invited: all of them, or none."""

    addresses: list[GivenAddress] = Field(min_length=1, max_length=MOST_ADDRESSES)


class AddedOut(BaseModel):
    """How many will be invited; `left_out` counts from 1 those who were invited of late."""

    added: int
    left_out: list[int]


class DeletedOut(BaseModel):
    """How many addresses were deleted."""

    deleted: int


@router.get(PATH)
def list_invitations(
    _caller: FeedbackKeeper, session: Reading, part: WantedPart, response: Response
) -> list[InvitationsOut]:
    """All invitations, the newest first."""
    lines, total = queries.lines(session, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [_out(line) for line in lines]


@router.post(PATH, status_code=201)
def create_invitations(
    given: GivenInvitations, caller: FeedbackKeeper, session: Writing, response: Response
) -> InvitationsOut:
    """Plan invitations; their guests are added afterwards."""
    made = actions.make(session, Wanted(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}{PATH}/{made.id}"
    return _answer(session, made.id, response)


@router.get(f"{PATH}/{{number}}")
def get_invitations(number: Id, _caller: FeedbackKeeper, session: Reading, response: Response) -> InvitationsOut:
    """One of them, with how far the sending is."""
    return _answer(session, number, response)


@router.put(f"{PATH}/{{number}}")
def change_invitations(
    number: Id,
    given: GivenInvitations,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> InvitationsOut:
    """Plan them otherwise, while no mail was sent."""
    found = queries.batch(session, number)
    must_be(found.version, version)
    actions.change(session, found, Wanted(**given.model_dump()), caller.actor)
    return _answer(session, number, response)


@router.post(f"{PATH}/{{number}}/addresses", status_code=201)
def add_addresses(number: Id, given: GivenAddresses, caller: FeedbackKeeper, session: Writing) -> AddedOut:
    """Add guests. Each wrong address is named by its place in the list."""
    added = actions.add_addresses(session, queries.batch(session, number), _guests(given), caller.actor)
    return AddedOut(added=added.added, left_out=added.left_out)


@router.delete(f"{PATH}/{{number}}/addresses")
def clear_addresses(number: Id, caller: FeedbackKeeper, session: Writing) -> DeletedOut:
    """Delete the addresses that wait."""
    return DeletedOut(deleted=actions.clear(session, queries.batch(session, number), caller.actor))


@router.post(f"{PATH}/{{number}}/stop")
def stop_invitations(
    number: Id,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
    _given: Nothing | None = None,
) -> InvitationsOut:
    """Send no further mail, and delete the addresses that wait."""
    found = queries.batch(session, number)
    must_be(found.version, version)
    actions.stop(session, found, caller.actor)
    return _answer(session, number, response)


def _guests(given: GivenAddresses) -> list[Guest]:
    found: dict[str, Guest] = {}
    for number, one in enumerate(given.addresses, start=1):
        place = f"addresses.{number - 1}"
        if one.language not in LANGUAGES:
            raise InvalidInput(_("must be one of %(names)s", names=", ".join(LANGUAGES)), place=f"{place}.language")
        try:
            email = rules.checked_address(one.email)
        except InvalidInput as error:
            raise InvalidInput(error.message, place=f"{place}.email") from None
        if email in found:
            raise InvalidInput(_("the same address as line %(n)s", n=found[email].line), place=f"{place}.email")
        found[email] = Guest(number, email, one.language)
    return list(found.values())


def _answer(session: Session, number: int, response: Response) -> InvitationsOut:
    line = queries.line(session, number)
    response.headers["ETag"] = etag(line.batch.version)
    return _out(line)


def _out(line: Line) -> InvitationsOut:
    one = line.batch
    same = ("id", "name", "left_on", "send_from", "closes", "invited", "left_out", "undelivered", "answered", "version")
    return InvitationsOut(
        **{name: getattr(one, name) for name in same},
        state=line.state,
        questionnaire=line.questionnaire.slug,
        pavilion=line.pavilion.slug if line.pavilion else None,
        event=line.event.slug if line.event else None,
        segment=line.segment.slug if line.segment else None,
        waiting=line.waiting,
        stopped_at=one.stopped_at,
    )
