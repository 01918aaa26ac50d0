"""What meters measured month by month, what the baseline predicts with its band, and when the works lay: as SVG.

Made on the server like `charts.py`, with the same colours: the actual use first, the prediction second and dashed.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, DASHES, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n

WIDE, NARROW = (820, 240, 15, 8), (220, 200, 13, 3)  # width, height, text, ticks: of the plot itself, in CSS pixels
STEPS = (1, 2, 3, 6, 12, 24)  # months from tick to tick


@dataclass(frozen=True, slots=True)
class Point:
    """A month: what was used, predicted, and the prediction's band; None leaves a gap."""

    month: date
    actual: float | None
    predicted: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Months in their order. `labels` are those of the actual and the predicted line; `works` a shaded time, named."""

    points: tuple[Point, ...]
    labels: tuple[str, str]
    unit: str
    works: tuple[date, date, str] | None = None


def svg(chart: Chart, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=64)
def _drawn(chart: Chart, size: tuple[int, int, int, int], language: str) -> str:
    import altair as alt  # late, as vl_convert: only who looks at a chart pays for them
    import vl_convert

    width, height, text, ticks = size
    x = _x(alt, chart, ticks)
    layers = [*_works(alt, chart, text), *_band(alt, chart, x)]
    for number, name in ((1, "predicted"), (0, "actual")):
        layers += _line(alt, chart, x, (name, number), text)
    axis = {"labelFontSize": text, "titleFontSize": text, "titleFontWeight": "normal"}
    spec = (
        alt.layer(*layers)
        .properties(width=width, height=height, padding={"right": 32, "left": 4, "top": 8, "bottom": 4})
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            **dict.fromkeys(("gridColor", "domainColor", "tickColor"), LINE),
            **dict.fromkeys(("labelColor", "titleColor"), MUTED),
            **axis,
        )
        .to_dict()
    )
    locale = LOCALES[language]
    return str(vl_convert.vegalite_to_svg(spec, time_format_locale=locale, format_locale=locale))


def _line(alt: Any, chart: Chart, x: Any, which: tuple[str, int], text: int) -> list[Any]:
    """The line in runs without a gap, a dot a month where there are few, and its label over the plot."""
    (name, number), values, run = which, [], 0
    for one in chart.points:
        value = getattr(one, name)
        run += value is None
        if value is not None:
            values.append({"at": _at(one.month), "value": value, "run": run})
    if not values:
        return []
    colour = COLOURS[number]
    base = alt.Chart(alt.Data(values=values)).encode(x=x, y=_y(alt, chart))
    layers = [
        base.mark_line(color=colour, strokeWidth=2, strokeDash=DASHES[number]).encode(detail="run:N"),
        base.mark_point(color=colour, filled=number == 0, size=22, opacity=1),
    ]
    if any(one.predicted is not None for one in chart.points):
        place = {"align": "left", "fontSize": text, "fontWeight": 600, "color": colour}
        label = alt.Chart(alt.Data(values=[{}])).mark_text(**place)
        layers.append(
            label.encode(
                x=alt.value(6), y=alt.value(-14 - (1 - number) * (text + 3)), text=alt.datum(chart.labels[number])
            )
        )
    return layers


def _band(alt: Any, chart: Chart, x: Any) -> list[Any]:
    values, run = [], 0
    for one in chart.points:
        if one.low is None or one.high is None:
            run += 1
        else:
            values.append({"at": _at(one.month), "value": max(0.0, one.low), "high": one.high, "run": run})
    if not values:
        return []
    area = alt.Chart(alt.Data(values=values)).mark_area(color=COLOURS[1], opacity=0.18)
    return [area.encode(x=x, y=_y(alt, chart), y2=alt.Y2("high:Q"), detail="run:N")]


def _works(alt: Any, chart: Chart, text: int) -> list[Any]:
    if chart.works is None or not chart.points:
        return []
    first, until, label = chart.works
    first, until = max(first, chart.points[0].month), min(until, chart.points[-1].month)
    if until <= first:
        return []
    data = alt.Chart(alt.Data(values=[{"first": _at(first), "until": _at(until)}]))
    x = alt.X("first:T", title=None)
    shade = data.mark_rect(color=MUTED, opacity=0.13).encode(x=x, x2=alt.X2("until:T"))
    said = data.mark_text(align="left", baseline="bottom", dx=4, dy=-4, fontSize=text, color=MUTED)
    return [shade, said.encode(x=x, y=alt.value("height"), text=alt.datum(label))]


def _at(day: date) -> str:
    """Midnight of a day wherever the picture is drawn."""
    return f"{day.isoformat()}T00:00:00"


def _x(alt: Any, chart: Chart, ticks: int) -> Any:
    """A tick at the beginning of every so many months, so that their labels have room."""
    months = len(chart.points)
    step = next(one for one in STEPS if months <= one * ticks or one == STEPS[-1])
    count = alt.TimeIntervalStep(interval="month", step=step)
    axis = alt.Axis(format="%b %Y", tickCount=count, grid=False, labelOverlap="greedy", labelSeparation=12)
    return alt.X("at:T", title=None, axis=axis)


def _y(alt: Any, chart: Chart) -> Any:
    """The unit stands over the axis, where it takes no room from the plot."""
    over = {"titleAngle": 0, "titleAlign": "right", "titleBaseline": "bottom", "titleX": -4, "titleY": -10}
    axis = alt.Axis(tickCount=5, format=",d", **over)
    return alt.Y("value:Q", title=chart.unit, scale=alt.Scale(zero=True), axis=axis)
