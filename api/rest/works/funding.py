"""Funding sources: what they have pledged and paid in, and what that is set aside for."""

from datetime import date, datetime

import sqlalchemy as sa
from fastapi import Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works import money_schemas as out
from api.rest.works.money_schemas import AsOf
from campus.funds.models import Fund
from campus.known import checked_as_of, end_of
from campus.money import books, queries, sources
from campus.money.models import FundingSource, SourceReceipt
from campus.money.sources import WantedAllocation
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("money of works")
ONE = "/funding-sources/{slug}"


def moment(day: date | None) -> datetime | None:
    """The end of a past day, None for now. Raises `InvalidInput` for one that has not come."""
    checked = checked_as_of(day)
    return end_of(checked) if checked else None


def package_id(session: Session, slug: str) -> int:
    """The row of a works package. Raises `InvalidInput`."""
    found = session.scalar(sa.select(WorksPackage.id).where(WorksPackage.slug == slug))
    if found is None:
        raise InvalidInput(_("“%(name)s” is not there", name=slug), place="package")
    return found


@router.get("/funding-sources")
def list_funding_sources(
    _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[out.SourceOut]:
    """All sources, by name, with what became of their money."""
    found = queries.sources(session)
    tell_pages(response, part, len(found))
    return _told(session, found[part.offset : part.offset + part.size], moment(as_of))


@router.post("/funding-sources", status_code=201)
def create_funding_source(
    given: out.GivenSource, caller: Keeper, session: Writing, response: Response
) -> out.SourceOut:
    """Add a source and what it has pledged."""
    fund = _fund_id(session, given.fund)
    source = sources.add_source(session, given.name, fund, given.cents, given.day, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/funding-sources/{source.slug}"
    return _answer(session, source, response)


@router.get(ONE)
def get_funding_source(
    slug: str, _caller: Reader, session: Reading, response: Response, as_of: AsOf = None
) -> out.SourceOut:
    """One source with what became of its money."""
    return _answer(session, queries.source(session, slug), response, moment(as_of))


@router.patch(ONE)
def change_funding_source(
    slug: str,
    change: out.SourceChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.SourceOut:
    """Call a source otherwise, or let another fund receive what it pays."""
    source = _current(session, slug, version)
    name = source.name if change.name is None else change.name
    fund = _fund_id(session, change.fund) if "fund" in change.model_fields_set else source.fund_id
    sources.change_source(session, source, name, fund, caller.actor)
    return _answer(session, source, response)


@router.put(f"{ONE}/pledge")
def change_pledge(
    slug: str,
    given: out.GivenPledge,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.SourceOut:
    """Pledge another sum in all: never less than is allocated."""
    source = _current(session, slug, version)
    sources.pledge(session, source, given.cents, given.day, caller.actor, given.reason)
    return _answer(session, source, response)


@router.get(f"{ONE}/pledges")
def list_pledges(slug: str, _caller: Reader, session: Reading) -> list[out.PledgeOut]:
    """Every version of what a source has pledged, the newest first."""
    found = queries.pledges(session, queries.source(session, slug).id)
    return [out.PledgeOut.model_validate(one) for one in found]


@router.get(f"{ONE}/receipts")
def list_source_receipts(
    slug: str, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[out.ReceiptOut]:
    """What was received of a source, reversed ones too, the last day first."""
    found = queries.receipts(session, queries.source(session, slug).id, moment(as_of))
    tell_pages(response, part, len(found))
    return [out.ReceiptOut.model_validate(one) for one in found[part.offset : part.offset + part.size]]


@router.post(f"{ONE}/receipts", status_code=201)
def create_source_receipt(slug: str, given: out.GivenReceipt, caller: Keeper, session: Writing) -> out.ReceiptOut:
    """Book what was received."""
    source = queries.source(session, slug)
    made = sources.receive(session, source, given.cents, given.day, given.what, caller.actor)
    return out.ReceiptOut.model_validate(made)


@router.post(f"{ONE}/receipts/{{number}}/reverse")
def reverse_source_receipt(
    slug: str, number: Id, given: out.GivenReason, caller: Keeper, session: Writing
) -> out.ReceiptOut:
    """It was not received after all. What was reversed already is refused."""
    if books.current(session, SourceReceipt, number).source_id != queries.source(session, slug).id:
        raise books.no_such_entry()
    return out.ReceiptOut.model_validate(sources.reverse_receipt(session, number, caller.actor, given.reason))


@router.get(f"{ONE}/allocations")
def list_allocations(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None) -> list[out.AllocationOut]:
    """What a source sets aside for which works and costs, with what is committed and paid of it."""
    source, slugs = queries.source(session, slug), {one.id: one.slug for one in works.packages(session)}
    return [
        out.AllocationOut(
            package=slugs[one.package_id],
            cost_type=one.cost_type,
            allocated=one.allocated,
            committed=one.committed,
            paid=one.paid,
        )
        for one in queries.parts(session, moment(as_of))
        if one.source_id == source.id
    ]


@router.put(f"{ONE}/allocations")
def set_allocation(
    slug: str,
    given: out.GivenAllocation,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.SourceOut:
    """Set an amount aside, in place of what was: all allocations together never exceed the pledge."""
    source = _current(session, slug, version)
    package = package_id(session, given.package)
    wanted = WantedAllocation(package_id=package, cost_type=given.cost_type, cents=given.cents)
    sources.allocate(session, source, wanted, caller.actor, given.reason)
    return _answer(session, source, response)


def _current(session: Session, slug: str, version: int) -> FundingSource:
    source = queries.source(session, slug)
    must_be(source.version, version)
    return source


def _answer(session: Session, source: FundingSource, response: Response, at: datetime | None = None) -> out.SourceOut:
    response.headers["ETag"] = etag(source.version)
    return _told(session, [source], at)[0]


def _told(session: Session, found: list[FundingSource], at: datetime | None) -> list[out.SourceOut]:
    sums = queries.standing(session, at)
    funds = {row.id: row.slug for row in session.execute(sa.select(Fund.id, Fund.slug))}
    names = ("pledged", "received", "allocated", "committed", "paid", "free")
    return [
        out.SourceOut(
            slug=one.slug,
            name=one.name,
            fund=funds[one.fund_id] if one.fund_id else None,
            **{name: getattr(sums[one.id], name) for name in names},
        )
        for one in found
    ]


def _fund_id(session: Session, slug: str | None) -> int | None:
    if slug is None:
        return None
    found = session.scalar(sa.select(Fund.id).where(Fund.slug == slug))
    if found is None:
        raise InvalidInput(_("“%(name)s” is not there", name=slug), place="fund")
    return found
