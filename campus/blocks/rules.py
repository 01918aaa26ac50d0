"""What a block comes to, and where it stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campus.nights import Nights
from campus.occupancy.rules import Status, TypeNight
from campus.rates import checked_rate
from core.errors import InvalidInput
from core.i18n import format_date, format_number
from core.i18n import gettext as _

MOST_ROOMS = 1000  # of a type in a night
MOST_NIGHTS = 92
SOON_DAYS = 7  # before a cut-off in which somebody should look at the block


class State(StrEnum):
    """Where a block stands; only `HELD` keeps rooms from others."""

    HELD = "held"
    RELEASED = "released"  # past its cut-off
    OVER = "over"  # its last night is past
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Figures:
    """Room-nights of a block. `held` are those still kept for it: contracted, not picked up, not released."""

    contracted: int
    picked: int
    held: int

    @property
    def materialised(self) -> float | None:
        """Picked up ÷ contracted; above 1 where nights beyond the contract were picked; None without a contract."""
        return self.picked / self.contracted if self.contracted else None

    @property
    def wash(self) -> float | None:
        """1 − picked up ÷ contracted: the share of the contract that came to nothing so far."""
        return None if self.materialised is None else 1 - self.materialised

    def expected(self, expected_wash: float) -> float:
        """Room-nights that will be picked up in the end: picked + remainder × (1 − expected wash of the remainder).

        The remainder is what is held. From the cut-off on there is none, so what is picked is what is expected.
        """
        return self.picked + self.held * (1 - expected_wash)


def figures(contracted: Mapping[TypeNight, int], picked: Mapping[TypeNight, int], *, holds: bool) -> Figures:
    """Sums over types and nights. One night's surplus never makes up for what is not picked in another."""
    rest = sum(max(0, rooms - picked.get(key, 0)) for key, rooms in contracted.items())
    return Figures(sum(contracted.values()), sum(picked.values()), rest if holds else 0)


def state_of(status: str, cut_off: date, until: date, today: date) -> State:
    """Where a block of this status, cut-off and day of departure stands."""
    if status != Status.BOOKED:
        return State.CANCELLED
    if until <= today:
        return State.OVER
    return State.RELEASED if cut_off <= today else State.HELD


def check_terms(name: str, expected_wash: float, rate_cents: int) -> None:
    """Raises `InvalidInput` naming what cannot be."""
    if not name.strip() or len(name) > 200:
        raise InvalidInput(_("must be 1 to 200 characters"), place="name")
    if not 0 <= expected_wash <= 1:
        raise InvalidInput(_("must be a share from 0 to 1"), place="expected_wash")
    checked_rate(rate_cents)


def check_rooms(contracted: Mapping[TypeNight, int]) -> None:
    """At least one room in one night, and no more than there can be. Raises `InvalidInput`."""
    if not any(contracted.values()) or any(not 0 <= rooms <= MOST_ROOMS for rooms in contracted.values()):
        raise InvalidInput(_("must be 1 to %(most)s a night", most=format_number(MOST_ROOMS)), place="rooms")
    if len(span(contracted)) > MOST_NIGHTS:
        raise InvalidInput(_("a block has at most %(most)s nights", most=MOST_NIGHTS), place="until")


def check_cut_off(cut_off: date, arrival: date) -> None:
    """Rooms that nobody picked by the arrival are nobody's any more. Raises `InvalidInput`."""
    if cut_off > arrival:
        raise InvalidInput(_("must not lie after the arrival on %(day)s", day=format_date(arrival)), place="cut_off")


def span(contracted: Mapping[TypeNight, int]) -> Nights:
    """From the first night with a room until the day after the last one."""
    every = [night for (_type, night), rooms in contracted.items() if rooms]
    return Nights.checked(min(every), date.fromordinal(max(every).toordinal() + 1), "nights")
