"""A bridge as bars, made on the server like `api/charts.py`: each term begins where the one before it ended.

Text stands beside each bar, so that nothing is told by colour alone; the page gives the sentence and the table.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.charts import COLOURS, FONT, LINE, LOCALES, MUTED, PAPER
from core import i18n

SHADES = {"whole": "#5b6b79", "part": "#8193a2", "sold": COLOURS[0], "held": COLOURS[1]}


@dataclass(frozen=True, slots=True)
class Bar:
    """From `start` to `end` on the scale; `text` stands behind it. `kind` is one of `SHADES`."""

    label: str
    start: float
    end: float
    text: str
    kind: str = "part"


def svg(bars: tuple[Bar, ...], *, narrow: bool = False) -> str:
    """The picture, for a wide or a narrow window, in the visitor's language."""
    return _drawn(bars, narrow, i18n.language())


@lru_cache(maxsize=128)
def _drawn(bars: tuple[Bar, ...], narrow: bool, language: str) -> str:
    import vl_convert  # late: only who looks at a chart pays for it

    return str(vl_convert.vegalite_to_svg(_spec(bars, narrow), format_locale=LOCALES[language]))


def _spec(bars: tuple[Bar, ...], narrow: bool) -> dict[str, Any]:
    import altair as alt

    data: Any = alt.Data
    text = 14 if narrow else 15
    values: list[dict[str, Any]] = [
        {"label": one.label, "start": min(one.start, one.end), "end": max(one.start, one.end), "text": one.text}
        | {"colour": SHADES[one.kind]}
        for one in bars
    ]
    widest = 12 + 9 * max((len(one.text) for one in bars), default=0)
    top = max([1.0, *(value["end"] for value in values)])
    low = min([0.0, *(value["start"] for value in values)])
    labels = alt.Axis(labelLimit=130 if narrow else 260, domain=False, ticks=False, labelPadding=8)
    base = alt.Chart(data(values=values)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=labels),
        x=alt.X("start:Q", title=None, axis=None, scale=alt.Scale(domain=[low, top], nice=False)),
        x2="end:Q",
    )
    drawn = base.mark_bar(height={"band": 0.62}, minBandSize=1).encode(color=alt.Color("colour:N", scale=None))
    ends = base.mark_text(align="left", dx=6, fontSize=text, color=MUTED).encode(
        x=alt.X("end:Q"), x2=alt.Undefined, text="text:N"
    )
    spec: dict[str, Any] = (
        alt.layer(drawn, ends)
        .properties(
            width=150 if narrow else 660,
            height=alt.Step(34 if narrow else 32),
            padding={"right": max(56 if narrow else 80, widest), "left": 20, "top": 4, "bottom": 4},
        )
        .configure(background=PAPER, font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=text, gridColor=LINE)
        .to_dict()
    )
    return spec
