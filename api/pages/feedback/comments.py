"""Guests' comments: what they write about, the list with its search, one comment, and what staff say of it."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import comment_words as words
from api import figure_words as figures
from api import grouped_bars
from api.dependencies import Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper, FeedbackReader, looks_after
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.feedback.comments import actions, queries, rules, sentiment
from campus.feedback.comments.queries import UNIDENTIFIED, Filter
from campus.feedback.figures import queries as published
from campus.feedback.figures.names import group_names
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.people.models import Person
from core.settings import settings

router = page_router()
LIST = "/feedback/comments"
ONE = f"{LIST}/{{number}}"
LONGEST_SEARCH = 200
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"  # a text of any direction within a sentence of ours


class CorrectForm(BaseModel):
    """What staff say of a comment."""

    language: Literal["en", "fr", "es", "it", "ar", ""] = ""
    topics: list[str] = []
    sentiment: Literal["positive", "mixed", "negative", "uncertain"]

    labels: ClassVar = {"topics": lazy("The topics:")}


@router.get(LIST)
def comments(request: Request, person: FeedbackReader, session: Reading, paging: WantedPage) -> Response:
    """The comments that the address asks for."""
    wanted = filter_of(request.query_params)
    told = queries.told(session, wanted)
    topics = _topic_names(session)
    counts = words.counted(told, topics)
    found = queries.comments(session, wanted, offset=paging.offset, limit=paging.size)
    questions = queries.questions(session)
    return render(
        request,
        "feedback/comments.html",
        found=[(one, queries.marked(one.text, wanted.words)) for one in found],
        paging=paging.of(len(told)),
        said=_said(len(told), wanted),
        wanted=wanted,
        filtered=wanted != Filter(),
        filters=Entered(start=dict(request.query_params)),
        options=_options(session, topics),
        topics=topics,
        counts=counts,
        questions={one.question: words.question_text(one.question, questions) for one in found},
        groups=group_names(session),
        query=request.url.query,
        words=words,
        figures=figures,
        areas=published.areas(session),
        keeps=looks_after(person),
    )


@router.get(f"{LIST}/topics.svg")
def topics_picture(request: Request, _person: FeedbackReader, session: Reading, narrow: bool = False) -> Response:
    """Topics by sentiment as bars."""
    counts = words.counted(queries.told(session, filter_of(request.query_params)), _topic_names(session))
    return Response(grouped_bars.svg(words.chart(counts), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{LIST}/methods")
def methods(request: Request, _person: FeedbackReader, session: Reading) -> Response:
    """What is tested, and how well it does."""
    found = queries.methods(session)
    in_use = [str(words.LANGUAGES[one.language]) for one in found.values() if one.in_use]
    config = settings()
    return render(
        request,
        "feedback/comment_methods.html",
        methods=found,
        in_use=in_use,
        fewest=config.sentiment_fewest_pairs,
        floor=config.sentiment_accuracy_floor,
        sure=sentiment.SURE,
        words=words,
        rules=rules,
    )


@router.get(ONE)
def one_comment(request: Request, number: str, person: FeedbackReader, session: Reading) -> Response:
    """The comment's page."""
    return _page(request, session, person, number)


@router.post(ONE)
def correct(request: Request, number: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Say what it is."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, person, number, correcting=entered)):
        found = actions.current(session, number, entered.version())
        given = entered.check(CorrectForm)
        actions.correct(session, found, given.language, given.topics, given.sentiment, actor(person))
    undo = Undo(f"{LIST}/{number}/undo", _("Undo"), {"version": str(found.version)})
    return redirect(request, f"{LIST}/{number}", Flash(_("Saved. The service leaves it as you said."), undo=undo))


@router.post(f"{ONE}/undo")
def undo(request: Request, number: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Take the last correction back."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, person, number, correcting=entered)):
        actions.undo(session, actions.current(session, number, entered.version()), actor(person))
    return redirect(request, f"{LIST}/{number}", Flash(_("The correction is taken back.")))


@router.post(f"{ONE}/redact")
def redact(request: Request, number: str, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Ask, and then take words out of the text for good."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, person, number, redacting=entered)):
        found = actions.current(session, number, entered.version())
        passage = entered.value("passage")
        left = rules.without(found.text, passage)
        if entered.value("step") != "sure":
            return _ask(request, number, entered, left)
        actions.redact(session, found, passage, actor(person))
    return redirect(request, f"{LIST}/{number}", Flash(_("These words are gone for good.")))


def filter_of(params: Mapping[str, str]) -> Filter:
    """What an address asks for."""
    dimension, _colon, thing = params.get("group", "").partition(":")
    names = ("question", "area", "topic", "sentiment", "language", "quarter")
    asked = {name: params.get(name, "").strip()[:64] for name in names}
    return Filter(words=params.get("words", "")[:LONGEST_SEARCH], dimension=dimension, thing=thing, **asked)


def _page(
    request: Request,
    session: Session,
    person: Person,
    number: str,
    *,
    correcting: Entered | None = None,
    redacting: Entered | None = None,
) -> Response:
    found = queries.comment(session, number)
    topics = _topic_names(session)
    start: dict[str, str | list[str]] = {"language": found.language, "sentiment": found.sentiment}
    start["topics"] = found.topics
    return render(
        request,
        "feedback/comment.html",
        found=found,
        topics=topics,
        question=words.question_text(found.question, queries.questions(session)),
        group=group_names(session).get((found.dimension or "", found.thing), found.thing),
        correcting=correcting or Entered(start=start),
        redacting=redacting or Entered(),
        wrong=correcting or redacting or Entered(),
        words=words,
        figures=figures,
        areas=published.areas(session),
        rules=rules,
        keeps=looks_after(person),
    )


def _ask(request: Request, number: str, entered: Entered, left: str) -> Response:
    fields = {"version": entered.value("version"), "passage": entered.value("passage"), "step": "sure"}
    return render(
        request,
        "confirm.html",
        title=_("Hide these words for good?"),
        consequences=[
            _("Everybody will read: “%(text)s”", text=f"{FIRST_STRONG_ISOLATE}{left}{POP_ISOLATE}"),
            _("It cannot be undone: the words are kept nowhere else."),
        ],
        button=_("Hide them for good"),
        action=f"{LIST}/{number}/redact",
        back=f"{LIST}/{number}",
        fields=fields,
    )


def _topic_names(session: Session) -> dict[str, str]:
    return words.topic_names({one.slug: one.name for one in queries.topics(session)})


def _said(n: int, wanted: Filter) -> str:
    if wanted != Filter():
        return ngettext("%(n)s comment fits.", "%(n)s comments fit.", n)
    if not n:
        return _("No comment can be read yet.")
    return ngettext("Guests wrote %(n)s comment.", "Guests wrote %(n)s comments.", n)


def _options(session: Session, topics: Mapping[str, str]) -> dict[str, list[tuple[str, object]]]:
    anything: tuple[str, object] = ("", _("All"))
    values, questions, groups = queries.values(session), queries.questions(session), group_names(session)
    return {
        "question": [anything, *((key, words.question_text(key, questions)) for key in values["question"])],
        "topic": [anything, *sorted(topics.items(), key=lambda one: one[1])],
        "sentiment": [anything, *((name, text) for name, (_kind, text) in words.SENTIMENT_WORDS.items())],
        "language": [anything, *((code or UNIDENTIFIED, text) for code, text in words.LANGUAGES.items())],
        "area": [anything, *((key, figures.area(key)) for key in values["area"])],
        "quarter": [anything, *((one, figures.quarter(one)) for one in values["quarter"])],
        "group": [anything, *((one, _group(one, groups)) for one in values["group"])],
    }


def _group(value: str, names: Mapping[tuple[str, str], str]) -> str:
    dimension, _colon, thing = value.partition(":")
    return f"{words.DIMENSIONS.get(dimension, dimension)} · {names.get((dimension, thing), thing)}"
