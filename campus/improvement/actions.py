"""Every change of improvement actions: planned, said anew, and taken back. The steps between are in `steps.py`.

What an action is has versions. Whoever changes it names the version that they saw.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.amounts import MOST_CENTS
from campus.improvement import queries, rules
from campus.improvement.models import ActionVersion, ImprovementAction
from campus.improvement.rules import Outcome, Stage
from campus.known import supersede
from campus.nights import EARLIEST, LATEST
from campus.places import queries as campus
from campus.places import rules as places
from campus.places.models import Pavilion
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

SUBJECT = "improvement_action"
COLUMNS = (
    *("stage", "name", "area", "hypothesis", "measure", "expected", "pavilions", "comparison", "cost_planned"),
    *("cost_actual", "owner_id", "due", "check_on", "started_on", "done_on", "outcome", "lesson"),
)
SETTLED = ("measure", "pavilions", "comparison", "expected", "check_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAction:
    """What an action is to be. `expected` is in points of the measure's scale, `cost_planned` in cents."""

    name: str
    area: str
    hypothesis: str
    measure: str
    expected: float
    cost_planned: int
    owner_id: int
    due: date
    check_on: date
    pavilions: Sequence[str] = ()
    comparison: Sequence[str] = ()


def plan(session: Session, wanted: WantedAction, actor: str, *, follows: int | None = None) -> ActionVersion:
    """Plan an action. Raises `InvalidInput` naming the field."""
    values = checked(session, wanted)
    made = ImprovementAction(created_at=clock.now(), follows_id=follows)
    session.add(made)
    session.flush()
    empty = {"cost_actual": None, "started_on": None, "done_on": None, "outcome": "", "lesson": ""}
    given = values | empty | {"stage": Stage.PLAN.value}
    version = _write(session, made.id, given, actor, "")
    told = given | {"follows": follows}
    trail.record(session, actor, "improvement.plan", SUBJECT, made.id, after=told)
    return version


def change(
    session: Session, present: ActionVersion, wanted: WantedAction, actor: str, reason: str, *, seen: int
) -> ActionVersion:
    """Say anew what an action is, with a reason. Raises `Conflict`, `InvalidInput`.

    Once a quarter after it is closed, what is measured is settled: whoever knew the figures could choose the verdict.
    """
    must_be(present, seen)
    if present.stage == Stage.ENDED:
        raise Conflict(_("It has ended. Take it a step back to change it."))
    values, reason = checked(session, wanted, present), places.checked_text(reason, "reason", needed=True)
    if present.done_on is not None and queries.closed_after(session, present.done_on):
        for name in SETTLED:
            if values[name] != getattr(present, name):
                raise InvalidInput(
                    _("is settled, as a quarter after the action is closed: a later choice could choose the verdict"),
                    place=name,
                )
    return write(session, present, values, actor, "improvement.change", reason)


def undo(session: Session, present: ActionVersion, actor: str, *, seen: int) -> ActionVersion:
    """Take the last step back, whatever it was. A follow-up that nobody touched since is abandoned with it.

    Raises `Conflict` where the last change was no step, or the follow-up goes on already.
    """
    must_be(present, seen)
    earlier = queries.versions(session, present.action_id)
    if len(earlier) < 2 or earlier[1].stage == present.stage:
        raise Conflict(_("The last change was no step. Change it again instead."))
    if present.outcome == Outcome.ADAPTED:
        _abandon_follow_ups(session, present.action_id, actor)
    values = {name: getattr(earlier[1], name) for name in COLUMNS}
    return write(session, present, values, actor, "improvement.undo")


def write(
    session: Session, present: ActionVersion, values: Mapping[str, Any], actor: str, action: str, reason: str = ""
) -> ActionVersion:
    """What an action is from now on, in place of its present version."""
    before = {name: getattr(present, name) for name in COLUMNS}
    supersede(session, present)
    version = _write(session, present.action_id, before | dict(values), actor, reason)
    changed = {name: value for name, value in values.items() if before[name] != value}
    trail.record(
        session,
        actor,
        action,
        SUBJECT,
        present.action_id,
        before={name: before[name] for name in changed},
        after=changed,
    )
    return version


def must_be(present: ActionVersion, seen: int) -> None:
    """Raises `Conflict` where somebody was quicker."""
    if present.id != seen:
        raise Conflict(_("Somebody changed this action meanwhile: look at it again before you change it."))


def checked(session: Session, wanted: WantedAction, present: ActionVersion | None = None) -> dict[str, Any]:
    """As it is stored. Raises `InvalidInput` naming the field."""
    measures = queries.measures(session)
    if wanted.measure not in measures:
        raise InvalidInput(_("must be a question on a scale that guests are asked"), place="measure")
    if wanted.area not in {one.area for one in measures.values()}:
        raise InvalidInput(_("must be an area of the questionnaires"), place="area")
    may_own = {one.id for one in queries.owners(session)} | {present.owner_id if present else None}
    if wanted.owner_id not in may_own:
        raise InvalidInput(_("must be somebody who may see the feedback"), place="owner")
    if not math.isfinite(wanted.expected):
        raise InvalidInput(_("must be a number"), place="expected")
    known = tuple(sorted(campus.slugs(session, Pavilion)))
    pavilions = places.checked_words(wanted.pavilions, known, "pavilions")
    comparison = places.checked_words(wanted.comparison, known, "comparison")
    if comparison and not pavilions:
        raise InvalidInput(
            _("needs pavilions that are changed: beside the whole campus there is none"), place="comparison"
        )
    if set(pavilions) & set(comparison):
        raise InvalidInput(_("must be other pavilions than those that the action changes"), place="comparison")
    for day, place in ((wanted.due, "due"), (wanted.check_on, "check_on")):
        if not EARLIEST <= day < LATEST:
            raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    if wanted.check_on <= wanted.due:
        raise InvalidInput(_("must come after the day it is due"), place="check_on")
    return {
        "name": places.checked_name(wanted.name),
        "area": wanted.area,
        "hypothesis": places.checked_text(wanted.hypothesis, "hypothesis", rules.MOST_TEXT, needed=True),
        "measure": wanted.measure,
        "expected": rules.checked_change(wanted.expected, measures[wanted.measure].kind),
        "pavilions": pavilions,
        "comparison": comparison,
        "cost_planned": checked_cost(wanted.cost_planned, "cost_planned"),
        "owner_id": wanted.owner_id,
        "due": wanted.due,
        "check_on": wanted.check_on,
    }


def checked_cost(cents: int, place: str) -> int:
    """Cents that are not below zero. Raises `InvalidInput`."""
    if not 0 <= cents <= MOST_CENTS:
        raise InvalidInput(_("is too large") if cents > 0 else _("must not be negative"), place=place)
    return cents


def _write(session: Session, key: int, values: Mapping[str, Any], actor: str, reason: str) -> ActionVersion:
    version = ActionVersion(action_id=key, recorded_at=clock.now(), recorded_by=actor, reason=reason, **values)
    session.add(version)
    session.flush()
    return version


def _abandon_follow_ups(session: Session, key: int, actor: str) -> None:
    for one in queries.follow_ups(session, key):
        if len(queries.versions(session, one.action_id)) > 1:
            raise Conflict(
                _("Its follow-up “%(name)s” goes on already. Take this one a step back instead.", name=one.name)
            )
        ended = {"stage": Stage.ENDED.value, "outcome": Outcome.ABANDONED.value}
        write(session, one, ended, actor, "improvement.abandon", _("The decision that made it was taken back."))
