"""SARIF 2.1.0 for code scanning: one run, a result for every finding, a notification for every page not audited.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; numbers in comments are its sections.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import REASONS, Reason, Row, RowState
from accessibility.engine.reports.json_text import json_text
from accessibility.engine.reports.run import Run, said_of
from accessibility.engine.wcag import title

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Impact.CRITICAL: "error", Impact.SERIOUS: "error", Impact.MODERATE: "warning", Impact.MINOR: "note"}
URI_CHARACTERS = "!#$%&'()*+,/:;=?@[]~"

Json = dict[str, Any]


def sarif(run: Run) -> str:
    """The whole file as text."""
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run)]}, indent=1) + "\n"


def _run(run: Run) -> Json:
    rules = _rules(finding for _, finding in run.findings)
    reasons = sorted({reason for row in run.rows if (reason := said_of(row)[1])})
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    return {
        "tool": _tool(run.engines, rules, reasons),
        "automationDetails": {"id": f"campus/{run.platform}/"},
        "invocations": [_invocation(run, reasons)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, finding, index[finding.rule]) for row, finding in run.findings],
        "properties": {
            "checks": list(run.checks),
            "coverage": run.coverage.share,
            "score": run.score.value if run.score else None,
        },
    }


def _tool(engines: dict[str, str], rules: list[Json], reasons: list[str]) -> Json:
    others = [{"name": name, "version": version} for name, version in sorted(engines.items()) if name != "campus"]
    return {
        "driver": {
            "name": "campus",
            "version": engines.get("campus", ""),
            "rules": rules,
            "notifications": [{"id": reason, "shortDescription": {"text": _sentence(reason)}} for reason in reasons],
        },
        "extensions": others,
    }


def _rules(findings: Iterable[Finding]) -> list[Json]:
    """One description a rule, sorted; its level is that of the worst finding."""
    worst: dict[str, Finding] = {}
    for finding in findings:
        known = worst.get(finding.rule)
        if known is None or finding.impact.rank < known.impact.rank:
            worst[finding.rule] = finding
    return [_rule(worst[name]) for name in sorted(worst)]


def _rule(finding: Finding) -> Json:
    criteria = ", ".join(map(title, finding.criteria)) or "no single success criterion"
    more = f" {finding.help_url}" if finding.help_url else ""
    rule: Json = {
        "id": finding.rule,
        "shortDescription": {"text": f"{finding.rule}: WCAG 2.1 {criteria}"},
        "help": {"text": f"Rule {finding.rule} of {finding.check} tests WCAG 2.1 {criteria}.{more}"},
        "defaultConfiguration": {"level": LEVELS[finding.impact]},
        "properties": {"tags": ["accessibility", *(f"wcag-{number}" for number in finding.criteria)]},
    }
    if finding.help_url:
        rule["helpUri"] = _uri(finding.help_url)
    return rule


def _result(row: Row, finding: Finding, rule_index: int) -> Json:
    review = finding.outcome is Outcome.NEEDS_REVIEW
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "kind": "review" if review else "fail",
        "level": "none" if review else LEVELS[finding.impact],  # 3.27.10: no level other than for failures
        "message": {"text": _words(finding.message) or finding.rule},
        "locations": [{"physicalLocation": _page(row, finding.html), "logicalLocations": [_element(finding)]}],
        "partialFingerprints": {"component/v1": finding.component},
        "properties": {
            "check": finding.check,
            "sc": list(finding.criteria),
            "impact": finding.impact.value,
            "viewport": row.key.viewport,
            "role": row.key.role,
            "state": finding.state,
            "steps": [_words(step) for step in finding.steps],
        },
    }


def _page(row: Row, html: str = "") -> Json:
    address = row.facts.final_url if row.facts and row.facts.final_url else row.key.url
    location: Json = {"artifactLocation": {"uri": _uri(address)}}
    if html:  # a page as loaded has no line numbers; 3.30.1 wants one all the same
        location["region"] = {"startLine": 1, "snippet": {"text": html}}
    return location


def _element(finding: Finding) -> Json:
    return {"kind": "element", "fullyQualifiedName": " > ".join((*finding.frame, finding.selector))}


def _invocation(run: Run, reasons: list[str]) -> Json:
    seen = bool(run.rows) and all(said_of(row)[0] != "not audited" for row in run.rows if _planned(row))
    return {
        "executionSuccessful": seen,
        "startTimeUtc": _utc(run.started_at),
        "endTimeUtc": _utc(run.ended_at),
        "toolExecutionNotifications": [
            _notification(row, reasons) for row in run.rows if row.state is not RowState.AUDITED
        ],
    }


def _notification(row: Row, reasons: list[str]) -> Json:
    page, reason = said_of(row)
    detail = f" ({row.detail})" if row.detail else ""
    text = f"{row.key.url} as {row.key.role}, {row.key.viewport}: {page}. {_sentence(reason)}{detail}"
    level = "note" if not _planned(row) else "warning" if row.state is RowState.PARTLY else "error"
    notification: Json = {
        "level": level,
        "message": {"text": _words(text)},
        "locations": [{"physicalLocation": _page(row)}],
    }
    if reason:
        notification["descriptor"] = {"id": reason, "index": reasons.index(reason)}
    return notification


def _planned(row: Row) -> bool:
    return row.state is not RowState.EXCLUDED


def _sentence(reason: str | None) -> str:
    return REASONS[Reason(reason)] if reason else ""


def _words(text: str) -> str:
    """Text that holds words of a page, made unable to be a link of a viewer (3.11.6)."""
    return text.replace("](", "] (")


def _uri(address: str) -> str:
    """The address with every character that no URI may hold written as bytes."""
    return quote(address, safe=URI_CHARACTERS, errors="replace")


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
