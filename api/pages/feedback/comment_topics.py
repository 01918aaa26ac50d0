"""The topics that are looked for in comments: the list, a form for each, and a text to try them on."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import comment_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper, FeedbackReader, looks_after
from api.rendering import redirect, render
from campus.feedback.comments import matching, queries, topic_actions
from campus.feedback.comments.models import CommentTopic
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.people.models import Person

router = page_router()
LIST = "/feedback/comments/topics"
ONE = f"{LIST}/{{slug}}"
LONGEST_TRIAL = 2000


class TopicForm(BaseModel):
    """A topic and its words."""

    name: str
    words: str

    errors: ClassVar = {"name": lazy("Enter a name of at most 120 characters.")}
    labels: ClassVar = {"name": lazy("The name")}


@router.get(LIST)
def topics(request: Request, person: FeedbackReader, session: Reading) -> Response:
    """All topics."""
    return _list(request, session, person, Entered(), [])


@router.post(LIST)
def try_text(request: Request, person: FeedbackReader, session: Reading, posted: Posted) -> Response:
    """What would be found in a text; nothing of it is kept."""
    entered = Entered(posted)
    text, language = entered.value("text")[:LONGEST_TRIAL], entered.value("language")
    found = matching.found(text, language if language in words.LANGUAGES else "", queries.lines(session))
    return _list(request, session, person, entered, found)


@router.get(f"{LIST}/add")
def new_topic(request: Request, _person: FeedbackKeeper) -> Response:
    """An empty form."""
    return _form(request, Entered(), None)


@router.post(f"{LIST}/add")
def add_topic(request: Request, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add it."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, entered, None)):
        given = entered.check(TopicForm)
        made = topic_actions.add(session, given.name, given.words, actor(person))
    return redirect(request, LIST, Flash(_("%(name)s is added. Comments are matched tonight.", name=made.name)))


@router.post(f"{LIST}/usual")
def add_usual(request: Request, person: FeedbackKeeper, session: Writing) -> Response:
    """Add the topics to begin with that are not there."""
    added = topic_actions.add_usual(session, actor(person))
    return redirect(request, LIST, Flash(ngettext("%(n)s topic is added.", "%(n)s topics are added.", added)))


@router.get(ONE)
def edit_topic(request: Request, slug: str, person: FeedbackReader, session: Reading) -> Response:
    """A topic with its words."""
    topic = queries.topic(session, slug)
    if not looks_after(person):
        return render(request, "feedback/comment_topic_read.html", topic=topic)
    return _form(request, Entered(start={"name": topic.name, "words": "\n".join(topic.words)}), topic)


@router.post(ONE)
def change_topic(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Save it as entered, if nobody changed it meanwhile."""
    topic = queries.topic(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, entered, topic)):
        topic_actions.current(session, slug, entered.version())
        given = entered.check(TopicForm)
        topic_actions.change(session, topic, given.name, given.words, actor(person))
    message = _("%(name)s is saved. Comments are matched again tonight.", name=topic.name)
    return redirect(request, LIST, Flash(message, undo=_undo(slug)))


@router.get(f"{ONE}/drop")
def ask_drop(request: Request, slug: str, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will happen."""
    topic = queries.topic(session, slug)
    return render(
        request,
        "confirm.html",
        title=_("Drop the topic %(name)s?", name=_(topic.name)),
        consequences=[
            _("It leaves the filter and the chart at once, and all comments."),
            _("You can undo this: then it is found again the next night."),
        ],
        button=_("Drop it"),
        action=f"{LIST}/{slug}/drop",
        back=f"{LIST}/{slug}",
        fields={"version": str(topic.version)},
    )


@router.post(f"{ONE}/drop")
def drop_topic(request: Request, slug: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Look for it no more."""
    topic = topic_actions.current(session, slug, Entered(posted).version())
    topic_actions.drop(session, topic, actor(person))
    return redirect(request, LIST, Flash(_("%(name)s is dropped.", name=_(topic.name)), undo=_undo(slug)))


@router.post(f"{ONE}/undo")
def undo(request: Request, slug: str, person: FeedbackKeeper, session: Writing) -> Response:
    """Take the last change back."""
    topic_actions.undo(session, slug, actor(person))
    return redirect(request, LIST, Flash(_("The topic is as it was.")))


def _undo(slug: str) -> Undo:
    return Undo(f"{LIST}/{slug}/undo", _("Undo"))


def _list(
    request: Request, session: Session, person: Person, entered: Entered, found: list[matching.Found]
) -> Response:
    topics = queries.topics(session)
    names = words.topic_names({one.slug: one.name for one in topics})
    return render(
        request,
        "feedback/comment_topics.html",
        topics=topics,
        names=names,
        entered=entered,
        found=found,
        tried=bool(entered.value("text").strip()),
        counts={one.slug: one.n for one in words.counted(queries.told(session, queries.Filter()), names)},
        words=words,
        keeps=looks_after(person),
    )


def _form(request: Request, entered: Entered, topic: CommentTopic | None) -> Response:
    return render(request, "feedback/comment_topic.html", entered=entered, topic=topic)
