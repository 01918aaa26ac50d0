"""Times in which a thing is of one kind: they never overlap, and a change lays one over the others. Pure.

A room is a single room for some years, then none, then a double room; an office is one party's, then another's. An end
that is not known yet is `LATEST`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from campus.nights import LATEST, Nights

What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[What]):
    """In these nights the thing is `what`."""

    nights: Nights
    what: What


def nights_of(first: date, until: date | None) -> Nights:
    """The nights of a stretch as it is stored, where no end is null."""
    return Nights(first, until or LATEST)


def end_of(nights: Nights) -> date | None:
    """The end as it is stored: None where none is known."""
    return None if nights.until == LATEST else nights.until


def without(nights: Nights, taken: Nights) -> list[Nights]:
    """What is left of nights when others are taken out of them: none, one or two ranges."""
    before = Nights(nights.first, min(nights.until, taken.first))
    after = Nights(max(nights.first, taken.until), nights.until)
    return [part for part in (before, after) if len(part)]


def changed(stretches: Iterable[Stretch[What]], nights: Nights, what: What | None) -> list[Stretch[What]]:
    """The stretches with `what` in these nights, or with nothing in them; neighbours that are alike become one."""
    parts = [Stretch(rest, one.what) for one in stretches for rest in without(one.nights, nights)]
    if what is not None:
        parts.append(Stretch(nights, what))
    joined: list[Stretch[What]] = []
    for part in sorted(parts, key=lambda one: one.nights.first):
        last = joined[-1] if joined else None
        if last and last.what == part.what and last.nights.until == part.nights.first:
            joined[-1] = Stretch(Nights(last.nights.first, part.nights.until), part.what)
        else:
            joined.append(part)
    return joined


def covers(stretches: Iterable[Stretch[What]], nights: Nights) -> bool:
    """Whether the thing is something in each of the nights."""
    left = [nights]
    for one in stretches:
        left = [rest for part in left for rest in without(part, one.nights)]
    return not left
