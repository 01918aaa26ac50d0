"""The steps of an improvement action: begun, done, checked, decided; given up, a stage back, undone."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import improvement_words as words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.asked import entries
from api.pages.campus.places_form import Form, form_page
from api.pages.feedback.access import Improver
from api.pages.feedback.action_one import ONE
from api.pages.feedback.action_step_forms import (
    STEPS,
    DecideForm,
    DoneForm,
    FollowForm,
    LessonForm,
    ReasonForm,
    StartForm,
    StepName,
    fields,
)
from api.pages.feedback.actions import LIST
from api.rendering import redirect
from campus import amounts
from campus.improvement import actions, queries, steps
from campus.improvement.models import ActionVersion
from campus.improvement.rules import Outcome, Stage
from campus.improvement.steps import Decision, FollowUp
from campus.improvement.verdict import Verdict
from core.i18n import gettext as _
from core.i18n import today

router = page_router()


@router.get(f"{ONE}/steps/{{step}}")
def ask_step(request: Request, key: Id, step: StepName, _person: Improver, session: Reading) -> Response:
    """What the step needs."""
    start = entries("started_on", today()) | entries("done_on", today())
    return _page(request, session, Entered(start=start), queries.version(session, key), step)


@router.post(f"{ONE}/steps/{{step}}")
def take_step(
    request: Request, key: Id, step: StepName, person: Improver, session: Writing, posted: Posted
) -> Response:
    """Take it; undone by one button."""
    version, entered = queries.version(session, key), Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, version, step)):
        made = _taken(session, version, step, entered, actor(person))
    return redirect(request, f"{LIST}/{key}", Flash(_said(made), undo=_undo(made)))


@router.post(f"{ONE}/check")
def check_action(request: Request, key: Id, person: Improver, session: Writing, posted: Posted) -> Response:
    """Look what the published quarters say, and keep it."""
    version = queries.version(session, key)
    made = steps.check(session, version, actor(person), seen=Entered(posted).version())
    now = queries.version(session, key)
    _kind, word = words.VERDICTS[Verdict(made.verdict)]
    said = _("Checked: %(verdict)s.", verdict=word) if made.counts else _("Looked at: %(verdict)s.", verdict=word)
    undo = None if now is version else _undo(now)
    return redirect(request, f"{LIST}/{key}", Flash(said, kind="info", undo=undo))


@router.post(f"{ONE}/undo")
def undo_step(request: Request, key: Id, person: Improver, session: Writing, posted: Posted) -> Response:
    """Take the last step back."""
    made = actions.undo(session, queries.version(session, key), actor(person), seen=Entered(posted).version())
    return redirect(request, f"{LIST}/{key}", Flash(_said(made)))


def _taken(session: Session, version: ActionVersion, step: StepName, entered: Entered, who: str) -> ActionVersion:
    seen = entered.version()
    match step:
        case "start":
            return steps.start(session, version, entered.check(StartForm).started_on, who, seen=seen)
        case "done":
            given = entered.check(DoneForm)
            cost = amounts.cents(given.cost_actual, "cost_actual")
            return steps.done(session, version, given.done_on, cost, who, seen=seen)
        case "without-verdict":
            return steps.without_verdict(session, version, entered.check(ReasonForm).reason, who, seen=seen)
        case "decide":
            return steps.decide(session, version, _decision(session, version, entered), who, seen=seen)
        case "abandon":
            return steps.abandon(session, version, entered.check(LessonForm).lesson, who, seen=seen)
        case "back":
            return steps.back(session, version, entered.check(ReasonForm).reason, who, seen=seen)


def _decision(session: Session, version: ActionVersion, entered: Entered) -> Decision:
    given, follow_up = entered.check(DecideForm), None
    if given.outcome is Outcome.ADAPTED and not steps.goes_on(session, version.action_id):
        next_one = entered.check(FollowForm)
        follow_up = FollowUp(name=next_one.follow_name, due=next_one.follow_due, check_on=next_one.follow_check_on)
    return Decision(outcome=given.outcome, lesson=given.lesson, follow_up=follow_up)


def _said(version: ActionVersion) -> str:
    """Where it stands now."""
    stage = words.STAGES[Stage(version.stage)]
    return _("“%(name)s” is at the stage “%(stage)s”.", name=version.name, stage=stage)


def _undo(version: ActionVersion) -> Undo:
    return Undo(f"{LIST}/{version.action_id}/undo", _("Undo"), {"version": str(version.id)})


def _page(request: Request, session: Session, entered: Entered, version: ActionVersion, step: StepName) -> Response:
    asked, address = STEPS[step], f"{LIST}/{version.action_id}"
    form = Form(
        title=asked.named(version.name),
        lead=str(asked.lead),
        above=[(_("Improvement actions"), LIST), (version.name, address)],
        action=f"{address}/steps/{step}",
        back=address,
        button=str(asked.button),
        version=version.id,
        danger=asked.danger,
    )
    return form_page(request, form, fields(step, goes_on=steps.goes_on(session, version.action_id)), entered)
