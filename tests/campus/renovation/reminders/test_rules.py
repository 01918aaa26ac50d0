"""When somebody is reminded of a milestone."""

from datetime import date, timedelta

from campus.renovation.reminders.rules import Kind, Reminder, reminders

ON = date(2026, 6, 1)


def at(days: int) -> date:
    return ON + timedelta(days)


def told(finish: int, reported: int = -1) -> list[tuple[Kind, int]]:
    found = reminders({1: at(finish)}, {1: at(reported)}, ON, (14, 3), 35)
    return [(one.kind, one.days) for one in found]


def test_before_a_due_date_one_is_reminded_at_each_step() -> None:
    assert [told(days) for days in (15, 14, 4, 3, 0)] == [
        [],
        [(Kind.DUE, 14)],
        [(Kind.DUE, 14)],
        [(Kind.DUE, 3)],
        [(Kind.DUE, 3)],
    ]


def test_a_date_that_has_passed_is_told_as_such() -> None:
    assert told(-1) == [(Kind.OVERDUE, 0)]


def test_silence_is_told_from_its_day_on() -> None:
    assert [told(100, days) for days in (-34, -35, -80)] == [[], [(Kind.SILENT, 35)], [(Kind.SILENT, 35)]]


def test_the_most_urgent_comes_first_and_another_date_is_another_reminder() -> None:
    found = reminders({1: at(10), 2: at(-3)}, {1: at(-40), 2: at(-1)}, ON, (14,), 35)
    assert [(one.key, one.kind) for one in found] == [(2, Kind.OVERDUE), (1, Kind.DUE), (1, Kind.SILENT)]
    assert Reminder(1, Kind.DUE, at(10), 14) != Reminder(1, Kind.DUE, at(11), 14)
