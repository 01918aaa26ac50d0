"""The plan asked for at a past instant is the plan that stood then, whatever was done since, on both databases."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campus.renovation import actions, milestone_actions, overview, queries
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.network import Dependency, Kind, Span, Wanted
from campus.renovation.queries import Plan
from core import clock
from core.database import Database
from core.errors import CampusError
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus

STEPS = 30


def seen(session: Session, at: datetime | None = None) -> Any:
    """Everything that a plan says, and what the list of works makes of it."""
    plan: Plan = queries.plan(session, at)
    lines = overview.lines(session, plan, today(), at)
    named = {key: (one.name, one.weight, one.position) for key, one in plan.milestones.items()}
    return (
        named,
        set(plan.dependencies),
        plan.wanted,
        plan.placed,
        [(one.progress, one.finish, one.slip) for one in lines],
    )


def one_step(session: Session, campus: Campus, chance: random.Random) -> None:
    """Something happens to the works; much of it is refused."""
    packages = queries.packages(session)
    package = chance.choice(packages) if packages else None
    first = today() + timedelta(days=chance.randint(-30, 60))
    wanted = Wanted(Span(first, first + timedelta(days=chance.randint(-1, 40))), begun=chance.random() < 0.3)
    if package is None or chance.random() < 0.1:
        actions.add_package(session, WantedPackage(name="Sample", pavilion_id=campus.pavilions[0]), TEST)
        return
    keys = [*queries.plan(session).milestones, *(one.milestone_id for one in queries.dropped(session, package.id))]
    name = f"Sample {chance.randint(1, 9)}"
    if len(keys) < 2 or chance.random() < 0.25:
        actions.add_milestone(session, package, WantedMilestone(name=name), wanted, TEST)
        return
    key, other = chance.sample(keys, 2)
    tie = Dependency(key, other, chance.choice(list(Kind)), chance.randint(-10, 20))
    version = queries.version(session, key)
    assert version is not None
    other_name = WantedMilestone(name=name, weight=chance.randint(0, 9))
    does: list[Callable[[], object]] = [
        lambda: actions.report(session, key, today(), wanted, TEST, "Sample"),
        lambda: actions.link(session, tie, TEST),
        lambda: actions.link(session, tie, TEST),
        lambda: actions.unlink(session, key, other, TEST),
        lambda: milestone_actions.put_after(session, package, key, chance.choice((other, None)), TEST),
        lambda: milestone_actions.drop(session, version, TEST, "Sample", version=version.id),
        lambda: milestone_actions.reinstate(session, version, TEST, version=version.id),
        lambda: actions.approve_baseline(session, package, TEST, "Sample"),
        lambda: milestone_actions.change_milestone(session, version, other_name, TEST, "Sample", version=version.id),
    ]
    chance.choice(does)()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_plan_of_a_past_instant_is_the_plan_that_stood_then(
    database: Database, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, began = random.Random(seed), clock.now()
    with database.write() as session:
        campus = open_campus(session)
    stood: list[tuple[datetime, Any]] = []
    for step in range(STEPS):
        moment = began + timedelta(minutes=step)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        with suppress(CampusError), database.write() as session:
            one_step(session, campus, chance)
        with database.read() as session:
            stood.append((moment, seen(session)))
    with database.read() as session:
        assert len({repr(what) for _moment, what in stood}) > STEPS / 4  # something did happen
        for moment, what in stood:
            assert seen(session, moment) == what
        last, known = stood[-1]
        assert seen(session, last + timedelta(days=1)) == known
