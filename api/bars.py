"""Bar charts as SVG, made on the server like `charts.py`: bars by name, and the distribution of a figure."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n

WIDE, NARROW = (820, 220, 15), (220, 200, 13)  # width, height, text: of the plot itself, in CSS pixels
AGAINST = "#8a4b00"  # bars below zero: told apart by where they stand too


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each name, from zero up or down. `rule` is a dashed line with a label, `title` says what names are."""

    bars: tuple[tuple[str, float], ...]
    rule: tuple[str, float] | None = None
    title: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """Shares of the outcomes from one figure to before another. `marks` are upright lines with their labels."""

    bins: tuple[tuple[float, float, float], ...]
    marks: tuple[tuple[str, float], ...] = ()
    title: str = ""


def svg(chart: Bars | Distribution, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=128)
def _drawn(chart: Bars | Distribution, size: tuple[int, int, int], language: str) -> str:
    import altair as alt  # late, as vl_convert: only who looks at a chart pays for them
    import vl_convert

    width, height, text = size
    layers = _bars(alt, chart, text) if isinstance(chart, Bars) else _distribution(alt, chart, text)
    spec = (
        alt.layer(*layers)
        .properties(width=width, height=height, padding={"right": 12, "left": 4, "top": 16, "bottom": 4})
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            **dict.fromkeys(("gridColor", "domainColor", "tickColor"), LINE),
            **dict.fromkeys(("labelColor", "titleColor"), MUTED),
            **dict.fromkeys(("labelFontSize", "titleFontSize"), text),
            titleFontWeight="normal",
        )
        .to_dict()
    )
    locale = LOCALES[language]
    return str(vl_convert.vegalite_to_svg(spec, time_format_locale=locale, format_locale=locale))


def _bars(alt: Any, chart: Bars, text: int) -> list[Any]:
    values = [{"name": name, "value": value} for name, value in chart.bars]
    scale = alt.Axis(tickCount=5, format=".0%" if chart.percent else ",d")
    x = alt.X(
        "name:N",
        sort=None,
        title=chart.title or None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=8),
    )
    y = alt.Y("value:Q", title=None, axis=scale)
    colour = alt.condition("datum.value < 0", alt.value(AGAINST), alt.value(COLOURS[0]))
    layers = [alt.Chart(alt.Data(values=values)).mark_bar(width={"band": 0.7}).encode(x=x, y=y, color=colour)]
    zero = alt.Chart(alt.Data(values=[{"value": 0}])).mark_rule(color=MUTED).encode(y=alt.Y("value:Q"))
    layers.append(zero)
    if chart.rule:
        base = alt.Chart(alt.Data(values=[{"value": chart.rule[1]}])).encode(y=alt.Y("value:Q"))
        layers.append(base.mark_rule(color=MUTED, strokeDash=[2, 3], strokeWidth=1.5))
        label = base.mark_text(align="left", dx=6, dy=-text / 2, fontSize=text, color=MUTED)
        layers.append(label.encode(x=alt.value(0), text=alt.datum(chart.rule[0])))
    return layers


def _distribution(alt: Any, chart: Distribution, text: int) -> list[Any]:
    values = [{"first": first, "until": until, "share": share} for first, until, share in chart.bins]
    ends = [value for one in values for value in (one["first"], one["until"])] + [at for _label, at in chart.marks]
    scale = alt.Scale(domain=[min(ends), max(ends)], nice=False, padding=8)
    axis = alt.Axis(format=",d", tickCount=5, grid=False, labelOverlap="greedy", labelFlush=True)
    x = alt.X("first:Q", title=chart.title or None, scale=scale, axis=axis)
    y = alt.Y("share:Q", title=None, axis=alt.Axis(tickCount=4, format=".0%"))
    bars = alt.Chart(alt.Data(values=values)).mark_bar(color=COLOURS[0], binSpacing=1)
    layers = [bars.encode(x=x, x2=alt.X2("until:Q"), y=y, y2=alt.datum(0))]
    middle = (min(ends) + max(ends)) / 2
    for number, (label, at) in enumerate(chart.marks):
        base = alt.Chart(alt.Data(values=[{"at": at}])).encode(x=alt.X("at:Q", scale=scale))
        layers.append(base.mark_rule(color=AGAINST, strokeDash=[4, 3], strokeWidth=2))
        side, dx = ("left", 6) if at < middle else ("right", -6)
        told = base.mark_text(align=side, dx=dx, fontSize=text, fontWeight=600, color=AGAINST)
        layers.append(told.encode(y=alt.value(8 + number * (text + 4)), text=alt.datum(label)))
    return layers
