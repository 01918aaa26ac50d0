"""Milestone trend analysis: what was forecast when. Pure.

Each report is taken as it counted on its day, and what waits is placed after it by the dependencies that are known now:
a milestone that is pushed by another has a new forecast whenever the other one is reported.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campus.renovation.network import Dependency, Key, Placed, Wanted, place

History = Mapping[Key, Sequence[tuple[date, Wanted]]]
"""Milestone → its reports with the days they were made for, in the order in which they count."""


@dataclass(frozen=True, slots=True)
class Point:
    """What the reports up to a day forecast. `reported`: by a report of this milestone; `ended`: it is a fact."""

    on: date
    finish: date
    reported: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The forecasts of a milestone, the oldest first; none after the report that it has ended."""

    key: Key
    points: tuple[Point, ...]

    @property
    def days(self) -> int:
        """By how much the last forecast lies later than the first one, in days."""
        return (self.points[-1].finish - self.points[0].finish).days

    @property
    def changes(self) -> int:
        """How often the forecast changed."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return sum(one.finish != other.finish for one, other in pairs)

    @property
    def ended(self) -> bool:
        """Whether its end is a fact."""
        return self.points[-1].ended


def told_by(history: History, day: date) -> dict[Key, Wanted]:
    """What the reports up to a day, itself included, say of each milestone; without those nothing was said of."""
    found: dict[Key, Wanted] = {}
    for key, reports in history.items():
        until = [wanted for on, wanted in reports if on <= day]
        if until:
            found[key] = until[-1]
    return found


def placed_by(history: History, dependencies: Iterable[Dependency], day: date) -> dict[Key, Placed]:
    """Where the reports up to a day let every milestone lie."""
    wanted = told_by(history, day)
    return place(wanted, [one for one in dependencies if one.before in wanted and one.after in wanted])


def behind(keys: Collection[Key], dependencies: Collection[Dependency]) -> set[Key]:
    """These milestones and all that they wait for, directly or through others."""
    found, new = set(keys), set(keys)
    while new:
        new = {one.before for one in dependencies if one.after in new} - found
        found |= new
    return found


def report_days(history: History, keys: Iterable[Key]) -> list[date]:
    """The days for which anything was reported of these milestones, the earliest first."""
    return sorted({on for key in keys for on, _wanted in history.get(key, ())})


def trends(history: History, dependencies: Collection[Dependency], keys: Collection[Key]) -> list[Trend]:
    """The trend of each of these milestones, by the reports of all that they wait for too."""
    among = {key: history[key] for key in behind(keys, dependencies)}
    points: dict[Key, list[Point]] = {key: [] for key in keys}
    for day in report_days(among, among):
        told, placed = told_by(among, day), placed_by(among, dependencies, day)
        for key in keys:
            over = points[key] and points[key][-1].ended and told[key].ended
            if key not in told or over:
                continue
            own = any(on == day for on, _wanted in history[key])
            points[key].append(Point(day, placed[key].span.finish, own, told[key].ended))
    return [Trend(key, tuple(some)) for key, some in points.items() if some]
