"""Random histories of the books, for property tests: lists of steps, a few each day, and how each is carried out."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import sqlalchemy as sa
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.known import known, supersede
from campus.nights import Nights
from campus.occupancy import actions
from campus.occupancy.rules import Kind
from campus.places.models import RoomPeriod
from core import clock
from core.errors import CampusError
from tests.campus.books import TEST, Campus

KINDS = {"close": Kind.EXTENDED_CLOSURE, "season": Kind.SEASONAL_CLOSURE, "order": Kind.OUT_OF_ORDER}
KINDS |= {"service": Kind.OUT_OF_SERVICE, "house": Kind.HOUSE_USE}
FIRST = date(2026, 2, 10)


@dataclass(frozen=True)
class Step:
    """What is tried: a word, a room, nights, and a number that picks one of the claims or blocks there are."""

    what: str
    room: int
    first: date
    length: int
    pick: int

    @property
    def nights(self) -> Nights:
        return Nights(self.first, self.first + timedelta(self.length))


@dataclass
class History:
    """The campus, and the numbers of what was made so far; of a block also the step that held its rooms."""

    campus: Campus
    claims: list[int] = field(default_factory=list)
    blocks: list[tuple[int, Step]] = field(default_factory=list)


def try_out(session: Session, history: History, step: Step) -> None:
    """Carry a step out; what is refused changes nothing."""
    if (step.what in NEEDS_CLAIM and not history.claims) or (step.what in NEEDS_BLOCK and not history.blocks):
        return
    with suppress(CampusError), session.begin_nested():
        STEPS[step.what](session, history, step)


def _stay(session: Session, history: History, step: Step, **values: object) -> None:
    nights, segment = step.nights, history.campus.segments[step.length % 2]
    first, until = nights.first.isoformat(), nights.until.isoformat()
    given: dict[str, object] = {"segment_id": segment, "guests": 1 + step.pick % 2} | values
    history.claims.append(history.campus.stay(session, step.room, first, until, **given).number)


def _claim(session: Session, history: History, step: Step) -> None:
    first, until = step.nights.first.isoformat(), step.nights.until.isoformat()
    history.claims.append(history.campus.claim(session, KINDS[step.what], step.room, first, until).number)


def _cancel(session: Session, history: History, step: Step) -> None:
    actions.cancel(session, _one(history.claims, step), TEST, "")


def _no_show(session: Session, history: History, step: Step) -> None:
    actions.mark_no_show(session, _one(history.claims, step), TEST, "")


def _shorten(session: Session, history: History, step: Step) -> None:
    actions.change_nights(session, _one(history.claims, step), step.nights, TEST, "")


def _move(session: Session, history: History, step: Step) -> None:
    room = history.campus.rooms[step.room]
    moved = actions.move(session, _one(history.claims, step), room, TEST, "", starting=step.first)
    history.claims += [claim.number for claim in moved]


def _swap(session: Session, history: History, step: Step) -> None:
    actions.swap(session, _one(history.claims, step), history.claims[-1], TEST, "")


def _hold(session: Session, history: History, step: Step) -> None:
    cut_off = date(2026, 3, 2) + timedelta(days=step.pick)  # some are over while the history goes on
    wanted = history.campus.block(cut_off=cut_off)
    history.blocks.append((blocks.hold(session, wanted, _contracted(history, step), TEST).number, step))


def _change_block(session: Session, history: History, step: Step) -> None:
    wanted = history.campus.block(segment_id=history.campus.segments[step.pick % 2])
    blocks.change(session, _block(history, step)[0], wanted, _contracted(history, step), TEST, "")


def _cancel_block(session: Session, history: History, step: Step) -> None:
    blocks.cancel(session, _block(history, step)[0], TEST, "")


def _pick(session: Session, history: History, step: Step) -> None:
    """A room of the type that the block began with, for the nights that it began with."""
    number, held = _block(history, step)
    wanted = replace(held, room=held.room % 2 + 2 * (step.room // 2), pick=step.pick)
    _stay(session, history, wanted, block=number, segment_id=history.campus.segments[1])


def _change_room(session: Session, history: History, step: Step) -> None:
    """From a night on the room is of the other type and has one bed more, or is no room any more."""
    room = history.campus.rooms[step.room]
    current = sa.select(RoomPeriod).where(RoomPeriod.room_id == room, known(RoomPeriod, None))
    last = session.scalars(current.order_by(RoomPeriod.first.desc())).first()
    if last is None or not last.first < step.first < (last.until or date.max):
        return
    supersede(session, last)
    _period(session, last, last.first, step.first, last.type_id, last.beds)
    if step.pick % 3:
        other = next(one for one in history.campus.types if one != last.type_id)
        _period(session, last, step.first, last.until, other, last.beds + 1)


def _period(session: Session, like: RoomPeriod, first: date, until: date | None, type_id: int, beds: int) -> None:
    period = RoomPeriod(room_id=like.room_id, type_id=type_id, first=first, until=until, beds=beds, features=[])
    period.recorded_at, period.recorded_by = clock.now(), TEST
    session.add(period)
    session.flush()


def _contracted(history: History, step: Step) -> dict[tuple[int, date], int]:
    return {(history.campus.types[step.room % 2], night): 1 + step.pick % 2 for night in step.nights}


def _one(numbers: list[int], step: Step) -> int:
    return numbers[step.pick % len(numbers)]


def _block(history: History, step: Step) -> tuple[int, Step]:
    return history.blocks[step.pick % len(history.blocks)]


STEPS: dict[str, Callable[[Session, History, Step], None]] = {
    "stay": _stay,
    **dict.fromkeys(KINDS, _claim),
    "cancel": _cancel,
    "no show": _no_show,
    "shorten": _shorten,
    "move": _move,
    "swap": _swap,
    "hold": _hold,
    "change block": _change_block,
    "cancel block": _cancel_block,
    "pick": _pick,
    "change room": _change_room,
}
NEEDS_CLAIM = {"cancel", "no show", "shorten", "move", "swap"}
NEEDS_BLOCK = {"change block", "cancel block", "pick"}
OFTEN = ("stay", "hold", "hold", "pick", "pick")
steps = st.builds(
    Step,
    what=st.sampled_from([*sorted(STEPS), *OFTEN]),
    room=st.integers(0, 3),
    first=st.integers(0, 70).map(lambda days: FIRST + timedelta(days)),
    length=st.integers(1, 20),
    pick=st.integers(0, 9),
)
days = st.lists(st.lists(steps, min_size=1, max_size=8), min_size=1, max_size=4)
