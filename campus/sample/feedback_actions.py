"""Sample improvement actions at three stages: one that was done and checked, one under way, one planned.

What is said of the one that was done is known from its own days on, so that it was settled before its figures were.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from campus.feedback.quarters import quarter_of
from campus.improvement import actions, steps
from campus.improvement.actions import WantedAction
from campus.improvement.models import ActionVersion, ImprovementAction
from campus.sample.feedback import QUIET_PAVILION, quiet_since
from core.i18n import today
from core.people import passwords
from core.people.actions import create_person
from core.people.queries import person_by_email

OWNER = "quality@example.org"
COMPARED = ("Africa 11", "Sample pavilion 1", "Sample pavilion 2", "Sample pavilion 3")


def write_actions(session: Session, actor: str) -> int:
    """Write them, with somebody who owns them; how many. Needs closed quarters."""
    owner_id = _owner(session, actor)
    _quieter_nights(session, owner_id, actor)
    _screens(session, owner_id, actor)
    _vegetarian_dishes(session, owner_id, actor)
    return 3


def _owner(session: Session, actor: str) -> int:
    """The sample quality manager, who signs in only after `campus person password`."""
    there = person_by_email(session, OWNER)
    if there is not None:
        return there.id
    secret = passwords.hash_new(passwords.one_time(), OWNER)
    name = "Sample quality manager"
    return create_person(session, actor, email=OWNER, name=name, roles=["quality"], password_hash=secret).id


def _quieter_nights(session: Session, owner_id: int, actor: str) -> None:
    """Done on the day from which the sample's guests truly sleep better, and checked: it waits for a decision."""
    done = quiet_since()
    wanted = WantedAction(
        name=f"Sample: quieter nights in {QUIET_PAVILION}",
        area="room",
        hypothesis="Invented: the old windows let the street in; with new ones guests sleep better.",
        measure="room_quiet",
        expected=0.5,
        cost_planned=45_000_00,
        owner_id=owner_id,
        due=done,
        check_on=quarter_of(today()).first,
        pavilions=_slugs(QUIET_PAVILION),
        comparison=_slugs(*COMPARED),
    )
    planned = actions.plan(session, wanted, actor)
    begun = steps.start(session, planned, done - timedelta(days=45), actor, seen=planned.id)
    felt = steps.done(session, begun, done, 47_500_00, actor, seen=begun.id)
    steps.check(session, felt, actor, seen=felt.id)
    begun_on = done - timedelta(days=45)
    _known_from(session, {begun_on - timedelta(days=75): planned, begun_on: begun, done: felt})


def _screens(session: Session, owner_id: int, actor: str) -> None:
    """Under way."""
    wanted = WantedAction(
        name="Sample: new screens in the classrooms",
        area="learning",
        hypothesis="Invented: old screens are hard to read from the last row.",
        measure="learning_equipment",
        expected=0.3,
        cost_planned=60_000_00,
        owner_id=owner_id,
        due=today() + timedelta(days=40),
        check_on=today() + timedelta(days=400),
    )
    planned = actions.plan(session, wanted, actor)
    steps.start(session, planned, today(), actor, seen=planned.id)


def _vegetarian_dishes(session: Session, owner_id: int, actor: str) -> None:
    """Planned."""
    wanted = WantedAction(
        name="Sample: a second vegetarian dish at each meal",
        area="food",
        hypothesis="Invented: guests who eat no meat have no choice now.",
        measure="food_choice",
        expected=0.3,
        cost_planned=8_000_00,
        owner_id=owner_id,
        due=today() + timedelta(days=60),
        check_on=today() + timedelta(days=430),
    )
    actions.plan(session, wanted, actor)


def _slugs(*names: str) -> tuple[str, ...]:
    return tuple(name.lower().replace(" ", "-") for name in names)


def _known_from(session: Session, days: dict[date, ActionVersion]) -> None:
    """Date versions, in their order, back to the days on which they would have been written."""
    moments = [datetime.combine(day, time(11), UTC) for day in days]
    for version, moment, following in zip(days.values(), moments, [*moments[1:], None], strict=True):
        version.recorded_at = moment
        version.superseded_at = following or version.superseded_at
    first = next(iter(days.values()))
    session.get_one(ImprovementAction, first.action_id).created_at = moments[0]
    session.flush()
