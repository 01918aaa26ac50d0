"""Confirming, undoing and booking at the same moment: whoever comes second is told, and no room is both."""

import threading
from collections import Counter
from collections.abc import Callable

from campus.closures import actions, queries
from campus.nights import Nights
from campus.occupancy.queries import claims_in
from campus.occupancy.rules import Kind, Status
from core.database import Database
from core.errors import Conflict
from tests.campus.books import TEST, open_campus
from tests.campus.closures.works import add_works, day


def at_once(*steps: Callable[[], str]) -> Counter[str]:
    """What each of them comes to."""
    start, answers = threading.Barrier(len(steps)), Counter[str]()

    def run(step: Callable[[], str]) -> None:
        start.wait()
        try:
            answers[step()] += 1
        except Conflict:
            answers["refused"] += 1

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_no_room_is_closed_and_booked_by_those_who_come_at_once(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, 2)
        works = add_works(session, campus)
        digest = works.proposal(session).digest

    def confirm() -> str:
        with database.write() as session:
            actions.confirm(session, works.package, digest, {}, TEST, "Sample plan")
        return "closed"

    def book() -> str:
        with database.write() as session:
            campus.stay(session, 1, day(3).isoformat(), day(5).isoformat())
        return "booked"

    answers = at_once(*[confirm, book] * 10)
    assert answers["closed"] + answers["booked"] == 1
    assert answers["refused"] == 19
    with database.read() as session:
        taken = claims_in(session, Nights(day(3), day(5)))
        kinds = [one.kind for one in taken if one.room_id == campus.rooms[1] and one.status == Status.BOOKED]
    assert kinds == [Kind.EXTENDED_CLOSURE if answers["closed"] else Kind.STAY]


def test_of_ten_who_undo_a_change_at_once_exactly_one_does(database: Database) -> None:
    with database.write() as session:
        works = add_works(session, open_campus(session, 2))
        change = works.confirm(session)

    def undo() -> str:
        with database.write() as session:
            actions.undo(session, queries.change(session, change), TEST)
        return "undone"

    assert at_once(*[undo] * 10) == {"undone": 1, "refused": 9}
