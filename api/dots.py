"""Figures with their intervals side by side as SVG, made on the server like `charts.py`: a dot on its interval.

What has no figure keeps its row, and the row says why. Dashed upright lines are what a figure is held against.
"""

import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: `told` is its figure in words, or why it has none; None for value and ends where it has none.

    `against` are figures to compare with, each with its label.
    """

    name: str
    told: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    against: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Dots:
    """The rows from above down, on a scale from `bottom` to `top`."""

    rows: tuple[Dot, ...]
    bottom: float = 0
    top: float = 100


@dataclass(frozen=True, slots=True)
class _Size:
    """Of the plot itself and its texts, in CSS pixels; names and figures stand over their rows where it is narrow."""

    width: int
    row: int
    text: int
    ticks: int
    over: bool


WIDE, NARROW = _Size(440, 42, 15, 5, over=False), _Size(236, 58, 14, 3, over=True)
NAMES, NAMES_NARROW, TOLD = 230, 205, 210  # pixels; what is longer ends in dots, and the table has the whole of it

NAME_LINE = 28  # characters


def svg(chart: Dots, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=128)
def _drawn(chart: Dots, size: _Size, language: str) -> str:
    import altair as alt  # late, as vl_convert: only who looks at a chart pays for them
    import vl_convert

    layers = [_frame(alt, chart, size), *_against(alt, chart, size), *_intervals(alt, chart, size)]
    layers += _texts(alt, chart, size)
    sides = {"left": 4, "right": 12} if size.over else {"left": NAMES + 12, "right": TOLD + 16}
    spec = (
        alt.layer(*layers)
        .properties(width=size.width, height=sum(_heights(chart, size)), padding=sides | {"top": 8, "bottom": 4})
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=size.text, gridColor=LINE, domainColor=LINE, tickColor=LINE)
        .to_dict()
    )
    locale = LOCALES[language]
    return str(vl_convert.vegalite_to_svg(spec, time_format_locale=locale, format_locale=locale))


def _heights(chart: Dots, size: _Size) -> list[int]:
    """Of each row: what it is held against needs room for its labels, one over the other."""
    return [size.row + len(one.against) * (size.text + 3) for one in chart.rows]


def _middle(chart: Dots, size: _Size, number: int) -> float:
    """How far down the dot of a row stands."""
    end = sum(_heights(chart, size)[: number + 1])
    return end - size.row * (0.26 if size.over else 0.5)


def _x(alt: Any, chart: Dots, size: _Size, field: str) -> Any:
    scale = alt.Scale(domain=[chart.bottom, chart.top], nice=False)
    return alt.X(f"{field}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=size.ticks, format="d"))


def _intervals(alt: Any, chart: Dots, size: _Size) -> list[Any]:
    layers: list[Any] = []
    for number, one in enumerate(chart.rows):
        if one.value is None:
            continue
        base = alt.Chart(alt.Data(values=[{"value": one.value, "low": one.low, "high": one.high}]))
        y = alt.value(_middle(chart, size, number))
        if one.low is not None and one.high is not None:
            ends = {"x": _x(alt, chart, size, "low"), "x2": alt.X2("high:Q"), "y": y}
            layers.append(base.mark_rule(color=COLOURS[0], strokeWidth=5, opacity=0.35).encode(**ends))
        dot = base.mark_point(color=COLOURS[0], filled=True, size=90, opacity=1)
        layers.append(dot.encode(x=_x(alt, chart, size, "value"), y=y))
    return layers


def _texts(alt: Any, chart: Dots, size: _Size) -> list[Any]:
    """Name and figure of each row: at its sides, or over it in a narrow window."""
    layers = []
    for number, one in enumerate(chart.rows):
        base = alt.Chart(alt.Data(values=[{}]))
        shown = one.value is not None
        style: dict[str, Any] = {"baseline": "middle", "fontSize": size.text}
        name: dict[str, Any] = {"fontWeight": 600, "color": COLOURS[0]}
        told: dict[str, Any] = {"color": COLOURS[0] if shown else MUTED}
        y = _middle(chart, size, number)
        if size.over:
            told |= {"fontSize": size.text - 1}
            over = y - len(one.against) * (size.text + 3)
            places = [(0, over - 32, one.name, style | name), (0, over - 16, one.told, style | told)]
            limits = (NAMES_NARROW, NAMES_NARROW)
            sides = ("left", "left")
        else:
            places = [(-12, y, _in_two(one.name), style | name), (size.width + 14, y, one.told, style | told)]
            limits, sides = (NAMES, TOLD), ("right", "left")
        for (x, down, text, marks), limit, side in zip(places, limits, sides, strict=True):
            down -= text.count("\n") * size.text * 0.6  # the middle of two lines, not of the first
            mark = base.mark_text(align=side, limit=limit, lineBreak="\n", **marks)
            layers.append(mark.encode(x=alt.value(x), y=alt.value(down), text=alt.datum(text)))
    return layers


def _in_two(name: str) -> str:
    """A long name in two lines; what is longer still ends in dots."""
    return "\n".join(textwrap.wrap(name, NAME_LINE, max_lines=2, placeholder="…"))


def _against(alt: Any, chart: Dots, size: _Size) -> list[Any]:
    """Each with its label over the dot's line, one over the other so that none covers another."""
    layers = []
    for number, one in enumerate(chart.rows):
        y = _middle(chart, size, number)
        for place, (label, value) in enumerate(one.against):
            base = alt.Chart(alt.Data(values=[{"value": value}])).encode(x=_x(alt, chart, size, "value"))
            up = y - 14 - place * (size.text + 3)
            rule = base.mark_rule(color=MUTED, strokeDash=[2, 2], strokeWidth=2)
            layers.append(rule.encode(y=alt.value(up + 3), y2=alt.value(y + 10)))
            right = value > (chart.bottom + chart.top) / 2
            text = base.mark_text(align="right" if right else "left", fontSize=size.text - 1, color=MUTED)
            layers.append(text.encode(y=alt.value(up - 3), text=alt.datum(label)))
    return layers


def _frame(alt: Any, chart: Dots, size: _Size) -> Any:
    """The scale, there also where no row has a figure."""
    ends = alt.Chart(alt.Data(values=[{"value": chart.bottom}, {"value": chart.top}]))
    return ends.mark_point(opacity=0).encode(x=_x(alt, chart, size, "value"), y=alt.value(0))
