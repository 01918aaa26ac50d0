"""Reads a kept forecast: what `models.Forecast.content` tells, as plain objects. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from campus.forecast.backtest import Score, SpanTest
from campus.forecast.year_end import YearEnd

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven nights from `first` on, in room-nights; None where nothing is known."""

    first: date
    method: str
    nights: float
    low: float | None
    high: float | None
    sold: float | None
    held: float | None
    last_year: float | None


def part_of(content: Content, segment: int | None) -> Content | None:
    """A forecast's part of a segment, or of all; None where it has none."""
    if segment is None:
        whole: Content | None = content["all"]
        return whole
    return next((one for one in content["segments"] if one["segment"] == segment), None)


def weeks_of(content: Content, segment: int | None) -> list[Week]:
    """The weeks ahead of a segment, or of all."""
    part = part_of(content, segment)
    if part is None:
        return []
    begins = date.fromisoformat(content["begins"])
    columns = part["weeks"]
    rows = zip(
        *(columns[name] for name in ("method", "nights", "low", "high", "sold", "held", "last_year")), strict=True
    )
    return [Week(begins + timedelta(days=7 * number), *row) for number, row in enumerate(rows)]


def tests_of(content: Content, segment: int | None) -> list[SpanTest]:
    """The back-test of a segment, or of all."""
    part = part_of(content, segment) or {"tests": []}
    return [
        SpanTest(**one | {"scores": {name: Score(**score) for name, score in one["scores"].items()}})
        for one in part["tests"]
    ]


def since(content: Content, segment: int, test: SpanTest) -> date | None:
    """The day since which the segment's method is used at these leads."""
    found = content.get("since", {}).get(f"{segment}-{test.first}")
    return date.fromisoformat(found) if found else None


def years_of(content: Content) -> dict[int, YearEnd]:
    """Year → its end."""
    return {int(year): YearEnd(**end) for year, end in content["years"].items()}
