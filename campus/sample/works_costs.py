"""Running costs of the sample campus: months that are invented in the order of the published totals of two years.

The totals of items 18 and 19 come with the facts file (`works_funds`). What single months came to, the budgets of this
year, recoveries and rents are invented, and each amount says so in its note.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.funds.facts import THOUSAND
from campus.nights import Nights
from campus.places.models import Party
from campus.running_costs import from_facts, queries
from campus.running_costs.models import CostEntry
from campus.running_costs.rules import Kind, Line, Place, Status
from campus.sample import plan
from campus.sample.works_funds import published
from core import clock
from core.i18n import today

ACTOR = "command"
NOTE = "Sample data: invented"
WINTER = (1.5, 1.4, 1.2, 0.95, 0.75, 0.7, 0.85, 0.7, 0.75, 0.9, 1.1, 1.2)
"""How much of the utilities falls into each month, against a mean of 1: heating, and some cooling in July. Invented."""

RECOVERIES = {"sample-agency": 46_000_00, "sample-college": 61_000_00}  # cents a quarter
RENTS = {"sample-company": 8_400_00, "sample-association": 3_150_00}  # cents a month
RISE = 1.03  # of this year's budget against the published proposal

Row = dict[str, Any]


def write_costs(session: Session, seed: int) -> int:
    """Write what would be known by now; how many amounts. Parties of the sample campus must be there."""
    parties = {row.slug: row.id for row in session.execute(sa.select(Party.slug, Party.id))}
    chance = random.Random(seed)  # noqa: S311 - sample data must be the same each time
    first = number = queries.next_number(session)
    rows: list[Row] = []
    for place, known, cents in _amounts(chance, parties):
        if known <= clock.now():
            rows += _versions(chance, place, known, cents, number)
            number += 1
    session.execute(sa.insert(CostEntry), rows)
    return number - first


def _amounts(chance: random.Random, parties: dict[str, int]) -> Iterator[tuple[Place, datetime, int]]:
    """Where each amount stands, when it became known, and its cents."""
    costs = published().running_costs_thousand_eur
    assert costs is not None  # as the file of the sample has them
    lines = {line: totals for line, _name, totals in from_facts.rows(costs)}
    this_year = Nights.year(today().year)
    for month in Nights(plan.START, this_year.until).months():
        booked = month.until + timedelta(days=12)
        for line, totals in lines.items():
            share = _share(line, totals, month.first)
            yield Place(line, Kind.ACTUAL, month), _noon(booked), round(share * chance.gauss(1, 0.04))
            if month.first in this_year:
                known = _noon(date(month.first.year - 1, 11, 30))
                yield Place(line, Kind.BUDGET, month), known, round(share * RISE / 100_00) * 100_00
        for slug, cents in RENTS.items():
            place = Place(Line.RENT, Kind.ACTUAL, month, parties[slug])
            yield place, _noon(booked), round(cents * (1 + 0.02 * (month.first.year - plan.START.year)))
        if month.first.month % 3 == 0:
            quarter = Nights(month.first.replace(month=month.first.month - 2), month.until)
            for slug, cents in RECOVERIES.items():
                place = Place(Line.RECOVERY, Kind.ACTUAL, quarter, parties[slug])
                yield place, _noon(quarter.until + timedelta(days=25)), round(cents * chance.uniform(0.95, 1.05))


def _share(line: Line, totals: list[int], first: date) -> float:
    """A month's cents of the two published years that it belongs to, or of the last ones; `totals` by column."""
    column = 1 if first.year < 2024 else 2
    season = {Line.UTILITIES: WINTER, Line.CLEANING: plan.MONTHS, Line.WASTE: plan.MONTHS}.get(line, (1.0,) * 12)
    return totals[column] * THOUSAND / 24 * season[first.month - 1] / (sum(season) / 12)


def _versions(chance: random.Random, place: Place, known: datetime, cents: int, number: int) -> list[Row]:
    """The amount as it was entered; now and then an invoice came later and it was corrected."""
    row = {
        "number": number,
        "cost_line": place.line.value,
        "kind": place.kind.value,
        "party_id": place.party_id,
        "first": place.period.first,
        "until": place.period.until,
        "cents": cents,
        "note": NOTE,
        "status": Status.ENTERED.value,
        "recorded_at": known,
        "recorded_by": ACTOR,
        "superseded_at": None,
        "reason": "",
    }
    late = known + timedelta(days=20)
    if place.kind is not Kind.ACTUAL or place.line in (Line.RENT, Line.RECOVERY) or chance.random() > 0.08:
        return [row]
    if late > clock.now():
        return [row]
    more = {"cents": round(cents * 1.03), "recorded_at": late, "reason": "Sample invoice came late"}
    return [row | {"superseded_at": late}, row | more]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
