"""Figures side by side: each on its interval, masked ones in words, what they are held against beside them."""

from api.dots import Dot, Dots, svg

SHOWN = Dot("Rooms", "66% (49% to 80%)", 66, 49, 80)
MASKED = Dot("Food", "masked, too few guests")


def test_a_figure_has_a_dot_and_an_interval_and_a_masked_one_only_words() -> None:
    both, masked = svg(Dots((SHOWN, MASKED))), svg(Dots((MASKED,)))
    assert "masked, too few guests" in both
    assert ">Rooms<" in both
    assert both.count('stroke-width="5"') == 1
    assert masked.count('stroke-width="5"') == 0


def test_what_a_figure_is_held_against_is_named_with_its_value() -> None:
    assert "Sample sector, 72%" in svg(Dots((Dot("Rooms", "66%", 66, 49, 80, (("Sample sector, 72%", 72),)),)))


def test_a_long_name_stands_in_two_lines_and_a_narrow_picture_is_narrow() -> None:
    long = Dots((Dot("How likely would you recommend us to somebody else?", "+10", 10, -20, 37),), bottom=-100)
    assert ">How likely would you<" in svg(long)
    assert float(svg(long, narrow=True).split('width="')[1].split('"')[0]) < 300
