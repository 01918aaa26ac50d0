"""The published figures are read strictly: what cannot be is refused with its place in the file."""

from pathlib import Path

import pytest

from campus.funds.facts import Facts, read
from core.errors import InvalidInput
from core.i18n import using

FILE = Path(__file__).with_name("facts.toml")
FUND = '[[fund]]\nname = "Sample fund"\n{}investment_2024_25 = 0\nuse_2024_25 = 0\nclosing_2025_12_31 = 0\n'


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read(FILE.read_bytes())


def test_the_improvement_fund_rolls_forward_to_what_is_printed(facts: Facts) -> None:
    fund = next(one for one in facts.fund or () if one.name == "Campus Improvement Fund")
    assert 9_283_000 + 500_000 - 2_500_000 == fund.computed == fund.closing_2025_12_31 == 7_283_000


def test_design_and_consultants_are_what_the_plan_leaves(facts: Facts) -> None:
    assert facts.renovation_funding is not None
    assert facts.renovation_funding["americas_2"].planned_design_and_consultants == 300_000


def test_item_18_adds_up_in_its_own_table(facts: Facts) -> None:
    costs = facts.running_costs_thousand_eur
    assert costs is not None
    assert costs.sums() == costs.total == [4_723, 5_495, 4_940]


def test_targets_of_room_nights_are_those_of_the_capacity_indicator(facts: Facts) -> None:
    assert facts.room_night_targets == {2024: 25_000, 2025: 25_000}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[fund]", "file"),
        ("", "file"),
        ('[campus]\nname = "Sample"\n', "file"),
        (FUND.format(""), "fund.0.opening_2023_12_31"),
        (FUND.format("opening_2023_12_31 = -1\n"), "fund.0.opening_2023_12_31"),
        (FUND.format("opening_2023_12_31 = 1.5\n"), "fund.0.opening_2023_12_31"),
        (FUND.format('opening_2023_12_31 = "1.234,56"\n'), "fund.0.opening_2023_12_31"),
        (FUND.format("opening_2023_12_31 = 10_000_000_000_000\n"), "fund.0.opening_2023_12_31"),
        (FUND.format("opening_2023_12_31 = 1\n") * 2, "fund.1.name"),
        ('[[printed]]\nitem = "x"\nwhere = "y"\nvalue = "1.234,56"\n', "printed.0.value"),
        ('[[printed]]\nitem = "x"\nwhere = "y"\nvalue = "1,234.56"\n', "printed.0.value"),
        ('[[printed]]\nitem = "x"\nwhere = "y"\nvalue = 1\nunit = "CHF"\n', "printed.0.unit"),
        ('[[printed]]\nitem = "\\u0000"\nwhere = "y"\nvalue = 1\n', "file"),
        ('[[indicator]]\nid = "Campus capacity"\ntarget_2024 = "many"\n', "indicator.Campus capacity.target_2024"),
        ('[[indicator]]\nid = "Campus capacity"\ntarget_9999 = 5\n', "indicator.Campus capacity.target_9999"),
        ("a = " + "[" * 5000, "file"),
        (".".join("a" * 100_000) + " = 1\n", "file"),  # its reading would take hours
        (f"[{'.'.join('a' * 150)}]\n" + "\n".join(f"[{'b.' * 190}c{n}]" for n in range(9)), "file"),
        (FUND.format("opening_2023_12_31 = 1\n").replace("fund]]", "printed]]") * 2001, "printed"),
        ("".join(FUND.replace("Sample", str(n)).format("opening_2023_12_31 = 1\n") for n in range(101)), "fund"),
        (
            f'[[indicator]]\nid = "Campus capacity"\ntarget_2024 = 0x{"f" * 5000}\n',
            "indicator.Campus capacity.target_2024",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(text: str, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(text.encode())
    assert refused.value.place == place


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 1_000_001])
def test_what_is_no_text_or_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(content)
    assert refused.value.place == "file"


def test_a_missing_column_is_named() -> None:
    text = FILE.read_text(encoding="utf-8").replace("[465, 483, 481]", "[465, 483]")
    with pytest.raises(InvalidInput) as refused:
        read(text.encode())
    assert refused.value.place == "running_costs_thousand_eur.cleaning"


def test_more_for_contracts_and_control_than_is_planned_is_refused() -> None:
    text = FILE.read_text(encoding="utf-8").replace(
        "planned_project_control = 200_000", "planned_project_control = 1_000_000"
    )
    with pytest.raises(InvalidInput) as refused:
        read(text.encode())
    assert refused.value.place == "renovation_funding.americas_2.planned_spend_2024_25"


def test_the_refusal_speaks_the_readers_language() -> None:
    with using("fr"), pytest.raises(InvalidInput) as refused:
        read(FUND.format("").encode())
    assert refused.value.message == "manque"
