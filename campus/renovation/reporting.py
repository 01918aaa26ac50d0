"""Reports of milestones: what they would move, and several of them appended at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.renovation import actions, queries, slips
from campus.renovation.models import MilestoneReport
from campus.renovation.network import Key, Wanted
from campus.renovation.queries import Plan
from campus.renovation.slips import Move
from core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Preview:
    """What reports would do. `superseded` are milestones of which a report of a later day counts, so nothing moves."""

    plan: Plan
    moves: list[Move]
    superseded: list[Key]


def preview(session: Session, plan: Plan, reports: Mapping[Key, Wanted], reported_on: date) -> Preview:
    """What these reports of a day would move. Raises `InvalidInput` as storing them would."""
    for key, wanted in reports.items():
        checked(plan, key, reported_on, wanted, alone=len(reports) == 1)
    last = queries.last_reports(session)
    superseded = [key for key in reports if last[key].reported_on > reported_on]
    after = plan.instead({key: wanted for key, wanted in reports.items() if key not in superseded})
    return Preview(after, slips.moves(plan.placed, after.placed, reports), superseded)


def changed(plan: Plan, reports: Mapping[Key, Wanted]) -> dict[Key, Wanted]:
    """Those that say something else than what counts of their milestones now."""
    return {key: wanted for key, wanted in reports.items() if wanted != plan.wanted[key]}


def report_all(
    session: Session, plan: Plan, reports: Mapping[Key, Wanted], reported_on: date, actor: str, why: str
) -> list[MilestoneReport]:
    """Append a report of each of these milestones, or of none. Raises `InvalidInput` naming field and milestone."""
    for key, wanted in reports.items():
        checked(plan, key, reported_on, wanted)
    return [actions.report(session, key, reported_on, wanted, actor, why) for key, wanted in reports.items()]


def checked(plan: Plan, key: Key, reported_on: date, wanted: Wanted, *, alone: bool = False) -> None:
    """Raises `InvalidInput`; of several, its place names the milestone too (`finish_12`) and its text the name."""
    try:
        actions.check_report(reported_on, wanted)
    except InvalidInput as error:
        if alone or error.place == "reported_on":
            raise
        name = plan.milestones[key].name
        raise InvalidInput(f"{name}: {error.message}", place=f"{error.place}_{key}") from None


def newest(session: Session) -> int:
    """The number of the report that was written last, 0 before the first: whether anybody reported meanwhile."""
    return session.scalar(sa.select(sa.func.coalesce(sa.func.max(MilestoneReport.id), 0))) or 0
