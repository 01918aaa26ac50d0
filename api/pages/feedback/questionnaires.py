"""The questionnaires: which of them guests get, the versions of one, what changed between two, how guests see it."""

from dataclasses import replace
from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import questionnaire_words as words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.guest_questions import Speaker
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper, FeedbackReader, looks_after
from api.rendering import redirect, render
from campus.feedback.questionnaires import actions, changes, checking, editing, queries
from campus.feedback.questionnaires.content import Content, parsed
from campus.feedback.questionnaires.models import Questionnaire
from campus.feedback.questionnaires.standard import standard
from core import guest_texts
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import lazy, ngettext

router = page_router()
LIST = "/feedback/questionnaires"
ONE = f"{LIST}/{{slug}}"
STANDARD, EMPTY = "standard", "empty"


class NameForm(BaseModel):
    """How staff call it."""

    name: str = Field(max_length=120)

    errors: ClassVar = {"name": lazy("Enter a name of at most 120 characters.")}
    labels: ClassVar = {"name": lazy("The name")}


class NewForm(NameForm):
    """A new questionnaire."""

    start: Literal["standard", "empty"] = "standard"


@router.get(LIST)
def list_questionnaires(request: Request, person: FeedbackReader, session: Reading) -> Response:
    """All of them, by name."""
    lines = [_line(session, one) for one in queries.questionnaires(session)]
    live = sum(1 for one in lines if one["live"])
    said = ngettext("Guests can be given %(n)s questionnaire.", "Guests can be given %(n)s questionnaires.", live)
    return render(
        request,
        "feedback/questionnaires.html",
        lines=lines,
        said=said,
        keeper=looks_after(person),
        words=words,
    )


@router.get(f"{LIST}/add")
def new_questionnaire(request: Request, _person: FeedbackKeeper) -> Response:
    """A name, and what to start from."""
    return _new_page(request, Entered(start={"start": STANDARD}))


@router.post(f"{LIST}/add")
def add_questionnaire(request: Request, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add it, as a draft."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _new_page(request, entered)):
        given = entered.check(NewForm)
        content = standard() if given.start == STANDARD else editing.empty([guest_texts.SOURCE])
        made = actions.add(session, given.name, content, actor(person))
    slug = session.get_one(Questionnaire, made.questionnaire_id).slug
    said = _("%(name)s is added. Guests get it once you publish it.", name=given.name)
    return redirect(request, f"{LIST}/{slug}/draft", Flash(said))


@router.get(ONE)
def one_questionnaire(request: Request, slug: str, person: FeedbackReader, session: Reading) -> Response:
    """Its versions, and what can be done with them."""
    questionnaire = queries.questionnaire(session, slug)
    versions = queries.versions(session, questionnaire.id)
    draft, live = queries.draft(session, questionnaire.id), queries.published(session, questionnaire.id)
    hindering = len(checking.faults(parsed(draft.content), queries.earlier(session, draft))) if draft else 0
    return render(
        request,
        "feedback/questionnaire.html",
        questionnaire=questionnaire,
        lines=[(one, parsed(one.content)) for one in versions],
        draft=draft,
        live=live,
        faults=hindering,
        keeper=looks_after(person),
        words=words,
        base=f"{LIST}/{slug}",
    )


@router.get(f"{ONE}/name")
def ask_name(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """The name as it is."""
    questionnaire = queries.questionnaire(session, slug)
    return _name_page(request, questionnaire, Entered(start={"name": questionnaire.name}))


@router.post(f"{ONE}/name")
def change_name(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Call it otherwise."""
    questionnaire, entered = queries.questionnaire(session, slug), Entered(posted)
    with entered.shown_again(lambda: _name_page(request, questionnaire, entered)):
        name = entered.check(NameForm).name
        actions.rename(session, questionnaire, name, actor(person), entered.version())
    return redirect(request, f"{LIST}/{slug}", Flash(_("%(name)s is saved.", name=name)))


@router.get(f"{ONE}/versions/{{number}}/changes")
def what_changed(request: Request, slug: str, number: Id, _person: FeedbackReader, session: Reading) -> Response:
    """What a version asks otherwise than the one before it, or than the one chosen by `from`."""
    questionnaire = queries.questionnaire(session, slug)
    after = queries.version(session, questionnaire.id, number)
    others = [one for one in queries.versions(session, questionnaire.id) if one.number < number]
    asked = request.query_params.get("from", "")
    before = next((one for one in others if str(one.number) == asked), None)
    if before is None and (asked or not others):
        raise NotFound(_("There is no such version of the questionnaire."))
    before = before or others[0]
    content, old = parsed(after.content), parsed(before.content)
    return render(
        request,
        "feedback/questionnaire_changes.html",
        questionnaire=questionnaire,
        number=number,
        before=before.number,
        others=[(one.number, _("Version %(number)s", number=one.number)) for one in others],
        entered=Entered(start={"from": str(before.number)}),
        changes=changes.between(old, content),
        content=content,
        old=old,
        words=words,
        base=f"{LIST}/{slug}",
    )


@router.get(f"{ONE}/versions/{{number}}/preview/{{language}}")
def preview(
    request: Request, slug: str, number: Id, language: str, _person: FeedbackReader, session: Reading
) -> Response:
    """A version as guests see it in one of its languages. Nothing can be sent from here."""
    questionnaire = queries.questionnaire(session, slug)
    version = queries.version(session, questionnaire.id, number)
    content = parsed(version.content)
    if language not in content.languages:
        raise NotFound(_("This version is not in that language."))
    with guest_texts.speaking(language):
        return render(
            request,
            "feedback/questionnaire_preview.html",
            questionnaire=questionnaire,
            version=version,
            content=content,
            spoken=language,
            direction=guest_texts.direction(language),
            guests=Speaker(replace(content, languages=(language,))),  # what is not in it is missing
            words=words,
            base=f"{LIST}/{slug}",
        )


def the_draft(session: Session, slug: str) -> tuple[Questionnaire, Content]:
    """A questionnaire and what its draft asks. Raises `NotFound`."""
    questionnaire = queries.questionnaire(session, slug)
    return questionnaire, parsed(actions.the_draft(session, questionnaire).content)


def _line(session: Session, questionnaire: Questionnaire) -> dict[str, object]:
    live, draft = queries.published(session, questionnaire.id), queries.draft(session, questionnaire.id)
    newest = live or draft
    asked = parsed(newest.content) if newest else editing.empty([])
    return {"questionnaire": questionnaire, "live": live, "draft": draft, "content": asked}


def _new_page(request: Request, entered: Entered) -> Response:
    starts = [
        (
            STANDARD,
            _("The standard questionnaire"),
            _("For a residential training campus, in five languages; all of it can be changed."),
        ),
        (EMPTY, _("An empty one"), _("In English to begin with; you add languages and questions.")),
    ]
    return render(request, "feedback/questionnaire_new.html", entered=entered, starts=starts)


def _name_page(request: Request, questionnaire: Questionnaire, entered: Entered) -> Response:
    return render(
        request,
        "feedback/questionnaire_name.html",
        questionnaire=questionnaire,
        entered=entered,
        base=f"{LIST}/{questionnaire.slug}",
    )
