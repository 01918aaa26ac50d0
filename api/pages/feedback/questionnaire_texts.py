"""Forms of a draft: the texts of the whole, and a section."""

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response

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
from campus.feedback.questionnaires.checking import LONGEST
from campus.feedback.questionnaires.content import Content, Section
from campus.feedback.questionnaires.models import Questionnaire
from core.errors import Conflict
from core.i18n import gettext as _

router = page_router()
WHOLE = ("title", "intro", "thanks")
FORM = "feedback/questionnaire_texts.html"


@router.get(f"{DRAFT}/texts")
def edit_texts(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """Title, introduction and thanks, in every language."""
    questionnaire, content = the_draft(session, slug)
    return _whole_page(request, questionnaire, content, Entered(start=_whole(content)))


@router.post(f"{DRAFT}/texts")
def save_texts(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Save them."""
    questionnaire, content = the_draft(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _whole_page(request, questionnaire, content, entered)), fields.in_the_fields():
        actions.must_be(questionnaire, entered.version())
        title, intro, thanks = (fields.texts(entered, name, content.languages) for name in WHOLE)
        wanted = replace(content, title=title, intro=intro, thanks=thanks)
        actions.change_draft(session, questionnaire, wanted, actor(person), entered.version())
    return redirect(request, f"{LIST}/{slug}/draft", Flash(_("The texts are saved.")))


@router.get(f"{DRAFT}/sections/add")
def new_section(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """An empty form."""
    questionnaire, content = the_draft(session, slug)
    return _section_page(request, questionnaire, content, Entered(), None)


@router.post(f"{DRAFT}/sections/add")
def add_section(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add it at the end."""
    questionnaire, content = the_draft(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _section_page(request, questionnaire, content, entered, None)):
        actions.must_be(questionnaire, entered.version())
        wanted = _section(entered, content, None)
        with fields.in_the_fields():
            changed = editing.with_section(content, wanted)
            actions.change_draft(session, questionnaire, changed, actor(person), entered.version())
    said = _("The section is added. Add its questions now.")
    return redirect(request, f"{LIST}/{slug}/draft#section-{wanted.key}", Flash(said))


@router.get(f"{DRAFT}/sections/{{key}}")
def edit_section(request: Request, slug: str, key: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """Its title in every language."""
    questionnaire, content = the_draft(session, slug)
    section = editing.section(content, key)
    return _section_page(request, questionnaire, content, Entered(start=_start(section)), section)


@router.post(f"{DRAFT}/sections/{{key}}")
def save_section(
    request: Request, slug: str, key: str, person: FeedbackKeeper, session: Writing, posted: Posted
) -> Response:
    """Save it. Where somebody removed it meanwhile, the form becomes that of another one."""
    questionnaire, content = the_draft(session, slug)
    section = next((one for one in content.sections if one.key == key), None)
    entered = Entered(posted)
    with entered.shown_again(lambda: _section_page(request, questionnaire, content, entered, section)):
        if section is None:
            raise Conflict(_("Somebody removed this section meanwhile. What you typed is still here: add it anew."))
        actions.must_be(questionnaire, entered.version())
        wanted = _section(entered, content, section)
        with fields.in_the_fields():
            changed = editing.with_section(content, wanted, key)
            actions.change_draft(session, questionnaire, changed, actor(person), entered.version())
    return redirect(request, f"{LIST}/{slug}/draft#section-{wanted.key}", Flash(_("The section is saved.")))


def _section(entered: Entered, content: Content, section: Section | None) -> Section:
    title = fields.texts(entered, "title", content.languages)
    taken = {one.key for one in content.sections if one is not section}
    return Section(fields.key(entered, title, taken), title, section.questions if section else ())


def _start(section: Section) -> dict[str, str]:
    return {"key": section.key} | fields.start_of("title", section.title)


def _whole(content: Content) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in WHOLE:
        found |= fields.start_of(name, getattr(content, name))
    return found


def _whole_page(request: Request, questionnaire: Questionnaire, content: Content, entered: Entered) -> Response:
    texts = [
        ("title", _("Title"), _("At most %(most)s characters.", most=LONGEST["title"]), 2),
        ("intro", _("Introduction"), _("What stands above the first question: how long it takes, what it is for."), 4),
        ("thanks", _("Thanks"), _("What guests read after they have sent their answers."), 4),
    ]
    return fields.page(
        request,
        FORM,
        questionnaire,
        content,
        entered,
        _whole(content),
        texts=texts,
        with_key=False,
        title=_("Texts of the whole questionnaire"),
        action="texts",
        save=_("Save"),
    )


def _section_page(
    request: Request, questionnaire: Questionnaire, content: Content, entered: Entered, section: Section | None
) -> Response:
    return fields.page(
        request,
        FORM,
        questionnaire,
        content,
        entered,
        _start(section) if section else {},
        texts=[("title", _("Title of the section"), _("At most %(most)s characters.", most=LONGEST["section"]), 2)],
        with_key=True,
        title=_("Section %(key)s", key=section.key) if section else _("Add a section"),
        action=f"sections/{section.key}" if section else "sections/add",
        save=_("Save") if section else _("Add this section"),
    )
