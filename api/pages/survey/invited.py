"""An invitation: an address that opens the questionnaire once. Its use leaves nothing that leads to the response.

Whatever is wrong with a code (used, forged, stopped, past its day), all are told the same, so that a guesser learns
nothing; who tries many is told to wait.
"""

from fastapi import Request
from starlette.responses import Response

from api.dependencies import TheDatabase
from api.guest_pages import guest_router, language_of, page
from api.pages.survey import answering
from api.pages.survey.answering import Door
from api.pages.survey.posted import Sent, TheSent
from campus.feedback.invitations import codes
from campus.feedback.invitations.models import InvitationBatch
from campus.feedback.questionnaires.content import parsed
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.feedback.responses import queries, rules, served
from campus.feedback.responses.throttle import Throttle
from core.database import Database
from core.errors import TooManyAttempts
from core.guest_texts import say, speaking

router = guest_router()
FORM = "/invited/{code}"


@router.get(FORM)
def first_invited_step(request: Request, code: str, database: TheDatabase) -> Response:
    """The questionnaire of this invitation."""
    with database.read() as session:
        batch = codes.batch_of(session, code)
    return answering.open_form(request, database, _door(batch, code)) if batch else _opens_nothing(request)


@router.post(FORM)
def next_invited_step(request: Request, code: str, database: TheDatabase, sent: TheSent) -> Response:
    """What follows a step. A form whose response came in already is thanked for, though its code is gone."""
    with database.read() as session:
        batch = codes.batch_of(session, code)
    if batch is None:
        return _sent_already(request, database, code, sent) or _opens_nothing(request)
    door = _door(batch, code)
    return answering.go_on(request, database, door, sent, lambda session: codes.use(session, code), counted=False)


def _sent_already(request: Request, database: Database, code: str, sent: Sent) -> Response | None:
    """Thanks for what was sent twice, as by a double click: only who holds the signed form gets there."""
    signed = served.read(sent.form, FORM.format(code=code))
    with database.read() as session:
        if signed is None or not queries.is_there(session, signed.response_id):
            return None
        content = parsed(session.get_one(QuestionnaireVersion, signed.version_id).content)
    return answering.thanked(content, language_of(request, content.languages, sent.language), {})


def _opens_nothing(request: Request) -> Response:
    throttle: Throttle = request.app.state.answers
    language = language_of(request)
    with speaking(language):
        try:
            throttle.count_forged(request.client.host if request.client else "")
        except TooManyAttempts as error:
            answer = _told(language, say("Please wait a little"), say("Try again later."), 429)
            answer.headers["Retry-After"] = str(error.retry_after)
            return answer
        text = say("It has already been used, or its time is over. You need not do anything else: thank you.")
        return _told(language, say("This invitation is no longer valid"), text, 404)


def _told(language: str, heading: str, text: str, status: int) -> Response:
    return page("survey/told.html", language, status=status, heading=heading, text=text, link="?lang=")


def _door(batch: InvitationBatch, code: str) -> Door:
    return Door(
        address=FORM.format(code=code),
        questionnaire_id=batch.questionnaire_id,
        origin=rules.INVITATION,
        pavilion_id=batch.pavilion_id,
        event_id=batch.event_id,
        segment_id=batch.segment_id,
    )
