"""Steps of a questionnaire's versions: begin the next one, publish it, take it back, drop it."""

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
from campus.feedback.questionnaires import actions, changes, checking, queries
from campus.feedback.questionnaires.content import parsed
from core.errors import Conflict
from core.i18n import gettext as _

router = page_router()


@router.post(f"{ONE}/draft")
def start_draft(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Begin the next version as a copy of the newest."""
    questionnaire = queries.questionnaire(session, slug)
    made = actions.start_draft(session, questionnaire, actor(person), Entered(posted).version())
    said = _("Version %(number)s is a draft now. Guests get the present one until you publish it.", number=made.number)
    return redirect(request, f"{LIST}/{slug}/draft", Flash(said))


@router.get(f"{ONE}/publish")
def ask_publish(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What hinders it, or what will happen."""
    return _publish_page(request, session, slug, Entered())


@router.post(f"{ONE}/publish")
def publish(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Give the draft to guests from now on."""
    entered, questionnaire = Entered(posted), queries.questionnaire(session, slug)
    with entered.shown_again(lambda: _publish_page(request, session, slug, entered)):
        same = entered.value("same_meaning") == "1"
        done = actions.publish(session, questionnaire, actor(person), entered.version(), same_meaning=same)
    said = _("Version %(number)s is published: guests get it from now on.", number=done.number)
    return redirect(request, f"{LIST}/{slug}", Flash(said))


@router.get(f"{ONE}/withdraw")
def ask_withdraw(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will happen."""
    questionnaire = queries.questionnaire(session, slug)
    live = queries.published(session, questionnaire.id)
    if live is None or live.used:
        raise Conflict(_("There is no published version that no guest has opened."))
    return render(
        request,
        "confirm.html",
        title=_("Take version %(number)s back?", number=live.number),
        consequences=[
            _("No guest has opened it yet. It becomes a draft again, which you can change."),
            _("Guests get the version before it, if there is one; otherwise none at all."),
        ],
        button=_("Take it back"),
        action=f"{LIST}/{slug}/withdraw",
        back=f"{LIST}/{slug}",
        fields={"version": questionnaire.version},
    )


@router.post(f"{ONE}/withdraw")
def withdraw(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Make it a draft again."""
    questionnaire = queries.questionnaire(session, slug)
    done = actions.withdraw(session, questionnaire, actor(person), Entered(posted).version())
    return redirect(request, f"{LIST}/{slug}", Flash(_("Version %(number)s is a draft again.", number=done.number)))


@router.get(f"{ONE}/drop")
def ask_drop(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will happen."""
    questionnaire = queries.questionnaire(session, slug)
    draft = actions.the_draft(session, questionnaire)
    return render(
        request,
        "confirm.html",
        title=_("Drop the draft of version %(number)s?", number=draft.number),
        consequences=[
            _("Guests notice nothing: they get the published version."),
            _("What stood in the draft stays in the trail, and nowhere else."),
        ],
        button=_("Drop the draft"),
        action=f"{LIST}/{slug}/drop",
        back=f"{LIST}/{slug}",
        fields={"version": questionnaire.version},
    )


@router.post(f"{ONE}/drop")
def drop(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Throw the draft away."""
    questionnaire = queries.questionnaire(session, slug)
    actions.drop_draft(session, questionnaire, actor(person), Entered(posted).version())
    return redirect(request, f"{LIST}/{slug}", Flash(_("The draft is dropped.")))


def _publish_page(request: Request, session: Session, slug: str, entered: Entered) -> Response:
    questionnaire, content = the_draft(session, slug)
    draft = actions.the_draft(session, questionnaire)
    earlier = queries.earlier(session, draft)
    live = queries.published(session, questionnaire.id)
    return render(
        request,
        "feedback/questionnaire_publish.html",
        questionnaire=questionnaire,
        draft=draft,
        live=live,
        content=content,
        entered=entered,
        faults=words.told(content, checking.faults(content, earlier), f"{LIST}/{slug}/draft"),
        reworded=[one for one in content.questions() if one.key in changes.reworded_keys(content, earlier)],
        differs=changes.between(parsed(live.content), content).any if live else True,
        words=words,
        base=f"{LIST}/{slug}",
    )
