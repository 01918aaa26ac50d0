"""Results in the small campus of the tests: an indicator of each status, a reference line, one that was dropped."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.results import actions, built_in, rules
from campus.results.actions import Reported, WantedIndicator
from campus.results.models import IndicatorVersion
from campus.results.rules import Direction, Point
from core.i18n import today
from tests.campus.books import TEST, Campus


def add_results(session: Session, _campus: Campus) -> None:
    """The built-in ones with some values, and others."""
    built_in.add_missing(session, TEST)
    day = today()
    for back, value in ((90, 26_000.0), (0, 25_400.0)):
        given = Reported(day=day - timedelta(days=back), value=value, note="Sample count")
        actions.record(session, actions.current(session, "room-nights"), given, TEST)
    failed = Reported(day=day, value=None, note="Could not be measured: sample reason")
    actions.record(session, actions.current(session, "platforms-conformity"), failed, TEST)
    share(session, "Sample share at risk", 0.78)
    share(session, "Sample share off track", 0.2)
    add_reference(session)
    actions.drop(session, share(session, "Sample dropped", 0.1), TEST)


def share(session: Session, name: str, value: float) -> IndicatorVersion:
    """An indicator that grows from 0 to 80 percent, its last goal reached tomorrow, with a value of today."""
    day = today()
    wanted = WantedIndicator(
        name=name,
        unit="share",
        direction=Direction.HIGHER,
        verification="Sample survey",
        baseline=Point(day - timedelta(days=400), 0.0),
        goals=[
            (Point(day - timedelta(days=100), 0.6), rules.MILESTONE),
            (Point(day + timedelta(days=1), 0.8), "target"),
        ],
    )
    version = actions.add_indicator(session, wanted, TEST)
    given = Reported(day=day, value=value, n=120, note="Sample answers", url="https://example.org/sample-survey")
    actions.report(session, version, given, TEST)
    return version


def add_reference(session: Session) -> None:
    """The line of another organisation."""
    wanted = WantedIndicator(
        code="IT 2.3.b",
        name="Share of the public web site conforming to WCAG level AA",
        about="The public site of the parent organisation",
        unit="share",
        direction=Direction.HIGHER,
        baseline=Point(date(2021, 12, 31), 0.0),
        goals=[(Point(date(2023, 12, 31), 0.15), rules.MILESTONE)],
        reference=True,
        position=100,
    )
    version = actions.add_indicator(session, wanted, TEST)
    actions.report(session, version, Reported(day=date(2022, 12, 31), value=None, note="Not reported"), TEST)
