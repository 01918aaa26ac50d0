"""The description of the interface, from which clients are generated."""

import json
import re
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from tests.api import access

NAME = re.compile(r"^[a-z][a-z_]*$")


@pytest.fixture(scope="module")
def described(service: FastAPI) -> dict[str, Any]:
    return service.openapi()


@pytest.fixture(scope="module")
def operations(described: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): one for path, methods in described["paths"].items() for method, one in methods.items()
    }


def test_every_route_is_described(operations: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert operations.keys() == access.REST.keys()


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(
    operations: dict[tuple[str, str], dict[str, Any]],
) -> None:
    names = [one["operationId"] for one in operations.values()]
    assert len(set(names)) == len(names)
    assert all(NAME.match(name) for name in names)
    assert all(one["description"] and one["tags"] for one in operations.values())


def test_every_problem_that_an_operation_answers_with_is_described(
    operations: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for (method, path), one in operations.items():
        expected = {"400", "401", "403", "408", "413", "415", "422", "503"}
        if "{" in path:
            expected |= {"404"}
        if method != "GET":
            expected |= {"409"}
        assert expected <= one["responses"].keys(), (method, path)
    assert {"412", "428"} <= operations["PATCH", "/api/v1/tickets/{ticket_id}"]["responses"].keys()
    assert "404" in operations["GET", "/api/v1/tickets"]["responses"]


def test_problems_are_described_as_problem_documents(described: dict[str, Any]) -> None:
    for response in described["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in json.dumps(described)


def test_every_reference_leads_somewhere_and_every_schema_is_one(described: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described))):
        found: Any = described
        for part in reference.split("/"):
            found = found[part]
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_secrets_are_described_as_going_in_only(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    assert schemas["ShownForm"]["properties"]["fields"] == {
        "items": {"type": "string"},
        "title": "Fields",
        "type": "array",
    }
    assert "password" not in schemas["ShownBasic"]["properties"]
    assert "password" in schemas["GivenBasic"]["properties"]


def test_what_may_be_left_out_of_a_change_is_not_required_and_has_no_default_of_its_own(
    described: dict[str, Any],
) -> None:
    change = described["components"]["schemas"]["PlatformChange"]
    assert "required" not in change
    assert not [name for name, one in change["properties"].items() if one.get("default") is not None]
    assert change["additionalProperties"] is False
