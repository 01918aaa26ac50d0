"""How the closures of a room become those that are wanted, with as few claims changed as can be. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campus.nights import Nights

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim gets these nights. Without a `number` it is made, without `nights` it is cancelled."""

    number: int | None
    nights: Nights | None


def runs(nights: Iterable[date]) -> list[Nights]:
    """The nights as ranges, the earliest first."""
    found: list[Nights] = []
    for night in sorted(nights):
        if found and night == found[-1].until:
            found[-1] = Nights(found[-1].first, night + DAY)
        else:
            found.append(Nights(night, night + DAY))
    return found


def fit(claims: Mapping[int, Nights], wanted: Sequence[Nights]) -> list[ClaimChange]:
    """The changes, in an order in which no claim enters nights that another one has not left yet.

    `claims` (number → nights) lie apart, and so do the ranges `wanted`, which are in order. A range goes to the first
    claim that shares a night with it. As both are in order, no two claims ever wait for each other.
    """
    rest = dict(sorted(claims.items(), key=lambda one: one[1].first))
    keeps: dict[int, Nights] = {}
    made = []
    for nights in wanted:
        number = next((one for one, held in rest.items() if len(held.clipped(nights))), None)
        if number is None:
            made.append(ClaimChange(None, nights))
        else:
            del rest[number]
            keeps[number] = nights
    cancelled = [ClaimChange(number, None) for number in rest]
    changed = {number: nights for number, nights in keeps.items() if nights != claims[number]}
    return [*cancelled, *_in_order(claims, changed), *made]


def _in_order(claims: Mapping[int, Nights], changed: Mapping[int, Nights]) -> list[ClaimChange]:
    waiting, found = dict(changed), []
    while waiting:
        number = next(one for one in waiting if not _clashes(one, waiting, claims))
        found.append(ClaimChange(number, waiting.pop(number)))
    return found


def _clashes(number: int, waiting: Mapping[int, Nights], claims: Mapping[int, Nights]) -> bool:
    return any(len(claims[other].clipped(waiting[number])) for other in waiting if other != number)
