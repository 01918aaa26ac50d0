"""The steps of an improvement action from plan to its end, and back. Each writes a version; a check is appended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.improvement import queries, rules
from campus.improvement.actions import SUBJECT, WantedAction, checked_cost, must_be, plan, write
from campus.improvement.measured import Found
from campus.improvement.models import ActionCheck, ActionVersion
from campus.improvement.rules import BACK, Outcome, Stage
from campus.improvement.verdict import Verdict
from campus.places import rules as places
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The action by which an adapted one goes on."""

    name: str
    due: date
    check_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What comes of an action. Adapted needs a follow-up, unless one is there already."""

    outcome: Outcome
    lesson: str
    follow_up: FollowUp | None = None


def start(session: Session, present: ActionVersion, on: date, actor: str, *, seen: int) -> ActionVersion:
    """Begin to do it. Raises `Conflict`, `InvalidInput`."""
    _at(present, seen, Stage.PLAN)
    _check_past(on, "started_on")
    return write(session, present, {"stage": Stage.DO.value, "started_on": on}, actor, "improvement.start")


def done(session: Session, present: ActionVersion, on: date, cost: int, actor: str, *, seen: int) -> ActionVersion:
    """It is done: from this day on guests can feel it, and it cost so many cents. Raises `Conflict`, `InvalidInput`."""
    _at(present, seen, Stage.DO)
    _check_past(on, "done_on")
    if present.started_on is not None and on < present.started_on:
        raise InvalidInput(_("must not come before the day it was started"), place="done_on")
    given = {"stage": Stage.CHECK.value, "done_on": on, "cost_actual": checked_cost(cost, "cost_actual")}
    return write(session, present, given, actor, "improvement.done")


def check(session: Session, present: ActionVersion, actor: str, *, seen: int) -> ActionCheck:
    """Look what the published quarters say, and keep it.

    The first check on or after the planned day that is not too early gives the verdict and leads to “act”. Every other
    one is a look, and decides nothing: looking each quarter until something is found would find it too often.
    """
    must_be(present, seen)
    rules.check_stage(Stage(present.stage), Stage.CHECK, Stage.ACT)
    found = queries.found(session, present)
    if found is None:
        raise Conflict(_("It is not done yet."))
    told = found.effect.verdict is not Verdict.TOO_EARLY
    counted = queries.counted(session, present)
    counts = told and today() >= present.check_on and counted is None
    made = _kept(present, found, actor, counts=counts)
    session.add(made)
    session.flush()
    after = {"verdict": made.verdict, "change": made.change, "low": made.low, "high": made.high, "counts": counts}
    trail.record(session, actor, "improvement.check", SUBJECT, present.action_id, after=after)
    if (counts or counted) and present.stage == Stage.CHECK:
        write(session, present, {"stage": Stage.ACT.value}, actor, "improvement.act")
    return made


def without_verdict(session: Session, present: ActionVersion, reason: str, actor: str, *, seen: int) -> ActionVersion:
    """Decide although the figures do not tell, and say why. Raises `Conflict`, `InvalidInput`."""
    _at(present, seen, Stage.CHECK)
    reason = places.checked_text(reason, "reason", needed=True)
    return write(session, present, {"stage": Stage.ACT.value}, actor, "improvement.act", reason)


def decide(session: Session, present: ActionVersion, wanted: Decision, actor: str, *, seen: int) -> ActionVersion:
    """Say what comes of it, and what was learnt; adapted makes the follow-up. Raises `Conflict`, `InvalidInput`."""
    _at(present, seen, Stage.ACT)
    lesson = places.checked_text(wanted.lesson, "lesson", rules.MOST_TEXT, needed=True)
    if wanted.outcome is Outcome.ADAPTED and not goes_on(session, present.action_id):
        _follow(session, present, wanted.follow_up, actor)
    given = {"stage": Stage.ENDED.value, "outcome": wanted.outcome.value, "lesson": lesson}
    return write(session, present, given, actor, "improvement.decide")


def abandon(session: Session, present: ActionVersion, lesson: str, actor: str, *, seen: int) -> ActionVersion:
    """Give it up before its effect is known. Raises `Conflict`, `InvalidInput`."""
    _at(present, seen, Stage.PLAN, Stage.DO, Stage.CHECK)
    lesson = places.checked_text(lesson, "lesson", rules.MOST_TEXT, needed=True)
    given = {"stage": Stage.ENDED.value, "outcome": Outcome.ABANDONED.value, "lesson": lesson}
    return write(session, present, given, actor, "improvement.abandon")


def back(session: Session, present: ActionVersion, reason: str, actor: str, *, seen: int) -> ActionVersion:
    """Take it a stage back, and say why. What belonged to the later stage is empty again, and known in the history."""
    must_be(present, seen)
    stage = Stage(present.stage)
    if stage not in BACK:
        raise Conflict(_("It is at its first stage."))
    gone: dict[Stage, dict[str, Any]] = {
        Stage.DO: {"started_on": None},
        Stage.CHECK: {"done_on": None, "cost_actual": None},
        Stage.ACT: {},
        Stage.ENDED: {"outcome": "", "lesson": ""},
    }
    to = _before_the_end(session, present) if stage is Stage.ENDED else BACK[stage]
    reason = places.checked_text(reason, "reason", needed=True)
    return write(session, present, gone[stage] | {"stage": to.value}, actor, "improvement.back", reason)


def _at(present: ActionVersion, seen: int, *stages: Stage) -> None:
    must_be(present, seen)
    rules.check_stage(Stage(present.stage), *stages)


def _check_past(day: date, place: str) -> None:
    if day > today():
        raise InvalidInput(_("must not lie in the future"), place=place)


def _before_the_end(session: Session, present: ActionVersion) -> Stage:
    """The stage that an ended action came from: it may have been abandoned at any."""
    earlier = (Stage(one.stage) for one in queries.versions(session, present.action_id))
    return next((stage for stage in earlier if stage is not Stage.ENDED), Stage.PLAN)


def goes_on(session: Session, key: int) -> bool:
    """Whether there is a follow-up that was not abandoned."""
    return any(one.outcome != Outcome.ABANDONED for one in queries.follow_ups(session, key))


def _follow(session: Session, present: ActionVersion, wanted: FollowUp | None, actor: str) -> None:
    """Plan the follow-up, with everything that it does not say taken from the action it goes on from."""
    if wanted is None:
        raise InvalidInput(_("is needed: an adapted action goes on as another one"), place="follow_name")
    given = WantedAction(
        name=wanted.name,
        area=present.area,
        hypothesis=present.hypothesis,
        measure=present.measure,
        expected=present.expected,
        cost_planned=present.cost_planned,
        owner_id=present.owner_id or 0,
        due=wanted.due,
        check_on=wanted.check_on,
        pavilions=present.pavilions,
        comparison=present.comparison,
    )
    try:
        plan(session, given, actor, follows=present.action_id)
    except InvalidInput as error:
        place = {"name": "follow_name", "due": "follow_due", "check_on": "follow_check_on"}.get(error.place, "outcome")
        raise InvalidInput(error.message, place=place) from error


def _kept(present: ActionVersion, found: Found, actor: str, *, counts: bool) -> ActionCheck:
    effect = found.effect
    return ActionCheck(
        action_id=present.action_id,
        version_id=present.id,
        checked_at=clock.now(),
        checked_by=actor,
        counts=counts,
        verdict=effect.verdict.value,
        reason=found.reason.value if found.reason else "",
        change=effect.change,
        low=effect.low,
        high=effect.high,
        before=[str(one) for one in found.before],
        after=[str(one) for one in found.after],
        masked=[f"{quarter} {thing}".strip() for quarter, thing in found.masked],
        left_out=[str(one) for one in found.left_out],
        n_before=found.treated_before.n if found.treated_before else 0,
        n_after=found.treated_after.n if found.treated_after else 0,
        cost=present.cost_actual or 0,
    )
