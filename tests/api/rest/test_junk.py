"""Whatever is sent to any operation, the answer is one that is described, and never a failure of the service."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from core.database import Database
from tests.api import access
from tests.api.people import Browser
from tests.api.rest.conftest import ALL
from tests.api.rest.junk import PRESENT, Description, Generator, Sent
from tests.api.rest.ledger import Ledger

EXAMPLES = 30
SLOW = {("POST", "/api/v1/people"): 5}  # hashes a password, which is slow on purpose
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # the first request that fails says enough
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def database(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One for all: what one request leaves behind, the next must live with."""
    file = tmp_path_factory.mktemp("junk") / "campus.sqlite"
    shutil.copy(_sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def client(service: FastAPI, database: Database, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """An administrator's, who may do everything."""
    return Ledger(service, database, tmp_path_factory.mktemp("junk")).client(*ALL, "admin", roles=("admin",))


@pytest.fixture(scope="module")
def description(client: Browser) -> Description:
    """What the service says of itself."""
    return Description(client.get("/api/v1/openapi.json").json())


@pytest.mark.parametrize(("method", "path"), sorted(access.REST))
def test_junk_is_answered_as_described(client: Browser, description: Description, method: str, path: str) -> None:
    @settings(SETTINGS, max_examples=SLOW.get((method, path), EXAMPLES))
    @given(st.data())
    def try_it(data: st.DataObject) -> None:
        check(client, description, path, Generator(description, data.draw).request(method, path))

    try_it()


def check(client: Browser, description: Description, path: str, sent: Sent) -> None:
    headers = sent.headers
    if headers.get("If-Match") == PRESENT:
        changed = client.get("/".join(sent.address.partition("?")[0].split("/")[:5]))
        headers = headers | {"If-Match": changed.headers.get("etag", "none")}
    answer = client.request(sent.method, sent.address, headers=headers, content=sent.body)
    if answer.status_code == 307 and sent.address.partition("?")[0].endswith(("/", "%2F")):
        return  # the same address without the slash at its end
    if answer.status_code in (405, 404) and answer.json()["instance"].count("/") != path.count("/"):
        return  # a slash or nothing in a part of the path: another address, or none
    assert answer.status_code < 500, (sent, answer.text)
    described = description.operation(sent.method, path)["responses"]
    assert str(answer.status_code) in described, (sent, answer.text)
    if answer.status_code < 400:
        assert not wrong(description, described[str(answer.status_code)], answer), (sent, answer.text)
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


def wrong(description: Description, response: dict[str, Any], answer: Any) -> list[str]:
    """Where an answer is not as described."""
    content = response["content"].get("application/json")
    if content is None:
        return [] if answer.headers["content-type"] in response["content"] else ["content-type"]
    schema = content["schema"] | {"components": description.whole["components"]}
    return [one.message for one in Draft202012Validator(schema).iter_errors(answer.json())]
