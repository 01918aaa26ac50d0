"""Closures in the small campus: works that slipped and meet stays, a change that was confirmed, a scenario."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.closures import actions, reading, scenarios
from campus.closures.actions import WantedRule
from campus.nights import Nights
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.network import Span, Wanted
from core.i18n import today
from tests.campus.books import TEST, Campus

SLUG = "sample-refit"


def add_closures(session: Session, campus: Campus) -> None:
    """The refit of the second pavilion: closed as planned, then six weeks late."""
    day = today()

    def at(number: int) -> str:
        return (day + timedelta(days=number)).isoformat()

    package = works.add_package(
        session, WantedPackage(name="Sample refit", pavilion_id=campus.pavilions[1], slug=SLUG), TEST
    )
    planned = Wanted(Span(day + timedelta(days=90), day + timedelta(days=130)))
    key = works.add_milestone(session, package, WantedMilestone(name="Refit"), planned, TEST).milestone_id
    actions.set_rule(session, package, WantedRule(key, 1, key, 2), TEST)
    proposal = reading.proposal_of(session, package)
    if proposal is None:
        raise AssertionError("the refit has a rule")
    actions.confirm(session, package, proposal.digest, {}, TEST, "Sample plan")
    for room, first, until, guests in ((1, 140, 144, 1), (3, 141, 145, 2), (5, 142, 146, 2), (7, 142, 146, 2)):
        campus.stay(session, room, at(first), at(until), guests=guests)
    nights = Nights(day + timedelta(days=150), day + timedelta(days=152))
    wanted = campus.block(name="Sample seminar", cut_off=day + timedelta(days=120))
    blocks.hold(session, wanted, {(campus.types[1], night): 3 for night in nights}, TEST)
    late = Wanted(Span(day + timedelta(days=90), day + timedelta(days=172)))
    scenarios.add_scenario(
        session, "Three weeks early", {key: Span(day + timedelta(days=90), day + timedelta(days=109))}, TEST
    )
    works.report(session, key, day, late, TEST, "Sample windows come late")
