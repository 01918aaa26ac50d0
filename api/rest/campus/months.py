"""Closed months: the figures of their closing, and the adjustments since."""

from datetime import date
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.count_schemas import AdjustmentOut, MonthOut, adjustment_out, month_out
from api.rest.given import Nothing
from api.rest.lists import tell_pages
from campus.months import actions, queries
from campus.nights import EARLIEST
from core.errors import NotFound
from core.i18n import gettext as _

router = rest_router("months")
Month = Annotated[
    str, Path(pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$|^19[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-09"])
]


@router.get("/months")
def list_months(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[MonthOut]:
    """Every closed month, the latest first."""
    found, total = queries.statements(session, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [month_out(one) for one in found]


@router.get("/months/{month}")
def get_month(month: Month, _caller: Reader, session: Reading) -> MonthOut:
    """One closed month."""
    return month_out(queries.statement(session, _first_of(month)))


@router.post("/months/{month}/close", status_code=201)
def close_month(
    month: Month, caller: Keeper, session: Writing, response: Response, _nothing: Nothing | None = None
) -> MonthOut:
    """Close a month that is over, all of whose nights are counted and whose differences are explained."""
    first = _first_of(month)
    actions.close_month(session, first, caller.actor)
    session.flush()
    response.headers["Location"] = f"{rest.PREFIX}/months/{month}"
    return month_out(queries.statement(session, first))


@router.get("/months/{month}/adjustments")
def list_adjustments(
    month: Month, _caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[AdjustmentOut]:
    """What was changed in a month after it was closed, the newest first."""
    found = queries.statement(session, _first_of(month)).adjustments
    tell_pages(response, part, len(found))
    return [adjustment_out(one) for one in found[part.offset : part.offset + part.size]]


def _first_of(month: str) -> date:
    first = date(int(month[:4]), int(month[5:]), 1)
    if first < EARLIEST:
        raise NotFound(_("There is no such month."))
    return first
