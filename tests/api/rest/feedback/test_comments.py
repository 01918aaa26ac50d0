"""Guests' comments and topics for machines."""

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.sample_comments import PLAIN, add_small_feedback

ALL = "/api/v1/feedback/comments"
TOPICS = "/api/v1/feedback/topics"
SHOWN = {"id", "question", "area", "quarter", "group", "language", "topics", "sentiment", "corrected", "text"}


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    add_small_feedback(database)
    return client(app, database, "feedback:read", "feedback:write", role="quality")


def test_the_list_has_what_readers_see_and_no_time_nor_response(keeper: Browser) -> None:
    answer = keeper.get(ALL, params={"per_page": 3, "sentiment": "negative"})
    assert answer.headers["x-total-count"] == "4"
    assert [set(one) for one in answer.json()] == [SHOWN] * 3


def test_a_comment_is_corrected_and_redacted_against_its_version(keeper: Browser) -> None:
    found = keeper.get(f"{ALL}/{PLAIN}")
    match = {"If-Match": found.headers["etag"]}
    assert keeper.patch(f"{ALL}/{PLAIN}", json={"sentiment": "mixed"}).status_code == 428
    changed = keeper.patch(f"{ALL}/{PLAIN}", json={"sentiment": "mixed", "topics": ["noise"]}, headers=match)
    assert (changed.json()["sentiment"], changed.json()["corrected"]) == ("mixed", ["sentiment", "topics"])
    given = {"passage": "The shower was cold"}
    assert keeper.post(f"{ALL}/{PLAIN}/redactions", json=given, headers=match).status_code == 412
    match = {"If-Match": changed.headers["etag"]}
    done = keeper.post(f"{ALL}/{PLAIN}/redactions", json=given, headers=match)
    assert done.json()["text"].startswith("[hidden] and")


def test_an_unknown_topic_is_refused_by_its_place(keeper: Browser) -> None:
    match = {"If-Match": keeper.get(f"{ALL}/{PLAIN}").headers["etag"]}
    answer = keeper.patch(f"{ALL}/{PLAIN}", json={"topics": ["nowhere"]}, headers=match)
    assert answer.status_code == 422
    assert "topics" in answer.text


def test_topics_are_added_changed_and_dropped(keeper: Browser) -> None:
    made = keeper.post(TOPICS, json={"name": "Laundry", "words": ["en: laundr"]})
    assert (made.status_code, made.json()["slug"]) == (201, "laundry")
    given = {"name": "Washing", "words": ["en: wash", "fr: laver"]}
    match = {"If-Match": made.headers["etag"]}
    changed = keeper.put(f"{TOPICS}/laundry", json=given, headers=match)
    assert changed.json() == {"slug": "laundry"} | given
    assert keeper.delete(f"{TOPICS}/laundry", headers=match).status_code == 412
    assert keeper.delete(f"{TOPICS}/laundry", headers={"If-Match": changed.headers["etag"]}).status_code == 204
    assert keeper.get(f"{TOPICS}/laundry").status_code == 404
    assert len(keeper.get(TOPICS).json()) == 14


def test_methods_are_told_with_their_accuracy(keeper: Browser) -> None:
    found = {one["language"]: one for one in keeper.get("/api/v1/feedback/sentiment-methods").json()}
    assert (found["en"]["in_use"], found["fr"]["in_use"], found["es"]["accuracy"]) == (True, False, None)
