"""Works with everything that their pages show: overdue, dropped, owned, with notes and documents; and ended ones."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from campus.renovation import actions, files, milestone_actions, papers, queries
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.models import WorksPackage
from campus.renovation.network import Dependency, Key, Kind, Span, Wanted
from core.i18n import today
from tests.campus.books import TEST, Campus

LIFT = "sample-lift-replacement"
INSTALLED, SIGNS = 8, 10  # numbers of milestones where all themes are there
PLAN, REMOVED = 2, 3  # numbers of documents
PDF = b"%PDF-1.7\n% a sample without pages\n%%EOF\n"


def add_records(session: Session, campus: Campus, folder: Path) -> None:
    """The lift's milestone is overdue and another was dropped; the painting has ended as it was planned."""
    owner = next((one.id for one in queries.owners(session)), None)
    wanted = WantedPackage(
        name="Sample lift replacement",
        pavilion_id=campus.pavilions[0],
        purposes=["accessibility", "safety"],
        owner_id=owner,
    )
    lift = actions.add_package(session, wanted, TEST)
    ordered = add(session, lift, "Lift ordered", -60, -60, ended=True)
    installed = add(session, lift, "Lift installed", -20, -5, owner=owner)
    inspected = add(session, lift, "Lift inspected", 10, 12)
    signs = add(session, lift, "Signs on the doors", 14, 15)
    actions.link(session, Dependency(ordered, installed, Kind.FINISH_START, 14), TEST)
    actions.link(session, Dependency(installed, inspected, Kind.START_START, 5), TEST)
    version = queries.milestone(session, signs)
    milestone_actions.drop(session, version, TEST, "The sample signs stay", version=version.id)
    papers.note(session, lift, "Sample note: deliveries by the garden gate.", TEST)
    papers.note(session, lift, "Sample note: the shaft was measured again.", TEST)
    papers.add_link(session, lift, "Sample drawings", "https://example.org/drawings", TEST)
    papers.add_file(session, lift, "", files.keep(folder, "Sample plan.pdf", PDF), TEST)
    wrong = papers.add_file(session, lift, "Sample contract", files.keep(folder, "contract.pdf", PDF + b"%\n"), TEST)
    papers.remove(session, wrong, TEST, "It was the contract of other works")
    painting = actions.add_package(
        session, WantedPackage(name="Sample painting", pavilion_id=campus.pavilions[1]), TEST
    )
    add(session, painting, "Painted", -30, -20, ended=True)
    actions.approve_baseline(session, painting, TEST, "Sample")


def add(
    session: Session,
    package: WorksPackage,
    name: str,
    first: int,
    last: int,
    *,
    ended: bool = False,
    owner: int | None = None,
) -> Key:
    """A milestone from and to days counted from today."""
    span = Span(today() + timedelta(days=first), today() + timedelta(days=last))
    wanted = WantedMilestone(name=name, weight=2, owner_id=owner)
    return actions.add_milestone(session, package, wanted, Wanted(span, ended, ended), TEST).milestone_id
