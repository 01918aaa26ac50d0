"""Whatever is held, picked, changed and cancelled, in any order: never more is promised than there are rooms."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.blocks import picking
from campus.blocks.picking import Pick
from campus.capacity.queries import Cut, capacity
from campus.nights import Nights
from campus.occupancy import actions
from campus.occupancy.availability import free_rooms
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.conftest import Tries

ROOMS = 6  # three of each of two types
FIRST = today() + timedelta(days=30)
PERIOD = Nights(FIRST, FIRST + timedelta(days=6))
KINDS = ("hold", "hold", "change", "pick", "pick", "pick", "stay", "drop", "cancel")

steps = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, ROOMS - 1),  # which room, or type
    st.integers(0, 3),  # which block or stay
    st.integers(0, 3),  # first night
    st.integers(1, 3),  # nights
    st.integers(1, 3),  # rooms
)


class Series:
    """A series of steps on one campus; those that are refused leave everything as it was."""

    def __init__(self, session: Session, campus: Campus) -> None:
        self.session, self.campus = session, campus
        self.blocks: list[int] = []
        self.stays: list[int] = []

    def take(self, kind: str, thing: int, which: int, first: int, length: int, rooms: int) -> None:
        nights = Nights(FIRST + timedelta(days=first), FIRST + timedelta(days=first + length))
        contracted = {(self.campus.types[thing % 2], night): rooms for night in nights}
        block = self.blocks[which % len(self.blocks)] if self.blocks else 0
        stay = self.stays[which % len(self.stays)] if self.stays else 0
        try:
            with self.session.begin_nested():
                match kind:
                    case "hold":
                        found = blocks.hold(self.session, self.campus.block(), contracted, TEST)
                        self.blocks.append(found.number)
                    case "stay":
                        room = self.campus.stay(self.session, thing, nights.first.isoformat(), nights.until.isoformat())
                        self.stays.append(room.number)
                    case "change" if block:
                        blocks.change(self.session, block, self.campus.block(), contracted, TEST, "changed")
                    case "pick" if block:
                        wanted = [Pick(room_id=self.campus.rooms[thing], nights=nights)]
                        self.stays += [one.number for one in picking.pick(self.session, block, wanted, TEST)]
                    case "drop" if stay:
                        actions.cancel(self.session, stay, TEST, "dropped")
                    case "cancel" if block:
                        blocks.cancel(self.session, block, TEST, "cancelled")
        except (Conflict, InvalidInput):
            return

    def free(self) -> dict[tuple[int, date], int]:
        return free_rooms(self.session, self.campus.types, PERIOD)


def test_held_and_sold_never_exceed_the_rooms(database: Database, tries: Tries) -> None:
    @tries(24)
    @given(st.lists(steps, min_size=4, max_size=14))
    def holds(series: list[tuple[str, int, int, int, int, int]]) -> None:
        check(database, series)

    holds()


def check(database: Database, series: list[tuple[str, int, int, int, int, int]]) -> None:
    """Every night has as many free rooms as a report says, and no fewer than none, whatever was done."""
    with database.write() as session:
        done = Series(session, open_campus(session, ROOMS))
        for step in series:
            done.take(*step)
            free = done.free()
            assert min(free.values()) >= 0, step
        parts = [Nights(night, night + timedelta(days=1)) for night in PERIOD]
        report = capacity(session, parts, Cut.ROOM_TYPE, on=today())
        assert {(key, parts[part].first): one.free for (part, key), one in report.items()} == free
        session.rollback()
