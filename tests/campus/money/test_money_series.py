"""Whatever is pledged, set aside, promised, paid and taken back, in any order: nothing passes what it comes from.

What is known of each step can be told again later, and sums over sources, kinds of costs and months agree.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.money import commitments, queries, sources
from campus.money.commitments import Terms
from campus.money.queries import Sums
from campus.money.rules import COST_TYPES
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.campus.books import TEST
from tests.campus.conftest import Tries
from tests.campus.money.books_of_money import allocate, commit, open_books, pay

KINDS = ("pledge", "allocate", "allocate", "commit", "commit", "change", "close", "cancel", "pay", "pay", "reverse")
steps = st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.integers(1, 8))  # what, which, hundreds of euros


class Series:
    """A series of steps on one book; those that are refused leave everything as it was."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.package, first = open_books(session)
        self.sources = [first, sources.add_source(session, "Sample centre", None, 500_00, today(), TEST)]
        self.commitments: list[int] = []
        self.payments: list[int] = []

    def take(self, kind: str, which: int, amount: int) -> None:
        session, cents = self.session, amount * 100_00
        source, cost = self.sources[which % 2], COST_TYPES[which % 4]
        commitment = self.commitments[which % len(self.commitments)] if self.commitments else 0
        payment = self.payments[which % len(self.payments)] if self.payments else 0
        try:
            with session.begin_nested():
                match kind:
                    case "pledge":
                        sources.pledge(session, source, cents, today(), TEST, "another")
                    case "allocate":
                        allocate(session, source, self.package, cents, cost)
                    case "commit":
                        self.commitments.append(commit(session, self.package, source, cents, kind=cost).number)
                    case "change" if commitment:
                        commitments.change(session, commitment, Terms(cents=cents), TEST, "another")
                    case "close" if commitment:
                        commitments.close(session, commitment, TEST, "done")
                    case "cancel" if commitment:
                        commitments.cancel(session, commitment, TEST, "over")
                    case "pay" if commitment:
                        self.payments.append(pay(session, commitment, f"I{amount}", cents // 2).number)
                    case "reverse" if payment:
                        commitments.reverse(session, payment, TEST, "wrong")
        except (Conflict, InvalidInput):
            session.expire_all()

    def told(self) -> tuple[dict[int, Sums], list[queries.Part]]:
        return queries.standing(self.session), queries.parts(self.session)


def check(done: Series) -> None:
    """Every limit and every sum, as known now."""
    sums, parts = done.told()
    for one in sums.values():
        assert one.paid <= one.committed <= one.allocated <= one.pledged
    for part in parts:
        assert part.paid <= part.committed <= part.allocated
    for line in queries.commitments(done.session):
        assert 0 <= line.paid <= line.promised
    booked = queries.payments(done.session)
    assert len({one.invoice_key for one in booked}) == len(booked)
    by_source, by_type = Counter[int](), Counter[str]()
    for part in parts:
        by_source[part.source_id] += part.paid
        by_type[part.cost_type] += part.paid
    by_day = Counter({one.number: one.cents for one in booked})
    together = sum((one.paid for one in sums.values()), 0)
    assert by_source.total() == by_type.total() == by_day.total() == together


def test_no_series_of_steps_passes_a_limit_and_each_can_be_told_again(database: Database, tries: Tries) -> None:
    @tries(10)
    @given(st.lists(steps, min_size=5, max_size=14))
    def holds(series: list[tuple[str, int, int]]) -> None:
        take_and_tell_again(database, series)

    holds()


def take_and_tell_again(database: Database, series: list[tuple[str, int, int]]) -> None:
    """Each step holds what must hold, and can be told later as it was told then."""
    real, begin, told = clock.now, clock.now(), []
    try:
        with database.write() as session:
            clock.now = lambda: begin
            done = Series(session)
            for number, step in enumerate(series, 1):
                instant = begin + timedelta(seconds=number)
                clock.now = lambda instant=instant: instant  # type: ignore[misc]
                done.take(*step)
                check(done)
                told.append((instant, done.told()))
            for instant, (sums, parts) in told:
                assert queries.standing(session, instant) == sums
                assert queries.parts(session, instant) == parts
            session.rollback()
    finally:
        clock.now = real


def test_before_anything_was_entered_nothing_was_known(database: Database) -> None:
    with database.write() as session:
        _package, source = open_books(session)
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        assert queries.standing(session, long_ago) == {source.id: Sums()}
