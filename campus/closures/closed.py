"""What works close over a period, as known at any moment: the nights by the plan, and those closed in the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.closures import queries, reading
from campus.nights import Nights
from campus.occupancy.rules import Status
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage


@dataclass(frozen=True, slots=True)
class Closed:
    """A package that closes rooms. `plan` are the nights that the plan closes, None without the rule's milestones.

    `books` reaches from the first to the last night that its claims close, None without any. `rooms` are those that
    they close at any time, `room_nights` what they close within the period. `matches`: whether the books say what the
    plan says; of a past moment that is not told, and it is None.
    """

    package: WorksPackage
    plan: Nights | None
    books: Nights | None
    rooms: int
    room_nights: int
    matches: bool | None


def closed(session: Session, period: Nights, moment: Moment) -> list[Closed]:
    """Every package with a rule at the moment, by name."""
    plan, rules = works.plan(session, moment.at), queries.all_rules(session, moment.at)
    matches = {} if moment.at else {one.package.id: one.matches for one in reading.standings(session)}
    found = []
    for package in works.packages(session):
        if rule := rules.get(package.id):
            every = queries.claims_of(session, package.id, moment.at)
            claims = [one for one in every if one.status == Status.BOOKED.value]
            nights = [Nights(one.first, one.until) for one in claims]
            found.append(
                Closed(
                    package=package,
                    plan=queries.closure_of(rule, plan),
                    books=_around(nights),
                    rooms=len({one.room_id for one in claims}),
                    room_nights=sum(len(one.clipped(period)) for one in nights),
                    matches=matches.get(package.id),
                )
            )
    return found


def _around(nights: Sequence[Nights]) -> Nights | None:
    """From the first of them to the last."""
    return Nights(min(one.first for one in nights), max(one.until for one in nights)) if nights else None
