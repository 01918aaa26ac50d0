"""Every SELECT on the results: the indicators as they were known at an instant, and how each of them stands."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.forecast.targets import target, target_of
from campus.known import known
from campus.results import rules
from campus.results.models import Indicator, IndicatorValue, IndicatorVersion
from campus.results.rules import Course, Direction, Point, Status
from core.errors import NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator at a moment: what it is, what was reported by then, the latest day last, and how it stands."""

    slug: str
    version: IndicatorVersion
    course: Course
    values: tuple[IndicatorValue, ...]  # one a day, as the last one of the day says
    on: date

    @property
    def last(self) -> IndicatorValue | None:
        """What was reported last, be it that there is no value."""
        return self.values[-1] if self.values else None

    @property
    def status(self) -> Status:
        """By the rule in `rules.status`."""
        last = self.last
        point = None if last is None or last.value is None else Point(last.day, last.value)
        return rules.status(self.course, point, self.on)

    @property
    def required(self) -> float | None:
        """What is required on the day of the last value."""
        last = self.last
        return self.course.required(last.day if last else self.on)

    @property
    def goal(self) -> Point | None:
        """The next goal; after the last one that."""
        goals = self.course.goals
        return next((goal for goal in goals if goal.day >= self.on), goals[-1] if goals else None)


def course_of(session: Session, version: IndicatorVersion, moment: Moment) -> Course:
    """What a version of an indicator is to reach. Targets of room-nights that the books have count before its own."""
    start = None
    if version.baseline is not None and version.baseline_on is not None:
        start = Point(version.baseline_on, version.baseline)
    goals = {goal.day: goal.value for goal in version.goals}
    if version.measure == rules.ROOM_NIGHTS:
        for year in {day.year for day in goals}:
            if entered := target(session, year, moment.at):
                goals[date(year, 12, 31)] = float(entered.room_nights)
        goals.setdefault(date(moment.on.year, 12, 31), float(target_of(session, moment.on.year, moment.at)))
    points = tuple(Point(day, goals[day]) for day in sorted(goals))
    return Course(Direction(version.direction), start, points)


def lines(session: Session, moment: Moment, *, references: bool = False) -> list[Line]:
    """The indicators as known at a moment, in their order; or the reference lines of other organisations."""
    current = sa.select(Indicator.slug, IndicatorVersion).join(
        IndicatorVersion, IndicatorVersion.indicator_id == Indicator.id
    )
    found = session.execute(
        current.where(
            known(IndicatorVersion, moment.at),
            IndicatorVersion.dropped.is_(False),
            IndicatorVersion.reference.is_(references),
        ).order_by(IndicatorVersion.position, Indicator.id)
    ).all()
    values = _values(session, [version.indicator_id for _slug, version in found], moment)
    return [_line(session, slug, version, values[version.indicator_id], moment) for slug, version in found]


def every_line(session: Session, moment: Moment) -> list[Line]:
    """Our own indicators, then the reference lines."""
    return lines(session, moment) + lines(session, moment, references=True)


def line(session: Session, slug: str, moment: Moment) -> Line:
    """One indicator, a reference line too. Raises `NotFound`."""
    version = session.scalar(
        sa.select(IndicatorVersion)
        .join(Indicator, Indicator.id == IndicatorVersion.indicator_id)
        .where(Indicator.slug == slug, known(IndicatorVersion, moment.at))
    )
    if version is None:
        raise NotFound(_("There is no such indicator."))
    return _line(session, slug, version, _values(session, [version.indicator_id], moment)[version.indicator_id], moment)


def _line(
    session: Session, slug: str, version: IndicatorVersion, values: Sequence[IndicatorValue], moment: Moment
) -> Line:
    return Line(slug, version, course_of(session, version, moment), tuple(values), moment.on)


def measured(session: Session) -> list[tuple[int, IndicatorVersion]]:
    """The indicators whose values the service counts, with their numbers."""
    found = session.scalars(
        sa.select(IndicatorVersion)
        .where(known(IndicatorVersion, None), IndicatorVersion.dropped.is_(False), IndicatorVersion.measure != "")
        .order_by(IndicatorVersion.position, IndicatorVersion.indicator_id)
    )
    return [(version.indicator_id, version) for version in found]


def versions(session: Session, indicator_id: int, moment: Moment) -> list[IndicatorVersion]:
    """Everything that an indicator ever was by a moment, the newest first."""
    query = sa.select(IndicatorVersion).where(IndicatorVersion.indicator_id == indicator_id)
    if moment.at is not None:
        query = query.where(IndicatorVersion.recorded_at <= moment.at)
    return list(session.scalars(query.order_by(IndicatorVersion.id.desc())))


def reported(session: Session, indicator_id: int, moment: Moment) -> list[IndicatorValue]:
    """Everything that was ever reported of an indicator by a moment, the newest first; corrected values too."""
    return list(session.scalars(_until([indicator_id], moment).order_by(None).order_by(IndicatorValue.id.desc())))


def last_measured(session: Session, indicator_id: int, day: date) -> IndicatorValue | None:
    """What the service last recorded of a day."""
    mine = sa.and_(IndicatorValue.indicator_id == indicator_id, IndicatorValue.day == day)
    query = sa.select(IndicatorValue).where(mine, IndicatorValue.by_hand.is_(False))
    return session.scalar(query.order_by(IndicatorValue.id.desc()).limit(1))


def _values(session: Session, ids: Sequence[int], moment: Moment) -> dict[int, list[IndicatorValue]]:
    by_day: dict[int, dict[date, IndicatorValue]] = defaultdict(dict)
    for one in session.scalars(_until(ids, moment)):
        by_day[one.indicator_id][one.day] = one
    return defaultdict(list, {key: [days[day] for day in sorted(days)] for key, days in by_day.items()})


def _until(ids: Sequence[int], moment: Moment) -> sa.Select[IndicatorValue]:
    query = sa.select(IndicatorValue).where(IndicatorValue.indicator_id.in_(ids), IndicatorValue.day <= moment.on)
    if moment.at is not None:
        query = query.where(IndicatorValue.recorded_at <= moment.at)
    return query.order_by(IndicatorValue.id)
