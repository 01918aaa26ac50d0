"""Bars in groups as SVG, made on the server like `bars.py`: lying, so that each has its name and amount beside it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n

WIDE, NARROW = (880, 22, 15, 190), (240, 20, 13, 130)
"""Width of the plot, height of a bar, text, and what of the width is for the label of the longest bar: CSS pixels."""
FADED = "#8fa6b8"


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups by name, each with the same bars: a label that stands beside the bar, and its length.

    The last bar of a group is the one that counts and stands out.
    """

    groups: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]


def svg(chart: Groups, *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(chart, NARROW if narrow else WIDE, i18n.language())


@lru_cache(maxsize=128)
def _drawn(chart: Groups, size: tuple[int, int, int, int], language: str) -> str:
    import altair as alt  # late, as vl_convert: only who looks at a chart pays for them
    import vl_convert

    spec: dict[str, Any] = _spec(alt, chart, size)
    locale = LOCALES[language]
    return str(vl_convert.vegalite_to_svg(spec, time_format_locale=locale, format_locale=locale))


def _spec(alt: Any, chart: Groups, size: tuple[int, int, int, int]) -> dict[str, Any]:
    width, height, text, room = size
    values = _values(chart, named=size == NARROW)
    longest = max([1.0, *(float(one["value"]) for one in values)]) * width / (width - room)
    names = alt.Axis(labelLimit=200, ticks=False, domain=False, labels=size != NARROW)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("group:N", sort=None, title=None, axis=names),
        yOffset=alt.YOffset("bar:N"),
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(domain=[0, longest], nice=False)),
    )
    colour = alt.condition("datum.last", alt.value(COLOURS[0]), alt.value(FADED))
    label = base.mark_text(align="left", baseline="middle", dx=6, fontSize=text, color=MUTED)
    name = base.mark_text(align="left", baseline="middle", fontSize=text, fontWeight=600, color=MUTED)
    drawn: dict[str, Any] = (
        alt.layer(
            base.mark_bar().encode(color=colour),
            label.transform_filter("!datum.name").encode(text="label:N"),
            name.transform_filter("datum.name").encode(text="label:N"),
        )
        .properties(width=width, height={"step": height}, padding={"right": 12, "left": 16, "top": 4, "bottom": 4})
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=text, gridColor=LINE, domainColor=LINE)
        .to_dict()
    )
    return drawn


def _values(chart: Groups, *, named: bool) -> list[dict[str, Any]]:
    """What is drawn; where there is no room beside the bars, a group's name stands above them as one without length."""
    found: list[dict[str, Any]] = []
    most = max((len(bars) for _group, bars in chart.groups), default=0)
    for group, bars in chart.groups:
        shared = {"group": group, "last": False, "name": False}
        if named:
            found.append(shared | {"bar": "0", "label": group, "value": 0, "name": True})
        first = 1 if named else 1 + (most - len(bars)) // 2  # fewer bars stand in the middle, beside the group's name
        for number, (label, value) in enumerate(bars, first):
            last = number == first + len(bars) - 1
            found.append(shared | {"bar": f"{number}", "label": label, "value": value, "last": last})
    return found
