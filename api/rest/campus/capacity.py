"""Capacity: any period by any cut, a year with its target, and prints that are kept and replayed."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query, Response

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.capacity_schemas import (
    CapacityOut,
    GivenPrint,
    PrintOut,
    WholePrintOut,
    YearOut,
    print_out,
    report_out,
    whole_print_out,
    year_out,
)
from api.rest.lists import tell_pages
from campus.capacity import prints, things
from campus.capacity.queries import Cut
from campus.capacity.report import Moment, Question, make_report
from campus.known import checked_as_of
from campus.nights import EARLIEST, LATEST, Nights
from campus.year import year_report
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("capacity")

AsOf = Annotated[
    date | None, Query(description="As it was known at the end of this day; left out: as it is known now.")
]
OnlyOf = Annotated[str, Query(max_length=64, description="Only of the one with this short name.")]
Year = Annotated[int, Path(ge=EARLIEST.year, lt=LATEST.year)]


@router.get("/capacity")
def get_capacity(
    _caller: Reader,
    session: Reading,
    first: Annotated[date, Query(description="The first night.")],
    last: Annotated[date, Query(description="The last night that counts.")],
    cut: Cut = Cut.WHOLE,
    as_of: AsOf = None,
    pavilion: OnlyOf = "",
    room_type: OnlyOf = "",
    segment: OnlyOf = "",
    party: OnlyOf = "",
) -> CapacityOut:
    """Room-nights of a period from inventory to free, month by month and by the cut."""
    only = {"pavilion": pavilion, "room_type": room_type, "segment": segment, "party": party}
    question = Question(_nights(first, last), cut, things.only(session, only))
    return report_out(make_report(session, question, _moment(as_of)), things.things_of(session, cut))


@router.get("/capacity/years/{year}")
def get_year(_caller: Reader, session: Reading, year: Year, as_of: AsOf = None) -> YearOut:
    """A year with its target: as `campus capacity YEAR --json` prints it."""
    return year_out(year_report(session, year, _moment(as_of)))


@router.get("/capacity/prints")
def list_prints(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[PrintOut]:
    """Every print, the newest first."""
    found, total = prints.prints(session, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [print_out(one) for one in found]


@router.post("/capacity/prints", status_code=201)
def keep_print(given: GivenPrint, caller: Keeper, session: Writing, response: Response) -> WholePrintOut:
    """Keep a report as it stands now, for good."""
    only = things.only(session, given.model_dump(include=set(things.FIELDS.values())))
    question = Question(_nights(given.first, given.last), given.cut, only)
    kept = prints.keep(session, given.title, question, _moment(given.as_of), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/capacity/prints/{kept.id}"
    return whole_print_out(kept, [])


@router.get("/capacity/prints/{print_id}")
def get_print(_caller: Reader, session: Reading, print_id: Id) -> WholePrintOut:
    """A print beside the same report, made again as known at its instant: equal, or with what differs."""
    kept = prints.get(session, print_id)
    return whole_print_out(kept, prints.replay(session, kept))


def _nights(first: date, last: date) -> Nights:
    if last < first:
        raise InvalidInput(_("must not come before the first day"), place="last")
    return Nights(Nights.of(first, "first").first, Nights.of(last, "last").until)


def _moment(as_of: date | None) -> Moment:
    return Moment.evening(checked_as_of(as_of))
