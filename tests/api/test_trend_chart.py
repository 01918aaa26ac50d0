"""Charts of milestone trend analysis: a line a milestone, names that can be read, the diagonal of what is done."""

from datetime import date, timedelta

from api import trend_chart
from api.trend_chart import TrendChart, TrendLine

DAY = date(2026, 1, 1)


def line(name: str, *points: tuple[int, int]) -> TrendLine:
    return TrendLine(name, tuple((DAY + timedelta(on), DAY + timedelta(finish)) for on, finish in points))


def test_names_of_lines_that_end_together_stand_below_each_other() -> None:
    chart = TrendChart((line("One", (0, 100), (30, 110)), line("Two", (0, 101), (30, 110))), DAY + timedelta(40))
    lowest, highest = trend_chart._forecast(chart)
    shifts = trend_chart._shifts(chart, trend_chart.WIDE, lowest, highest)
    assert shifts == [0.0, trend_chart.WIDE.text + 3]


def test_the_diagonal_is_drawn_only_where_the_plot_has_it() -> None:
    near = TrendChart((line("One", (0, 20), (30, 30)),), DAY + timedelta(40))
    far = TrendChart((line("One", (0, 500), (30, 510)),), DAY + timedelta(40))
    assert ("Done" in trend_chart.svg(near), "Done" in trend_chart.svg(far)) == (True, False)


def test_a_single_report_is_drawn_and_names_are_text() -> None:
    chart = TrendChart((line("<b>One</b>", (0, 20)),), DAY)
    for narrow in (False, True):
        drawn = trend_chart.svg(chart, narrow=narrow)
        assert "<b>" not in drawn
        assert "One" in drawn
