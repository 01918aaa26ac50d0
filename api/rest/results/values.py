"""What was reported of an indicator: appended, never changed."""

from fastapi import Response

from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.results.files import AsOf, moment_of
from api.rest.results.indicators import Slug
from api.rest.results.schemas import GivenValue, ValueOut, value_out
from campus.results import actions, queries
from campus.results.actions import Reported

router = rest_router("results", "/results")


@router.get("/indicators/{slug}/values")
def list_values(
    slug: Slug, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[ValueOut]:
    """Everything that was reported, the newest first; what was corrected since too."""
    now = actions.current(session, slug)
    found = queries.reported(session, now.indicator_id, moment_of(as_of))
    tell_pages(response, part, len(found))
    return [value_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/indicators/{slug}/values", status_code=201)
def add_value(slug: Slug, given: GivenValue, caller: Keeper, session: Writing) -> ValueOut:
    """Report a value; of several of one day the last one counts."""
    now = actions.current(session, slug)
    return value_out(actions.report(session, now, Reported(**given.model_dump()), caller.actor))
