"""Named what-ifs: other dates for some milestones, kept and compared side by side, each against the present books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from campus.closures import queries, reading
from campus.closures.consequences import YearChange
from campus.closures.models import ClosureScenario, ScenarioSpan
from campus.closures.proposal import Proposal
from campus.nights import Nights
from campus.places.rules import checked_name, checked_text
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from campus.renovation.network import Key, Span, checked_span
from campus.renovation.queries import Plan
from core import clock, trail
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_SPANS = 50


@dataclass(frozen=True, slots=True)
class Column:
    """One side of the comparison: the plan as it is (without a scenario) or a scenario, computed now.

    `closures` are the nights that each package closes, `proposals` what would be done for it.
    """

    scenario: ClosureScenario | None
    spans: Mapping[Key, Span]
    closures: Mapping[int, Nights]
    proposals: Mapping[int, Proposal]
    years: Sequence[YearChange]

    @property
    def lost(self) -> int:
        """Room-nights that can be sold no more, of all years and packages; below 0 more can be."""
        return sum(one.lost for one in self.years)

    @property
    def conflicts(self) -> int:
        """Stays and house use in nights to be closed."""
        return sum(len(one.conflicts) for one in self.proposals.values())

    @property
    def without_room(self) -> int:
        """Those that no other room fits."""
        return sum(one.chosen is None for proposal in self.proposals.values() for one in proposal.conflicts)

    @property
    def blocks(self) -> int:
        """Blocks that lack rooms."""
        return len({one.block for proposal in self.proposals.values() for one in proposal.blocks})

    @property
    def income_cents(self) -> int:
        """Lost income of all years; below 0 is regained."""
        return sum(one.income_cents for one in self.years)

    def year(self, year: int) -> YearChange | None:
        """What becomes of a year; None when nothing does."""
        return next((one for one in self.years if one.year == year), None)


def add_scenario(session: Session, name: str, spans: Mapping[Key, Span], actor: str, note: str = "") -> ClosureScenario:
    """Keep a scenario. Raises `InvalidInput`."""
    name, note = checked_name(name), checked_text(note, "note")
    plan = works.plan(session)
    if not spans or len(spans) > MOST_SPANS:
        raise InvalidInput(_("must be 1 to %(most)s milestones", most=MOST_SPANS), place="milestones")
    for key, span in spans.items():
        if key not in plan.milestones:
            raise InvalidInput(_("is not known"), place="milestones")
        checked_span(span.start, span.finish, f"finish-{key}")
        if plan.wanted[key].ended:
            raise InvalidInput(_("%(name)s has ended already", name=plan.milestones[key].name), place="milestones")
    made = ClosureScenario(name=name, note=note, made_at=clock.now(), made_by=actor)
    session.add(made)
    session.flush()
    session.add_all(
        ScenarioSpan(scenario_id=made.id, milestone_id=key, start=span.start, finish=span.finish)
        for key, span in spans.items()
    )
    session.flush()
    told = {str(key): [span.start.isoformat(), span.finish.isoformat()] for key, span in spans.items()}
    trail.record(session, actor, "scenario.add", "closure_scenario", made.id, after={"name": name, "dates": told})
    return made


def drop_scenario(session: Session, scenario: ClosureScenario, actor: str) -> None:
    """It is compared no more; what it said stays in the books."""
    scenario.dropped_at, scenario.dropped_by = clock.now(), actor
    session.flush()
    trail.record(session, actor, "scenario.drop", "closure_scenario", scenario.id)


def with_dates(plan: Plan, spans: Mapping[Key, Span]) -> Plan:
    """The plan if milestones lay as a scenario says; what has ended since stays a fact."""
    changed = {
        key: replace(plan.wanted[key], span=span)
        for key, span in spans.items()
        if key in plan.wanted and not plan.wanted[key].ended
    }
    return plan.instead(changed)


def compare(session: Session, scenarios: Sequence[ClosureScenario]) -> list[Column]:
    """The plan as it is first, then each scenario."""
    plan = works.plan(session)
    packages = {one.id: one for one in works.packages(session)}
    columns = [_column(session, None, {}, plan, packages)]
    for one in scenarios:
        spans = queries.spans_of(session, one.id)
        columns.append(_column(session, one, spans, with_dates(plan, spans), packages))
    return columns


def _column(
    session: Session,
    scenario: ClosureScenario | None,
    spans: Mapping[Key, Span],
    plan: Plan,
    packages: Mapping[int, WorksPackage],
) -> Column:
    closures, proposals = {}, {}
    for package_id in queries.all_rules(session):
        proposal = reading.proposal_of(session, packages[package_id], plan)
        if proposal is not None:
            closures[package_id], proposals[package_id] = proposal.closure, proposal
    years, _kept = reading.consequences(session, proposals.values())
    return Column(scenario, spans, closures, proposals, years)
