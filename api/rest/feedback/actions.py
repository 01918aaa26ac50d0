"""Improvement actions: the plan, each step, and what checks found. What was is kept."""

from typing import Annotated, TypeVar

from fastapi import Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import LARGEST_ID, Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackReader, Improver
from api.rest.feedback.action_schemas import (
    ActionOut,
    ChangedAction,
    CheckOut,
    GivenAction,
    GivenStep,
    VersionOut,
    action_out,
    check_out,
    version_out,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.results.files import AsOf, moment_of
from campus.capacity.report import Moment
from campus.improvement import actions, queries, steps
from campus.improvement.actions import WantedAction
from campus.improvement.models import ActionVersion
from campus.improvement.queries import Aid, Line
from campus.improvement.rules import Stage
from campus.improvement.steps import Decision, FollowUp
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("feedback", "/improvement-actions")
Word = Annotated[str, Query(max_length=64)]
Given = TypeVar("Given")


@router.get("")
def list_improvement_actions(
    _caller: FeedbackReader,
    session: Reading,
    part: WantedPart,
    response: Response,
    stage: Stage | None = None,
    area: Word = "",
    pavilion: Word = "",
    owner: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    as_of: AsOf = None,
) -> list[ActionOut]:
    """The actions by the day they are due, each with its verdict and what somebody has to do."""
    moment = moment_of(as_of)
    found = queries.lines(
        session, moment.on, moment.at, area=area, pavilion=pavilion, owner_id=owner, stage=stage or ""
    )
    tell_pages(response, part, len(found))
    shown = found[part.offset : part.offset + part.size]
    return [_out(session, one) for one in shown]


@router.post("", status_code=201)
def plan_improvement_action(given: GivenAction, caller: Improver, session: Writing, response: Response) -> ActionOut:
    """Plan an action."""
    made = actions.plan(session, _wanted(given), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/improvement-actions/{made.action_id}"
    return _answer(session, made.action_id, response)


@router.get("/{key}")
def get_improvement_action(
    key: Id, _caller: FeedbackReader, session: Reading, response: Response, as_of: AsOf = None
) -> ActionOut:
    """One action; its ETag is that of what it is now."""
    return _answer(session, key, response, moment_of(as_of))


@router.put("/{key}")
def change_improvement_action(
    key: Id, given: ChangedAction, caller: Improver, session: Writing, version: ExpectedVersion, response: Response
) -> ActionOut:
    """Say anew what an action is, with a reason. Once figures after it are published, its measure is settled."""
    now = _current(session, key, version)
    actions.change(session, now, _wanted(given), caller.actor, given.reason, seen=version)
    return _answer(session, key, response)


@router.post("/{key}/steps")
def step_improvement_action(
    key: Id, given: GivenStep, caller: Improver, session: Writing, version: ExpectedVersion, response: Response
) -> ActionOut:
    """Take an action a step on, or back."""
    _step(session, _current(session, key, version), given, caller.actor)
    return _answer(session, key, response)


@router.get("/{key}/checks")
def list_action_checks(key: Id, _caller: FeedbackReader, session: Reading) -> list[CheckOut]:
    """Everything that was found, the newest first."""
    queries.action(session, key)
    return [check_out(one) for one, _then in queries.checks(session, key)]


@router.post("/{key}/checks", status_code=201)
def check_improvement_action(
    key: Id, caller: Improver, session: Writing, version: ExpectedVersion, response: Response
) -> CheckOut:
    """Look what the published quarters say, and keep it. The first one on or after `check_on` gives the verdict."""
    made = steps.check(session, _current(session, key, version), caller.actor, seen=version)
    response.headers["ETag"] = etag(queries.version(session, key).id)
    return check_out(made)


@router.get("/{key}/versions")
def list_action_versions(key: Id, _caller: FeedbackReader, session: Reading) -> list[VersionOut]:
    """Everything that an action ever was, the newest first."""
    queries.action(session, key)
    return [version_out(one) for one in queries.versions(session, key)]


def _current(session: Session, key: int, seen: int) -> ActionVersion:
    version = queries.version(session, key)
    must_be(version.id, seen)
    return version


def _answer(session: Session, key: int, response: Response, moment: Moment | None = None) -> ActionOut:
    moment = moment or Moment.now()
    line = queries.line(session, key, moment.on, moment.at)
    planning = line.version.stage in (Stage.PLAN, Stage.DO)
    aid = queries.aid(session, queries.terms_of(line.version), moment.at) if planning else None
    response.headers["ETag"] = etag(queries.version(session, key).id)
    return _out(session, line, aid)


def _out(session: Session, line: Line, aid: Aid | None = None) -> ActionOut:
    follows, hindsight = queries.action(session, line.key).follows_id, queries.in_hindsight(session, line.version)
    return action_out(line, follows=follows, hindsight=hindsight, aid=aid)


def _wanted(given: GivenAction) -> WantedAction:
    return WantedAction(owner_id=given.owner, **given.model_dump(exclude={"owner", "reason"}))


def _step(session: Session, version: ActionVersion, given: GivenStep, who: str) -> None:
    seen = version.id
    match given.step:
        case "start":
            steps.start(session, version, _needed(given.day, "day"), who, seen=seen)
        case "done":
            steps.done(session, version, _needed(given.day, "day"), _needed(given.cost, "cost"), who, seen=seen)
        case "without-verdict":
            steps.without_verdict(session, version, given.reason, who, seen=seen)
        case "decide":
            outcome = _needed(given.outcome, "outcome")
            follow_up = FollowUp(**given.follow_up.model_dump()) if given.follow_up else None
            steps.decide(
                session, version, Decision(outcome=outcome, lesson=given.lesson, follow_up=follow_up), who, seen=seen
            )
        case "abandon":
            steps.abandon(session, version, given.lesson, who, seen=seen)
        case "back":
            steps.back(session, version, given.reason, who, seen=seen)
        case "undo":
            actions.undo(session, version, who, seen=seen)


def _needed(given: Given | None, place: str) -> Given:
    if given is None:
        raise InvalidInput(_("is needed"), place=place)
    return given
