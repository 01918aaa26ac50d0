from collections import Counter

from accessibility.engine.wcag import BY_NUMBER, CRITERIA, criteria_of_tags, title


def test_there_are_thirty_criteria_of_level_a_and_twenty_of_level_aa() -> None:
    assert Counter(criterion.level for criterion in CRITERIA) == {"A": 30, "AA": 20}


def test_criteria_are_unique_and_stand_in_the_order_of_the_standard() -> None:
    numbers = [tuple(map(int, criterion.number.split("."))) for criterion in CRITERIA]
    assert numbers == sorted(set(numbers))


def test_each_criterion_knows_its_principle() -> None:
    assert Counter(criterion.principle for criterion in CRITERIA) == {
        "Perceivable": 20,
        "Operable": 17,
        "Understandable": 10,
        "Robust": 3,
    }


def test_tags_of_axe_become_numbers() -> None:
    assert criteria_of_tags(["cat.color", "wcag2aa", "wcag1410", "wcag111", "wcag21aa"]) == ("1.1.1", "1.4.10")


def test_a_tag_beyond_wcag_2_1_names_no_criterion() -> None:
    assert criteria_of_tags(["wcag258", "wcag22aa", "best-practice"]) == ()


def test_a_title_names_number_name_and_level() -> None:
    assert title("1.1.1") == BY_NUMBER["1.1.1"].title == "1.1.1 Non-text Content (A)"
    assert title("9.9.9") == "9.9.9"
