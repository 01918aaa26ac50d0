"""What works may be, how far they are, and how far they have slipped. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campus.renovation.network import Key, Span, Wanted
from core.errors import InvalidInput
from core.i18n import gettext as _

PURPOSES = ("safety", "energy", "comfort", "accessibility")
MOST_WEIGHT = 1000
MOST_POSITION = 999
MOST_TEXT = 500
MOST_NOTE = 2000
MOST_MILESTONES = 200  # of a package
LONGEST_LAG = 3660  # days


class MilestoneState(StrEnum):
    """Where a milestone stands on a day. One is overdue whose beginning or end was due and is not reported."""

    ENDED = "ended"
    OVERDUE = "overdue"
    BEGUN = "begun"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Slip:
    """Days that a milestone's finish lies after its baseline, and after its last report but one; below 0 is earlier."""

    of_baseline: int | None
    since_last_report: int | None


def slip(forecast: Span, baseline: Span | None, before: Span | None) -> Slip:
    """Slip = forecast − baseline, drift = forecast − what was reported before; None without something to compare."""
    return Slip(
        (forecast.finish - baseline.finish).days if baseline else None,
        (forecast.finish - before.finish).days if before else None,
    )


def state(wanted: Wanted, span: Span, on: date) -> MilestoneState:
    """Where a milestone stands on a day by what was reported of it and where it comes to lie."""
    if wanted.ended:
        return MilestoneState.ENDED
    if (span.finish if wanted.begun else span.start) < on:
        return MilestoneState.OVERDUE
    return MilestoneState.BEGUN if wanted.begun else MilestoneState.TO_COME


def progress(weights: Mapping[Key, int], ended: Iterable[Key]) -> float | None:
    """The share of weights whose milestones have ended, 0 to 1; None where nothing weighs anything."""
    whole = sum(weights.values())
    return sum(weights[key] for key in set(ended)) / whole if whole else None


def planned_progress(weights: Mapping[Key, int], baseline: Mapping[Key, Span], on: date) -> float | None:
    """The share of weights whose milestones should have ended by a day, after a baseline."""
    return progress(weights, (key for key, span in baseline.items() if key in weights and span.finish <= on))


def checked_weight(weight: int, place: str = "weight") -> int:
    """0 to 1000. Raises `InvalidInput`."""
    if not 0 <= weight <= MOST_WEIGHT:
        raise InvalidInput(_("must be 0 to %(most)s", most=MOST_WEIGHT), place=place)
    return weight
