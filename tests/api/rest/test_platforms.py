import json
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.ledger.platforms import queries, recipes
from core import trail
from tests.api.people import Browser
from tests.api.rest.ledger import LOGIN, SECRET, Ledger, settings

ALPHA = "/api/v1/platforms/alpha"


def etag_of(client: Browser, address: str = ALPHA) -> dict[str, str]:
    """The header of a change that is based on what is there now."""
    return {"If-Match": client.get(address).headers["etag"]}


def stored(ledger: Ledger, slug: str) -> dict[str, dict[str, str]]:
    """Role to its secret values."""
    with ledger.database.read() as session:
        platform = queries.get(session, slug)
        return {role.name: recipes.values(role.login) for role in recipes.settings_with_secrets(platform).roles}


def test_a_platform_is_added_and_found_at_its_location(ledger: Ledger, lead: Browser) -> None:
    answer = lead.post("/api/v1/platforms", json=settings("gamma", max_pages=7))
    assert (answer.status_code, answer.headers["location"]) == (201, "/api/v1/platforms/gamma")
    found = lead.get(answer.headers["location"])
    assert found.json() == answer.json()
    assert found.headers["etag"] == answer.headers["etag"]
    assert (found.json()["settings"]["max_pages"], found.json()["active"]) == (7, True)
    assert stored(ledger, "gamma")["student"] == LOGIN["fields"]


def test_a_slug_that_is_taken_is_refused_and_nothing_changed(lead: Browser) -> None:
    before = lead.get(ALPHA).json()
    assert lead.post("/api/v1/platforms", json=settings("alpha", max_pages=7)).status_code == 409
    assert lead.get(ALPHA).json() == before


def test_platforms_are_listed_in_pages(lead: Browser) -> None:
    answer = lead.get("/api/v1/platforms", params={"per_page": 1})
    assert [one["slug"] for one in answer.json()] == ["alpha"]
    assert answer.headers["x-total-count"] == "2"
    assert '</api/v1/platforms?per_page=1&page=2>; rel="next"' in answer.headers["link"]


def test_put_adds_what_is_not_there_and_replaces_what_is(lead: Browser) -> None:
    assert lead.put("/api/v1/platforms/gamma", json=settings("gamma")).status_code == 201
    changed = lead.put(ALPHA, json=settings("alpha", name="New name"), headers=etag_of(lead))
    assert (changed.status_code, changed.json()["name"]) == (200, "New name")
    assert changed.headers["etag"] == lead.get(ALPHA).headers["etag"]


def test_what_is_told_of_a_platform_can_be_sent_back_and_changes_nothing(ledger: Ledger, lead: Browser) -> None:
    told = lead.get(ALPHA)
    before = stored(ledger, "alpha")
    answer = lead.put(ALPHA, json=told.json()["settings"], headers={"If-Match": told.headers["etag"]})
    assert (answer.status_code, answer.json()) == (200, told.json())
    assert stored(ledger, "alpha") == before


def test_a_change_leaves_alone_what_it_does_not_name(ledger: Ledger, lead: Browser) -> None:
    before = lead.get(ALPHA).json()["settings"]
    answer = lead.patch(ALPHA, json={"max_depth": 3, "languages": ["it", "en"]}, headers=etag_of(lead))
    assert answer.status_code == 200
    assert answer.json()["settings"] == before | {"max_depth": 3, "languages": ["it", "en"]}
    assert stored(ledger, "alpha")["teacher"] == {"password": SECRET}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "", settings("alpha")),
        ("PATCH", "", {"name": "Other"}),
        ("POST", "/deactivate", None),
        ("POST", "/activate", None),
    ],
)
def test_a_change_needs_the_present_etag(lead: Browser, method: str, path: str, body: Any) -> None:
    before = lead.get(ALPHA)
    assert lead.request(method, ALPHA + path, json=body).status_code == 428
    for stale in ('"v0"', '"v99"', "*", "x", '"v1", "v2"'):
        assert lead.request(method, ALPHA + path, json=body, headers={"If-Match": stale}).status_code == 412
    assert lead.get(ALPHA).json() == before.json()


def test_of_two_changes_based_on_the_same_version_the_second_is_refused(lead: Browser) -> None:
    based_on = etag_of(lead)
    assert lead.patch(ALPHA, json={"name": "First"}, headers=based_on).status_code == 200
    assert lead.patch(ALPHA, json={"name": "Second"}, headers=based_on).status_code == 412
    assert lead.get(ALPHA).json()["name"] == "First"


def test_put_that_only_adds_replaces_nothing_and_put_of_a_version_adds_nothing(lead: Browser) -> None:
    assert lead.put(ALPHA, json=settings("alpha"), headers={"If-None-Match": "*"}).status_code == 412
    answer = lead.put("/api/v1/platforms/gamma", json=settings("gamma"), headers={"If-Match": '"v1"'})
    assert answer.status_code == 412
    assert lead.get("/api/v1/platforms/gamma").status_code == 404


def test_a_platform_is_switched_off_and_on(lead: Browser) -> None:
    off = lead.post(f"{ALPHA}/deactivate", headers=etag_of(lead))
    assert (off.status_code, off.json()["active"]) == (200, False)
    assert [one["slug"] for one in lead.get("/api/v1/platforms?active=true").json()] == ["beta"]
    on = lead.post(f"{ALPHA}/activate", headers={"If-Match": off.headers["etag"]})
    assert (on.status_code, on.json()["active"]) == (200, True)


def test_secrets_go_in_and_never_come_out(ledger: Ledger, lead: Browser, capfd: pytest.CaptureFixture[str]) -> None:
    login = {"kind": "form", "address": "https://elsewhere.example.org/login", "sentinel": "x"}
    wrong: list[dict[str, Any]] = [
        {"roles": [{"name": "student", "login": {**LOGIN, "sentinel": ""}}]},
        {"roles": [{"name": "student", "login": {**LOGIN, "kind": "other"}}]},
        {"roles": [{"name": "student", "login": {**LOGIN, "fields": SECRET}}]},
        {"roles": [{"name": "student", "login": {**LOGIN, "fields": {"password": [SECRET]}}}]},
        {"roles": [{"name": "student", "login": {**login, "fields": ["username", "password"]}}]},
        {"roles": [{"name": "new", "login": {**LOGIN, "fields": {"username": SECRET, "password": ""}}}]},
        {"allow_private": True, "roles": [{"name": "student", "login": LOGIN}]},
    ]
    answers = [lead.patch(ALPHA, json=change, headers=etag_of(lead)) for change in wrong]
    assert [answer.status_code for answer in answers] == [422] * 6 + [403]
    answers += [lead.post("/api/v1/platforms", json=settings("gamma"))]
    answers += [lead.patch(ALPHA, json={"roles": settings("alpha")["roles"]}, headers=etag_of(lead))]
    answers += [lead.put(ALPHA, json=settings("alpha"), headers=etag_of(lead))]
    answers += [lead.post(f"{ALPHA}/audits"), lead.get(f"{ALPHA}/audits/1"), lead.get("/api/v1/platforms")]
    assert SECRET not in " ".join(answer.text + str(answer.headers) for answer in answers)
    assert SECRET not in "".join(capfd.readouterr())
    with ledger.database.read() as session:
        kept = [json.dumps([one.before, one.after]) for one in session.scalars(sa.select(trail.TrailEntry))]
    assert SECRET not in " ".join(kept)
    assert lead.get(ALPHA).json()["settings"]["roles"] == [
        {
            "name": "student",
            "login": {
                "kind": "form",
                "address": "/login",
                "fields": ["username", "password"],
                "submit": "",
                "sentinel": "[data-user]",
            },
        },
        {"name": "teacher", "login": {"kind": "basic", "username": "teacher", "sentinel": ""}},
    ]


@pytest.mark.parametrize(
    "change", [{"allow_private": True}, {"robots": False}, {"harmless": [{"method": "POST", "path": "/ajax"}]}]
)
def test_only_an_administrator_loosens_what_protects_others(
    ledger: Ledger, lead: Browser, change: dict[str, Any]
) -> None:
    name = next(iter(change))
    refused = lead.patch(ALPHA, json=change, headers=etag_of(lead))
    assert refused.status_code == 403
    assert name in refused.json()["detail"]
    assert lead.post("/api/v1/platforms", json=settings("gamma", **change)).status_code == 403
    without_scope = ledger.client("read", "platforms:write", roles=("admin",))
    assert without_scope.patch(ALPHA, json=change, headers=etag_of(lead)).status_code == 403
    admin = ledger.client("platforms:write", "admin", roles=("admin",))
    assert admin.patch(ALPHA, json=change, headers=etag_of(lead)).status_code == 200


WRONG = [
    ({"nothing": 1}, "body.nothing"),
    ({"max_pages": 0}, "body.max_pages"),
    ({"base": ["ftp://example.org"]}, "body.base"),
    ({"exclude": ["("]}, "body.exclude"),
    ({"exclude": ["a{99999999999}"]}, "body.exclude"),
    ({"exclude": ["(" * 5000]}, "body.exclude"),
    ({"viewports": []}, "body.viewports"),
    ({"start": ["http://["]}, "body.start"),
    ({"sitemaps": ["http://example.org:99999/"]}, "body.sitemaps"),
    ({"hosts": ["ex\u2100mple.org"]}, "body.hosts"),
    ({"roles": [{"name": "x", "login": {**LOGIN, "address": "//["}}]}, "body.roles.0.login.form.address"),
    ({"max_page_bytes": 10**30}, "body.max_page_bytes"),
    ({"name": None}, "body.name"),
    ({"roles": [{"name": "x", "login": {"kind": "basic"}}]}, "body.roles.0.login.basic.username"),
    ({"schedule": "61 * * * *"}, "schedule"),
    ({"time_zone": "Europe/Atlantis"}, "time_zone"),
    ({"base": ["https://user:word@example.org/"]}, "base"),
    ({"slug": "other"}, "slug"),
    ({"name": "a\x00b"}, "body"),
    ({"name": "a\ud800b"}, "body"),
]


def test_what_is_wrong_in_a_change_is_named(lead: Browser) -> None:
    for change, place in WRONG:
        before = lead.get(ALPHA).json()
        answer = lead.patch(
            ALPHA, content=json.dumps(change), headers={**etag_of(lead), "Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert [one["place"] for one in answer.json()["errors"]] == [place]
        assert lead.get(ALPHA).json() == before


def test_the_slug_in_the_body_is_that_of_the_address(lead: Browser) -> None:
    answer = lead.put("/api/v1/platforms/gamma", json=settings("delta"))
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "slug")


def test_a_hostile_name_is_kept_as_text(lead: Browser) -> None:
    name = "<script>alert(1)</script>'; DROP TABLE platform; -- \u202e{{7*7}}"
    assert lead.patch(ALPHA, json={"name": name}, headers=etag_of(lead)).json()["name"] == name
    assert lead.patch(ALPHA, json={"name": "x" * 121}, headers=etag_of(lead)).status_code == 422


def test_the_trail_names_the_token_that_changed_it(ledger: Ledger, lead: Browser) -> None:
    lead.patch(ALPHA, json={"name": "Other"}, headers=etag_of(lead))
    with ledger.database.read() as session:
        entry = trail.entries(session, "platform", limit=1)[0]
    assert (entry.actor, entry.before, entry.after) == ("token:1", {"name": "Sample alpha"}, {"name": "Other"})


COOKIE = {"name": "session", "value": SECRET, "domain": "alpha.example.org", "path": "/"}
WAYS: list[dict[str, Any]] = [
    {"kind": "header", "headers": {"Authorization": f"Bearer {SECRET}"}, "sentinel": "#me"},
    {"kind": "state", "state": json.dumps({"cookies": [COOKIE]}), "sentinel": "#me"},
]


@pytest.mark.parametrize("login", WAYS)
def test_headers_and_states_go_in_and_never_come_out_and_what_is_told_can_be_sent_back(
    ledger: Ledger, lead: Browser, login: dict[str, Any]
) -> None:
    change = {"roles": [{"name": "student", "login": login}]}
    answer = lead.patch(ALPHA, json=change, headers=etag_of(lead))
    assert answer.status_code == 200, answer.text
    kept = stored(ledger, "alpha")
    assert SECRET in repr(kept)
    told = lead.get(ALPHA)
    assert SECRET not in answer.text + told.text
    shown = told.json()["settings"]["roles"][0]["login"]
    assert shown.get("headers") == (["Authorization"] if login["kind"] == "header" else None)
    assert "state" not in shown
    again = lead.put(ALPHA, json=told.json()["settings"], headers={"If-Match": told.headers["etag"]})
    assert again.json()["version"] == told.json()["version"]
    assert stored(ledger, "alpha") == kept


@pytest.mark.parametrize(
    ("login", "place"),
    [
        (WAYS[0] | {"headers": {"Host": SECRET}}, "body.roles.0.login.header.headers"),
        (WAYS[0] | {"headers": {"X-Key": f"{SECRET}\r\nHost: x"}}, "body.roles.0.login.header.headers"),
        (WAYS[0] | {"headers": {}}, "body.roles.0.login.header.headers"),
        (WAYS[0] | {"headers": {SECRET: {"deep": SECRET}}}, f"body.roles.0.login.header.headers.{SECRET}"),
        (WAYS[0] | {"hosts": ["other.example.org"]}, "body"),
        (WAYS[1] | {"state": f"[{SECRET}"}, "body.roles.0.login.state.state"),
        (WAYS[1] | {"state": {"cookies": []}}, "body.roles.0.login.state.state"),
        (
            WAYS[1] | {"state": json.dumps({"cookies": [COOKIE | {"domain": "beta.example.org"}]})},
            "roles.student.state",
        ),
        (WAYS[1] | {"state": json.dumps({"cookies": [COOKIE | {"expires": 5}]})}, "roles.student.state"),
    ],
)
def test_what_is_wrong_with_a_header_or_state_is_named_and_changes_nothing(
    lead: Browser, login: dict[str, Any], place: str
) -> None:
    before = lead.get(ALPHA).json()
    answer = lead.patch(ALPHA, json={"roles": [{"name": "student", "login": login}]}, headers=etag_of(lead))
    assert answer.status_code == 422
    assert {one["place"].removesuffix(".[key]") for one in answer.json()["errors"]} == {place}
    assert lead.get(ALPHA).json() == before
