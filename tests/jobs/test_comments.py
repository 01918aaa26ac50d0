"""The nightly job of comments, over guests of both databases."""

from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa

from campus.feedback.comments import actions, queries
from campus.feedback.comments.models import Comment, CommentTopic
from campus.feedback.comments.queries import Filter
from campus.feedback.quarters import week_of
from core.database import Database
from core.i18n import today
from core.settings import settings
from jobs.comments import look_after_comments
from tests.campus.books import TEST, open_campus
from tests.campus.feedback import guests
from tests.campus.sample_campus import ROOMS

LAST_WEEK = week_of(today()) - timedelta(days=7)


def wrote(database: Database, n: int, text: str = "The shower was cold and noisy") -> None:
    """So many guests of last week with a comment."""
    with database.write() as session:
        version = guests.published(session, f"sample-{n}")
        for _number in range(n):
            guests.respond(session, version, LAST_WEEK, {"recommend": "9"}, comments={"improve": text})


def readable(database: Database) -> list[Comment]:
    with database.read() as session:
        return queries.comments(session, Filter())


def test_four_comments_wait_unread_and_untouched_and_the_run_tells_nothing_of_them(database: Database) -> None:
    wrote(database, 4)
    assert look_after_comments(database) == {"released": 0, "described": 0, "classified": 0}
    assert readable(database) == []
    with database.read() as session:
        waiting = session.scalars(sa.select(Comment)).all()
    assert {(one.language, one.searched, one.quarter, one.version) for one in waiting} == {("", "", "", 1)}


def test_with_the_fifth_they_appear_but_without_a_group_and_a_second_run_changes_nothing(database: Database) -> None:
    wrote(database, 4)
    look_after_comments(database)
    wrote(database, 1, "La douche est froide et le petit déjeuner très bon")
    assert look_after_comments(database)["released"] == 5
    found = readable(database)
    assert sorted({one.language for one in found}) == ["en", "fr"]
    assert {tuple(one.topics) for one in found if one.language == "en"} == {("bathroom", "noise", "temperature")}
    assert {(one.area, one.sentiment, one.dimension) for one in found} == {("overall", "uncertain", None)}
    assert {one.shown_from for one in found} == {week_of(today())}
    versions = {one.id: one.version for one in found}
    assert look_after_comments(database) == {"released": 0, "described": 0, "classified": 0}
    assert {one.id: one.version for one in readable(database)} == versions


def test_changed_topics_are_matched_again_and_what_staff_settled_stays(sqlite_database: Database) -> None:
    wrote(sqlite_database, 5)
    look_after_comments(sqlite_database)
    first, *rest = readable(sqlite_database)
    with sqlite_database.write() as session:
        actions.correct(session, session.get_one(Comment, first.id), "it", ["food"], "mixed", TEST)
        topic = session.scalars(sa.select(CommentTopic).where(CommentTopic.slug == "bathroom")).one()
        topic.words = ["en: sauna"]
    look_after_comments(sqlite_database)
    found = {one.id: one for one in readable(sqlite_database)}
    settled = found[first.id]
    assert (settled.language, settled.topics, settled.sentiment) == ("it", ["food"], "mixed")
    assert {tuple(found[one.id].topics) for one in rest} == {("noise", "temperature")}


def test_a_closed_quarter_names_the_pavilion_of_its_comments(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        campus = open_campus(session, ROOMS)
        version, (quarter,) = guests.published(session), guests.past_quarters(1)
        day = quarter.first + timedelta(days=14)
        for pavilion in campus.pavilions[:2]:
            guests.fill(session, version, quarter, 12, Random(1), pavilion_id=pavilion)
        for _number in range(3):
            comments = {"improve": "Very noisy room"}
            answers = guests.likely(Random(2))
            guests.respond(session, version, day, answers, comments=comments, pavilion_id=campus.pavilions[0])
        guests.close_all(session, [quarter])
    assert look_after_comments(sqlite_database)["released"] == 3
    assert {(one.dimension, bool(one.thing)) for one in readable(sqlite_database)} == {("pavilion", True)}


def test_sentiment_is_learnt_from_closed_quarters_and_told_of_new_comments(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "sentiment_fewest_pairs", 100)
    with sqlite_database.write() as session:
        version, (quarter,) = guests.published(session), guests.past_quarters(1)
        day = quarter.first + timedelta(days=14)
        for number in range(120):
            good = number % 2
            text = f"{'The staff was friendly and the food great' if good else 'The room was dirty and noisy'} {number}"
            answers = {"recommend": "10" if good else "2"}
            guests.respond(session, version, day, answers, comments={"improve": text})
        guests.close_all(session, [quarter])
        for _number in range(5):
            comments = {"improve": "Dirty and noisy room, again"}
            guests.respond(session, version, LAST_WEEK, {"recommend": "9"}, comments=comments)
    look_after_comments(sqlite_database)
    with sqlite_database.read() as session:
        method = queries.methods(session)["en"]
        told = {one.text[:5]: one.sentiment for one in queries.comments(session, Filter(), limit=500)}
    assert (method.pairs, method.in_use) == (120, True)
    assert told["Dirty"] == "negative"
