"""Guests' comments and the topics that are looked for in them. Only what may be read, and nothing of who wrote it."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Path, Query, Response
from pydantic import BaseModel, Field

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper, FeedbackReader
from api.rest.given import Given
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.feedback.comments import actions, queries, topic_actions
from campus.feedback.comments.models import Comment, CommentTopic
from campus.feedback.comments.queries import Filter

router = rest_router("feedback", "/feedback")
Language = Literal["en", "fr", "es", "it", "ar", ""]
Sentiment = Literal["positive", "mixed", "negative", "uncertain"]
CommentId = Annotated[str, Path(max_length=32)]
Slug = Annotated[str, Path(max_length=64)]


class GroupOut(BaseModel):
    """The one group of guests that may be told: of a closed quarter, and large enough."""

    dimension: Literal["pavilion", "event", "segment"]
    slug: str


class GuestCommentOut(BaseModel):
    """A comment that may be read. The order of a list tells nothing of when one was written."""

    id: str
    question: str
    area: str
    quarter: str
    group: GroupOut | None
    language: str = Field(description="Of the text; empty where it was not identified.")
    topics: list[str]
    sentiment: Sentiment
    corrected: list[str] = Field(description="What staff settled: language, topics, sentiment.")
    text: str


class GuestCommentChange(Given):
    """What staff say of a comment; what is left out stays."""

    language: Language | None = None
    topics: list[str] | None = Field(None, max_length=200)
    sentiment: Sentiment | None = None


class GivenPassage(Given):
    """Words to be taken out of a comment for good, as they stand in it."""

    passage: str = Field(min_length=2, max_length=4000)


class TopicOut(BaseModel):
    """A topic. Each of its words stands behind its language: `fr: douche`."""

    slug: str
    name: str
    words: list[str]


class GivenTopic(Given):
    """A topic to be added, or what it is to be."""

    name: str = Field(min_length=1, max_length=120)
    words: list[str] = Field(min_length=1, max_length=400)


class MethodOut(BaseModel):
    """How well sentiment is told in a language; accuracy is balanced, with a 95 % interval, null where untested."""

    language: str
    trained_at: datetime
    pairs: int
    accuracy: float | None
    low: float | None
    high: float | None
    in_use: bool


@router.get("/comments")
def list_guest_comments(
    _caller: FeedbackReader,
    session: Reading,
    part: WantedPart,
    response: Response,
    words: Annotated[str, Query(max_length=200, description="Each of these words is in the text.")] = "",
    question: Annotated[str, Query(max_length=64)] = "",
    area: Annotated[str, Query(max_length=64)] = "",
    topic: Annotated[str, Query(max_length=64, description="Short name of a topic.")] = "",
    sentiment: Annotated[Sentiment | None, Query()] = None,
    language: Annotated[str, Query(max_length=8, description="en, fr, es, it, ar, or unknown.")] = "",
    quarter: Annotated[str, Query(max_length=7, description="Such as 2026-Q3.")] = "",
) -> list[GuestCommentOut]:
    """The comments that may be read and fit all that is asked."""
    wanted = Filter(
        words=words,
        question=question,
        area=area,
        topic=topic,
        sentiment=sentiment or "",
        language=language,
        quarter=quarter,
    )
    tell_pages(response, part, len(queries.told(session, wanted)))
    return [_comment_out(one) for one in queries.comments(session, wanted, offset=part.offset, limit=part.size)]


@router.get("/comments/{comment_id}")
def get_guest_comment(
    comment_id: CommentId, _caller: FeedbackReader, session: Reading, response: Response
) -> GuestCommentOut:
    """One comment."""
    return _answer(queries.comment(session, comment_id), response)


@router.patch("/comments/{comment_id}")
def correct_guest_comment(
    comment_id: CommentId,
    change: GuestCommentChange,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> GuestCommentOut:
    """Say what it is. What differs from before is left alone by the service from then on."""
    found = queries.comment(session, comment_id)
    must_be(found.version, version)
    actions.correct(
        session,
        found,
        found.language if change.language is None else change.language,
        found.topics if change.topics is None else change.topics,
        change.sentiment or found.sentiment,
        caller.actor,
    )
    return _answer(found, response)


@router.post("/comments/{comment_id}/redactions")
def redact_guest_comment(
    comment_id: CommentId,
    given: GivenPassage,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> GuestCommentOut:
    """Take words out of the text for good: they are kept nowhere else."""
    found = queries.comment(session, comment_id)
    must_be(found.version, version)
    actions.redact(session, found, given.passage, caller.actor)
    return _answer(found, response)


@router.get("/topics")
def list_comment_topics(
    _caller: FeedbackReader, session: Reading, part: WantedPart, response: Response
) -> list[TopicOut]:
    """The topics that are looked for."""
    found = queries.topics(session)
    tell_pages(response, part, len(found))
    return [_topic_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/topics", status_code=201)
def add_comment_topic(given: GivenTopic, caller: FeedbackKeeper, session: Writing, response: Response) -> TopicOut:
    """Add a topic. Comments are matched with the next night."""
    made = topic_actions.add(session, given.name, "\n".join(given.words), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/feedback/topics/{made.slug}"
    return _topic(made, response)


@router.get("/topics/{slug}")
def get_comment_topic(slug: Slug, _caller: FeedbackReader, session: Reading, response: Response) -> TopicOut:
    """One topic."""
    return _topic(queries.topic(session, slug), response)


@router.put("/topics/{slug}")
def put_comment_topic(
    slug: Slug,
    given: GivenTopic,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> TopicOut:
    """Say anew what a topic is. Its short name stays."""
    found = queries.topic(session, slug)
    must_be(found.version, version)
    topic_actions.change(session, found, given.name, "\n".join(given.words), caller.actor)
    return _topic(found, response)


@router.delete("/topics/{slug}", status_code=204)
def drop_comment_topic(slug: Slug, caller: FeedbackKeeper, session: Writing, version: ExpectedVersion) -> None:
    """Look for a topic no more."""
    found = queries.topic(session, slug)
    must_be(found.version, version)
    topic_actions.drop(session, found, caller.actor)


@router.get("/sentiment-methods")
def list_sentiment_methods(_caller: FeedbackReader, session: Reading) -> list[MethodOut]:
    """What was tested by the last night, and how well it did."""
    return [MethodOut.model_validate(one, from_attributes=True) for one in queries.methods(session).values()]


def _answer(found: Comment, response: Response) -> GuestCommentOut:
    response.headers["ETag"] = etag(found.version)
    return _comment_out(found)


def _topic(found: CommentTopic, response: Response) -> TopicOut:
    response.headers["ETag"] = etag(found.version)
    return _topic_out(found)


def _topic_out(found: CommentTopic) -> TopicOut:
    return TopicOut.model_validate(found, from_attributes=True)


def _comment_out(found: Comment) -> GuestCommentOut:
    return GuestCommentOut.model_validate(
        {
            "id": found.id,
            "question": found.question,
            "area": found.area,
            "quarter": found.quarter,
            "group": {"dimension": found.dimension, "slug": found.thing} if found.dimension else None,
            "language": found.language,
            "topics": found.topics,
            "sentiment": found.sentiment,
            "corrected": found.corrected,
            "text": found.text,
        }
    )
