"""The form of one question of a draft: how it is answered, when it is asked, and its texts in every language."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from api import questionnaire_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback import questionnaire_fields as fields
from api.pages.feedback.access import FeedbackKeeper
from api.pages.feedback.questionnaire_draft import DRAFT
from api.pages.feedback.questionnaires import LIST, the_draft
from api.rendering import redirect
from campus.feedback.questionnaires import actions, editing
from campus.feedback.questionnaires.checking import KEY, LONGEST, MOST_OPTIONS
from campus.feedback.questionnaires.content import Condition, Content, Kind, Option, Question
from campus.feedback.questionnaires.models import Questionnaire
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

router = page_router()
LEAST_ROWS = 3  # of options; one more than there are


@router.get(f"{DRAFT}/questions/add")
def new_question(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """An empty form; `section` in the address chooses where it goes."""
    questionnaire, content = the_draft(session, slug)
    if not content.sections:
        raise Conflict(_("Add a section first: every question stands in one."))
    start = {"kind": Kind.RATING.value, "section": request.query_params.get("section", "")}
    return _page(request, questionnaire, content, Entered(start=start), None)


@router.post(f"{DRAFT}/questions/add")
def add_question(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add it at the end of its section."""
    questionnaire, content = the_draft(session, slug)
    return _save(request, session, questionnaire, content, Entered(posted), None, actor(person))


@router.get(f"{DRAFT}/questions/{{key}}")
def edit_question(request: Request, slug: str, key: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """The question as it is."""
    questionnaire, content = the_draft(session, slug)
    question = editing.question(content, key)
    return _page(request, questionnaire, content, Entered(start=_start(content, question)), question)


@router.post(f"{DRAFT}/questions/{{key}}")
def save_question(
    request: Request, slug: str, key: str, person: FeedbackKeeper, session: Writing, posted: Posted
) -> Response:
    """Save it. Where somebody removed it meanwhile, the form becomes that of another one."""
    questionnaire, content = the_draft(session, slug)
    entered, question = Entered(posted), content.question(key)
    with entered.shown_again(lambda: _page(request, questionnaire, content, entered, None)):
        if question is None:
            raise Conflict(_("Somebody removed this question meanwhile. What you typed is still here: add it anew."))
    return _save(request, session, questionnaire, content, entered, question, actor(person))


def _save(
    request: Request,
    session: Writing,
    questionnaire: Questionnaire,
    content: Content,
    entered: Entered,
    question: Question | None,
    by: str,
) -> Response:
    with entered.shown_again(lambda: _page(request, questionnaire, content, entered, question)):
        actions.must_be(questionnaire, entered.version())
        if entered.value("step"):  # more rows, or the answers of the question that was chosen: nothing is saved yet
            return _page(request, questionnaire, content, entered, question)
        wanted = _wanted(entered, content, question)
        home = entered.value("section")
        if home not in {one.key for one in content.sections}:
            raise InvalidInput(_("Choose one of the options."), place="section")
        with fields.in_the_fields():
            changed = editing.with_question(content, wanted, home, question.key if question else "")
            actions.change_draft(session, questionnaire, changed, by, entered.version())
    base = f"{LIST}/{questionnaire.slug}/draft"
    said = _("The question is saved.") if question else _("The question is added.")
    return redirect(request, f"{base}#question-{wanted.key}", Flash(said))


def _wanted(entered: Entered, content: Content, question: Question | None) -> Question:
    text = fields.texts(entered, "text", content.languages)
    taken = {one.key for one in content.questions() if one is not question}
    kind = entered.value("kind")
    if kind not in list(Kind):
        raise InvalidInput(_("Choose one of the options."), place="kind")
    area = entered.value("area").strip()
    if not KEY.fullmatch(area):
        raise InvalidInput(_("Enter a short key such as room: lower-case letters, digits, underscores."), place="area")
    return Question(
        key=fields.key(entered, text, taken),
        kind=Kind(kind),
        area=area,
        text=text,
        hint=fields.texts(entered, "hint", content.languages),
        required=entered.value("required") == "1",
        options=_options(entered, content) if kind == Kind.CHOICE else (),
        only_if=_condition(entered, content),
    )


def _options(entered: Entered, content: Content) -> tuple[Option, ...]:
    found: list[Option] = []
    for number in range(_rows(entered)):
        text = fields.texts(entered, f"option-{number}", content.languages)
        if text or entered.value(f"option-{number}-key").strip():
            mine = fields.key(entered, text, {one.key for one in found}, f"option-{number}-key")
            found.append(Option(mine, text))
    return tuple(found)


def _condition(entered: Entered, content: Content) -> Condition | None:
    chosen = entered.value("only_if")
    if not chosen:
        return None
    before = content.question(chosen)
    if before is None:
        raise InvalidInput(_("Choose one of the options."), place="only_if")
    given = tuple(one for one in before.values if one in entered.values("answers"))
    if not given:
        raise InvalidInput(_("Choose at least one answer."), place="answers")
    return Condition(chosen, given)


def _rows(entered: Entered) -> int:
    given = entered.value("rows")
    asked = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 0
    more = 2 if entered.value("step") == "rows" else 0
    return min(max(asked, LEAST_ROWS) + more, MOST_OPTIONS)


def _start(content: Content, question: Question) -> dict[str, Any]:
    start: dict[str, Any] = {"key": question.key, "kind": question.kind.value, "area": question.area}
    start |= {"section": editing.section_of(content, question.key).key, "required": "1" if question.required else ""}
    start |= fields.start_of("text", question.text) | fields.start_of("hint", question.hint)
    start["rows"] = str(len(question.options) + 1)
    for number, option in enumerate(question.options):
        start |= {f"option-{number}-key": option.key} | fields.start_of(f"option-{number}", option.text)
    if question.only_if:
        start |= {"only_if": question.only_if.question, "answers": list(question.only_if.answers)}
    return start


def _page(
    request: Request, questionnaire: Questionnaire, content: Content, entered: Entered, question: Question | None
) -> Response:
    stored = _start(content, question) if question else {}
    earlier = _before(content, question)
    chosen = next((one for one in earlier if one.key == entered.value("only_if")), None)
    return fields.page(
        request,
        "feedback/questionnaire_question.html",
        questionnaire,
        content,
        entered,
        {name: text for name, text in stored.items() if isinstance(text, str)},
        question=question,
        rows=_rows(entered),
        longest=LONGEST,
        kinds=[(one.value, said) for one, said in words.KINDS.items()],
        homes=[(one.key, words.shown(content, one.title, one.key)["text"]) for one in content.sections],
        areas=sorted({one.area for one in content.questions()}),
        conditions=[
            ("", _("Always")),
            *((one.key, words.shown(content, one.text, one.key)["text"]) for one in earlier),
        ],
        answers=words.answers(chosen, content) if chosen else [],
        action=f"questions/{question.key}" if question else "questions/add",
    )


def _before(content: Content, question: Question | None) -> list[Question]:
    """The questions that a skip rule can ask for: those that stand before, and are not answered in words."""
    asked = list(content.questions())
    if question is not None:
        asked = asked[: asked.index(question)]
    return [one for one in asked if one.kind is not Kind.TEXT]
