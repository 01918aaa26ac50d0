"""Entries of funds. Works' receipts and payments are under funding and count in their funds by themselves."""

from fastapi import Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.block_schemas import GivenReason
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works.fund_schemas import EntryChange, FundEntryOut, GivenEntry
from api.rest.works.funds import AsOf
from campus.funds import actions, queries
from campus.funds.actions import WantedEntry
from campus.funds.models import Fund, FundEntry
from campus.funds.rules import Kind
from campus.known import checked_as_of, end_of

router = rest_router("funds")


@router.get("/funds/{slug}/entries")
def list_entries(
    slug: str, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[FundEntryOut]:
    """What counts in a fund, by day."""
    fund, day = queries.fund(session, slug), checked_as_of(as_of)
    found = queries.entries(session, end_of(day) if day else None, fund.id)
    tell_pages(response, part, len(found))
    return [_told(one, fund) for one in found[part.offset : part.offset + part.size]]


@router.post("/funds/{slug}/entries", status_code=201)
def create_entry(slug: str, given: GivenEntry, caller: Keeper, session: Writing, response: Response) -> FundEntryOut:
    """Enter an amount."""
    made = actions.add_entry(session, queries.fund(session, slug), _wanted(given), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/funds/entries/{made.number}"
    return _answer(session, made, response)


@router.get("/funds/entries/{number}")
def get_entry(number: Id, _caller: Reader, session: Reading, response: Response) -> FundEntryOut:
    """One entry as it is now, a cancelled one too."""
    return _answer(session, queries.entry(session, number), response)


@router.patch("/funds/entries/{number}")
def change_entry(
    number: Id, change: EntryChange, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> FundEntryOut:
    """Correct an entry. What stood there is kept."""
    now = actions.booked(session, number)
    must_be(now.id, version)
    given = {name: value for name, value in change.model_dump(exclude={"reason"}).items() if value is not None}
    values = {name: getattr(now, name) for name in GivenEntry.model_fields} | given
    made = actions.change_entry(session, number, _wanted(GivenEntry(**values)), caller.actor, change.reason)
    return _answer(session, made, response)


@router.post("/funds/entries/{number}/cancel")
def cancel_entry(
    number: Id, given: GivenReason, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> FundEntryOut:
    """From now on the entry does not count."""
    must_be(actions.booked(session, number).id, version)
    return _answer(session, actions.cancel_entry(session, number, caller.actor, given.reason), response)


@router.get("/funds/entries/{number}/versions")
def list_entry_versions(number: Id, _caller: Reader, session: Reading) -> list[FundEntryOut]:
    """Everything that ever stood there, the newest first."""
    fund = _fund_of(session, queries.entry(session, number))
    return [_told(one, fund) for one in queries.versions(session, number)]


def _wanted(given: GivenEntry) -> WantedEntry:
    return WantedEntry(kind=Kind(given.kind), day=given.day, cents=given.cents, what=given.what, planned=given.planned)


def _answer(session: Session, entry: FundEntry, response: Response) -> FundEntryOut:
    response.headers["ETag"] = etag(entry.id)
    return _told(entry, _fund_of(session, entry))


def _fund_of(session: Session, entry: FundEntry) -> Fund:
    return session.get_one(Fund, entry.fund_id)


def _told(entry: FundEntry, fund: Fund) -> FundEntryOut:
    return FundEntryOut(
        number=entry.number,
        fund=fund.slug,
        kind=entry.kind,
        status=entry.status,
        planned=entry.planned,
        day=entry.day,
        cents=entry.cents,
        what=entry.what,
        load=entry.load_id,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        superseded_at=entry.superseded_at,
        reason=entry.reason,
    )
