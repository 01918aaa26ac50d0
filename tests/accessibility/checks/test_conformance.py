"""The table of criteria."""

from pathlib import Path

import pytest

from accessibility.engine.checks import every_check
from accessibility.engine.checks.conformance import table
from accessibility.engine.wcag import BY_NUMBER, CRITERIA

DOCS = Path(__file__).parents[3] / "docs"


def test_the_table_in_the_docs_is_what_the_checks_say_of_themselves() -> None:
    assert (DOCS / "conformance.md").read_text(encoding="utf-8") == table(), (
        "run: python -m accessibility.engine.checks.conformance > docs/conformance.md"
    )


def test_every_criterion_has_one_row() -> None:
    rows = [
        line.split("|")[1].split()[0] for line in table().splitlines() if line.startswith("| ") and line[2].isdigit()
    ]
    assert rows == [criterion.number for criterion in CRITERIA]


def test_every_rule_names_a_criterion_once_and_has_an_id_of_its_own() -> None:
    rules = [rule for check in every_check() for rule in check.own_rules]
    assert all(rule.criteria and set(rule.criteria) <= BY_NUMBER.keys() for rule in rules)
    assert len({rule.id for rule in rules}) == len(rules)


@pytest.mark.parametrize("check", every_check(), ids=lambda check: check.name)
def test_a_check_knows_its_rules(check: object) -> None:
    assert check.rules  # type: ignore[attr-defined]
