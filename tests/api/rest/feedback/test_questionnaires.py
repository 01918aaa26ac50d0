"""Questionnaires for machines: a draft is put, published and read, and nobody overwrites somebody else's."""

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.feedback.guests import CONTENT

ALL = "/api/v1/feedback/questionnaires"


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    return client(app, database, "feedback:read", "feedback:write", role="quality")


def test_a_questionnaire_is_added_written_published_and_changed_in_a_next_version(keeper: Browser) -> None:
    made = keeper.post(ALL, json={"name": "Sample stay", "start": "empty"})
    assert made.status_code == 201
    one = made.headers["location"]
    found = keeper.get(f"{one}/draft")
    assert "sections" in {fault["place"] for fault in found.json()["faults"]}
    put = keeper.put(f"{one}/draft", json=CONTENT, headers={"If-Match": found.headers["etag"]})
    assert (put.status_code, put.json()["faults"], put.json()["content"]["title"]) == (200, [], CONTENT["title"])
    late = keeper.put(f"{one}/draft", json=CONTENT, headers={"If-Match": found.headers["etag"]})
    assert late.status_code == 412
    done = keeper.post(f"{one}/publish", json={}, headers={"If-Match": put.headers["etag"]})
    assert done.json()["state"] == "published"
    assert keeper.get(one).json() == {"slug": "sample-stay", "name": "Sample stay", "published": 1, "draft": None}
    assert keeper.get(f"{one}/draft").status_code == 404
    back = keeper.post(f"{one}/withdraw", headers={"If-Match": done.headers["etag"]})
    assert back.json()["state"] == "draft"
    again = keeper.post(f"{one}/publish", json={}, headers={"If-Match": back.headers["etag"]})
    begun = keeper.post(f"{one}/draft", headers={"If-Match": again.headers["etag"]})
    assert (begun.status_code, begun.json()["number"]) == (201, 2)
    assert [version["state"] for version in keeper.get(f"{one}/versions").json()] == ["draft", "published"]
    assert keeper.delete(f"{one}/draft", headers={"If-Match": begun.headers["etag"]}).status_code == 204
    assert keeper.get(f"{one}/versions/1").json()["content"]["languages"] == CONTENT["languages"]
    assert keeper.get(f"{one}/versions/2").status_code == 404
    assert keeper.get(ALL).headers["x-total-count"] == "1"


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"languages": ["en", "tlh"]}, "languages.1"),
        ({"title": {"de": "Beispiel"}}, "title.de"),
        ({"sections": [CONTENT["sections"][0], CONTENT["sections"][0]]}, "sections.1.key"),
        ({"more": 1}, "more"),
    ],
)
def test_what_no_draft_may_be_is_refused_by_its_place(keeper: Browser, wrong: dict[str, object], place: str) -> None:
    one = keeper.post(ALL, json={"name": "Sample stay"}).headers["location"]
    etag = keeper.get(one).headers["etag"]
    answer = keeper.put(f"{one}/draft", json=CONTENT | wrong, headers={"If-Match": etag})
    assert answer.status_code == 422
    assert place in answer.text
    assert keeper.put(f"{one}/draft", json=CONTENT).status_code == 428


def test_a_draft_with_a_missing_translation_is_kept_and_not_published(keeper: Browser) -> None:
    one = keeper.post(ALL, json={"name": "Sample stay", "start": "empty"}).headers["location"]
    etag = keeper.get(one).headers["etag"]
    wanted = CONTENT | {"thanks": {"en": "Thank you."}}
    put = keeper.put(f"{one}/draft", json=wanted, headers={"If-Match": etag})
    assert [fault["place"] for fault in put.json()["faults"]] == [f"thanks.{one}" for one in ("fr", "es", "it", "ar")]
    refused = keeper.post(f"{one}/publish", json={}, headers={"If-Match": put.headers["etag"]})
    assert refused.status_code == 422
    assert "thanks.fr" in refused.text
