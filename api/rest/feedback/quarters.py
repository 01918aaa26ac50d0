"""Quarters: which are closed, and closing one by hand."""

from typing import Annotated

from fastapi import Path, Response

from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper, FeedbackReader
from api.rest.feedback.schemas import QuarterOut
from api.rest.lists import tell_pages
from campus.feedback.figures import closing, queries
from campus.feedback.figures.models import ClosedQuarter
from campus.feedback.quarters import checked_quarter

router = rest_router("feedback", "/feedback")


@router.get("/quarters")
def list_quarters(_caller: FeedbackReader, session: Reading, part: WantedPart, response: Response) -> list[QuarterOut]:
    """Closed quarters and those that wait to be, the newest first."""
    waiting = [QuarterOut(quarter=str(one), closed=False) for one in closing.waiting(session)]
    found = sorted([*waiting, *map(_told, queries.closed(session))], key=lambda one: one.quarter, reverse=True)
    tell_pages(response, part, len(found))
    return found[part.offset : part.offset + part.size]


@router.post("/quarters/{quarter}/close", status_code=201)
def close_quarter(
    quarter: Annotated[str, Path(max_length=8, description="Such as 2026-Q3.")],
    caller: FeedbackKeeper,
    session: Writing,
) -> QuarterOut:
    """Publish the figures of a quarter that is over. No answer is added to it any more."""
    wanted = checked_quarter(quarter)
    closing.close(session, wanted, caller.actor)
    return next(_told(one) for one in queries.closed(session) if one.quarter == str(wanted))


def _told(row: ClosedQuarter) -> QuarterOut:
    return QuarterOut(quarter=row.quarter, closed=True, closed_at=row.closed_at, closed_by=row.closed_by)
