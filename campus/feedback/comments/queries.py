"""Every SELECT on comments. What readers are given stands in the comment's own row, and only once it may be read.

Nothing here joins a response but what the nightly job needs to release, to group and to train.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.comments import folding
from campus.feedback.comments.models import Comment, CommentTopic, SentimentMethod
from campus.feedback.questionnaires.content import Question
from campus.feedback.questionnaires.queries import published_contents
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today

UNIDENTIFIED = "unknown"  # asks for comments whose language was not identified


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which comments are wanted; "" lets everything through. Each asks for what is shown with a comment."""

    words: str = ""
    question: str = ""
    area: str = ""
    topic: str = ""
    sentiment: str = ""
    language: str = ""
    quarter: str = ""
    dimension: str = ""
    thing: str = ""


def comment(session: Session, number: str) -> Comment:
    """The comment of this id, which may be read. Raises `NotFound` for every other, as if there were none."""
    found = session.scalar(sa.select(Comment).where(Comment.id == number, _readable()))
    if found is None:
        raise NotFound(_("There is no such comment."))
    return found


def comments(session: Session, wanted: Filter, *, offset: int = 0, limit: int = 50) -> list[Comment]:
    """Those that may be read and fit, the latest to appear first; the order among those says nothing."""
    rows = sa.select(Comment).where(*_fit(wanted)).order_by(Comment.shown_from.desc(), Comment.id)
    return list(session.scalars(rows.offset(offset).limit(limit)))


def told(session: Session, wanted: Filter) -> list[tuple[list[str], str]]:
    """Topics and sentiment of every comment that fits."""
    rows = session.execute(sa.select(Comment.topics, Comment.sentiment).where(*_fit(wanted)))
    return [(topics, sentiment) for topics, sentiment in rows]


def values(session: Session) -> dict[str, list[str]]:
    """What comments that may be read can be filtered by, sorted, the latest quarter first."""
    columns = (Comment.question, Comment.area, Comment.quarter, Comment.dimension, Comment.thing)
    rows = session.execute(sa.select(*columns).where(_readable()).distinct()).all()
    return {
        "question": sorted({question for question, *_rest in rows}),
        "area": sorted({area for _question, area, *_rest in rows if area}),
        "quarter": sorted({quarter for _question, _area, quarter, *_rest in rows if quarter}, reverse=True),
        "group": sorted({f"{dimension}:{thing}" for *_rest, dimension, thing in rows if dimension}),
    }


def topics(session: Session) -> list[CommentTopic]:
    """All topics, by name."""
    return list(session.scalars(sa.select(CommentTopic).order_by(CommentTopic.name, CommentTopic.id)))


def lines(session: Session) -> dict[str, list[str]]:
    """The lines of every topic by its slug."""
    return {one.slug: one.words for one in topics(session)}


def topic(session: Session, slug: str) -> CommentTopic:
    """The one of this short name. Raises `NotFound`."""
    found = session.scalar(sa.select(CommentTopic).where(CommentTopic.slug == slug))
    if found is None:
        raise NotFound(_("There is no such topic."))
    return found


def methods(session: Session) -> dict[str, SentimentMethod]:
    """What was tested, by language."""
    return {one.language: one for one in session.scalars(sa.select(SentimentMethod))}


def questions(session: Session) -> dict[str, Question]:
    """The questions of every version that was published, by key, as the newest puts them."""
    return {one.key: one for content in published_contents(session) for one in content.questions()}


def readable(session: Session, some: Iterable[str] | None = None) -> list[Comment]:
    """All comments that may be read, or those of these ids; one that was deleted meanwhile is left out."""
    rows = sa.select(Comment).where(_readable()).order_by(Comment.id)
    return list(session.scalars(rows if some is None else rows.where(Comment.id.in_(list(some)))))


def search_terms(words: str) -> list[str]:
    """What a search asks for: each must be in the text, Latin ones at the beginning of a word."""
    return [f" {one}" if re.fullmatch("[a-z0-9]+", one) else one for one in folding.words(words).split()][:10]


def marked(text: str, words: str) -> list[tuple[str, bool]]:
    """The text in parts: whether a search found each."""
    terms = search_terms(words)
    if not terms:
        return [(text, False)]
    look = folding.folded(text)
    pattern = "|".join(rf"(?<![^\W_]){re.escape(one.strip())}" if one[0] == " " else re.escape(one) for one in terms)
    parts, at = [], 0
    for one in re.finditer(pattern, look.text):
        start, end = look.original(*one.span())
        if start >= at:
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [part for part in (*parts, (text[at:], False)) if part[0]]


def shown_last(session: Session) -> dict[str, date]:
    """The last Monday on which comments of each quarter appeared."""
    rows = sa.select(Comment.quarter, sa.func.max(Comment.shown_from)).where(Comment.shown_from.is_not(None))
    return {quarter: day for quarter, day in session.execute(rows.group_by(Comment.quarter)) if day}


def _readable() -> sa.ColumnElement[bool]:
    return sa.and_(Comment.shown_from.is_not(None), Comment.shown_from <= today())


def _fit(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    columns = {
        Comment.question: wanted.question,
        Comment.area: wanted.area,
        Comment.sentiment: wanted.sentiment,
        Comment.quarter: wanted.quarter,
        Comment.dimension: wanted.dimension,
        Comment.thing: wanted.thing,
    }
    conditions = [_readable(), *(column == value for column, value in columns.items() if value)]
    if wanted.language:
        conditions.append(Comment.language == ("" if wanted.language == UNIDENTIFIED else wanted.language))
    if wanted.topic:
        conditions.append(sa.cast(Comment.topics, sa.Text).contains(f'"{wanted.topic}"', autoescape=True))
    conditions += [Comment.searched.contains(term, autoescape=True) for term in search_terms(wanted.words)]
    return conditions
