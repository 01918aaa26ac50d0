"""The figures of a month, and what a claim adds to them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from campus.nights import Nights
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind, Status, takes_nights

FIGURES = (
    "sold",
    "guest_nights",
    "extended_closed",
    "out_of_order",
    "house_use",
    "contracted",
    "counted",
    "guests_counted",
)
"""Of the claims, of the blocks, of the counts: all in room-nights, but two in guest-nights."""

TERMS = {
    Kind.STAY: "sold",
    Kind.HOUSE_USE: "house_use",
    Kind.OUT_OF_ORDER: "out_of_order",
    Kind.SEASONAL_CLOSURE: "extended_closed",
    Kind.EXTENDED_CLOSURE: "extended_closed",
}


def month_of(night: date) -> date:
    """The first day of its month."""
    return night.replace(day=1)


def nights_of(month: date) -> Nights:
    """All nights of the month that this day lies in."""
    first = month_of(month)
    return Nights(first, month_of(first + timedelta(days=32)))


def before(month: date) -> date:
    """The first day of the month before."""
    return month_of(month_of(month) - timedelta(days=1))


def of_claim(claim: Claim | None, month: date) -> Counter[str]:
    """What a version of a claim adds to the figures of a month."""
    found: Counter[str] = Counter()
    if claim is not None and takes_nights(Kind(claim.kind), Status(claim.status)):
        nights = len(Nights(claim.first, claim.until).clipped(nights_of(month)))
        found[TERMS[Kind(claim.kind)]] += nights
        found["guest_nights"] += nights * claim.guests if claim.kind == Kind.STAY else 0
    return found


def change(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """What is more afterwards, by figure; only what differs."""
    differences = {name: after.get(name, 0) - before.get(name, 0) for name in FIGURES}
    return {name: more for name, more in differences.items() if more}


def together(figures: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of each figure."""
    sums = Counter[str]()
    for one in figures:
        sums.update(one)
    return {name: sums[name] for name in FIGURES}
