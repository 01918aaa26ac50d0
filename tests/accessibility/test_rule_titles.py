"""What rules ask for, in each language."""

import pytest

from accessibility.engine.axe_script import axe_rules
from accessibility.engine.checks import names, rules_of
from accessibility.engine.checks.axe import TAGS
from accessibility.engine.rule_titles import rule_title
from core import i18n

OURS = {rule for check, rule in rules_of(names()) if check != "axe"}


@pytest.mark.parametrize("language", sorted(i18n.LANGUAGES.keys() - {i18n.SOURCE}))
def test_every_rule_that_runs_has_a_title_in_every_language(language: str) -> None:
    with i18n.using(language):
        assert [rule for rule in sorted(axe_rules(TAGS) | OURS) if not rule_title(rule)] == []


def test_an_apostrophe_is_set_but_not_the_quotation_marks_of_code() -> None:
    with i18n.using("fr"):
        assert rule_title("role-img-alt") == "Les éléments avec [role='img'] ont une équivalence textuelle"
        assert rule_title("meta-refresh").startswith("L’actualisation")


def test_english_and_an_unknown_rule_keep_the_words_of_the_finding() -> None:
    assert rule_title("image-alt") == ""
    with i18n.using("fr"):
        assert rule_title("a-rule-of-tomorrow") == ""
