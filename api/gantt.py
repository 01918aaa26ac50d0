"""Gantt charts as SVG, made on the server like `charts.py`: a row a milestone, over its baseline.

Told apart without colour: the baseline is a thin bar below, what is a fact is filled, a forecast is an outline, and a
moment is a diamond. How late a milestone is stands beside its bar.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, FONT, LINE, LOCALES, MUTED, PAPER
from campus.renovation.network import Span
from core import i18n

SHORTEST = 0.006  # of the whole time: a span that is shorter is drawn as a moment
NAME_LENGTH = 34  # characters of a name; the table has the whole of it


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone: where it lies, its baseline, until which day it is a fact, and the words beside its bar."""

    name: str
    span: Span
    baseline: Span | None
    actual_until: date | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gantt:
    """The rows from above, and the day that counts as today."""

    rows: tuple[Row, ...]
    today: date


@dataclass(frozen=True, slots=True)
class _Size:
    """Of the plot, in CSS pixels: its width, the height of a row, texts and ticks."""

    width: int
    row: int
    text: int
    ticks: int


WIDE, NARROW = _Size(820, 46, 15, 6), _Size(230, 58, 14, 3)


def svg(chart: Gantt, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=64)
def _drawn(chart: Gantt, size: _Size, language: str) -> str:
    import vl_convert  # late: only who looks at a chart pays for it

    return str(vl_convert.vegalite_to_svg(_spec(chart, size), time_format_locale=LOCALES[language]))


def _spec(chart: Gantt, size: _Size) -> dict[str, Any]:
    import altair as alt

    first, last = _ends(chart)
    scale = alt.Scale(domain=[_at(first), _at(last)], nice=False)
    axis = alt.Axis(
        format="%b %Y", tickCount=size.ticks, labelOverlap="greedy", labelSeparation=10, labelFlush=True, orient="top"
    )
    x = alt.X("from:T", title=None, scale=scale, axis=axis)
    lines = alt.Y(
        "y:Q", title=None, axis=None, scale=alt.Scale(domain=[0, _height(chart, size)], reverse=True, nice=False)
    )
    layers = [_today(alt, chart, scale)]
    for kind, style in _STYLES.items():
        values = [one for one in _values(chart, size, first, last) if one["kind"] == kind]
        if values:
            layers.append(_mark(alt, values, style, x, lines))
    layers += _texts(alt, chart, size, first, last, x, lines)
    drawn: dict[str, Any] = (
        alt.layer(*layers)
        .properties(
            width=size.width, height=_height(chart, size), padding={"right": 12, "left": 8, "top": 8, "bottom": 4}
        )
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=size.text, gridColor=LINE, domainColor=LINE, tickColor=LINE)
        .to_dict()
    )
    return drawn


_STYLES: dict[str, dict[str, Any]] = {
    "baseline": {"type": "bar", "height": 6, "fill": "#a9b4bd", "stroke": MUTED, "strokeWidth": 0.5},
    "forecast": {"type": "bar", "height": 14, "fill": PAPER, "stroke": COLOURS[0], "strokeWidth": 1.75},
    "actual": {"type": "bar", "height": 14, "fill": COLOURS[0], "stroke": COLOURS[0], "strokeWidth": 1.75},
    "baseline moment": {"type": "point", "size": 50, "fill": "#a9b4bd", "stroke": MUTED, "strokeWidth": 0.5},
    "forecast moment": {"type": "point", "size": 130, "fill": PAPER, "stroke": COLOURS[0], "strokeWidth": 1.75},
    "actual moment": {"type": "point", "size": 130, "fill": COLOURS[0], "stroke": COLOURS[0]},
}


def _values(chart: Gantt, size: _Size, first: date, last: date) -> list[dict[str, Any]]:
    """Bars and diamonds: the baseline below, over it the forecast and the part of it that is a fact."""
    shortest = (last - first) * SHORTEST
    found = []
    for number, row in enumerate(chart.rows):
        middle = (number + 0.5) * size.row + (size.row - WIDE.row) / 2
        if row.baseline:
            found.append(_piece("baseline", row.baseline, middle + 13, shortest))
        found.append(_piece("forecast", row.span, middle, shortest))
        if row.actual_until:
            until = max(row.span.start, min(row.actual_until, row.span.finish))
            fact = _piece("actual", Span(row.span.start, until), middle, shortest)
            if not found[-1]["kind"].endswith("moment") or until == row.span.finish:
                fact["kind"] = "actual moment" if found[-1]["kind"].endswith("moment") else "actual"
                found.append(fact)
    return found


def _piece(kind: str, span: Span, y: float, shortest: timedelta) -> dict[str, Any]:
    if span.finish - span.start <= shortest:
        return {"kind": f"{kind} moment", "from": _at(span.start), "until": _at(span.start), "y": y}
    return {"kind": kind, "from": _at(span.start), "until": _at(span.finish + timedelta(days=1)), "y": y}


def _mark(alt: Any, values: list[dict[str, Any]], style: dict[str, Any], x: Any, y: Any) -> Any:
    base, kind = alt.Chart(alt.Data(values=values)), style["type"]
    look = {name: value for name, value in style.items() if name != "type"}
    if kind == "point":
        return base.mark_point(shape="diamond", opacity=1, **look).encode(x=x, y=y)
    height = look.pop("height")
    return base.mark_bar(orient="horizontal", height=height, **look).encode(x=x, x2=alt.X2("until:T"), y=y)


def _texts(alt: Any, chart: Gantt, size: _Size, first: date, last: date, x: Any, y: Any) -> list[Any]:
    """Names above the bars at the left, and how late each is beside the bar, on the side that has room for it."""
    names, beside = [], {"left": [], "right": []}  # type: ignore[var-annotated]
    for number, row in enumerate(chart.rows):
        middle = (number + 0.5) * size.row + (size.row - WIDE.row) / 2
        name = row.name if len(row.name) <= NAME_LENGTH else f"{row.name[: NAME_LENGTH - 1]}…"
        names.append({"from": _at(first), "y": middle - 19, "text": name})
        if row.label:
            late = (row.span.finish - first) > (last - first) * 0.7
            end = row.span.start if late else row.span.finish + timedelta(days=1)
            beside["right" if late else "left"].append({"from": _at(end), "y": middle, "text": row.label})
    layers = [_text(alt, names, x, y, align="left", dx=0, color="#16212b", fontSize=size.text)]
    for side, dx in (("left", 10), ("right", -10)):
        if beside[side]:
            style = {"align": side, "dx": dx, "color": COLOURS[1], "fontSize": size.text, "fontWeight": 600}
            layers.append(_text(alt, beside[side], x, y, **style))
    return layers


def _text(alt: Any, values: list[dict[str, Any]], x: Any, y: Any, **style: Any) -> Any:
    return alt.Chart(alt.Data(values=values)).mark_text(baseline="middle", **style).encode(x=x, y=y, text="text:N")


def _today(alt: Any, chart: Gantt, scale: Any) -> Any:
    values = [{"from": _at(chart.today)}]
    rule = alt.Chart(alt.Data(values=values)).mark_rule(color=MUTED, strokeDash=[4, 3], strokeWidth=1.5)
    return rule.encode(x=alt.X("from:T", scale=scale))


def _ends(chart: Gantt) -> tuple[date, date]:
    """From the first to the last day that anything lies on, and a little more."""
    spans = [span for row in chart.rows for span in (row.span, row.baseline) if span]
    first = min(chart.today, *(span.start for span in spans))
    last = max(chart.today, *(span.finish for span in spans))
    room = max(timedelta(days=3), (last - first) / 40)
    return first - room, last + room


def _height(chart: Gantt, size: _Size) -> int:
    return size.row * len(chart.rows) + 8


def _at(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
