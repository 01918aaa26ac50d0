"""What the engine found, as columns and JSON for the database, and back.

Pages are hostile: their texts may hold what a database refuses (NUL, halves of surrogate pairs). Such characters are
replaced before anything is stored, so that one page cannot stop an audit.
"""

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from math import isfinite
from typing import Any

from accessibility.engine.finding import Finding, Impact, Outcome, RuleResult
from accessibility.engine.page import PageFacts, PageParts, PlannedRow, Reason, Row, RowKey, RowResult, RowState
from accessibility.engine.reports.json_text import without_surrogates
from accessibility.ledger.audits.models import AuditRow

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BETWEEN_FRAMES = " > iframe > "
DETAIL_LENGTH = 1000


def clean_text(text: str) -> str:
    """The text with every character a database would refuse replaced."""
    return without_surrogates(text).replace("\0", UNKNOWN)


def storable(value: Any) -> Any:
    """Plain JSON with every text cleaned and every number finite."""
    match value:
        case str():
            return clean_text(value)
        case float():
            return value if isfinite(value) else 0.0
        case dict():
            return {clean_text(key): storable(item) for key, item in value.items()}
        case list() | tuple():
            return [storable(item) for item in value]
    return value


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """All fields of a finding by name."""
    json: dict[str, Any] = storable(asdict(finding))
    return json


def facts_to_json(facts: PageFacts | None) -> dict[str, Any] | None:
    """All fields of a page's facts by name."""
    json: dict[str, Any] | None = storable(asdict(facts)) if facts else None
    return json


def facts_from_json(json: dict[str, Any] | None) -> PageFacts | None:
    """The facts again."""
    if json is None:
        return None
    parts = json.get("parts")
    lists = {"links": tuple(json["links"]), "documents": tuple(json["documents"])}
    return PageFacts(**(json | lists | {"parts": PageParts.from_json(parts) if parts else None}))


def rules_to_json(rules: Iterable[RuleResult]) -> list[list[str]]:
    """One short list a rule: check, rule, impact, outcome."""
    return [[rule.check, rule.rule, rule.impact.value, rule.outcome.value] for rule in rules]


def rules_from_json(json: list[list[str]] | None) -> tuple[RuleResult, ...]:
    """The results again. Equal ones are one object: an audit has millions of them, of a few hundred kinds."""
    return tuple(_rule_result(*rule) for rule in json or ())


@lru_cache(maxsize=10_000)
def _rule_result(check: str, rule: str, impact: str, outcome: str) -> RuleResult:
    return RuleResult(check, rule, Impact(impact), Outcome(outcome))


def selector_path(finding: Finding) -> str:
    """The element's selector with those of the frames that lead to it."""
    return clean_text(BETWEEN_FRAMES.join((*finding.frame, finding.selector)))


def result_to_columns(result: RowResult) -> dict[str, Any]:
    """What became of a row, as columns of `audit_row`; findings and states have tables of their own."""
    return {
        "state": result.state.value,
        "reason": result.reason.value if result.reason else "",
        "detail": clean_text(result.detail)[:DETAIL_LENGTH],
        "template": result.facts.template if result.facts else "",
        "facts": facts_to_json(result.facts),
        "rules": rules_to_json(result.rules),
    }


def row_from_columns(row: AuditRow, url: str, states: list[str]) -> Row:
    """The row as the engine knows it."""
    state = RowState(row.state)
    reason = Reason(row.reason) if row.reason else None
    refused = row.done_at is None  # planned and never visited: pending, or refused when it was planned
    planned = PlannedRow(
        key=RowKey(url, row.role, row.viewport),
        depth=row.depth,
        position=row.position,
        source=row.source,
        state=state if refused else RowState.PENDING,
        reason=reason if refused else None,
    )
    facts = facts_from_json(row.facts)
    return Row(planned, state, reason, row.detail, facts, rules_from_json(row.rules), tuple(states))
