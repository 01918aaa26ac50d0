"""EARL as JSON-LD, in the form in which the W3C takes implementation reports of ACT rules.

One subject a page, with an assertion for every rule that said something of it; each rule names the criteria it checks.
The form: https://www.w3.org/WAI/standards-guidelines/act/implementations/ (reporting), the words: EARL 1.0 Schema.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from accessibility.engine.axe_script import axe_criteria
from accessibility.engine.checks import own_rules
from accessibility.engine.finding import Outcome
from accessibility.engine.page import Row, RowState
from accessibility.engine.reports.json_text import json_text
from accessibility.engine.reports.run import Run
from accessibility.engine.wcag import BY_NUMBER

CONTEXT = "https://act-rules.github.io/earl-context.json"
OUTCOMES = {
    Outcome.FAILED: "earl:failed",
    Outcome.NEEDS_REVIEW: "earl:cantTell",
    Outcome.PASSED: "earl:passed",
    Outcome.NOT_APPLICABLE: "earl:inapplicable",
}
UNTESTED = "earl:untested"
Json = dict[str, Any]


def earl(run: Run, official: Mapping[str, str]) -> str:
    """The report. `official` maps the address of a page as it was visited to the one to report; others stay."""
    criteria = _criteria(run.checks)
    subjects = [_subject(row, official.get(row.key.url, row.key.url), criteria) for row in run.rows]
    return json_text({"@context": CONTEXT, "@graph": [_assertor(run.engines), *subjects]}, indent=1) + "\n"


def _criteria(checks: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Rule's id to the numbers of the criteria that it checks, for the rules of these checks."""
    of_axe = axe_criteria() if "axe" in checks else {}
    return of_axe | {rule.id: rule.criteria for check, rule in own_rules() if check in checks}


def _assertor(engines: Mapping[str, str]) -> Json:
    parts = ", ".join(f"{name} {number}" for name, number in sorted(engines.items()))
    return {
        "@type": "Assertor",
        "@id": "campus",
        "name": "Campus accessibility audits",
        "description": f"Automated audits in a living browser ({parts})",
        "release": {"@type": "Version", "revision": version("campus")},
    }


def _subject(row: Row, source: str, criteria: Mapping[str, tuple[str, ...]]) -> Json:
    return {
        "@type": ["TestSubject", "WebPage"],
        "source": source,
        "assertedBy": "campus",
        "assertions": list(_assertions(row, criteria)),
    }


def _assertions(row: Row, criteria: Mapping[str, tuple[str, ...]]) -> Iterable[Json]:
    said = {result.rule: OUTCOMES[result.outcome] for result in row.rules if result.rule}
    looked_at = row.state in (RowState.AUDITED, RowState.PARTLY)
    silent = "earl:inapplicable" if row.state is RowState.AUDITED else UNTESTED
    for rule, numbers in sorted(criteria.items()):
        outcome = said.get(rule, silent) if looked_at else UNTESTED
        yield {
            "@type": "Assertion",
            "mode": "earl:automatic",
            "test": {"@type": "TestCase", "title": rule, "isPartOf": [_requirement(number) for number in numbers]},
            "result": {"@type": "TestResult", "outcome": outcome},
        }


def _requirement(number: str) -> str:
    return f"WCAG21:{BY_NUMBER[number].slug}"
