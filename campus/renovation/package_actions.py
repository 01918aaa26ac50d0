"""What is changed of a package later, and how one goes that has nothing yet."""

from sqlalchemy.orm import Session

from campus.places.actions import must_be, refuse_used
from campus.renovation import queries
from campus.renovation.actions import WantedPackage, checked_package
from campus.renovation.models import WorksPackage
from core import trail
from core.errors import InvalidInput
from core.i18n import gettext as _


def change_package(session: Session, package: WorksPackage, wanted: WantedPackage, actor: str, *, version: int) -> None:
    """Call works otherwise, give them other purposes or another owner. The short name stays.

    Raises `Conflict` where somebody was quicker than `version`, `InvalidInput` for another pavilion once there were
    milestones: what was known of the old one would tell of the new one.
    """
    must_be(package.version, version, package.name)
    values = checked_package(session, wanted, package.owner_id)
    if values["pavilion_id"] != package.pavilion_id and _has_milestones(session, package):
        raise InvalidInput(_("can be another one only while there are no milestones"), place="pavilion")
    trail.change(session, actor, "works.change", "works_package", package.id, package, values)


def delete_package(session: Session, package: WorksPackage, actor: str, *, version: int) -> None:
    """Take away works that have nothing. Raises `Conflict` naming what refers to them."""
    must_be(package.version, version, package.name)
    refuse_used(session, package, package.name)
    before = {"slug": package.slug, "name": package.name, "pavilion_id": package.pavilion_id}
    session.delete(package)
    session.flush()
    trail.record(session, actor, "works.delete", "works_package", package.id, before=before)


def _has_milestones(session: Session, package: WorksPackage) -> bool:
    return bool(queries.plan(session).of(package.id) or queries.dropped(session, package.id))
