"""Works on a pavilion of the small campus, with the rule that closes it, for the tests."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.closures import actions, reading
from campus.closures.actions import WantedRule
from campus.closures.proposal import Proposal
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.models import WorksPackage
from campus.renovation.network import Dependency, Span, Wanted
from core.i18n import today
from tests.campus.books import TEST, Campus


def day(number: int) -> date:
    """Counted from today."""
    return today() + timedelta(days=number)


@dataclass
class Works:
    """The renovation of the second pavilion: the rooms 102, 104, …"""

    package: WorksPackage
    building: int
    handed_over: int

    def report(self, session: Session, finish: int, start: int = -30) -> None:
        """The building will be finished on another day, and handed over on the day after."""
        wanted = Wanted(Span(day(start), day(finish)), begun=start <= 0)
        works.report(session, self.building, today(), wanted, TEST, "Sample windows come late")
        handed_over = Wanted(Span(day(finish + 1), day(finish + 1)))
        works.report(session, self.handed_over, today(), handed_over, TEST, "Sample windows come late")

    def proposal(self, session: Session) -> Proposal:
        """What is proposed now."""
        found = reading.proposal_of(session, self.package)
        assert found is not None
        return found

    def confirm(self, session: Session, **choices: int | None) -> int:
        """Confirm what is proposed, with choices named `claim_7=3`; the number of the change."""
        chosen = {int(name.removeprefix("claim_")): room for name, room in choices.items()}
        digest = self.proposal(session).digest
        return actions.confirm(session, self.package, digest, chosen, TEST, "Sample slip").id


def add_works(session: Session, campus: Campus, *, finish: int = 20, before: int = 0, after: int = 2) -> Works:
    """Building from a month ago until `finish` days from today, handed over right after it; closed for that time."""
    wanted = WantedPackage(name="Sample renovation", pavilion_id=campus.pavilions[1])
    package = works.add_package(session, wanted, TEST)
    keys = []
    for position, (name, start, end) in enumerate((("Building", -30, finish), ("Handed over", finish + 1, finish + 1))):
        milestone = WantedMilestone(name=name, position=position)
        planned = Wanted(Span(day(start), day(end)), begun=start <= 0)
        keys.append(works.add_milestone(session, package, milestone, planned, TEST).milestone_id)
    works.link(session, Dependency(keys[0], keys[1], lag=1), TEST)
    rule = WantedRule(start_id=keys[0], days_before=before, finish_id=keys[1], days_after=after)
    actions.set_rule(session, package, rule, TEST)
    return Works(package, *keys)
