"""When a night changes no ticket."""

import pytest

from accessibility.engine.page import Reason, RowState
from accessibility.ledger.audits.rules import Health, Held, RoleRows, health

AUDITED, NOT = RowState.AUDITED, RowState.NOT_AUDITED


def rows(role: str, n: int, reason: Reason | None = None, state: RowState | None = None) -> RoleRows:
    """So many rows of a role, audited unless a reason is given."""
    return RoleRows(role, state or (NOT if reason else AUDITED), reason, n)


def test_a_well_night_is_not_held() -> None:
    assert health([rows("anonymous", 95), rows("anonymous", 5, Reason.TIMEOUT)], 0.95) == Health(Held.NO)


def test_a_night_with_more_failures_than_the_floor_forgives_is_held() -> None:
    assert health([rows("anonymous", 94), rows("anonymous", 6, Reason.SERVER_ERROR)], 0.95) == Health(Held.SITE)


def test_a_role_nobody_could_be_logged_in_for_holds_the_night() -> None:
    counts = [rows("anonymous", 99), rows("student", 1, Reason.LOGIN_FAILED), rows("teacher", 50)]
    assert health(counts, 0.95) == Health(Held.LOGIN, ("student",))


def test_a_role_that_lost_its_session_on_most_pages_holds_the_night() -> None:
    counts = [rows("anonymous", 999), rows("student", 14), rows("student", 206, Reason.LOGIN_LOST)]
    assert health(counts, 0.95) == Health(Held.LOGIN, ("student",))


def test_a_single_page_that_always_loses_the_session_holds_nothing() -> None:
    assert health([rows("student", 99), rows("student", 1, Reason.LOGIN_LOST)], 0.95) == Health(Held.NO)


@pytest.mark.parametrize("reason", [Reason.ROBOTS, Reason.PAGE_BUDGET, Reason.TIME_LIMIT])
def test_pages_that_were_never_asked_for_say_nothing_of_the_site(reason: Reason) -> None:
    assert health([rows("anonymous", 10), rows("anonymous", 90, reason)], 0.95) == Health(Held.NO)


def test_partly_audited_pages_were_looked_at() -> None:
    assert health([rows("anonymous", 9, Reason.REQUEST_BLOCKED, RowState.PARTLY)], 0.95) == Health(Held.NO)


def test_a_night_without_a_page_is_held() -> None:
    gone = rows("anonymous", 9, Reason.NOT_FOUND, RowState.EXCLUDED)
    assert health([gone], 0.95) == health([], 0.0) == Health(Held.SITE)
