"""Line charts as SVG, made on the server: few ink, direct labels, gaps where nothing is known, dashed lines for limits.

A page shows a chart as `<img>` with a sentence as its alternative, and its table one click below. The same data always
give the same picture, so pictures are kept by content.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil, floor, inf
from typing import Any

from core import i18n

MUTED, LINE, PAPER = "#3d4c59", "#c9d2da", "#ffffff"
COLOURS = ("#0b3a5e", "#8a4b00", "#3f4f5c")  # told apart by their direct labels and dashes too
DASHES = ([1, 0], [6, 3], [2, 2])
FONT = "system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"
LOCALES: dict[str, Any] = {"en": "en-GB", "fr": "fr-FR"}
ABOUT_A_YEAR = timedelta(days=400)  # a longer axis names years
MANY = 40  # instants: more than this have no dots


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its direct label, and a value per instant; None leaves a gap."""

    label: str
    values: tuple[float | None, ...]

    @property
    def end(self) -> float | None:
        """The last known value, beside which the label stands."""
        return next((value for value in reversed(self.values) if value is not None), None)


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows. `limits` are dashed lines with their labels; `bottom` and `top` the scale's ends, None fits.

    `band` is a lower and an upper end per instant, drawn behind the first line; None leaves a gap. `marks` are upright
    lines at instants, with their labels; what is drawn begins anew there. `dates` says how the axis writes instants, as
    strftime does; "" chooses by their span. `each` puts a tick at every instant rather than at round ones.
    """

    instants: tuple[datetime, ...]
    lines: tuple[Line, ...]
    limits: tuple[tuple[str, float], ...] = ()
    top: float | None = None
    band: tuple[tuple[float, float] | None, ...] = ()
    dates: str = ""
    bottom: float | None = None
    marks: tuple[tuple[str, datetime], ...] = ()
    each: bool = False


@dataclass(frozen=True, slots=True)
class _Size:
    """Of the plot itself and its texts, in CSS pixels; the labels at the right come on top."""

    width: int
    height: int
    text: int
    ticks: int


WIDE, NARROW = _Size(860, 220, 15, 8), _Size(200, 200, 14, 3)


def svg(chart: Chart, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=128)
def _drawn(chart: Chart, size: _Size, language: str) -> str:
    import vl_convert  # late: only who looks at a chart pays for it

    return str(vl_convert.vegalite_to_svg(_spec(chart, size), time_format_locale=LOCALES[language]))


def _spec(chart: Chart, size: _Size) -> dict[str, Any]:
    import altair as alt

    shifts = _shifts([line.end for line in chart.lines], (_bottom(chart), _top(chart)), size)
    layers = _band(alt, chart, size)
    for number in range(len(chart.lines)):
        layers += _line(alt, chart, size, number, shifts[number])
    layers += _limits(alt, chart, size) + _marks(alt, chart, size)
    padding = {"right": 44, "left": 4, "top": 12 + (size.text + 4 if chart.marks else 0), "bottom": 4}
    drawn: dict[str, Any] = (
        alt.layer(*layers)
        .properties(width=size.width, height=size.height, padding=padding)
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=size.text, gridColor=LINE, domainColor=LINE, tickColor=LINE)
        .to_dict()
    )
    return drawn


def _shifts(ends: Sequence[float | None], scale: tuple[float, float], size: _Size) -> list[float]:
    """By how many pixels each label is moved so that no two stand on each other; the higher one stays."""
    shifts, lowest = [0.0] * len(ends), -inf
    bottom, top = scale
    for end, number in sorted(((end, number) for number, end in enumerate(ends) if end is not None), reverse=True):
        place = size.height * (1 - (end - bottom) / (top - bottom))
        shifts[number] = max(0.0, lowest + size.text + 3 - place)
        lowest = place + shifts[number]
    return shifts


def _line(alt: Any, chart: Chart, size: _Size, number: int, shift: float) -> list[Any]:
    """The line in runs without a gap, a dot where a run is short, and the label at its end."""
    line = chart.lines[number]
    points = _points(chart, line)
    if not points:
        return []
    base = alt.Chart(alt.Data(values=points)).encode(x=_x(alt, chart, size), y=_y(alt, chart))
    colour = COLOURS[number % len(COLOURS)]
    drawn = base.mark_line(color=colour, strokeWidth=2.5, strokeDash=DASHES[number % len(DASHES)])
    layers = [drawn.encode(detail="run:N")]
    if len(chart.instants) <= MANY:
        layers.append(base.mark_point(color=colour, filled=True, size=36, opacity=1))
    end = alt.Chart(alt.Data(values=points[-1:])).encode(x=_x(alt, chart, size), y=_y(alt, chart))
    label = end.mark_text(align="left", dx=10, dy=shift, fontSize=size.text, fontWeight=600, color=colour)
    layers.append(label.encode(text=alt.datum(line.label)))
    return layers


def _band(alt: Any, chart: Chart, size: _Size) -> list[Any]:
    """In runs without a gap; where a run is one instant, an upright line."""
    points, run = [], 0
    for instant, ends in zip(chart.instants, chart.band, strict=False):
        run += ends is None or _begins(chart, instant)
        if ends is not None:
            points.append({"at": _at(instant), "value": ends[0], "high": ends[1], "run": run})
    if not points:
        return []
    shape = {"x": _x(alt, chart, size), "y": _y(alt, chart), "y2": alt.Y2("high:Q")}
    area = alt.Chart(alt.Data(values=points)).mark_area(color=COLOURS[0], opacity=0.16)
    layers = [area.encode(detail="run:N", **shape)]
    runs = [point["run"] for point in points]
    if alone := [point for point in points if runs.count(point["run"]) == 1]:
        ends_alone = alt.Chart(alt.Data(values=alone)).mark_rule(color=COLOURS[0], opacity=0.3, strokeWidth=5)
        layers.append(ends_alone.encode(**shape))
    return layers


def _limits(alt: Any, chart: Chart, size: _Size) -> list[Any]:
    layers = []
    scale = (_bottom(chart), _top(chart))
    shifts = _shifts([value for _label, value in chart.limits], scale, size)
    for (label, value), shift in zip(chart.limits, shifts, strict=True):
        base = alt.Chart(alt.Data(values=[{"value": value}])).encode(y=_y(alt, chart))
        text = base.mark_text(align="left", dx=6, dy=size.text + shift, fontSize=size.text, color=MUTED)
        layers += [
            base.mark_rule(color=MUTED, strokeDash=[2, 3], strokeWidth=1.5),
            text.encode(x=alt.value(0), text=alt.datum(label)),
        ]
    return layers


def _marks(alt: Any, chart: Chart, size: _Size) -> list[Any]:
    """From the axis to a label over the plot, on that side of the line where it has room."""
    layers = []
    for label, instant in chart.marks:
        base = alt.Chart(alt.Data(values=[{"at": _at(instant)}])).encode(x=_x(alt, chart, size))
        layers.append(base.mark_rule(color=MUTED, strokeDash=[6, 3], strokeWidth=1.5).encode(y=alt.value(-6)))
        late = instant - chart.instants[0] > (chart.instants[-1] - chart.instants[0]) / 2
        text = base.mark_text(align="right" if late else "left", fontSize=size.text, color=MUTED)
        layers.append(text.encode(y=alt.value(-size.text), text=alt.datum(label)))
    return layers


def _points(chart: Chart, line: Line) -> list[dict[str, Any]]:
    points, run = [], 0
    for instant, value in zip(chart.instants, line.values, strict=True):
        run += value is None or _begins(chart, instant)
        if value is not None:
            points.append({"at": _at(instant), "value": value, "run": run})
    return points


def _begins(chart: Chart, instant: datetime) -> bool:
    return any(mark == instant for _label, mark in chart.marks)


def _at(instant: datetime) -> str:
    return instant.astimezone(i18n.zone()).isoformat()


def _x(alt: Any, chart: Chart, size: _Size) -> Any:
    long = chart.instants[-1] - chart.instants[0] > ABOUT_A_YEAR
    days = chart.dates or ("%b %Y" if long else "%-d %b")
    ticks = {"values": [_at(one) for one in chart.instants]} if chart.each else {"tickCount": size.ticks}
    axis = alt.Axis(format=days, grid=False, labelOverlap="greedy", labelSeparation=12, **ticks)
    return alt.X("at:T", title=None, axis=axis)


def _y(alt: Any, chart: Chart) -> Any:
    scale = alt.Scale(domain=[_bottom(chart), _top(chart)], nice=False)
    return alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5, format="d"))


def _top(chart: Chart) -> float:
    """The upper end of the scale: as given, or a little over the values and divisible by four."""
    if chart.top is not None:
        return chart.top
    values = [value for line in chart.lines for value in line.values if value is not None]
    ends = [high for _low, high in filter(None, chart.band)] + [value for _label, value in chart.limits]
    return 4.0 * ceil(max([1.0, *values, *ends]) * 1.05 / 4)


def _bottom(chart: Chart) -> float:
    """The lower end of the scale: as given, or zero, or a little under what lies below it."""
    if chart.bottom is not None:
        return chart.bottom
    values = [value for line in chart.lines for value in line.values if value is not None]
    return 4.0 * floor(min([0.0, *values]) * 1.05 / 4)
