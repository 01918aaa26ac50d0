"""What is changed of milestones later: what they are, their order, and whether they belong to the works at all."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from campus.places.actions import must_be
from campus.places.rules import checked_text
from campus.renovation import queries
from campus.renovation.actions import WantedMilestone, checked_milestone, write_milestone
from campus.renovation.models import MilestoneVersion, WorksPackage
from campus.renovation.network import Key
from core import trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_list, lazy
from core.i18n import gettext as _

NEEDED_BY = {"milestone_link": lazy("dependencies"), "closure_rule": lazy("closure rules")}
"""What needs a milestone, by the table that points at it; other tables are “other records”."""


def change_milestone(
    session: Session, present: MilestoneVersion, wanted: WantedMilestone, actor: str, reason: str, *, version: int
) -> MilestoneVersion:
    """Write what a milestone is from now on, and why; without a position it keeps its place. What it was stays known.

    `version` is the id of the version that somebody saw: raises `Conflict` where it is no longer the present one.
    """
    must_be(present.id, version, present.name)
    if present.dropped:
        raise Conflict(_("“%(name)s” belongs to the works no more.", name=present.name))
    package = queries.package_of(session, present.milestone_id)
    values = checked_milestone(session, package.id, wanted, present)
    if wanted.position is None:
        values["position"] = present.position
    if all(getattr(present, name) == value for name, value in values.items()):
        return present
    why = checked_text(reason, "reason", needed=True)
    return write_milestone(session, present.milestone_id, values, actor, "milestone.change", why)


def reorder(session: Session, package: WorksPackage, keys: Sequence[Key], actor: str) -> None:
    """Put the milestones of works into this order, which names each of them once. Raises `InvalidInput`."""
    plan = queries.plan(session)
    present = plan.of(package.id)
    if sorted(keys) != sorted(present):
        raise InvalidInput(_("must name each milestone of the works once"), place="milestones")
    if list(keys) == present:
        return
    for position, key in enumerate(keys):
        version = plan.milestones[key]
        if version.position != position:
            write_milestone(session, key, _values(version) | {"position": position}, actor, "milestone.place")
    trail.record(session, actor, "works.order", "works_package", package.id, before=present, after=list(keys))


def put_after(session: Session, package: WorksPackage, key: Key, before: Key | None, actor: str) -> None:
    """Put a milestone behind another of the same works, None for the first place. Raises `InvalidInput`."""
    keys = [one for one in queries.plan(session).of(package.id) if one != key]
    if before is not None and before not in keys:
        raise InvalidInput(_("is not one of these works"), place="place")
    keys.insert(0 if before is None else keys.index(before) + 1, key)
    reorder(session, package, keys, actor)


def drop(session: Session, present: MilestoneVersion, actor: str, reason: str, *, version: int) -> MilestoneVersion:
    """A milestone belongs to the works no more; what it was stays known, and it can be reinstated.

    Refused while something needs it: what waits for it must be told what to wait for instead, as nothing is to move
    silently. Raises `Conflict` naming what needs it.
    """
    must_be(present.id, version, present.name)
    if present.dropped:
        raise Conflict(_("“%(name)s” belongs to the works no more.", name=present.name))
    why = checked_text(reason, "reason", needed=True)
    if tables := queries.needed_by(session, present.milestone_id):
        what = dict.fromkeys(str(NEEDED_BY.get(table, _("other records"))) for table in tables)
        raise Conflict(
            _(
                "“%(name)s” cannot be dropped while something needs it (%(what)s). Take that away first.",
                name=present.name,
                what=format_list(what),
            )
        )
    return _write(session, present, {"dropped": True}, actor, "milestone.drop", why)


def reinstate(session: Session, present: MilestoneVersion, actor: str, *, version: int) -> MilestoneVersion:
    """A milestone that was dropped belongs to the works again, at the end of their list.

    Raises `Conflict` where it does already, `InvalidInput` where another has its name by now.
    """
    must_be(present.id, version, present.name)
    if not present.dropped:
        raise Conflict(_("“%(name)s” belongs to the works already.", name=present.name))
    package = queries.package_of(session, present.milestone_id)
    wanted = WantedMilestone(name=present.name, weight=present.weight, owner_id=present.owner_id)
    values = checked_milestone(session, package.id, wanted, present)
    return _write(session, present, values | {"dropped": False}, actor, "milestone.reinstate", "")


def _write(
    session: Session, present: MilestoneVersion, changes: dict[str, Any], actor: str, action: str, reason: str
) -> MilestoneVersion:
    return write_milestone(session, present.milestone_id, _values(present) | changes, actor, action, reason)


def _values(version: MilestoneVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in ("name", "weight", "position", "owner_id", "dropped")}
