"""Works in the small campus of the tests: a package that has slipped, another that has no milestone yet."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.renovation import actions
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.models import WorksPackage
from campus.renovation.network import Dependency, Kind, Span, Wanted
from core.i18n import today
from tests.campus.books import TEST, Campus

STEPS = (  # name, weight, first and last day from today, begun, ended
    ("Design", 2, -300, -120, True, True),
    ("Permits", 1, -150, -70, True, True),
    ("Works contracts signed", 1, -60, -60, True, True),
    ("Construction", 6, -40, 90, True, False),
    ("Systems tested", 2, 60, 100, False, False),
    ("Handed over", 1, 105, 105, False, False),
)


def add_works(session: Session, campus: Campus) -> None:
    """Two packages; the first has a baseline and its construction was reported late since."""
    package = add_package(session, campus)
    actions.add_package(session, WantedPackage(name="Sample roof repair", pavilion_id=campus.pavilions[0]), TEST)
    keys = milestones(session, package)
    actions.approve_baseline(session, package, TEST, "Approved with the sample budget")
    day = today()
    late = Wanted(Span(day - timedelta(days=40), day + timedelta(days=132)), begun=True)
    actions.report(session, keys["Construction"], day, late, TEST, "Sample windows come late")


def add_package(session: Session, campus: Campus) -> WorksPackage:
    """The renovation of the second pavilion."""
    wanted = WantedPackage(
        name="Renovation of Sample South", pavilion_id=campus.pavilions[1], purposes=["energy", "accessibility"]
    )
    return actions.add_package(session, wanted, TEST)


def milestones(session: Session, package: WorksPackage) -> dict[str, int]:
    """The steps of the renovation, each after the one before; name → milestone."""
    keys: dict[str, int] = {}
    for position, (name, weight, first, last, begun, ended) in enumerate(STEPS):
        span = Span(today() + timedelta(days=first), today() + timedelta(days=last))
        wanted = WantedMilestone(name=name, weight=weight, position=position)
        version = actions.add_milestone(session, package, wanted, Wanted(span, begun, ended), TEST)
        keys[name] = version.milestone_id
    for before, after, kind, lag in (
        ("Design", "Works contracts signed", Kind.FINISH_START, 0),
        ("Permits", "Works contracts signed", Kind.FINISH_START, 0),
        ("Works contracts signed", "Construction", Kind.FINISH_START, 14),
        ("Construction", "Systems tested", Kind.FINISH_FINISH, 7),
        ("Systems tested", "Handed over", Kind.FINISH_START, 3),
    ):
        actions.link(session, Dependency(keys[before], keys[after], kind, lag), TEST)
    return keys
