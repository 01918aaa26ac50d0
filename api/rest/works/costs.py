"""Running costs, recoveries and rents: reports of any period, and the amounts that they are made of."""

from datetime import date
from typing import Annotated

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works.cost_schemas import (
    EntryOut,
    GivenAmount,
    GivenEntry,
    GivenWhy,
    ReportOut,
    StepOut,
    entry_out,
    report_out,
    units_out,
)
from campus.capacity.report import Moment
from campus.known import checked_as_of
from campus.nights import EARLIEST, LATEST, Nights
from campus.running_costs import actions, queries, rules, units
from campus.running_costs.report import make_report
from campus.running_costs.rules import Kind, Line, Place, Status
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

router = rest_router("running costs")
LIST = "/running-costs/entries"
ONE = f"{LIST}/{{number}}"
First = Annotated[date, Query(description="The first day.")]
Last = Annotated[date, Query(description="The last day, which belongs to the period.")]
AsOf = Annotated[date | None, Query(description="As it was known at the end of this day; left out: as it is now.")]


@router.get("/running-costs")
def get_running_costs(_caller: Reader, session: Reading, first: First, last: Last, as_of: AsOf = None) -> ReportOut:
    """Lines by budget, forecast and actual, recoveries and rents by party, and net cost by unit."""
    period, moment = rules.checked_days(first, last), Moment.evening(checked_as_of(as_of))
    (whole,) = units.units(session, [period], moment)
    return report_out(make_report(session, period, moment), moment.on, whole, _slugs(session))


@router.get("/running-costs/steps")
def list_running_cost_steps(
    _caller: Reader, session: Reading, first: First, last: Last, as_of: AsOf = None
) -> list[StepOut]:
    """Actual costs by unit, month by month, or year by year where the period is long."""
    period, moment = rules.checked_days(first, last), Moment.evening(checked_as_of(as_of))
    parts = units.steps(period)
    found = units.units(session, parts, moment)
    return [
        StepOut(first=part.first, last=rules.last_day(part), units=units_out(one))
        for part, one in zip(parts, found, strict=True)
    ]


@router.get(LIST)
def list_cost_entries(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    line: Line | None = None,
    kind: Kind | None = None,
    party: Annotated[str | None, Query(max_length=64, description="Only what this party pays.")] = None,
    first: Annotated[date | None, Query(description="Only entries that have a day from this one on.")] = None,
    last: Annotated[date | None, Query(description="Only entries that have a day until this one.")] = None,
    as_of: AsOf = None,
) -> list[EntryOut]:
    """The amounts that count, by line, party, kind and day."""
    moment = Moment.evening(checked_as_of(as_of))
    found = queries.entries(
        session,
        within=rules.checked_days(first or EARLIEST, last or rules.last_day(Nights(EARLIEST, LATEST))),
        lines=[line] if line else tuple(Line),
        kinds=[kind] if kind else tuple(Kind),
        party_id=_party(session, party),
        at=moment.at,
    )
    tell_pages(response, part, len(found))
    slugs = _slugs(session)
    return [entry_out(one, slugs) for one in found[part.offset : part.offset + part.size]]


@router.post(LIST, status_code=201)
def create_cost_entry(given: GivenEntry, caller: Keeper, session: Writing, response: Response) -> EntryOut:
    """Enter the amount of a period. It must not share a day with another one of its line, party and kind."""
    period = rules.checked_days(given.first, given.last)
    place = Place(given.line, given.kind, period, _party(session, given.party))
    present = actions.present_of(queries.meeting(session, rules.checked_place(place)), period)
    if present is not None and present.status == Status.ENTERED:
        raise Conflict(_("This period has an amount already: it is entry %(number)s.", number=present.number))
    made = actions.enter(session, place, given.cents, caller.actor, note=given.note)
    response.headers["Location"] = f"{rest.PREFIX}{LIST}/{made.number}"
    return _answer(session, made.number, response)


@router.get(ONE)
def get_cost_entry(number: Id, _caller: Reader, session: Reading, response: Response) -> EntryOut:
    """One amount as it is now, also a withdrawn one."""
    return _answer(session, number, response)


@router.patch(ONE)
def change_cost_entry(
    number: Id, given: GivenAmount, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> EntryOut:
    """Correct an amount or its note. What it was is kept."""
    now = queries.entry(session, number)
    must_be(now.id, version)
    cents = now.cents if given.cents is None else given.cents
    note = now.note if given.note is None else given.note
    actions.correct(session, number, cents, note, given.reason, caller.actor)
    return _answer(session, number, response)


@router.post(f"{ONE}/withdraw")
def withdraw_cost_entry(
    number: Id, given: GivenWhy, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> EntryOut:
    """Let an amount count no more. It stays in its history and in reports of past days."""
    must_be(queries.entry(session, number).id, version)
    actions.withdraw(session, number, given.reason, caller.actor)
    return _answer(session, number, response)


@router.post(f"{ONE}/restore")
def restore_cost_entry(
    number: Id, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> EntryOut:
    """Let a withdrawn amount count again, where no other one has its days now."""
    must_be(queries.entry(session, number).id, version)
    actions.restore(session, number, caller.actor)
    return _answer(session, number, response)


@router.get(f"{ONE}/versions")
def list_cost_entry_versions(number: Id, _caller: Reader, session: Reading) -> list[EntryOut]:
    """Everything that was ever entered under this number, the newest first."""
    queries.entry(session, number)
    slugs = _slugs(session)
    return [entry_out(one, slugs) for one in queries.versions(session, number)]


def _answer(session: Session, number: int, response: Response) -> EntryOut:
    now = queries.entry(session, number)
    response.headers["ETag"] = etag(now.id)
    return entry_out(now, _slugs(session))


def _slugs(session: Session) -> dict[int, str]:
    return {one.id: one.slug for one in queries.parties(session)}


def _party(session: Session, slug: str | None) -> int | None:
    if slug is None:
        return None
    found = next((one.id for one in queries.parties(session) if one.slug == slug), None)
    if found is None:
        raise InvalidInput(_("“%(name)s” is not there", name=slug), place="party")
    return found
