"""ACT test cases: read, called by findings, and summed up by rule. The cases here are ours, not the W3C's."""

import json
from typing import Any

import pytest

from accessibility.engine.act import ActCase, Agreement, Called, by_rule, call, read_cases
from accessibility.engine.finding import Finding, Outcome
from core.errors import InvalidInput
from tests.accessibility.sample_run import finding

NEEDS = {"wcag20:1.1.1": {"forConformance": True}, "wcag21:4.1.2": {"secondary": "may fail"}, "wcag20:1.4.6": {}}


def entry(expected: str = "failed", rule: str = "abc123", **more: Any) -> dict[str, Any]:
    return {
        "ruleId": rule,
        "ruleName": "Sample rule",
        "ruleAccessibilityRequirements": NEEDS,
        "expected": expected,
        "testcaseId": f"{rule}-{expected}",
        "testcaseTitle": "Sample case",
        "relativePath": f"cases/{rule}/{expected}.html",
        "url": f"https://example.org/act/cases/{rule}/{expected}.html",
    } | more


def cases(*entries: dict[str, Any]) -> list[ActCase]:
    return read_cases(json.dumps({"testcases": entries}))


def problem(outcome: Outcome, *criteria: str) -> Finding:
    return finding(outcome=outcome, criteria=criteria)


def test_a_rule_knows_the_criteria_of_a_and_aa_that_it_decides_and_those_it_may_fail() -> None:
    [case] = cases(entry())
    assert (case.rule.criteria, case.rule.secondary) == (("1.1.1",), ("4.1.2",))
    [case] = cases(entry(ruleAccessibilityRequirements=None))
    assert (case.rule.criteria, case.rule.secondary) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"testcases": [7]}',
        json.dumps({"testcases": [entry(expected="maybe")]}),
        json.dumps({"testcases": [entry(relativePath="../../etc/passwd")]}),
        json.dumps({"testcases": [entry(relativePath="https://example.org/x")]}),
        json.dumps({"testcases": [{"ruleId": "x"}]}),
    ],
)
def test_what_is_no_list_of_cases_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(InvalidInput, match="testcases"):
        read_cases(text)


def test_only_findings_of_the_rules_criteria_say_something_of_a_case() -> None:
    [case] = cases(entry())
    review, failed = Outcome.NEEDS_REVIEW, Outcome.FAILED
    assert call(case, [problem(failed, "2.4.2")], audited=True) is Called.PASSED
    assert call(case, [problem(review, "1.1.1")], audited=True) is Called.CANNOT_TELL
    assert call(case, [problem(review, "1.1.1"), problem(failed, "4.1.2")], audited=True) is Called.FAILED
    assert call(case, [], audited=False) is Called.UNTESTED


@pytest.mark.parametrize(
    ("called", "agreement"),
    [
        ((Called.FAILED, Called.FAILED, Called.PASSED), Agreement.CONSISTENT),
        ((Called.FAILED, Called.PASSED, Called.PASSED), Agreement.PARTLY),
        ((Called.FAILED, Called.FAILED, Called.CANNOT_TELL), Agreement.PARTLY),
        ((Called.FAILED, Called.FAILED, Called.FAILED), Agreement.INCONSISTENT),
        ((Called.CANNOT_TELL, Called.CANNOT_TELL, Called.PASSED), Agreement.INCONSISTENT),
        ((Called.PASSED, Called.PASSED, Called.PASSED), Agreement.INCONSISTENT),
    ],
)
def test_an_implementation_agrees_as_far_as_its_calls(called: tuple[Called, ...], agreement: Agreement) -> None:
    listed = cases(entry(), entry(testcaseId="second"), entry(expected="passed"))
    [report] = by_rule(zip(listed, called, strict=True))
    assert report.agreement is agreement


def test_rules_are_reported_one_by_one_in_the_order_of_their_ids() -> None:
    listed = cases(entry(rule="b"), entry(rule="a"), entry(rule="b", expected="inapplicable"))
    reports = by_rule((case, Called.PASSED) for case in listed)
    assert [(report.rule.id, len(report.calls)) for report in reports] == [("a", 1), ("b", 2)]
