"""Bar charts: up and down from zero, and how probable each outcome is beside its target."""

from api.bars import Bars, Distribution, svg
from core import i18n


def test_every_bar_has_its_name_and_the_rule_its_label() -> None:
    picture = svg(Bars((("2", 0.5), ("1", 0.75)), ("In the end 80%", 0.8), "Weeks before", percent=True))
    for text in ("In the end 80%", "Weeks before", ">40%<", ">2<"):
        assert text in picture


def test_what_was_lost_stands_below_zero_in_another_colour() -> None:
    picture = svg(Bars((("May", 12.0), ("June", -5.0))))
    assert picture.count("#8a4b00") == 1
    assert "−" in picture


def test_a_distribution_shows_its_target_wherever_it_lies() -> None:
    bins = ((21_000.0, 21_100.0, 0.4), (21_100.0, 21_200.0, 0.6))
    for target in (20_000.0, 21_050.0, 25_000.0):
        assert "Target" in svg(Distribution(bins, (("Target", target),), "Room-nights"))


def test_numbers_are_written_as_the_language_does() -> None:
    bins = ((21_000.0, 21_100.0, 0.4), (21_100.0, 21_200.0, 0.6))
    with i18n.using("fr"):
        assert "21,0" not in svg(Distribution(bins))
    assert "21,0" in svg(Distribution(bins))
    assert svg(Distribution(bins), narrow=True) != svg(Distribution(bins))
