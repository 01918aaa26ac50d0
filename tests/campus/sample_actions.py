"""Improvement actions in the small campus of the tests: one or more at each stage, and one with each verdict.

They are measured by questions of their own, so that what other tests count is as it was.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from campus.feedback.figures import queries as figures
from campus.feedback.figures import rules as groups
from campus.feedback.figures.models import PublishedCell
from campus.feedback.quarters import Quarter
from campus.improvement import actions, queries, steps
from campus.improvement.actions import WantedAction
from campus.improvement.models import ActionVersion
from campus.improvement.rules import Outcome
from campus.improvement.steps import Decision, FollowUp
from core.i18n import today
from core.people.actions import create_person
from tests.campus.books import TEST

NORTH, SOUTH = "sample-north", "sample-south"
COST = 9_600_00


def add_actions(session: Session) -> None:
    """Over the closed quarters that are there; most actions were done in the fourth of six."""
    owner = create_person(
        session, TEST, email="improver@example.org", name="Sample improver", roles=["quality"], password_hash=""
    ).id
    quarters = figures.closed_quarters(session)[::-1]
    for measure, before, after in (("room_bed", 3.2, 4.0), ("room_quiet", 3.9, 3.1), ("room_light", 3.6, 3.65)):
        publish(session, measure, quarters, before, after)
    actions.plan(session, wanted(owner, "Sample: quieter doors", due=today() - timedelta(days=3)), TEST)
    actions.plan(session, wanted(owner, "Sample: a lamp at each bed", expected=0.05, measure="room_light"), TEST)
    begun = actions.plan(session, wanted(owner, "Sample: new curtains", pavilions=[], comparison=[]), TEST)
    steps.start(session, begun, today(), TEST, seen=begun.id)
    done(session, wanted(owner, "Sample: softer closing"), today())
    late = quarters[3].first + timedelta(days=40)
    looked = done(session, past(owner, "Sample: ear plugs", late, check_on=today() + timedelta(days=90)), late)
    steps.check(session, looked, TEST, seen=looked.id)
    done(session, past(owner, "Sample: thicker carpets", late), late)
    checked(session, past(owner, "Sample: new mattresses", late, measure="room_bed"), late)
    decided(session, past(owner, "Sample: firmer pillows", late, measure="room_bed"), late, Outcome.ADOPTED)
    decided(session, past(owner, "Sample: open corridor doors", late), late, Outcome.ABANDONED)
    decided(session, past(owner, "Sample: brighter lamps", late, measure="room_light"), late, Outcome.ADAPTED)


def wanted(owner_id: int, name: str, **values: Any) -> WantedAction:
    """An action on the rooms of the north pavilion, due in a month."""
    given: dict[str, Any] = {
        "area": "room",
        "hypothesis": "Invented: guests sleep better, so they rate their rooms higher.",
        "measure": "room_quiet",
        "expected": 0.5,
        "cost_planned": 12_000_00,
        "owner_id": owner_id,
        "due": today() + timedelta(days=30),
        "check_on": today() + timedelta(days=400),
        "pavilions": [NORTH],
        "comparison": [SOUTH],
    }
    return WantedAction(name=name, **given | values)


def past(owner_id: int, name: str, day: Any, **values: Any) -> WantedAction:
    """An action that was due on a day that has gone, with a check that was due yesterday."""
    given: dict[str, Any] = {"due": day, "check_on": today() - timedelta(days=1)}
    return wanted(owner_id, name, **given | values)


def publish(session: Session, measure: str, quarters: list[Quarter], before: float, after: float) -> None:
    """Figures of a rating that changes in the north with the fourth quarter, and never in the south."""
    for number, quarter in enumerate(quarters):
        for thing, mean in ((NORTH, before if number <= 3 else after), (SOUTH, 3.6)):
            session.add(cell(quarter, measure, thing, mean=mean + 0.02 * (number % 3)))
    session.flush()


def cell(quarter: Quarter, measure: str, thing: str, **values: Any) -> PublishedCell:
    """A published figure of a pavilion, or of the whole campus where `thing` is empty."""
    given: dict[str, Any] = {
        "dimension": groups.PAVILION if thing else groups.ALL,
        "area": "room",
        "kind": "rating",
        "suppressed": False,
        "n": 60,
        "value": 0.6,
        "low": 0.47,
        "high": 0.71,
        "method": "wilson",
        "mean": 3.6,
        "deviation": 0.9,
        "wordings": ["0123456789ab"],
    }
    return PublishedCell(quarter=str(quarter), measure=measure, thing=thing, **given | values)


def done(session: Session, one: WantedAction, day: Any) -> ActionVersion:
    """Planned, begun and done on a day."""
    version = actions.plan(session, one, TEST)
    version = steps.start(session, version, day, TEST, seen=version.id)
    return steps.done(session, version, day, COST, TEST, seen=version.id)


def checked(session: Session, one: WantedAction, day: Any) -> ActionVersion:
    """With its planned check."""
    version = done(session, one, day)
    steps.check(session, version, TEST, seen=version.id)
    return queries.version(session, version.action_id)


def decided(session: Session, one: WantedAction, day: Any, outcome: Outcome) -> ActionVersion:
    """And with what came of it."""
    version = checked(session, one, day)
    follow_up = FollowUp(
        name=f"{one.name}, again",
        due=today() + timedelta(days=60),
        check_on=today() + timedelta(days=400),
    )
    decision = Decision(outcome=outcome, lesson="Invented: ask the guests first.", follow_up=follow_up)
    return steps.decide(session, version, decision, TEST, seen=version.id)
