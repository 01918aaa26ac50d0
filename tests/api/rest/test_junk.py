"""Whatever is sent to any operation, the answer is one that is described, and never a failure of the service."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from core.database import Database
from tests.api import access
from tests.api.people import Browser
from tests.api.rest.conftest import ALL
from tests.api.rest.junk import PRESENT, Description, Generator, Sent
from tests.api.rest.ledger import Ledger

EXAMPLES, MANY_EXAMPLES = 12, 150
SLOW = {("POST", "/api/v1/people"): 4}  # hashes a password, which is slow on purpose
OPERATIONS = sorted(access.REST)


@pytest.fixture(scope="module")
def client(service: FastAPI, _ledger_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """An administrator's, who may do everything. One for all: what one request leaves behind, the next must live
    with."""
    folder = tmp_path_factory.mktemp("junk")
    shutil.copytree(_ledger_folder, folder, dirs_exist_ok=True)
    database = Database(f"sqlite:///{folder / 'campus.sqlite'}")
    yield Ledger(service, database, folder, slugs=()).client(*ALL, "admin", roles=("admin",))
    database.close()


@pytest.fixture(scope="module")
def description(client: Browser) -> Description:
    """What the service says of itself."""
    return Description(client.get("/api/v1/openapi.json").json())


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_junk_is_answered_as_described(client: Browser, description: Description, method: str, path: str) -> None:
    try_it(client, description, method, path, SLOW.get((method, path), EXAMPLES))


@pytest.mark.long
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_much_more_junk_is_too(client: Browser, description: Description, method: str, path: str) -> None:
    try_it(client, description, method, path, MANY_EXAMPLES)


def try_it(client: Browser, description: Description, method: str, path: str, most: int) -> None:
    """The same requests each time: a commit is judged by what it changed."""
    generator = Generator(description, Random(f"{method} {path}"))
    for _ in range(most):
        check(client, description, path, generator.request(method, path))


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
