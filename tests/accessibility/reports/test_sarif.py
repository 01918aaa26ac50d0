"""SARIF against the part of the standard's schema that we use, closed: a key that is not in it fails; and as read by a
reader of others, pysarif, whose classes are made of the published schema and must keep everything."""

import json
from typing import Any

import jsonschema
import pysarif
import pytest

from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import Reason, Row, RowState
from accessibility.engine.reports.sarif import sarif
from tests.accessibility.sample_run import finding, row, run

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
LEVEL: dict[str, Any] = {"enum": ["none", "note", "warning", "error"]}
INDEX: dict[str, Any] = {"type": "integer", "minimum": 0}
BAG: dict[str, Any] = {"type": "object"}


def closed(required: str, optional: str = "", **properties: Any) -> dict[str, Any]:
    assert set(properties) == {*required.split(), *optional.split()}
    return {"type": "object", "additionalProperties": False, "required": required.split(), "properties": properties}


def array(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


MESSAGE = closed("text", text=TEXT)
PHYSICAL = closed(
    "artifactLocation",
    "region",
    artifactLocation=closed("uri", uri={"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"}),
    region=closed("startLine snippet", startLine={"const": 1}, snippet=closed("text", text=TEXT)),
)
LOCATION = closed(
    "physicalLocation",
    "logicalLocations",
    physicalLocation=PHYSICAL,
    logicalLocations=array(closed("kind fullyQualifiedName", kind={"const": "element"}, fullyQualifiedName=TEXT)),
)
RULE = closed(
    "id shortDescription help defaultConfiguration properties",
    "helpUri",
    id=TEXT,
    shortDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "pattern": "^https?://[!-~]+$"},
    defaultConfiguration=closed("level", level=LEVEL),
    properties=closed("tags", tags=array(TEXT, uniqueItems=True)),
)
DRIVER = closed(
    "name version rules notifications",
    name={"const": "campus"},
    version=TEXT,
    rules=array(RULE, uniqueItems=True),
    notifications=array(closed("id shortDescription", id=TEXT, shortDescription=MESSAGE)),
)
RESULT = closed(
    "ruleId ruleIndex kind level message locations partialFingerprints properties",
    ruleId=TEXT,
    ruleIndex=INDEX,
    kind={"enum": ["fail", "review"]},
    level=LEVEL,
    message=MESSAGE,
    locations=array(LOCATION, minItems=1, maxItems=1),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    properties=BAG,
)
NOTIFICATION = closed(
    "level message locations",
    "descriptor",
    level=LEVEL,
    message=MESSAGE,
    locations=array(LOCATION, uniqueItems=True),
    descriptor=closed("id index", id=TEXT, index=INDEX),
)
INVOCATION = closed(
    "executionSuccessful startTimeUtc endTimeUtc toolExecutionNotifications",
    executionSuccessful={"type": "boolean"},
    startTimeUtc={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    endTimeUtc={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    toolExecutionNotifications=array(NOTIFICATION),
)
RUN = closed(
    "tool automationDetails invocations columnKind results properties",
    tool=closed("driver extensions", driver=DRIVER, extensions=array(closed("name version", name=TEXT, version=TEXT))),
    automationDetails=closed("id", id=TEXT),
    invocations=array(INVOCATION, minItems=1, maxItems=1),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=array(RESULT),
    properties=BAG,
)
LOG = closed(
    "$schema version runs",
    **{"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": array(RUN, minItems=1, maxItems=1)},
)


FREE = {"$schema", "properties"}  # of the file as JSON, and of whoever writes it


def lost(given: Any, read: Any, place: str = "") -> list[str]:
    """The places of what another reader did not keep."""
    if isinstance(given, dict):
        kept = [key for key in given if key not in FREE]
        return [one for key in kept for one in lost(given[key], read.get(key, {}), f"{place}.{key}")]
    if isinstance(given, list):
        read = read if isinstance(read, list) and len(read) == len(given) else [{}] * len(given)
        return [
            one
            for n, (mine, its) in enumerate(zip(given, read, strict=True))
            for one in lost(mine, its, f"{place}[{n}]")
        ]
    return [] if given == read else [place]


def made(rows: list[Row], findings: list[tuple[Row, Finding]]) -> Any:
    text = sarif(run(rows, findings))
    log = json.loads(text)
    jsonschema.validate(log, LOG)
    assert text.isascii()
    assert lost(log, pysarif.save_to_dict(pysarif.load_from_json(text))) == []
    return log["runs"][0]


PAGE = row("a")


def test_an_empty_run_is_valid() -> None:
    assert made([PAGE], [])["results"] == []


def test_a_result_points_to_its_rule_page_element_and_component() -> None:
    made_run = made([PAGE], [(PAGE, finding("k1", frame=("#player",)))])
    [result] = made_run["results"]
    assert made_run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "image-alt"
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "https://example.org/a#seen"
    assert location["physicalLocation"]["region"]["snippet"]["text"] == '<img src="a.png">'
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "#player > main > img"
    assert result["partialFingerprints"] == {"component/v1": "k1"}


@pytest.mark.parametrize(
    ("impact", "level"),
    [(Impact.CRITICAL, "error"), (Impact.SERIOUS, "error"), (Impact.MODERATE, "warning"), (Impact.MINOR, "note")],
)
def test_the_level_follows_the_impact(impact: Impact, level: str) -> None:
    [result] = made([PAGE], [(PAGE, finding(impact=impact))])["results"]
    assert (result["kind"], result["level"]) == ("fail", level)


def test_what_needs_review_is_no_failure() -> None:
    [result] = made([PAGE], [(PAGE, finding(outcome=Outcome.NEEDS_REVIEW, impact=Impact.CRITICAL))])["results"]
    assert (result["kind"], result["level"]) == ("review", "none")


def test_a_rule_stands_once_with_help_and_the_level_of_its_worst_finding() -> None:
    found = [(PAGE, finding("k1", impact=Impact.MINOR)), (PAGE, finding("k2", impact=Impact.CRITICAL))]
    [rule] = made([PAGE], found)["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["helpUri"] == "https://rules.example.org/image-alt"
    assert "1.1.1 Non-text Content (A)" in rule["help"]["text"]


def test_a_finding_without_address_of_help_text_or_html_is_valid() -> None:
    bare = finding(help_url="", html="", message="", criteria=())
    assert made([PAGE], [(PAGE, bare)])["results"][0]["message"]["text"] == "image-alt"


def test_a_page_not_audited_is_an_error_of_the_invocation() -> None:
    rows = [PAGE, row("b", RowState.NOT_AUDITED, Reason.SERVER_ERROR, detail="503")]
    [invocation] = made(rows, [])["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert (notification["level"], notification["descriptor"]["id"]) == ("error", "server error")
    assert "503" in notification["message"]["text"]


def test_partly_audited_and_unplanned_rows_are_told_without_failing_the_invocation() -> None:
    rows = [
        row("b", RowState.PARTLY, Reason.FRAME_NOT_AUDITED),
        row("c", RowState.EXCLUDED, Reason.NOT_FOUND),
    ]
    [invocation] = made(rows, [])["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["warning", "note"]


def test_a_run_without_rows_was_not_successful() -> None:
    assert made([], [])["invocations"][0]["executionSuccessful"] is False


def test_the_words_of_a_page_cannot_become_a_link_or_break_an_address() -> None:
    page = row('ü"<>{}|^`\\ [x')
    [result] = made([page], [(page, finding(message="[click](https://bad.example) \x1b\ud800"))])["results"]
    assert "](" not in result["message"]["text"]
