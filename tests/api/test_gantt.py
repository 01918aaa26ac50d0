"""Gantt charts: what has happened, what is forecast and the baseline, told apart without colour."""

from datetime import date, timedelta

from api import gantt
from api.gantt import Gantt, Row
from campus.renovation.network import Span

DAY = date(2026, 1, 1)


def span(first: int, last: int) -> Span:
    return Span(DAY + timedelta(first), DAY + timedelta(last))


def kinds(*rows: Row) -> list[str]:
    chart = Gantt(rows, DAY + timedelta(50))
    first, last = gantt._ends(chart)
    return [one["kind"] for one in gantt._values(chart, gantt.WIDE, first, last)]


def test_what_is_a_fact_lies_over_its_forecast_and_the_baseline_below() -> None:
    begun = Row("Building", span(0, 100), span(0, 80), DAY + timedelta(50), "+20 days")
    assert kinds(begun) == ["baseline", "forecast", "actual"]
    assert kinds(Row("Lift", span(60, 100), None, None)) == ["forecast"]


def test_a_single_day_is_a_diamond_filled_once_it_is_a_fact() -> None:
    long = Row("Building", span(0, 400), None, None)
    assert kinds(long, Row("Keys", span(90, 90), span(80, 80), None))[1:] == ["baseline moment", "forecast moment"]
    done = Row("Permit", span(20, 20), None, DAY + timedelta(20))
    assert kinds(long, done)[1:] == ["forecast moment", "actual moment"]


def test_a_long_name_is_cut_and_hostile_words_are_text() -> None:
    row = Row("<script>alert(1)</script> " + "long " * 20, span(0, 100), span(0, 80), None, "+20 days")
    for narrow in (False, True):
        drawn = gantt.svg(Gantt((row,), DAY), narrow=narrow)
        assert "<script>" not in drawn
        assert "+20 days" in drawn
        assert "…" in drawn
