"""What the plan asks of a package's rooms, against the closures that stand in the books. Derived, never stored. Pure.

Nights that are over are never changed, nights ten years ahead and later not yet. Nights in which a room is out of order
or closed for another reason are closed around. Stays and house use in nights to be closed are conflicts: each is moved,
or left, and then its nights stay open.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from campus.closures import rules, ways_out
from campus.closures.books import Books, Holder, Room
from campus.closures.fitting import ClaimChange, fit, runs
from campus.closures.promised import Short, short_blocks
from campus.closures.ways_out import Choices, WayOut
from campus.nights import LATEST, Nights
from campus.occupancy.rules import SOLD_OR_USED, TypeNight


@dataclass(frozen=True, slots=True)
class RoomChange:
    """What happens to a room's closures: nights closed additionally, nights reopened, and the claims that change."""

    room: Room
    close: tuple[Nights, ...]
    reopen: tuple[Nights, ...]
    claims: tuple[ClaimChange, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A stay or house use in nights to be closed. `nights` are those that it needs a room for from today on.

    `closing` is how many of them are to be closed. `rooms` are those it could have, `chosen` is the one it gets; None
    leaves it where it is.
    """

    claim: Holder
    nights: Nights
    closing: tuple[date, ...]
    rooms: tuple[WayOut, ...]
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be done. `closure` are the nights that the plan wants closed."""

    closure: Nights
    rooms: tuple[RoomChange, ...]
    conflicts: tuple[Conflict, ...]
    blocks: tuple[Short, ...]

    @property
    def lost(self) -> Counter[date]:
        """Night → rooms that can be sold no more; negative where more can be."""
        lost: Counter[date] = Counter()
        for one in self.rooms:
            lost.update(night for nights in one.close for night in nights)
            lost.subtract(night for nights in one.reopen for night in nights)
        return lost

    @property
    def waiting(self) -> Counter[date]:
        """Night → rooms that stay open although the plan wants them closed, because a conflict is left."""
        return Counter(night for one in self.conflicts if one.chosen is None for night in one.closing)

    @property
    def closes(self) -> int:
        """Room-nights to close additionally."""
        return sum(len(nights) for one in self.rooms for nights in one.close)

    @property
    def reopens(self) -> int:
        """Room-nights to reopen."""
        return sum(len(nights) for one in self.rooms for nights in one.reopen)

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to confirm."""
        return not self.rooms and all(one.chosen is None for one in self.conflicts)

    @property
    def is_empty(self) -> bool:
        """Whether the books say what the plan says."""
        return not self.rooms and not self.conflicts

    @property
    def digest(self) -> str:
        """Names this proposal: another one as soon as anything in it differs."""
        told = json.dumps(_plain(self), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def propose(
    books: Books,
    rooms: Collection[int],
    closure: Nights,
    choices: Choices | None = None,
    *,
    all_left: bool = False,
) -> Proposal:
    """The proposal for the `rooms` of a package. Raises `InvalidInput` for a choice that cannot be.

    With `all_left` no way out is looked for, which takes most of the time: every conflict is left where it is.
    """
    ahead = Nights(books.today, LATEST)
    wanted = _wanted(books, rooms, closure.clipped(rules.ahead(books.today)))
    met = [one for one in books.holders if _is_in_conflict(one, wanted)]
    needs = {one.number: one.nights.clipped(ahead) for one in met}
    fits: Mapping[int, Sequence[WayOut]] = {one.number: () for one in met}
    chosen: Mapping[int, int | None] = {one.number: None for one in met}
    if not all_left:
        offered = ways_out.fitting_rooms(books, needs, wanted)
        fits = {one.number: offered.of(one) for one in met}
        chosen = ways_out.assign(offered, met, books.rooms, choices or {})
    conflicts = [
        Conflict(
            claim=one,
            nights=needs[one.number],
            closing=tuple(night for night in needs[one.number] if night in wanted[one.room_id]),
            rooms=ways_out.shown(fits[one.number], [chosen[one.number]]),
            chosen=chosen[one.number],
        )
        for one in met
    ]
    for one in conflicts:
        if one.chosen is None:
            wanted[one.claim.room_id].difference_update(one.closing)
    changes = [_change(books, room_id, nights) for room_id, nights in wanted.items()]
    kept = sorted((one for one in changes if one.claims), key=lambda one: one.room.order)
    conflicts.sort(key=lambda one: (one.nights.first, books.rooms[one.claim.room_id].order, one.claim.number))
    blocks = short_blocks(books, _free_rooms_change(books, kept, conflicts))
    return Proposal(closure, tuple(kept), tuple(conflicts), tuple(blocks))


def _is_in_conflict(claim: Holder, wanted: Mapping[int, set[date]]) -> bool:
    nights = wanted.get(claim.room_id)
    return claim.kind in SOLD_OR_USED and nights is not None and not nights.isdisjoint(claim.nights)


def _wanted(books: Books, rooms: Collection[int], closure: Nights) -> dict[int, set[date]]:
    """The nights to come in which each room is to be closed, but for those in which something else keeps it shut."""
    wanted = {
        room_id: {night for period in books.rooms[room_id].periods for night in period.nights.clipped(closure)}
        for room_id in rooms
    }
    own = {one.number for one in books.own}
    for one in books.holders:
        if one.room_id in wanted and one.number not in own and one.kind not in SOLD_OR_USED:
            wanted[one.room_id].difference_update(one.nights.clipped(closure))
    return wanted


def _change(books: Books, room_id: int, wanted: set[date]) -> RoomChange:
    claims = {one.number: one.nights for one in books.own if one.room_id == room_id}
    now = {night for nights in claims.values() for night in nights}
    over = {night for night in now if night < books.today}
    target = over | wanted
    return RoomChange(
        room=books.rooms[room_id],
        close=tuple(runs(target - now)),
        reopen=tuple(runs(now - target)),
        claims=tuple(fit(claims, _parted(runs(target), claims))) if target != now else (),
    )


def _parted(wanted: Sequence[Nights], claims: Mapping[int, Nights]) -> Sequence[Nights]:
    """Ranges that several claims of old make up stay parted between them, so that nothing that fits is touched."""
    edges = {one.first for one in claims.values()} & {one.until for one in claims.values()}
    found = []
    for nights in wanted:
        first = nights.first
        for edge in sorted(one for one in edges if nights.first < one < nights.until):
            found.append(Nights(first, edge))
            first = edge
        found.append(Nights(first, nights.until))
    return found


def _free_rooms_change(
    books: Books, changes: Sequence[RoomChange], conflicts: Sequence[Conflict]
) -> Counter[TypeNight]:
    """How many rooms of a type more (or fewer, below 0) are free on a night than before."""
    more: Counter[TypeNight] = Counter()
    for change in changes:
        more.subtract(_type_nights(change.room, change.close))
        more.update(_type_nights(change.room, change.reopen))
    for one in conflicts:
        if one.chosen is not None:
            more.update(_type_nights(books.rooms[one.claim.room_id], [one.nights]))
            more.subtract(_type_nights(books.rooms[one.chosen], [one.nights]))
    return more


def _type_nights(room: Room, spans: Sequence[Nights]) -> list[TypeNight]:
    return [(period.type_id, night) for nights in spans for night in nights if (period := room.on(night))]


def _plain(proposal: Proposal) -> Any:
    return {
        "rooms": [
            [
                one.room.id,
                *([[str(span.first), str(span.until)] for span in spans] for spans in (one.close, one.reopen)),
            ]
            for one in proposal.rooms
        ],
        "conflicts": [
            [one.claim.number, one.claim.version, one.chosen, [way.room.id for way in one.rooms]]
            for one in proposal.conflicts
        ],
        "blocks": [
            [one.block, one.type_id, [[str(night), rooms] for night, rooms in sorted(one.rooms.items())]]
            for one in proposal.blocks
        ],
    }
