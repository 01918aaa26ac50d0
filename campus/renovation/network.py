"""How the milestones of works hang together, and what a slip of one does to those after it. Pure.

The forward pass of the critical path method, in calendar days: a milestone begins as early as its own forecast and its
dependencies allow, and keeps its duration. What has begun or ended is a fact, which no dependency moves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from campus.nights import EARLIEST, LATEST
from core.errors import InvalidInput
from core.i18n import gettext as _

Key = int  # of a milestone


class Kind(StrEnum):
    """Which end of the earlier milestone holds back which end of the later one."""

    FINISH_START = "finish-start"
    START_START = "start-start"
    FINISH_FINISH = "finish-finish"


@dataclass(frozen=True, slots=True)
class Dependency:
    """`after` waits for `before` and `lag` days more; a negative lag lets it begin earlier."""

    before: Key
    after: Key
    kind: Kind = Kind.FINISH_START
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A milestone's first and last day; both are the same for a moment such as a signature."""

    start: date
    finish: date

    @property
    def days(self) -> int:
        """From the first to the last day; 0 for a moment."""
        return (self.finish - self.start).days


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a milestone by itself: its forecast, and whether its beginning and end are facts."""

    span: Span
    begun: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a milestone comes to lie. `driver` is the one that pushes it there, None when its own forecast does."""

    span: Span
    driver: Key | None


def checked_span(start: date, finish: date, place: str) -> Span:
    """In sensible years. Raises `InvalidInput` naming `place` where the finish lies before the start."""
    if start < EARLIEST or finish >= LATEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    if finish < start:
        raise InvalidInput(_("the finish must not lie before the start"), place=place)
    return Span(start, finish)


def order(keys: Iterable[Key], dependencies: Iterable[Dependency], names: Mapping[Key, str]) -> list[Key]:
    """The milestones so that each comes after what it waits for. Raises `InvalidInput` naming a cycle."""
    graph: dict[Key, set[Key]] = {key: set() for key in keys}
    for one in dependencies:
        graph[one.after].add(one.before)
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle = " → ".join(names.get(key, str(key)) for key in error.args[1])
        raise InvalidInput(_("these milestones wait for each other: %(cycle)s", cycle=cycle), place="after") from None


def place(wanted: Mapping[Key, Wanted], dependencies: Sequence[Dependency]) -> dict[Key, Placed]:
    """Where every milestone comes to lie. The dependencies must be free of cycles (`order`)."""
    placed: dict[Key, Placed] = {}
    holding: dict[Key, list[Dependency]] = {key: [] for key in wanted}
    for one in dependencies:
        holding[one.after].append(one)
    for key in order(wanted, dependencies, {}):
        placed[key] = _place_one(wanted[key], [(one, placed[one.before].span) for one in holding[key]])
    return placed


def _place_one(wanted: Wanted, holding: Iterable[tuple[Dependency, Span]]) -> Placed:
    span, driver = wanted.span, None
    if wanted.ended:
        return Placed(span, None)
    for dependency, before in holding:
        moved = _moved(span, dependency, before, begun=wanted.begun)
        if moved != span:
            span, driver = moved, dependency.before
    return Placed(span, driver)


def _moved(span: Span, dependency: Dependency, before: Span, *, begun: bool) -> Span:
    """The span as late as this dependency demands. What has begun can only be held up at its end."""
    earliest = (before.start if dependency.kind is Kind.START_START else before.finish) + timedelta(dependency.lag)
    held = span.finish if dependency.kind is Kind.FINISH_FINISH else span.start
    late = earliest - held
    if late <= timedelta():
        return span
    if not begun:
        return Span(span.start + late, span.finish + late)
    return Span(span.start, span.finish + late) if dependency.kind is Kind.FINISH_FINISH else span
