"""When somebody is reminded of a milestone. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campus.renovation.network import Key


class Kind(StrEnum):
    """What it is about, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Of a milestone that has not ended. `about` is the day that it should end, or that of its last report.

    `days` is how many days ahead, or without a report, the setting says; 0 for what should have ended.
    """

    key: Key
    kind: Kind
    about: date
    days: int


def reminders(
    finishes: Mapping[Key, date], reported: Mapping[Key, date], on: date, ahead: Sequence[int], silence: int
) -> list[Reminder]:
    """What is to be told on a day, the most urgent first. `finishes` holds the milestones that have not ended."""
    found = [one for key in finishes for one in _of(key, finishes[key], reported[key], on, ahead, silence)]
    return sorted(found, key=lambda one: (list(Kind).index(one.kind), one.about))


def _of(key: Key, finish: date, reported: date, on: date, ahead: Sequence[int], silence: int) -> Iterator[Reminder]:
    left = (finish - on).days
    reached = [days for days in ahead if left <= days]
    if left < 0:
        yield Reminder(key, Kind.OVERDUE, finish, 0)
    elif reached:
        yield Reminder(key, Kind.DUE, finish, min(reached))
    if (on - reported).days >= silence:
        yield Reminder(key, Kind.SILENT, reported, silence)
