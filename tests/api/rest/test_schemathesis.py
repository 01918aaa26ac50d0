"""Property tests of the interface from its own description: Schemathesis sends what fits it and what does not.

Every operation is tried with every kind of token. The answer is one that is described, by status, kind, headers and
schema; what does not fit is refused; and nothing makes the service fail. `test_junk.py` sends what no client of the
description would.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from schemathesis import Case, Config, GenerationMode, checks, openapi
from schemathesis.python import asgi
from schemathesis.specs.openapi import checks as described

from core.database import Database
from core.people import rules
from tests.api import access
from tests.api.rest.conftest import ALL
from tests.api.rest.ledger import Ledger

EXAMPLES, MANY_EXAMPLES = 7, 150
SLOW = {("POST", "/api/v1/people"): 4}  # hashes a password, which is slow on purpose
HELD = [
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_headers_conformance,
    described.response_schema_conformance,
    described.negative_data_rejection,
    described.missing_required_header,
]
REFUSALS = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428", "429"]
KNOWN = {"slug": "alpha", "number": 1, "section": "about", "gate_id": 1, "person_id": 1}
OPERATIONS = sorted(access.REST)


@pytest.fixture(scope="module")
def ledger(service: FastAPI, _ledger_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One for all: what one request leaves behind, the next must live with."""
    folder = tmp_path_factory.mktemp("schemathesis")
    shutil.copytree(_ledger_folder, folder, dirs_exist_ok=True)
    database = Database(f"sqlite:///{folder / 'campus.sqlite'}")
    yield Ledger(service, database, folder, slugs=())
    database.close()


@pytest.fixture(scope="module")
def tokens(ledger: Ledger) -> list[str]:
    """One of each scope, one of all, one for a single platform, and one that is none."""
    person = ledger.client("read", roles=("admin",)).person
    kinds: list[tuple[Any, str | None]] = [([scope], None) for scope in rules.SCOPES]
    kinds += [([*ALL, rules.ADMIN], None)] * 6 + [(ALL, "alpha")] * 2  # mostly those that get further than the door
    return [*(ledger.key(person, *scopes, platform=platform) for scopes, platform in kinds), "campus_unknown"]


@pytest.fixture(scope="module")
def schema(service: FastAPI, ledger: Ledger) -> Any:
    """The description as the service gives it out."""
    config = Config.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
    return openapi.from_asgi("/api/v1/openapi.json", service, config=config)


def try_it(schema: Any, ledger: Ledger, tokens: list[str], operation: tuple[str, str], most: int) -> None:
    method, path = operation
    known = KNOWN | {"ticket_id": ledger.ticket().id, "component_id": ledger.question().id}
    parts = {name: value for name, value in known.items() if f"{{{name}}}" in path}
    of_this = schema[path][method].as_strategy
    cases = [of_this(GenerationMode.POSITIVE, path_parameters=parts), of_this(GenerationMode.POSITIVE)]
    cases += [of_this(GenerationMode.NEGATIVE)]
    if "requestBody" in ledger.app.openapi()["paths"][path][method.lower()]:
        cases += [of_this(GenerationMode.NEGATIVE, path_parameters=parts)] * 2

    with asgi.get_client(ledger.app) as client:

        @examples(
            max_examples=most,
            database=None,
            phases=[Phase.explicit, Phase.generate],  # the first case that fails says enough
            suppress_health_check=list(HealthCheck),
        )
        @given(case=st.one_of(cases), token=st.sampled_from(tokens))
        def one(case: Case, token: str) -> None:
            case.call_and_validate(session=client, headers={"Authorization": f"Bearer {token}"}, checks=HELD)

        one()


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_every_answer_is_as_described(
    schema: Any, ledger: Ledger, tokens: list[str], operation: tuple[str, str]
) -> None:
    try_it(schema, ledger, tokens, operation, SLOW.get(operation, EXAMPLES))


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_the_same_holds_for_many_more(
    schema: Any, ledger: Ledger, tokens: list[str], operation: tuple[str, str]
) -> None:
    try_it(schema, ledger, tokens, operation, MANY_EXAMPLES)


def test_a_method_that_is_not_described_is_refused(ledger: Ledger) -> None:
    client = ledger.client(*ALL, "admin", roles=("admin",))
    for path in sorted({path for _method, path in OPERATIONS}):
        address = path.replace("{slug}", "alpha")
        there = {method for method, one in OPERATIONS if re.fullmatch(re.sub(r"{\w+}", "[^/]+", one), address)}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - there:
            answer = client.request(method, address)
            assert answer.status_code == 405, (method, path)
            assert set(answer.headers["allow"].split(", ")) == there, (method, path)
            assert answer.headers["content-type"] == "application/problem+json"
