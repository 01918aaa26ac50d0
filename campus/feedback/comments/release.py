"""When a comment may be read, and of which group of guests it may say that it comes. Pure.

Comments appear only together with those of others, and only whole weeks at once, so that neither the day on which one
appears nor the number of comments tells who wrote it. What is said of a writer is one group at most, of at least five
guests of the quarter; those of whom nothing is said are five or more as well, or nothing is said of anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campus.feedback.figures.suppression import LEAST

Group = tuple[str, str]  # dimension and thing
NONE: Group = ("", "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment that nobody has read yet, of which guest, and the Monday of its week."""

    comment: str
    guest: str
    week: date


def released(
    waiting: Sequence[Waiting], monday: date, *, closed: bool, guests: Mapping[date, int], last: date | None
) -> list[str]:
    """Those comments of one quarter that may be read from this Monday on, which is the day when they appear.

    As soon as five guests' comments of past weeks wait, all of these appear. When the quarter is closed, the rest
    does, if five guests answered since the last time (`last`, a Monday; None for never): `guests` by week.
    """
    ready = [one for one in waiting if one.week < monday]
    if len({one.guest for one in ready}) < LEAST:
        since = sum(n for week, n in guests.items() if last is None or week >= last)
        if not closed or since < LEAST:
            return []
    return [one.comment for one in ready]


def told_groups(guests: Mapping[str, Sequence[Group]], published: frozenset[Group]) -> dict[str, Group]:
    """Of each guest of a closed quarter the one group that may be told; `NONE` for those of whom none may.

    The first of a guest's groups that has a published figure. The groups told of part the quarter's guests: one with
    fewer than five is not told of, and neither is the smallest where the guests without any would be fewer.
    """
    told = {guest: next((one for one in groups if one in published), NONE) for guest, groups in guests.items()}
    while dropped := _too_small(Counter(told.values())):
        told = {guest: NONE if group in dropped else group for guest, group in told.items()}
    return told


def _too_small(sizes: Counter[Group]) -> set[Group]:
    named = {group: n for group, n in sizes.items() if group != NONE}
    if small := {group for group, n in named.items() if n < LEAST}:
        return small
    if 0 < sizes[NONE] < LEAST and named:
        return {min(named, key=lambda group: (named[group], group))}
    return set()


def by_week(weeks: Sequence[date]) -> dict[date, int]:
    """How many there are of each week."""
    counted: dict[date, int] = defaultdict(int)
    for week in weeks:
        counted[week] += 1
    return dict(counted)
