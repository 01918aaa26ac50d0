"""The W3C's ACT test cases as a measure: what each is expected to be called, and how well the engine's calls agree.

`testcases.json` lists pages, each with its rule, the criteria that failing it fails, and the expected outcome. See
https://www.w3.org/WAI/standards-guidelines/act/implementations/ and `docs/act.md`.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accessibility.engine.finding import Finding, Outcome
from accessibility.engine.wcag import BY_NUMBER
from core.errors import InvalidInput


class Expected(StrEnum):
    """What a test case is by its authors."""

    FAILED = "failed"
    PASSED = "passed"
    INAPPLICABLE = "inapplicable"


class Called(StrEnum):
    """What the engine calls a test case with regard to its rule's criteria."""

    FAILED = "failed"
    CANNOT_TELL = "cantTell"
    PASSED = "passed"
    UNTESTED = "untested"


class Agreement(StrEnum):
    """How an implementation of a rule agrees with its test cases, in the words of the W3C."""

    CONSISTENT = "consistent"
    PARTLY = "partially consistent"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class ActRule:
    """A rule. `criteria` are those of WCAG 2.1 A and AA that failing it fails, `secondary` those it only may fail."""

    id: str
    name: str
    criteria: tuple[str, ...]
    secondary: tuple[str, ...]

    @property
    def all_criteria(self) -> frozenset[str]:
        """Criteria by which a finding speaks of this rule."""
        return frozenset(self.criteria) | frozenset(self.secondary)


@dataclass(frozen=True, slots=True)
class ActCase:
    """One test case: `path` is relative to the folder of `testcases.json`, `url` its official address."""

    id: str
    title: str
    rule: ActRule
    expected: Expected
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class RuleReport:
    """One rule's cases with what they were called."""

    rule: ActRule
    calls: tuple[tuple[ActCase, Called], ...]

    def count(self, expected: Collection[Expected], *called: Called) -> int:
        """How many cases of these expectations were called one of these."""
        return sum(case.expected in expected and call in called for case, call in self.calls)

    @property
    def agreement(self) -> Agreement:
        """Inconsistent where a call is wrong, or a rule finds nothing; partial where a call is open."""
        wrong = self.count(NOT_FAILED, Called.FAILED)
        missed = self.count((Expected.FAILED,), Called.PASSED)
        open_calls = self.count(tuple(Expected), Called.CANNOT_TELL, Called.UNTESTED)
        found = self.count((Expected.FAILED,), Called.FAILED)
        if wrong or not found:
            return Agreement.INCONSISTENT
        return Agreement.PARTLY if missed or open_calls else Agreement.CONSISTENT


NOT_FAILED = (Expected.PASSED, Expected.INAPPLICABLE)


def read_cases(text: str) -> list[ActCase]:
    """The cases of a `testcases.json`. Raises `InvalidInput` that names the entry."""
    try:
        entries = json.loads(text)["testcases"]
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidInput("is no list of ACT test cases: a JSON object with testcases is expected") from error
    return [_case(number, entry) for number, entry in enumerate(entries, 1)]


def _case(number: int, entry: Any) -> ActCase:
    try:
        requirements = entry["ruleAccessibilityRequirements"] or {}
        primary, secondary = _criteria(requirements)
        rule = ActRule(str(entry["ruleId"]), str(entry["ruleName"]), primary, secondary)
        path = str(entry["relativePath"])
        if ".." in path.split("/") or path.startswith("/") or ":" in path:
            raise InvalidInput(f"relativePath leads out of the folder: {path}", place=f"testcases[{number}]")
        expected = Expected(entry["expected"])
        return ActCase(str(entry["testcaseId"]), str(entry["testcaseTitle"]), rule, expected, path, str(entry["url"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InvalidInput(f"is no ACT test case: {error}", place=f"testcases[{number}]") from error


def _criteria(requirements: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Criteria of levels A and AA that failing the rule fails, and those that it may fail."""
    primary: list[str] = []
    secondary: list[str] = []
    for name, requirement in requirements.items():
        standard, _, number = name.partition(":")
        if standard in ("wcag20", "wcag21") and number in BY_NUMBER:
            (secondary if "secondary" in requirement else primary).append(number)
    return tuple(primary), tuple(secondary)


def call(case: ActCase, findings: Iterable[Finding], *, audited: bool) -> Called:
    """What the findings of a case's page say of its rule: only those of the rule's criteria count."""
    outcomes = {one.outcome for one in findings if case.rule.all_criteria & frozenset(one.criteria)}
    if Outcome.FAILED in outcomes:
        return Called.FAILED
    if Outcome.NEEDS_REVIEW in outcomes:
        return Called.CANNOT_TELL
    return Called.PASSED if audited else Called.UNTESTED


def by_rule(calls: Iterable[tuple[ActCase, Called]]) -> list[RuleReport]:
    """The reports of all rules, in the order of their ids."""
    grouped: dict[str, list[tuple[ActCase, Called]]] = {}
    for case, called in calls:
        grouped.setdefault(case.rule.id, []).append((case, called))
    return [RuleReport(pairs[0][0].rule, tuple(pairs)) for _, pairs in sorted(grouped.items())]
