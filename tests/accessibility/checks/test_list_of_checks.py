"""The table of all checks."""

from pathlib import Path

import pytest

from accessibility.engine.checks import every_check
from accessibility.engine.checks.list_of_checks import purpose, table

DOCS = Path(__file__).parents[3] / "docs"


def test_the_list_in_the_docs_is_what_the_checks_say_of_themselves() -> None:
    assert (DOCS / "list-of-checks.md").read_text(encoding="utf-8") == table(), (
        "run: python -m accessibility.engine.checks.list_of_checks > docs/list-of-checks.md"
    )


@pytest.mark.parametrize("check", every_check(), ids=lambda check: check.name)
def test_a_check_says_in_a_sentence_what_it_does(check: object) -> None:
    said = purpose(check)  # type: ignore[arg-type]
    assert said.endswith(".")
    assert "|" not in said
