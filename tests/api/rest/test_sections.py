"""Sections through the REST interface, on both databases."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

LIST = "/api/v1/platforms/alpha/sections"
ONE = f"{LIST}/about"


@pytest.fixture
def ledger(service: FastAPI, database: Database, tmp_path: Path) -> Ledger:
    return Ledger(service, database, tmp_path)


def match(client: Browser, address: str = ONE) -> dict[str, str]:
    return {"If-Match": client.get(address).headers["etag"]}


def test_a_section_tells_its_tickets_and_its_last_night(lead: Browser) -> None:
    told = lead.get(ONE).json()
    assert (told["slug"], told["platform"], told["pages"], told["owner"]) == ("about", "alpha", 1, None)
    assert told["tickets"] == {"waiting": 1, "overdue": 0}
    night = told["last_night"]
    assert (night["planned"], night["audited"], night["floor_met"], night["new"], night["review"]) == (1, 1, True, 1, 1)
    assert night["score"]["value"] == 50.0
    assert lead.get(f"{ONE}/pages").json() == [{"url": "https://alpha.example.org/about", "title": "Sample page"}]
    assert [(one["number"], one["score"]) for one in lead.get(f"{ONE}/scores").json()] == [(1, 50.0)]


def test_the_list_ends_with_everything_else_and_comes_in_pages(lead: Browser) -> None:
    answer = lead.get(LIST, params={"per_page": 1, "page": 2})
    (others,) = answer.json()
    assert (others["slug"], others["name"], others["patterns"], others["version"]) == (
        "everything-else",
        None,
        None,
        None,
    )
    assert (others["pages"], answer.headers["x-total-count"]) == (2, "2")
    assert lead.get(f"{LIST}/everything-else").json() == others
    assert len(lead.get(f"{LIST}/everything-else/pages").json()) == 2


def test_a_section_is_added_changed_and_deleted(lead: Browser) -> None:
    given = {"slug": "home", "name": "Home", "patterns": ["/"], "owner": lead.person.id}
    made = lead.post(LIST, json=given)
    assert (made.status_code, made.headers["location"]) == (201, f"{LIST}/home")
    assert made.json()["owner"] == {"id": lead.person.id, "name": lead.person.name}
    assert (made.json()["pages"], made.json()["last_night"]) == (1, None)
    home = f"{LIST}/home"
    changed = lead.patch(home, json={"patterns": ["/reports"]}, headers={"If-Match": made.headers["etag"]})
    assert (changed.json()["patterns"], changed.json()["name"]) == (["/reports"], "Home")
    assert changed.json()["owner"]["id"] == lead.person.id
    nobody = lead.patch(home, json={"owner": None}, headers={"If-Match": changed.headers["etag"]})
    assert nobody.json()["owner"] is None
    assert lead.delete(home, headers={"If-Match": nobody.headers["etag"]}).status_code == 204
    assert lead.get(home).status_code == 404


def test_a_change_needs_the_present_etag(lead: Browser) -> None:
    before = lead.get(ONE).json()
    for method, body in (("PATCH", {"name": "New"}), ("DELETE", None)):
        assert lead.request(method, ONE, json=body).status_code == 428
        assert lead.request(method, ONE, json=body, headers={"If-Match": '"v7"'}).status_code == 412
    assert lead.get(ONE).json() == before


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"slug": "A b"}, "slug"),
        ({"slug": "everything-else"}, "slug"),
        ({"patterns": ["about"]}, "patterns"),
        ({"patterns": ["https://beta.example.org/*"]}, "patterns"),
        ({"patterns": []}, "body.patterns"),
        ({"owner": 99999}, "owner"),
        ({"name": "a\nb"}, "name"),
        ({"nothing": 1}, "body.nothing"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_added(lead: Browser, change: dict[str, Any], place: str) -> None:
    answer = lead.post(LIST, json={"slug": "new", "name": "New", "patterns": ["/x"]} | change)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [one["place"] for one in answer.json()["errors"]] == [place]
    assert lead.get(LIST).headers["x-total-count"] == "2"


def test_a_slug_that_is_taken_is_a_conflict(lead: Browser) -> None:
    assert lead.post(LIST, json={"slug": "about", "name": "New", "patterns": ["/x"]}).status_code == 409


def test_everything_else_cannot_be_changed(lead: Browser) -> None:
    answer = lead.patch(f"{LIST}/everything-else", json={"name": "New"}, headers={"If-Match": '"v1"'})
    assert answer.status_code == 404


def test_tickets_are_filtered_by_section(lead: Browser) -> None:
    def rules(**params: str) -> list[str]:
        return [one["rule"] for one in lead.get("/api/v1/tickets", params=params).json()]

    assert rules(platform="alpha", section="about") == ["image-alt"]
    assert sorted(rules(platform="alpha", section="everything-else")) == ["image-alt", "label"]
    assert lead.get("/api/v1/tickets", params={"section": "about"}).status_code == 422
    assert lead.get("/api/v1/tickets", params={"platform": "alpha", "section": "nothing"}).status_code == 404
