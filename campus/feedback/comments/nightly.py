"""What the service does with comments by itself: release, tell groups, identify, match, train and classify.

Each step takes a session and is one short transaction of the job. Before a comment is released nothing of it is
touched or counted: what a job reports must not tell on which night a guest wrote.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.comments import folding, matching, queries, release
from campus.feedback.comments.models import Comment, SentimentMethod
from campus.feedback.comments.release import Group, Waiting
from campus.feedback.comments.rules import LANGUAGES, UNCERTAIN, UNKNOWN
from campus.feedback.comments.sentiment import Pair, Tested, is_good
from campus.feedback.figures import queries as figures
from campus.feedback.figures import rules
from campus.feedback.quarters import Quarter, quarter_of, week_of
from campus.feedback.questionnaires.content import Kind
from campus.feedback.responses.models import Answer, Response
from campus.feedback.responses.queries import in_quarter, origins
from core import clock
from core.i18n import today

TOP = {Kind.RATING: (1, 4), Kind.SCORE: (0, 10)}  # lowest answer and length of a scale
OVERALL = "overall"  # the area whose rating speaks for the whole stay


def release_comments(session: Session) -> int:
    """Let be read what may be read from this Monday on; how many comments."""
    monday = week_of(today())
    waiting: dict[Quarter, list[Waiting]] = defaultdict(list)
    rows = sa.select(Comment.id, Comment.response_id, Response.week).join(Response)
    for number, guest, week in session.execute(rows.where(Comment.shown_from.is_(None))):
        waiting[quarter_of(week)].append(Waiting(number, guest, week))
    closed, last = set(figures.closed_quarters(session)), queries.shown_last(session)
    areas = {key: question.area for key, question in queries.questions(session).items()}
    released = 0
    for quarter, some in sorted(waiting.items()):
        weeks = release.by_week(list(session.scalars(sa.select(Response.week).where(in_quarter(quarter)))))
        ready = release.released(some, monday, closed=quarter in closed, guests=weeks, last=last.get(str(quarter)))
        for one in session.scalars(sa.select(Comment).where(Comment.id.in_(ready))):
            one.shown_from, one.quarter, one.area = monday, str(quarter), areas.get(one.question, "")
        released += len(ready)
    session.flush()
    return released


def tell_groups(session: Session) -> None:
    """Say of the comments of closed quarters of which group of guests they are, where that may be told."""
    undecided = sa.select(Comment.quarter).where(Comment.shown_from.is_not(None), Comment.dimension.is_(None))
    wanted = set(session.scalars(undecided.distinct()))
    for quarter in figures.closed_quarters(session):
        if str(quarter) in wanted:
            told = release.told_groups(_guests(session, quarter), figures.published_groups(session, quarter))
            of_it = (Comment.quarter == str(quarter), Comment.dimension.is_(None))
            for one in session.scalars(sa.select(Comment).where(*of_it)):
                one.dimension, one.thing = told.get(one.response_id, release.NONE)
    session.flush()


def describe(session: Session, some: Sequence[Comment], named: Mapping[str, str]) -> int:
    """Set the language of those `named` by id, and the topics of all, where nobody settled them; how many changed."""
    lines = queries.lines(session)
    changed = 0
    for one in some:
        before = (one.language, one.topics)
        if one.id in named:
            one.searched = folding.words(one.text)
            one.language = one.language if "language" in one.corrected else named[one.id]
        if "topics" not in one.corrected:
            one.topics = matching.matched(one.text, one.language, lines)
        changed += before != (one.language, one.topics)
    session.flush()
    return changed


def texts_by_language(session: Session) -> dict[str, dict[str, str]]:
    """The texts of comments that may be read, by language ("" where it was not identified) and id."""
    found: dict[str, dict[str, str]] = {language: {} for language in (*LANGUAGES, UNKNOWN)}
    for one in queries.readable(session):
        found[one.language][one.id] = one.text
    return found


def ratings(session: Session) -> dict[str, float]:
    """What the guests of comments in closed quarters rated, by comment, as shares of the scale.

    The overall rating where there is one, else the mean of all. Of closed quarters only, as all figures.
    """
    closed = [str(one) for one in figures.closed_quarters(session)]
    kinds = queries.questions(session)
    rated: dict[str, dict[bool, list[float]]] = defaultdict(lambda: defaultdict(list))
    rows = sa.select(Comment.id, Answer.question, Answer.value).join(Answer, Answer.response_id == Comment.response_id)
    for number, key, value in session.execute(rows.where(Comment.shown_from.is_not(None), Comment.quarter.in_(closed))):
        question = kinds.get(key)
        if question and question.kind in TOP:
            lowest, length = TOP[question.kind]
            rated[number][question.area == OVERALL].append((int(value) - lowest) / length)
    return {number: fmean(found[True] or found[False]) for number, found in rated.items()}


def pairs(texts: Mapping[str, str], rated: Mapping[str, float]) -> list[Pair]:
    """The pairs of comment and rating among these texts."""
    judged = {comment: is_good(rated[comment]) for comment in texts if comment in rated}
    return [Pair(comment, texts[comment], good) for comment, good in judged.items() if good is not None]


def keep_method(session: Session, language: str, tested: Tested) -> None:
    """Keep what the test of a language came to."""
    method = session.get(SentimentMethod, language) or SentimentMethod(language=language)
    method.trained_at = clock.now()
    for name in ("pairs", "accuracy", "low", "high", "in_use"):
        setattr(method, name, getattr(tested, name))
    session.add(method)
    session.flush()


def classify(session: Session, some: Iterable[str], told: Mapping[str, str]) -> int:
    """Set the sentiment where nobody settled it; of how many comments it changed."""
    changed = 0
    for one in queries.readable(session, some):
        sentiment = told.get(one.id, UNCERTAIN)
        if "sentiment" not in one.corrected and one.sentiment != sentiment:
            one.sentiment = sentiment
            changed += 1
    session.flush()
    return changed


def _guests(session: Session, quarter: Quarter) -> dict[str, list[Group]]:
    """The groups of every guest of the quarter that a comment could name, in the order in which it would."""
    found = {}
    for one in origins(session, quarter):
        groups = ((rules.PAVILION, one.pavilion), (rules.EVENT, one.event), (rules.SEGMENT, one.segment))
        found[one.response_id] = [group for group in groups if group[1]]
    return found
