"""Sample results: the indicators that documents publish, with invented values of guests' satisfaction that say so.

Published: room-nights of 50,000 before 2020 and 25,000 as the target of 2024 and 2025, and the reference line IT 2.3.b
of the parent organisation's public site. Room-nights of past years are those of the sample books.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.results import actions, rules
from campus.results.actions import Reported, WantedIndicator
from campus.results.built_in import BUILT_IN
from campus.results.models import IndicatorValue, IndicatorVersion
from campus.results.rules import Direction, Point
from campus.year import year_report
from core.i18n import today

ACTOR = "command"
START = date(2024, 1, 15)
INVENTED = "Invented sample value"
SATISFIED = ((0.781, 214), (0.774, 187), (0.792, 246), (0.803, 231), (0.799, 205), (0.812, 262))
"""Share and answers of the quarters that are over, the oldest first."""
REFERENCE = WantedIndicator(
    code="IT 2.3.b",
    name="Share of the public web site conforming to WCAG level AA",
    about="The public site of the parent organisation, not of this centre",
    unit="share",
    direction=Direction.HIGHER,
    verification="Evaluation by accessibility experts (IT strategy, progress report for 2022)",
    baseline=Point(date(2021, 12, 31), 0.0),
    goals=((Point(date(2023, 12, 31), 0.15), rules.MILESTONE),),
    reference=True,
    position=90,
)


def add_results(session: Session) -> int:
    """The indicators and what was reported of them; how many indicators."""
    ready = dict(BUILT_IN)
    for position, (slug, wanted) in enumerate(ready.items()):
        _add(session, replace(_completed(slug, wanted), position=position), slug)
    reference = _add(session, REFERENCE, "it-2-3-b")
    _report(session, reference, Reported(day=date(2022, 12, 31), value=None, note="Not reported at the end of 2022"))
    _add_past_years(session)
    satisfied = actions.current(session, "guest-satisfaction")
    quarters = _quarters(len(SATISFIED))
    for day, (share, answers) in zip(quarters, SATISFIED, strict=True):
        _report(session, satisfied, Reported(day=day, value=share, n=answers, note=INVENTED))
    return len(ready) + 1


def _completed(slug: str, wanted: WantedIndicator) -> WantedIndicator:
    """With baseline and goals: published ones of room-nights, invented ones of the others."""
    year = today().year
    match slug:
        case "room-nights":
            goals = _goals((2024, 25_000.0, rules.TARGET), (2025, 25_000.0, rules.TARGET))
            before = Point(date(2019, 12, 31), 50_000.0)
            return replace(wanted, code="Campus capacity", baseline=before, goals=goals)
        case "platforms-conformity":
            return replace(wanted, goals=_goals((year, 0.5, rules.MILESTONE), (year + 1, 0.8, rules.TARGET)))
        case "guest-satisfaction":
            goals = _goals((year, 0.8, rules.MILESTONE), (year + 1, 0.85, rules.TARGET))
            return replace(wanted, baseline=Point(date(year - 2, 12, 31), 0.76), goals=goals)
        case "renovation-progress":
            return replace(wanted, goals=_goals((year, 0.4, rules.MILESTONE), (year + 1, 0.9, rules.TARGET)))
        case "avoided-energy":
            return replace(wanted, goals=_goals((year, 50_000.0, rules.TARGET)))
        case "room-night-cost":
            return replace(wanted, goals=_goals((year, 95.0, rules.TARGET)))
    return replace(wanted, goals=_goals((year, 0.0, rules.TARGET)))


def _goals(*given: tuple[int, float, str]) -> Sequence[tuple[Point, str]]:
    return [(Point(date(year, 12, 31), value), kind) for year, value, kind in given]


def _add_past_years(session: Session) -> None:
    version = actions.current(session, "room-nights")
    for year in (today().year - 2, today().year - 1):
        sold = year_report(session, year, Moment.now()).to_date
        given = Reported(day=date(year, 12, 31), value=float(sold), note="Sold, as the sample books say")
        _report(session, version, given)


def _quarters(count: int) -> list[date]:
    """The last days of so many quarters that are over, the oldest first."""
    first = today().replace(day=1, month=(today().month - 1) // 3 * 3 + 1)
    days: list[date] = []
    for _number in range(count):
        days.insert(0, first - timedelta(days=1))
        first = days[0].replace(day=1, month=days[0].month - 2)
    return days


def _add(session: Session, wanted: WantedIndicator, slug: str) -> IndicatorVersion:
    """An indicator, known from the beginning of the sample's results on."""
    version = actions.add_indicator(session, wanted, ACTOR, slug)
    version.recorded_at = _noon(START)
    session.flush()
    return version


def _report(session: Session, version: IndicatorVersion, given: Reported) -> IndicatorValue:
    """A value, known from its own day on, or from the beginning."""
    made = actions.report(session, version, given, ACTOR)
    made.recorded_at = _noon(max(given.day, START))
    session.flush()
    return made


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)
