"""Bars in groups as SVG, made on the server like `bars.py`: lying, so that each has its name and amount beside it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n

WIDE, NARROW = (620, 20, 15), (130, 20, 13)  # width of the plot, height of a bar, text: in CSS pixels
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
def _drawn(chart: Groups, size: tuple[int, int, int], language: str) -> str:
    import altair as alt  # late, as vl_convert: only who looks at a chart pays for them
    import vl_convert

    spec: dict[str, Any] = _spec(alt, chart, size)
    locale = LOCALES[language]
    return str(vl_convert.vegalite_to_svg(spec, time_format_locale=locale, format_locale=locale))


def _spec(alt: Any, chart: Groups, size: tuple[int, int, int]) -> dict[str, Any]:
    width, height, text = size
    values = [
        {"group": name, "bar": f"{number}", "label": label, "value": value, "last": number == len(bars) - 1}
        for name, bars in chart.groups
        for number, (label, value) in enumerate(bars)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=130, ticks=False, domain=False)),
        yOffset=alt.YOffset("bar:N"),
        x=alt.X("value:Q", title=None, axis=None),
    )
    colour = alt.condition("datum.last", alt.value(COLOURS[0]), alt.value(FADED))
    label = base.mark_text(align="left", baseline="middle", dx=6, fontSize=text, color=MUTED)
    drawn: dict[str, Any] = (
        alt.layer(base.mark_bar().encode(color=colour), label.encode(text="label:N"))
        .properties(width=width, height={"step": height}, padding={"right": 12, "left": 4, "top": 4, "bottom": 4})
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=text, gridColor=LINE, domainColor=LINE)
        .to_dict()
    )
    return drawn
