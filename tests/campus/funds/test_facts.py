"""The published figures, and where their source contradicts itself."""

from pathlib import Path

import pytest

from campus.funds.facts import Facts, discrepancies, read
from core.errors import InvalidInput

FILE = Path(__file__).with_name("facts.toml")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read(FILE.read_text(encoding="utf-8"))


def test_the_improvement_fund_rolls_forward_to_what_is_printed(facts: Facts) -> None:
    fund = next(one for one in facts.fund if one.name == "Campus Improvement Fund")
    assert 9_283_000 + 500_000 - 2_500_000 == fund.computed == fund.closing_2025_12_31 == 7_283_000


def test_design_and_consultants_are_what_the_plan_leaves(facts: Facts) -> None:
    assert facts.renovation_funding["americas_2"].planned_design_and_consultants == 300_000


def test_item_18_adds_up_in_its_own_table(facts: Facts) -> None:
    costs = facts.running_costs_thousand_eur
    assert costs is not None
    assert costs.sums() == costs.total == [4_723, 5_495, 4_940]


def test_exactly_the_four_disagreements_are_found(facts: Facts) -> None:
    found = [(one.item, one.where, one.printed, one.other, one.difference) for one in discrepancies(facts)]
    item_18, item_23 = "Item 18, campus running costs", "Item 23, information technology"
    assert sorted(found) == [
        ("Fellowship Fund, closing 2025-12-31", "table of funds", 107_000_000, 150_400_000, -43_400_000),
        (f"{item_18}, 2022-23 forecast", "summary table", 564_500_000, 549_500_000, 15_000_000),
        (f"{item_23}, 2022-23 budget", "summary table", 320_100_000, 322_900_000, -2_800_000),
        (f"{item_23}, 2022-23 forecast", "summary table", 318_500_000, 291_900_000, 26_600_000),
    ]


def test_a_planted_error_is_found_and_no_other(facts: Facts) -> None:
    wrong = facts.model_copy(deep=True)
    wrong.fund[0].use_2024_25 += 1
    new = set(discrepancies(wrong)) - set(discrepancies(facts))
    assert [(one.item, one.difference) for one in new] == [("Campus Improvement Fund, closing 2025-12-31", 100)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[fund]", "file"),
        ('[[fund]]\nname = "Sample fund"\n', "fund.0.opening_2023_12_31"),
        ('[[printed]]\nitem = "x"\nwhere = "y"\nvalue = "1.234,56"\n', "printed.0.value"),
        ('[[printed]]\nitem = "x"\nwhere = "y"\nvalue = 1\nunit = "CHF"\n', "printed.0.unit"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(text: str, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(text)
    assert refused.value.place == place


def test_a_missing_column_is_named() -> None:
    text = FILE.read_text(encoding="utf-8").replace("[465, 483, 481]", "[465, 483]")
    with pytest.raises(InvalidInput) as refused:
        read(text)
    assert refused.value.place == "running_costs_thousand_eur.cleaning"
