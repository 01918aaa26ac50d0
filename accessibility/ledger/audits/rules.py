"""Decisions about an audit as a whole, pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from accessibility.engine.page import Reason, RowState


class Held(StrEnum):
    """Why a night leaves the tickets that exist as they are."""

    NO = ""
    LOGIN = "login broke"
    SITE = "site out of order"


BY_DECISION = frozenset({Reason.ROBOTS, Reason.PAGE_BUDGET, Reason.TIME_LIMIT, Reason.ADDRESS_REFUSED})
"""Reasons for which a page was never asked for: they say nothing about the site's health."""


@dataclass(frozen=True, slots=True)
class RoleRows:
    """How many rows of a role had this state and reason."""

    role: str
    state: RowState
    reason: Reason | None
    rows: int


@dataclass(frozen=True, slots=True)
class Health:
    """`held`, and the roles whose login broke."""

    held: Held
    roles: tuple[str, ...] = ()


def health(counts: Iterable[RoleRows], floor: float) -> Health:
    """Whether the site was well enough for the night to change tickets.

    It was not when the login of a role broke: nobody could be logged in at all, or the session was lost on more of the
    role's visited pages than the coverage floor (a share, 0 to 1) forgives. Nor when less than that share of all
    visited pages could be looked at, or when no page is left. Single pages that always fail hold nothing back.
    """
    visited = [count for count in counts if count.state is not RowState.EXCLUDED and count.reason not in BY_DECISION]
    broken = sorted(role for role in {count.role for count in visited} if _login_broke(visited, role, floor))
    if broken:
        return Health(Held.LOGIN, tuple(broken))
    seen = _rows(count for count in visited if count.state in (RowState.AUDITED, RowState.PARTLY))
    return Health(Held.NO if seen and seen >= floor * _rows(visited) else Held.SITE)


def _login_broke(visited: list[RoleRows], role: str, floor: float) -> bool:
    rows = [count for count in visited if count.role == role]
    if any(count.reason is Reason.LOGIN_FAILED for count in rows):
        return True
    lost = _rows(count for count in rows if count.reason is Reason.LOGIN_LOST)
    return lost > (1 - floor) * _rows(rows)


def _rows(counts: Iterable[RoleRows]) -> int:
    return sum(count.rows for count in counts)
