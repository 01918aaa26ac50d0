"""The indicators that the service offers ready-made: what it can count itself."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.results import actions, rules
from campus.results.actions import WantedIndicator
from campus.results.models import Indicator
from campus.results.rules import Direction, Point
from core.i18n import marked, today

AT_ZERO = (rules.SLIP, rules.FREE_FUNDS)  # no slip, and no more promised than there is: nobody would aim for less
BUILT_IN: tuple[tuple[str, WantedIndicator], ...] = (
    (
        "room-nights",
        WantedIndicator(
            name=marked("Room-nights of the year"),
            about=marked("Room-nights that the year is expected to end with"),
            unit="room-nights",
            direction=Direction.HIGHER,
            verification=marked("The campus's books and the nightly forecast"),
            measure=rules.ROOM_NIGHTS,
        ),
    ),
    (
        "platforms-conformity",
        WantedIndicator(
            name=marked("Pages of the web platforms without a known failure of WCAG 2.1 AA"),
            about=marked("Of all planned pages of the active platforms. An audit by machine cannot prove conformance."),
            unit="share",
            direction=Direction.HIGHER,
            verification=marked("The nightly accessibility audits and their reviews"),
            measure=rules.CONFORMITY,
        ),
    ),
    (
        "guest-satisfaction",
        WantedIndicator(
            name=marked("Guest satisfaction"),
            about=marked("Share of guests who are satisfied or very satisfied"),
            unit="share",
            direction=Direction.HIGHER,
            verification=marked("A short online questionnaire after the stay"),
            measure=rules.SATISFACTION,
        ),
    ),
    (
        "renovation-progress",
        WantedIndicator(
            name=marked("Progress of the renovation"),
            about=marked("Weights of the milestones that have ended, of all"),
            unit="share",
            direction=Direction.HIGHER,
            verification=marked("The reports of the works"),
            measure=rules.PROGRESS,
        ),
    ),
    (
        "renovation-slip",
        WantedIndicator(
            name=marked("Slip of the renovation"),
            about=marked("Days by which the works that are latest end after their approved baseline"),
            unit="days",
            direction=Direction.LOWER,
            verification=marked("The reports of the works and their approved baselines"),
            measure=rules.SLIP,
        ),
    ),
    (
        "free-funds",
        WantedIndicator(
            name=marked("Free balance of the funds"),
            about=marked("What is in the funds and held by no commitment; below 0 more is promised than there is"),
            unit="euros",
            direction=Direction.HIGHER,
            verification=marked("The books of the funds and the works' commitments"),
            measure=rules.FREE_FUNDS,
        ),
    ),
    (
        "avoided-energy",
        WantedIndicator(
            name=marked("Energy avoided since the works"),
            about=marked("What would have been used without the works, less what was; of meters that can tell it"),
            unit="kWh",
            direction=Direction.HIGHER,
            verification=marked("Meter readings and the baselines confirmed for them"),
            measure=rules.AVOIDED_ENERGY,
        ),
    ),
    (
        "room-night-cost",
        WantedIndicator(
            name=marked("Running costs of an occupied room-night"),
            about=marked("Running costs of the year's known months, without security, for each room-night sold"),
            unit="euros",
            direction=Direction.LOWER,
            verification=marked("The running costs and the campus's books"),
            measure=rules.NIGHT_COST,
        ),
    ),
)


def add_missing(session: Session, actor: str) -> int:
    """Add those whose short name is not taken; how many. Goals that have no other source are set for the year's end."""
    taken = set(session.scalars(sa.select(Indicator.slug)))
    year_end = date(today().year, 12, 31)
    made = 0
    for position, (slug, wanted) in enumerate(BUILT_IN):
        if slug in taken:
            continue
        goals = ((Point(year_end, 0.0), rules.TARGET),) if wanted.measure in AT_ZERO else ()
        actions.add_indicator(session, replace(wanted, goals=goals, position=position), actor, slug)
        made += 1
    return made
