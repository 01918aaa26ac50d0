"""Snapshots, pick-up, pace, materialisation and forecasts as JSON. Everything is in room-nights unless it says so."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from campus.forecast.materialisation import Materialisation


class SnapshotOut(BaseModel):
    """What was on the books on an evening, added up; `replayed` where it was made later, from what was known then."""

    taken_on: date
    made_at: datetime
    replayed: bool
    sold: int
    held: int


class BooksOut(BaseModel):
    """Rooms sold and held for a night and segment."""

    night: date
    segment: str
    sold: int
    held: int


class PickUpLineOut(BaseModel):
    """A month of stay and a segment: on the books on the first evening and on the second, and the difference."""

    month: str
    segment: str
    before: int
    after: int
    pick_up: int
    held_before: int
    held_after: int


class PickUpOut(BaseModel):
    """Pick-up of `nights` nights; of `nights_unknown` more it is not known, for want of a snapshot."""

    since: date
    until: date
    nights: int
    nights_unknown: int
    pick_up: int
    lines: list[PickUpLineOut]


class PaceLineOut(BaseModel):
    """A month of stay and a segment: on the books now, 364 days before, and what was sold of last year's in the end."""

    month: str
    segment: str
    now: int
    then: int
    pace: int
    became: int
    held_now: int
    held_then: int


class PaceOut(BaseModel):
    """Pace of `nights` nights; of `nights_unknown` more it is not known, for want of a snapshot."""

    on: date
    compared_with: date
    nights: int
    nights_unknown: int
    pace: int
    lines: list[PaceLineOut]


class WeekBeforeOut(BaseModel):
    """So many weeks before: shares of 1 of what the groups contracted that were known by then."""

    model_config = ConfigDict(from_attributes=True)

    before: int
    groups: int
    share: float | None
    of_final: float | None
    low: float | None
    high: float | None


class MaterialisationOut(BaseModel):
    """What groups of a segment or party made of their rooms; shares of 1. `name` is null for all of them."""

    cut: str
    name: str | None
    groups: int
    contracted: int
    used: int
    wash_expected: float | None
    wash: float | None
    weeks: list[WeekBeforeOut]


class ForecastDayOut(BaseModel):
    """A forecast that was kept."""

    made_on: date
    made_at: datetime
    books_of: date


class ForecastOut(ForecastDayOut):
    """A kept forecast: `segments` and `all` with back-test and weeks ahead, a list a column; `years` by year."""

    begins: date
    segments: list[dict[str, Any]]
    all: dict[str, Any]
    years: dict[str, dict[str, Any]]


def materialisation_out(cut: str, name: str | None, report: Materialisation) -> MaterialisationOut:
    """The groups of one thing."""
    return MaterialisationOut(
        cut=cut,
        name=name,
        groups=report.groups,
        contracted=report.contracted,
        used=report.final,
        wash_expected=report.expected_wash,
        wash=report.wash,
        weeks=[WeekBeforeOut.model_validate(week) for week in report.weeks],
    )


def forecast_out(made_on: date, made_at: datetime, content: Mapping[str, Any], slugs: Mapping[int, str]) -> ForecastOut:
    """A kept forecast, its segments by their short names; each method with the day since which it is used."""
    since = content.get("since", {})
    segments = [
        {
            "segment": slugs.get(part["segment"], ""),
            "tests": [test | {"since": since.get(f"{part['segment']}-{test['first']}")} for test in part["tests"]],
            "weeks": part["weeks"],
        }
        for part in content["segments"]
    ]
    named = {name: content[name] for name in ("books_of", "begins", "all", "years")}
    return ForecastOut(made_on=made_on, made_at=made_at, segments=segments, **named)
