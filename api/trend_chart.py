"""Milestone trend analysis as SVG, made on the server like `charts.py`: forecast by the day of the report.

A line a milestone with its name at its end. A level line keeps its date, a rising one slips. The diagonal is where the
day of the report is the day that is forecast: a milestone that is done ends on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, DASHES, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n
from core.i18n import gettext as _

NAME_LENGTH = 22  # characters of a name; the table has the whole of it
SHAPES = ("circle", "square", "triangle-up", "diamond")


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A milestone: pairs of the day of a report and the finish that was forecast, the earliest report first."""

    name: str
    points: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """The lines, and the day that counts as today: the diagonal ends there."""

    lines: tuple[TrendLine, ...]
    today: date


@dataclass(frozen=True, slots=True)
class _Size:
    """Of the plot itself, in CSS pixels, its texts and ticks; the names at the right come on top."""

    width: int
    height: int
    text: int
    ticks: int
    months: str  # how months are written
    right: int  # room beyond the names


WIDE, NARROW = _Size(700, 460, 15, 7, "%b %Y", 48), _Size(112, 340, 12, 2, "%b %y", 20)


def svg(chart: TrendChart, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=64)
def _drawn(chart: TrendChart, size: _Size, language: str) -> str:
    import vl_convert  # late: only who looks at a chart pays for it

    return str(vl_convert.vegalite_to_svg(_spec(chart, size), time_format_locale=LOCALES[language]))


def _spec(chart: TrendChart, size: _Size) -> dict[str, Any]:
    import altair as alt

    (first, last), (lowest, highest) = _reported(chart), _forecast(chart)
    x = alt.X("on:T", title=_("Day of the report"), axis=_axis(alt, size, size.ticks), scale=_scale(alt, first, last))
    y = alt.Y("finish:T", title=None, axis=_axis(alt, size, 7), scale=_scale(alt, lowest, highest))
    layers = [_title(alt, size), *_diagonal(alt, chart, size, x, y)]
    for number, line in enumerate(chart.lines):
        layers += _line(alt, line, number, x, y)
    for number, shift in enumerate(_shifts(chart, size, lowest, highest)):
        layers.append(_name(alt, chart.lines[number], number, shift, size, x, y))
    drawn: dict[str, Any] = (
        alt.layer(*layers)
        .properties(
            width=size.width,
            height=size.height,
            padding={"right": size.right, "left": 12, "top": 12, "bottom": 4},
        )
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            **dict.fromkeys(("gridColor", "domainColor", "tickColor"), LINE),
            **dict.fromkeys(("labelColor", "titleColor"), MUTED),
            **dict.fromkeys(("labelFontSize", "titleFontSize"), size.text),
            titleFontWeight="normal",
        )
        .to_dict()
    )
    return drawn


def _line(alt: Any, line: TrendLine, number: int, x: Any, y: Any) -> list[Any]:
    """Its forecasts, each with a mark; lines are told apart by colour, dashes and marks."""
    values = [{"on": _at(on), "finish": _at(finish)} for on, finish in line.points]
    base = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    colour, dashes = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    marks = base.mark_point(color=colour, filled=True, size=46, opacity=1, shape=SHAPES[number % len(SHAPES)])
    return [base.mark_line(color=colour, strokeWidth=2, strokeDash=dashes), marks]


def _name(alt: Any, line: TrendLine, number: int, shift: float, size: _Size, x: Any, y: Any) -> Any:
    """The name at the end of its line."""
    on, finish = line.points[-1]
    values = [{"on": _at(on), "finish": _at(finish), "text": _short(line.name)}]
    style = {"color": COLOURS[number % len(COLOURS)], "fontSize": size.text, "fontWeight": 600, "dy": shift}
    text = alt.Chart(alt.Data(values=values)).mark_text(align="left", dx=10, baseline="middle", **style)
    return text.encode(x=x, y=y, text="text:N")


def _title(alt: Any, size: _Size) -> Any:
    """What stands upwards, written level above the scale."""
    text = alt.Chart(alt.Data(values=[{}])).mark_text(align="left", fontSize=size.text, color=MUTED)
    return text.encode(x=alt.value(0), y=alt.value(-size.text), text=alt.datum(_("Forecast finish")))


def _diagonal(alt: Any, chart: TrendChart, size: _Size, x: Any, y: Any) -> list[Any]:
    """Where a report's day and its forecast are the same; only as far as the plot goes."""
    (first, last), (lowest, highest) = _reported(chart), _forecast(chart)
    begin, end = max(first, lowest), min(last, highest)
    if end <= begin:
        return []
    ends = [{"on": _at(begin), "finish": _at(begin)}, {"on": _at(end), "finish": _at(end)}]
    line = alt.Chart(alt.Data(values=ends)).encode(x=x, y=y).mark_line(color=MUTED, strokeDash=[2, 3], strokeWidth=1.5)
    label = alt.Chart(alt.Data(values=[ends[1] | {"text": _("Done")}])).encode(x=x, y=y, text="text:N")
    return [line, label.mark_text(align="right", dx=-8, dy=-8, fontSize=size.text, color=MUTED)]


def _shifts(chart: TrendChart, size: _Size, lowest: date, highest: date) -> list[float]:
    """By how many pixels each name is moved so that no two stand on each other; the one that lies highest stays.

    Names of lines that end on different days stand apart already where those days lie far enough from each other.
    """
    whole = max(1, (highest - lowest).days)
    places = [size.height * (1 - (line.points[-1][1] - lowest).days / whole) for line in chart.lines]
    shifts, taken = [0.0] * len(places), list[float]()
    for number in sorted(range(len(places)), key=lambda one: places[one]):
        place = max([places[number], *(one + size.text + 3 for one in taken[-1:])])
        shifts[number] = place - places[number]
        taken.append(place)
    return shifts


def _axis(alt: Any, size: _Size, ticks: int) -> Any:
    return alt.Axis(
        format=size.months, tickCount=ticks, labelOverlap="greedy", labelSeparation=10, labelFontSize=size.text
    )


def _scale(alt: Any, first: date, last: date) -> Any:
    return alt.Scale(domain=[_at(first), _at(last)], nice=False)


def _reported(chart: TrendChart) -> tuple[date, date]:
    return _around([on for line in chart.lines for on, _finish in line.points] + [chart.today])


def _forecast(chart: TrendChart) -> tuple[date, date]:
    return _around([finish for line in chart.lines for _on, finish in line.points])


def _around(days: Sequence[date]) -> tuple[date, date]:
    """From the first to the last of them, and a little more."""
    room = max(timedelta(days=4), (max(days) - min(days)) / 30)
    return min(days) - room, max(days) + room


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _at(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
