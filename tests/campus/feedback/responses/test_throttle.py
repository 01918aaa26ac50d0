"""Floods of answers: counted in memory, by network, by point and by day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from campus.feedback.responses.throttle import Throttle
from core import clock
from core.errors import TooManyAttempts

NOON = datetime(2026, 6, 1, 12, 0, 10, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`at(minutes=5)` sets the clock that long after noon."""

    def set_clock(**later: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(**later))

    set_clock()
    return set_clock


@pytest.mark.parametrize(
    ("setting", "again", "other"),
    [
        ("answers_per_network", ("192.0.2.1", "south"), ("192.0.2.2", "north")),
        ("answers_per_point", ("192.0.2.2", "north"), ("192.0.2.1", "south")),
    ],
)
def test_one_too_many_waits_for_the_next_quarter_of_an_hour(
    at: Callable[..., None],
    configure: Callable[..., None],
    setting: str,
    again: tuple[str, str],
    other: tuple[str, str],
) -> None:
    configure(**{setting: 1})
    throttle = Throttle()
    throttle.count_answer("192.0.2.1", "north")
    with pytest.raises(TooManyAttempts) as refused:
        throttle.count_answer(*again)
    assert refused.value.retry_after == 890
    throttle.count_answer(*other)
    at(minutes=15)
    throttle.count_answer(*again)


def test_a_day_has_room_for_so_many(at: Callable[..., None], configure: Callable[..., None]) -> None:
    configure(answers_a_day=1)
    throttle = Throttle()
    throttle.count_answer("192.0.2.1", "north")
    at(hours=11)
    with pytest.raises(TooManyAttempts):
        throttle.count_answer("192.0.2.2", "south")
    at(hours=12)
    throttle.count_answer("192.0.2.2", "south")


def test_five_hundred_guests_of_one_network_have_room(at: Callable[..., None]) -> None:
    throttle = Throttle()
    for _guest in range(500):
        throttle.count_answer("192.0.2.1", "north")


def test_windows_that_ended_are_forgotten(at: Callable[..., None]) -> None:
    throttle = Throttle()
    for number in range(200):
        throttle.count_answer(f"192.0.2.{number}", "north")
    at(minutes=20)
    throttle.count_forged("192.0.2.1")
    assert len(throttle._counts) == 2
