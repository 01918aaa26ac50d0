"""How many rooms of a package are open, night by night and month by month, before a proposal and after it. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campus.closures.books import Books
from campus.closures.proposal import Proposal
from campus.nights import Nights
from campus.occupancy.rules import CLOSED

LONGEST = 1100  # nights that are shown
AFTERWARDS = 30  # nights shown after everything is open again


@dataclass(frozen=True, slots=True)
class Open:
    """Room-nights of a span: all of the rooms, and those that are not closed, before and after."""

    nights: Nights
    rooms: int
    before: int
    after: int


def shown_nights(books: Books, proposal: Proposal) -> Nights:
    """From today until everything is open again, and a month more."""
    last = max([proposal.closure.until, *(one.nights.until for one in books.own)])
    last = max(books.today, last) + timedelta(days=AFTERWARDS)
    return Nights(books.today, min(last, books.today + timedelta(days=LONGEST)))


def by_night(books: Books, proposal: Proposal, pavilion_id: int) -> list[Open]:
    """Each night of `shown_nights`."""
    nights, rooms, closed = shown_nights(books, proposal), Counter[date](), Counter[date]()
    mine = {one.id for one in books.rooms.values() if one.pavilion_id == pavilion_id}
    for room_id in mine:
        for period in books.rooms[room_id].periods:
            rooms.update(period.nights.clipped(nights))
    for one in books.holders:
        if one.room_id in mine and one.kind in CLOSED:
            closed.update(one.nights.clipped(nights))
    lost = proposal.lost
    return [
        Open(Nights.of(night), rooms[night], rooms[night] - closed[night], rooms[night] - closed[night] - lost[night])
        for night in nights
    ]


def by_month(nights: Sequence[Open]) -> list[Open]:
    """The same, summed up by month."""
    if not nights:
        return []
    found = []
    for month in Nights(nights[0].nights.first, nights[-1].nights.until).months():
        some = [one for one in nights if one.nights.first in month]
        sums = (sum(getattr(one, name) for one in some) for name in ("rooms", "before", "after"))
        found.append(Open(month, *sums))
    return found
