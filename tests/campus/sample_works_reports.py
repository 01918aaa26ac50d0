"""Reports over several months in the small campus of the tests: a slip that grows, and two baselines to compare."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from campus.renovation import actions, queries
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.models import WorksPackage
from campus.renovation.network import Dependency, Kind, Span, Wanted
from core import clock
from core.i18n import today
from tests.campus.books import TEST, Campus

NAME, SLUG = "Sample reported works", "sample-reported-works"
STEPS = (  # name, weight, first and last day from today
    ("Survey", 1, -210, -180),
    ("Drawings", 2, -180, -110),
    ("Building", 6, -100, 30),
    ("Lift", 2, 0, 40),
    ("Keys handed over", 1, 42, 42),
)
REPORTS = (  # days ago, name, first and last day from today, begun, ended, why
    (178, "Survey", -210, -178, True, True, "Two days more for the roof"),
    (150, "Drawings", -176, -100, True, False, "Sample architect changed"),
    (105, "Drawings", -176, -105, True, True, ""),
    (75, "Building", -95, 35, True, False, ""),
    (40, "Building", -95, 60, True, False, "Sample pipes were older than drawn"),
    (5, "Building", -95, 77, True, False, "Sample windows come late"),
)
LINKS = (
    ("Survey", "Drawings", Kind.FINISH_START, 2),
    ("Drawings", "Building", Kind.FINISH_START, 10),
    ("Building", "Lift", Kind.FINISH_FINISH, 10),
    ("Lift", "Keys handed over", Kind.FINISH_START, 2),
)


def add_reported_works(session: Session, campus: Campus) -> None:
    """One package planned seven months ago, with a second baseline two months ago and the last report five days ago."""
    base = today()
    with days_ago(215):
        package = actions.add_package(session, WantedPackage(name=NAME, pavilion_id=campus.pavilions[0]), TEST)
        keys = _milestones(session, package, base)
        actions.approve_baseline(session, package, TEST, "Approved with the sample budget")
    for number, (ago, name, first, last, begun, ended, why) in enumerate(REPORTS):
        with days_ago(ago):
            wanted = Wanted(_span(base, first, last), begun=begun, ended=ended)
            actions.report(session, keys[name], today(), wanted, TEST, why)
            if number == 3:
                actions.approve_baseline(session, package, TEST, "The drawings took longer")


def keys_of(session: Session, slug: str = SLUG) -> dict[str, int]:
    """Name → milestone, of a package."""
    plan = queries.plan(session)
    return {plan.milestones[key].name: key for key in plan.of(queries.package(session, slug).id)}


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What is done inside happens at noon so many days ago."""
    now = clock.now
    then = datetime.combine(today() - timedelta(days=days), time(12), UTC)
    clock.now = lambda: then
    try:
        yield
    finally:
        clock.now = now


def _span(base: date, first: int, last: int) -> Span:
    return Span(base + timedelta(days=first), base + timedelta(days=last))


def _milestones(session: Session, package: WorksPackage, base: date) -> dict[str, int]:
    keys: dict[str, int] = {}
    for position, (name, weight, first, last) in enumerate(STEPS):
        wanted = WantedMilestone(name=name, weight=weight, position=position)
        version = actions.add_milestone(session, package, wanted, Wanted(_span(base, first, last)), TEST)
        keys[name] = version.milestone_id
    for before, after, kind, lag in LINKS:
        actions.link(session, Dependency(keys[before], keys[after], kind, lag), TEST)
    return keys
