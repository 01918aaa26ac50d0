"""Charts: labels keep apart, gaps stay gaps, and the same data give the same picture."""

from datetime import UTC, datetime, timedelta

from api.charts import Chart, Line, svg
from core import i18n

START = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


def chart(*lines: tuple[float | None, ...], **more: object) -> Chart:
    instants = tuple(START + timedelta(days=day) for day in range(len(lines[0])))
    named = tuple(Line(f"Line {number}", values) for number, values in enumerate(lines))
    return Chart(instants, named, **more)  # type: ignore[arg-type]


def height_of(picture: str, label: str) -> float:
    """How far down a label stands, in pixels within the plot."""
    before = picture[: picture.index(f">{label}<")]
    return float(before[before.rindex("translate(") :].split("(")[1].split(")")[0].split(",")[1])


def test_labels_of_lines_that_end_together_do_not_stand_on_each_other() -> None:
    picture = svg(chart((50, 60), (50, 59.5), top=100))
    assert height_of(picture, "Line 1") - height_of(picture, "Line 0") >= 15


def test_a_line_without_any_value_has_no_label() -> None:
    picture = svg(chart((50, 60), (None, None), top=100))
    assert "Line 0" in picture
    assert "Line 1" not in picture


def test_the_scale_fits_counts_and_is_never_empty() -> None:
    assert ">4<" in svg(chart((0, 0)))
    assert ">100<" not in svg(chart((3, 7)))


def test_a_limit_is_drawn_with_its_name() -> None:
    assert "Floor 95%" in svg(chart((97, 98), top=100, limits=(("Floor 95%", 95),)))


def test_the_same_data_give_the_very_same_picture_and_languages_differ() -> None:
    wanted = chart((1, 2), (2, 3))
    assert svg(wanted) is svg(chart((1, 2), (2, 3)))
    with i18n.using("fr"):
        assert svg(wanted) != svg(chart((1, 2), (2, 4)))
        assert "nov." in svg(wanted)


def test_long_histories_have_no_dots() -> None:
    many = tuple(float(n) for n in range(60))
    assert "mark-symbol" not in svg(chart(many))
    assert "mark-symbol" in svg(chart((1, 2)))


def test_a_band_lies_behind_the_lines_and_within_the_scale() -> None:
    picture = svg(chart((50, 60, 70), band=((40, 60), None, (60, 190))))
    assert 'fill="#0b3a5e"' in picture
    assert ">150<" in picture


def test_a_band_stops_at_a_gap() -> None:
    whole = svg(chart((50, 60, 70, 80), top=100, band=((40, 60), (50, 70), (60, 80), (70, 90))))
    parted = svg(chart((50, None, 70, 80), top=100, band=((40, 60), None, (60, 80), (70, 90))))
    assert whole.count('fill="#0b3a5e" opacity="0.16"') == 1
    assert "mark-rule" in parted  # the one that stands alone is an upright line


def test_marks_name_an_instant_over_the_plot() -> None:
    assert ">New wording<" in svg(chart((1, 2, 3), marks=(("New wording", START + timedelta(days=1)),)))


def test_ticks_may_stand_at_every_instant() -> None:
    picture = svg(chart((1, 2, 3), dates="Q%q day %-d", each=True))
    assert [f">Q4 day {day}<" in picture for day in (1, 2, 3)] == [True, True, True]
