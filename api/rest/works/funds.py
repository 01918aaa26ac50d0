"""Funds over a period, and where what is printed disagrees."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.works.fund_schemas import DiscrepancyOut, FundOut, GivenFund, RollOut
from campus.funds import actions, queries, report
from campus.funds.report import Asked, FundLine
from campus.funds.rules import Roll
from campus.known import checked_as_of, end_of

router = rest_router("funds")
AsOf = Annotated[date | None, Query(description="As it was known at the end of this day.")]
Day = Annotated[
    date | None, Query(description="Left out: the days between the first opening and the last printed closing.")
]


@router.get("/funds")
def list_funds(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    first: Day = None,
    last: Day = None,
    as_of: AsOf = None,
) -> list[FundOut]:
    """Every fund, printed and computed side by side."""
    question = report.asked(session, first, last, as_of)
    found = report.lines(session, question)
    tell_pages(response, part, len(found))
    return [_told(one, question) for one in found[part.offset : part.offset + part.size]]


@router.post("/funds", status_code=201)
def create_fund(given: GivenFund, caller: Keeper, session: Writing, response: Response) -> FundOut:
    """Add a fund."""
    fund = actions.add_fund(session, given.name, caller.actor, given.slug)
    response.headers["Location"] = f"{rest.PREFIX}/funds/{fund.slug}"
    return _one(session, fund.slug, report.asked(session, None, None))


@router.get("/funds/discrepancies")
def list_discrepancies(
    _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[DiscrepancyOut]:
    """Every item that is printed in two ways, or as something else than it adds up to."""
    day = checked_as_of(as_of)
    found = report.found(session, end_of(day) if day else None)
    tell_pages(response, part, len(found))
    return [
        DiscrepancyOut.model_validate(one, from_attributes=True) for one in found[part.offset : part.offset + part.size]
    ]


@router.get("/funds/{slug}")
def get_fund(
    slug: str, _caller: Reader, session: Reading, first: Day = None, last: Day = None, as_of: AsOf = None
) -> FundOut:
    """One fund."""
    return _one(session, slug, report.asked(session, first, last, as_of))


def _one(session: Session, slug: str, question: Asked) -> FundOut:
    fund = queries.fund(session, slug)
    return next(_told(one, question) for one in report.lines(session, question) if one.fund.id == fund.id)


def _told(line: FundLine, question: Asked) -> FundOut:
    found = line.statement
    return FundOut(
        slug=line.fund.slug,
        name=line.fund.name,
        first=question.first,
        last=question.last,
        planned=_roll(found.planned),
        printed=found.printed,
        difference=found.difference,
        actual=_roll(found.actual),
        open_commitments=found.commitments,
        free=found.free,
        forecast=_roll(found.forecast),
    )


def _roll(roll: Roll) -> RollOut:
    return RollOut.model_validate(roll, from_attributes=True)
