"""The draft of a questionnaire as a whole: its order, its languages, what hinders publishing; removing a part of it."""

from typing import Literal

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import questionnaire_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper
from api.pages.feedback.questionnaires import LIST, ONE, the_draft
from api.rendering import redirect, render
from campus.feedback.questionnaires import actions, checking, duration, editing, queries
from campus.feedback.questionnaires.content import Content
from campus.feedback.questionnaires.models import Questionnaire
from core import guest_texts
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
DRAFT = f"{ONE}/draft"


@router.get(DRAFT)
def draft(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """All of it on one page, each part with what can be done with it."""
    questionnaire, content = the_draft(session, slug)
    return _page(request, session, questionnaire, content, Entered())


@router.post(f"{DRAFT}/move")
def move(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """A section or a question one place up or down."""
    questionnaire, content = the_draft(session, slug)
    entered = Entered(posted)
    key, way = entered.value("key"), _way(entered.value("way"))
    if entered.value("what") == "section":
        content, there = editing.moved_section(content, key, way), f"section-{key}"
    else:
        content, there = editing.moved_question(content, key, way), f"question-{key}"
    actions.change_draft(session, questionnaire, content, actor(person), entered.version())
    return redirect(request, f"{LIST}/{slug}/draft#{there}")


@router.post(f"{DRAFT}/languages")
def add_language(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """One more language, whose texts are then missing."""
    questionnaire, content = the_draft(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, questionnaire, content, entered)):
        language = entered.value("language")
        if language not in guest_texts.LANGUAGES:
            raise InvalidInput(_("Choose one of the options."), place="language")
        wanted = editing.with_language(content, language)
        actions.change_draft(session, questionnaire, wanted, actor(person), entered.version())
    said = _("%(language)s is added. Write its texts before you publish.", language=words.language(language))
    return redirect(request, f"{LIST}/{slug}/draft#languages", Flash(said))


@router.get(f"{DRAFT}/languages/{{language}}/remove")
def ask_remove_language(
    request: Request, slug: str, language: str, _person: FeedbackKeeper, session: Reading
) -> Response:
    """What will happen."""
    questionnaire, content = the_draft(session, slug)
    _must_have(content, language)
    written = sum(1 for _place, _name, texts in checking.every_text(content) if texts.get(language, "").strip())
    return _ask(
        request,
        questionnaire,
        title=_("Remove %(language)s from the draft?", language=words.language(language)),
        consequences=[
            ngettext("%(n)s text in this language is deleted.", "%(n)s texts in this language are deleted.", written),
            _("Guests no longer get this version in it. Published versions stay as they are."),
        ],
        part=f"languages/{language}",
    )


@router.post(f"{DRAFT}/languages/{{language}}/remove")
def remove_language(
    request: Request, slug: str, language: str, person: FeedbackKeeper, session: Writing, posted: Posted
) -> Response:
    """Remove it and its texts."""
    questionnaire, content = the_draft(session, slug)
    _must_have(content, language)
    wanted = editing.without_language(content, language)
    actions.change_draft(session, questionnaire, wanted, actor(person), Entered(posted).version())
    said = _("%(language)s is removed.", language=words.language(language))
    return redirect(request, f"{LIST}/{slug}/draft#languages", Flash(said))


@router.get(f"{DRAFT}/sections/{{key}}/remove")
def ask_remove_section(request: Request, slug: str, key: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will happen."""
    questionnaire, content = the_draft(session, slug)
    section = editing.section(content, key)
    return _ask(
        request,
        questionnaire,
        title=_("Remove the section “%(name)s” from the draft?", name=words.shown(content, section.title, key)["text"]),
        consequences=[
            ngettext(
                "%(n)s question is removed with it.", "%(n)s questions are removed with it.", len(section.questions)
            ),
            _("Published versions and their answers stay as they are."),
        ],
        part=f"sections/{key}",
    )


@router.post(f"{DRAFT}/sections/{{key}}/remove")
def remove_section(
    request: Request, slug: str, key: str, person: FeedbackKeeper, session: Writing, posted: Posted
) -> Response:
    """Remove it with its questions."""
    questionnaire, content = the_draft(session, slug)
    editing.section(content, key)
    wanted = editing.without_section(content, key)
    actions.change_draft(session, questionnaire, wanted, actor(person), Entered(posted).version())
    return redirect(request, f"{LIST}/{slug}/draft", Flash(_("The section is removed.")))


@router.get(f"{DRAFT}/questions/{{key}}/remove")
def ask_remove_question(request: Request, slug: str, key: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will happen."""
    questionnaire, content = the_draft(session, slug)
    question = editing.question(content, key)
    consequences = [
        _("Its trend ends with the versions that ask it. Published versions and their answers stay as they are."),
    ]
    for one in editing.depending(content, key):
        name = words.shown(content, one.text, one.key)["text"]
        consequences.append(_("“%(name)s” is asked only after an answer to it: change that one too.", name=name))
    return _ask(
        request,
        questionnaire,
        title=_("Remove “%(name)s” from the draft?", name=words.shown(content, question.text, key)["text"]),
        consequences=consequences,
        part=f"questions/{key}",
    )


@router.post(f"{DRAFT}/questions/{{key}}/remove")
def remove_question(
    request: Request, slug: str, key: str, person: FeedbackKeeper, session: Writing, posted: Posted
) -> Response:
    """Remove it."""
    questionnaire, content = the_draft(session, slug)
    editing.question(content, key)
    wanted = editing.without_question(content, key)
    actions.change_draft(session, questionnaire, wanted, actor(person), Entered(posted).version())
    return redirect(request, f"{LIST}/{slug}/draft", Flash(_("The question is removed.")))


def _way(given: str) -> Literal["up", "down"]:
    return "up" if given == "up" else "down"


def _must_have(content: Content, language: str) -> None:
    if language not in content.languages:
        raise NotFound(_("This version is not in that language."))


def _ask(request: Request, questionnaire: Questionnaire, *, title: str, consequences: list[str], part: str) -> Response:
    base = f"{LIST}/{questionnaire.slug}/draft"
    return render(
        request,
        "confirm.html",
        title=title,
        consequences=consequences,
        button=_("Remove"),
        action=f"{base}/{part}/remove",
        back=base,
        fields={"version": questionnaire.version},
    )


def _page(
    request: Request, session: Session, questionnaire: Questionnaire, content: Content, entered: Entered
) -> Response:
    version = actions.the_draft(session, questionnaire)
    base = f"{LIST}/{questionnaire.slug}"
    found = checking.faults(content, queries.earlier(session, version))
    return render(
        request,
        "feedback/questionnaire_draft.html",
        questionnaire=questionnaire,
        number=version.number,
        content=content,
        seconds=round(duration.longest(content)),
        too_long=duration.longest(content) >= duration.LIMIT,
        faults=words.told(content, found, f"{base}/draft"),
        entered=entered,
        more=[(one, words.language(one)) for one in guest_texts.LANGUAGES if one not in content.languages],
        words=words,
        base=base,
    )
