"""How guests answer, whatever led them here: a step after the other, and at the end one response.

The server keeps nothing until then: given answers travel on in hidden fields of the next form.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import guest_pages
from api.guest_questions import Speaker
from api.pages.survey.posted import BACK, NEXT, Sent
from campus.feedback.comments.redaction import redacted
from campus.feedback.questionnaires import queries as questionnaires
from campus.feedback.questionnaires.actions import mark_used
from campus.feedback.questionnaires.content import Content, parsed
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.feedback.responses import actions, queries, served
from campus.feedback.responses.actions import Given
from campus.feedback.responses.rules import Checked, Wrong, checked
from campus.feedback.responses.served import Served
from campus.feedback.responses.steps import Step, steps
from campus.feedback.responses.throttle import Throttle
from core.database import Database
from core.errors import TooManyAttempts
from core.guest_texts import say, speaking
from core.i18n import today

ASK = "/ask"  # where guests who want an answer say so


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where a guest came in, and what the response will say of it. `key` is that of an answer point."""

    address: str
    questionnaire_id: int
    origin: str
    pavilion_id: int | None
    event_id: int | None
    segment_id: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The questionnaire in a guest's hands."""

    door: Door
    version: QuestionnaireVersion
    content: Content
    served: Served
    language: str
    names: dict[str, str]
    rooms: frozenset[str] = frozenset()
    given: dict[str, str] = field(default_factory=dict)

    @property
    def steps(self) -> list[Step]:
        """The steps after the answers so far."""
        return steps(self.content, self.given)

    def step(self, key: str) -> int:
        """The position of the step of this section; the first for one that is not asked (any more)."""
        return next((at for at, step in enumerate(self.steps) if step.section.key == key), 0)


def open_form(request: Request, database: Database, door: Door) -> Response:
    """The first step, empty. The first guest who opens a version makes it one that never changes."""
    with database.read() as session:
        version = questionnaires.published(session, door.questionnaire_id)
        form = _form(request, session, door, version, Sent({}, "", "", NEXT, "", "")) if version else None
    if form is None or not form.steps:
        return closed(request)
    if not form.version.used:
        with database.write() as session:
            mark_used(session, session.get_one(QuestionnaireVersion, form.version.id))
    return _page(form, 0, fresh=True)


def go_on(
    request: Request, database: Database, door: Door, sent: Sent, enter: Callable[[Session], bool], *, counted: bool
) -> Response:
    """What follows a form that was sent: the next step, the same one with what is wrong, or thanks.

    `enter` is asked in the transaction of the response whether it may come in; `counted` ones are throttled.
    """
    with database.read() as session:
        signed = served.read(sent.form, door.address)
        begun = queries.begun_version(session, door.questionnaire_id, signed.version_id) if signed else None
        version = begun or questionnaires.published(session, door.questionnaire_id)
        if version is None:
            return closed(request)
        form = _form(request, session, door, version, sent)
    if not form.steps:
        return closed(request)
    at = form.step(sent.step)
    if begun is None:
        with speaking(form.language):
            text = say("This form was not complete. Please check your answers and send them again.")
        return _page(form, at, message=text, status=422)
    if sent.speak:
        return _page(form, at)
    if sent.go == BACK:
        return _page(form, max(0, at - 1))
    found = checked(form.content, form.given)
    wrong_at = _wrong_step(form, at, found)
    if wrong_at is not None:
        return _page(form, wrong_at, found.wrong, status=422)
    if at + 1 < len(form.steps):
        return _page(form, at + 1)
    return _send(request, database, form, found, enter, counted=counted)


def _wrong_step(form: Form, at: int, found: Checked) -> int | None:
    """The step to show again: this one, or, at the end, an earlier one that the browser was made to pass over."""
    numbers = range(len(form.steps))
    faulty = [one for one in numbers if any(question.key in found.wrong for question in form.steps[one].questions)]
    if at in faulty:
        return at
    return faulty[0] if faulty and at + 1 == len(form.steps) else None


def closed(request: Request, *, status: int = 200) -> Response:
    """Nobody answers here (any more); the same for whatever the reason is."""
    language = guest_pages.language_of(request)
    with speaking(language):
        heading = say("This questionnaire is closed")
        text = say("Thank you for wanting to share your views. The reception will be glad to hear them.")
    return guest_pages.page("survey/told.html", language, status=status, heading=heading, text=text, link="?lang=")


def thanked(content: Content, language: str, names: dict[str, str], key: str = "") -> Response:
    """The last page; `key` is that of the answer point, for who also wants an answer."""
    from_here = f"&from={key}" if key else ""
    with speaking(language):
        text = Speaker(content, names).text(content.thanks)
        ask = f"{ASK}?lang={language}{from_here}"
        return guest_pages.page("survey/thanks.html", language, languages=(), text=text, ask=ask)


def _send(
    request: Request,
    database: Database,
    form: Form,
    found: Checked,
    enter: Callable[[Session], bool],
    *,
    counted: bool,
) -> Response:
    """Keep the response, in one short transaction. What is sent again is thanked for again."""
    last = len(form.steps) - 1
    if form.served.is_too_soon:
        with speaking(form.language):
            return _page(form, last, message=say("That was very quick. Please look once more, then send."), status=422)
    if form.served.is_too_late:
        again = replace(form, served=served.fresh(form.version.id))
        with speaking(form.language):
            text = say("This page was open for more than a day. Please check your answers and send them again.")
        return _page(again, last, message=text, status=422)
    try:
        if counted:
            with database.read() as session:
                known = queries.is_there(session, form.served.response_id)
            if not known:
                _count(request, form)
        response = _given(form, found)
        with database.write() as session:
            if not queries.is_there(session, response.id):
                if not enter(session):
                    return closed(request, status=404)
                actions.add(session, response, today())
    except TooManyAttempts as error:
        page = _page(form, last, message=str(error), status=429)
        page.headers["Retry-After"] = str(error.retry_after)
        return page
    return thanked(form.content, form.language, form.names, form.door.key)


def _count(request: Request, form: Form) -> None:
    throttle: Throttle = request.app.state.answers
    with speaking(form.language):
        throttle.count_answer(request.client.host if request.client else "", form.door.key)


def _given(form: Form, found: Checked) -> Given:
    return Given(
        id=form.served.response_id,
        version_id=form.version.id,
        language=form.language,
        origin=form.door.origin,
        pavilion_id=form.door.pavilion_id,
        event_id=form.door.event_id,
        segment_id=form.door.segment_id,
        answers=found.answers,
        comments={key: redacted(text, form.rooms) for key, text in found.comments.items()},
    )


def _form(request: Request, session: Session, door: Door, version: QuestionnaireVersion, sent: Sent) -> Form:
    content = parsed(version.content)
    keys = {question.key for question in content.questions()}
    given = {key: value for key, value in sent.given.items() if key in keys and value}
    texts = any(question.key in given and not question.values for question in content.questions())
    chosen = sent.speak if sent.speak in content.languages else sent.language
    return Form(
        door=door,
        version=version,
        content=content,
        served=served.read(sent.form, door.address) or served.fresh(version.id),
        language=guest_pages.language_of(request, content.languages, chosen),
        names=queries.place_names(session, door.pavilion_id, door.event_id),
        rooms=queries.room_numbers(session) if texts else frozenset(),
        given=given,
    )


def _page(
    form: Form,
    at: int,
    wrong: dict[str, Wrong] | None = None,
    *,
    message: str = "",
    status: int = 200,
    fresh: bool = False,
) -> Response:
    every = form.steps
    step = every[at]
    here = {question.key for question in step.questions}
    with speaking(form.language):
        speaker = Speaker(form.content, form.names)
        return guest_pages.page(
            "survey/step.html",
            form.language,
            status=status,
            languages=form.content.languages,
            address=form.door.address,
            form=form.served.written(form.door.address),
            version=form.version.id,
            fresh=fresh,
            title=speaker.text(form.content.title),
            intro=speaker.text(form.content.intro) if at == 0 else "",
            heading=speaker.text(step.section.title),
            step=step.section.key,
            number=at + 1,
            total=len(every),
            questions=speaker.questions(step, form.given, wrong or {}),
            hidden=[(key, value) for key, value in form.given.items() if key not in here],
            message=message,
        )
