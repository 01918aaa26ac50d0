"""What a shared component makes of its children. Pure: the children decide, the parent only tells.

`docs/tickets.md` tells the same in prose.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accessibility.engine.finding import Impact
from accessibility.ledger.tickets.rules import ENDED, EXCEPTIONS, WAITING, WORK, TicketState


class SharedState(StrEnum):
    """States of a shared component. Nobody sets them: each follows from the children."""

    REOPENED = "reopened"
    OPEN = "open"
    IN_PROGRESS = "in progress"
    FIXED = "fixed"  # claimed wherever it waits, not yet proven everywhere
    EXCEPTED = "excepted"  # waits nowhere, and is not proven everywhere
    VERIFIED = "verified"
    PAGE_REMOVED = "page removed"
    ALONE = "without platforms"  # every child was separated, or its platform shares no longer


GROUPS: dict[str, frozenset[SharedState]] = {
    "waiting": frozenset({SharedState.REOPENED, SharedState.OPEN, SharedState.IN_PROGRESS, SharedState.FIXED}),
    "excepted": frozenset({SharedState.EXCEPTED}),
    "ended": frozenset({SharedState.VERIFIED, SharedState.PAGE_REMOVED, SharedState.ALONE}),
}


@dataclass(frozen=True, slots=True)
class Child:
    """What counts of one platform's ticket."""

    platform_id: int
    state: TicketState
    impact: Impact
    pages: int = 0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """All children as one. `impact` is the worst of those that have not ended, else of all; None without a child.

    `waiting` counts platforms where it waits for repair or proof, `pages` sums the pages concerned, `due` is the
    earliest date of those that wait.
    """

    state: SharedState
    impact: Impact | None
    platforms: int
    waiting: int
    pages: int
    due: date | None


def together(children: Sequence[Child]) -> Together:
    """The children as one."""
    waiting = [child for child in children if child.state in WAITING]
    lasting = [child for child in children if child.state not in ENDED] or children
    return Together(
        state=state_of([child.state for child in children]),
        impact=min((child.impact for child in lasting), key=lambda impact: impact.rank, default=None),
        platforms=len({child.platform_id for child in children}),
        waiting=len({child.platform_id for child in waiting}),
        pages=sum(child.pages for child in children),
        due=min((child.due for child in waiting if child.due), default=None),
    )


def state_of(children: Collection[TicketState]) -> SharedState:
    """The parent's state. One child that came back brings the parent back; only proof of every child proves it."""
    waiting = [state for state in children if state in WAITING]
    if TicketState.REOPENED in waiting:
        return SharedState.REOPENED
    if waiting:
        return _of_work(waiting)
    if not children:
        return SharedState.ALONE
    if not EXCEPTIONS.isdisjoint(children):
        return SharedState.EXCEPTED
    return SharedState.VERIFIED if TicketState.VERIFIED in children else SharedState.PAGE_REMOVED


def _of_work(waiting: Collection[TicketState]) -> SharedState:
    if all(state is TicketState.FIXED for state in waiting):
        return SharedState.FIXED
    begun = not {TicketState.IN_PROGRESS, TicketState.FIXED}.isdisjoint(waiting)
    return SharedState.IN_PROGRESS if begun else SharedState.OPEN


def carried_to(children: Collection[TicketState], to: TicketState) -> frozenset[TicketState]:
    """The states from which a step of the parent moves its children to `to`; empty when it moves none.

    A claim moves all that wait. Starting work leaves claims of single platforms alone, unless all of them are claimed:
    then it takes the claims back.
    """
    possible = {state for state in children if to in WORK.get(state, frozenset())}
    if to is TicketState.IN_PROGRESS and possible != {TicketState.FIXED}:
        possible.discard(TicketState.FIXED)
    return frozenset(possible)


def groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Numbers that are linked by pairs, directly or through others, each group sorted, by their first number."""
    group_of: dict[int, set[int]] = {}
    for one, other in pairs:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        group_of.update(dict.fromkeys(joined, joined))
    return sorted({min(group): sorted(group) for group in group_of.values()}.values())
