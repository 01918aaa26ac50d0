"""What-ifs: other dates for some milestones, computed against the books as they are now."""

from fastapi import Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.works.closure_schemas import DatesOut, GivenScenario, ScenarioOut
from api.rest.works.closures import span_out, years_out
from campus.closures import queries, scenarios
from campus.closures.models import ClosureScenario
from campus.renovation import queries as works
from campus.renovation.network import Span
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("works")


@router.get("/closures/scenarios")
def list_scenarios(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[ScenarioOut]:
    """The scenarios that are kept, the oldest first."""
    found = queries.scenarios(session)
    tell_pages(response, part, len(found))
    return _told(session, found[part.offset : part.offset + part.size])


@router.post("/closures/scenarios", status_code=201)
def add_scenario(given: GivenScenario, caller: Keeper, session: Writing, response: Response) -> ScenarioOut:
    """Keep a scenario. Nothing is changed by it; to adopt it, report its dates."""
    spans = {one.milestone: Span(one.start, one.finish) for one in given.dates}
    if len(spans) != len(given.dates):
        raise InvalidInput(_("each milestone must be named once"), place="dates")
    made = scenarios.add_scenario(session, given.name, spans, caller.actor, given.note)
    response.headers["Location"] = f"{rest.PREFIX}/closures/scenarios/{made.id}"
    return _told(session, [made])[0]


@router.get("/closures/scenarios/{scenario_id}")
def get_scenario(scenario_id: Id, _caller: Reader, session: Reading) -> ScenarioOut:
    """One scenario."""
    return _told(session, [queries.scenario(session, scenario_id)])[0]


@router.delete("/closures/scenarios/{scenario_id}", status_code=204)
def drop_scenario(scenario_id: Id, caller: Keeper, session: Writing) -> None:
    """Compare it no more."""
    scenarios.drop_scenario(session, queries.scenario(session, scenario_id), caller.actor)


def _told(session: Session, found: list[ClosureScenario]) -> list[ScenarioOut]:
    slugs = {one.id: one.slug for one in works.packages(session)}
    columns = scenarios.compare(session, found)[1:]
    return [
        ScenarioOut(
            id=made.id,
            name=made.name,
            note=made.note,
            made_at=made.made_at,
            made_by=made.made_by,
            dates=[DatesOut(milestone=key, start=span.start, finish=span.finish) for key, span in column.spans.items()],
            closures={slugs[package]: span_out(nights) for package, nights in column.closures.items()},
            room_nights_lost=column.lost,
            conflicts=column.conflicts,
            conflicts_without_room=column.without_room,
            income_cents=column.income_cents,
            years=years_out(session, column.years),
        )
        for made, column in zip(found, columns, strict=True)
    ]
