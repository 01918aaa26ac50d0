"""Entries of funds: versions with who, when and why; what cannot be is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.funds import actions, queries, report
from campus.funds.actions import WantedEntry
from campus.funds.models import Fund, FundEntry
from campus.funds.report import Asked
from campus.funds.rules import Kind, Roll
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import today
from tests.campus.books import TEST, on

OPENED, MAY = date(2024, 1, 1), date(2024, 5, 31)


def wanted(kind: Kind = Kind.RECEIPT, cents: int = 500_00, **values: object) -> WantedEntry:
    given_values: dict[str, object] = {"day": date(2024, 3, 1), "what": "Sample gift"} | values
    return WantedEntry(kind=kind, cents=cents, **given_values)  # type: ignore[arg-type]


def opened(session: Session) -> Fund:
    fund = actions.add_fund(session, "Sample fund", TEST)
    actions.add_entry(session, fund, wanted(Kind.OPENING, 1000_00, day=OPENED), TEST)
    return fund


def rolled(session: Session, as_of: date | None = None) -> Roll:
    (line,) = report.lines(session, Asked(date(2024, 1, 1), date(2024, 12, 31), as_of))
    return line.statement.actual


def test_a_correction_keeps_what_stood_there_and_why(database: Database) -> None:
    with database.write() as session:
        entry = actions.add_entry(session, opened(session), wanted(), TEST)
        actions.change_entry(session, entry.number, wanted(cents=600_00), TEST, "The bank says so")
        new, old = queries.versions(session, entry.number)
        assert [(one.cents, one.reason) for one in (new, old)] == [(600_00, "The bank says so"), (500_00, "")]
        assert old.superseded_at is not None
        assert rolled(session) == Roll(1000_00, 600_00, 0)


def test_what_is_cancelled_counts_no_more_and_cannot_be_changed(database: Database) -> None:
    with database.write() as session:
        entry = actions.add_entry(session, opened(session), wanted(), TEST)
        actions.cancel_entry(session, entry.number, TEST, "Entered twice")
        assert rolled(session) == Roll(1000_00, 0, 0)
        with pytest.raises(Conflict):
            actions.change_entry(session, entry.number, wanted(), TEST, "Again")


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        (wanted(cents=-1), "amount"),
        (wanted(cents=0), "amount"),
        (wanted(cents=10**17), "amount"),
        (wanted(day=today() + timedelta(days=1)), "day"),
        (wanted(day=OPENED), "day"),
        (wanted(day=date(1900, 1, 1)), "day"),
        (wanted(Kind.OPENING), "kind"),
        (wanted(Kind.COMMITMENT, planned=True), "planned"),
        (wanted(what=" "), "what"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_with_its_field(database: Database, entry: WantedEntry, place: str) -> None:
    with database.write() as session:
        fund = opened(session)
        with pytest.raises(InvalidInput) as refused:
            actions.add_entry(session, fund, entry, TEST)
        assert refused.value.place == place
        assert rolled(session) == Roll(1000_00, 0, 0)


def test_a_correction_needs_its_reason(database: Database) -> None:
    with database.write() as session:
        entry = actions.add_entry(session, opened(session), wanted(), TEST)
        with pytest.raises(InvalidInput, match="reason"):
            actions.change_entry(session, entry.number, wanted(), TEST, " ")
        with pytest.raises(InvalidInput, match="reason"):
            actions.cancel_entry(session, entry.number, TEST, "")


def test_no_two_funds_are_called_alike_and_none_like_a_page(database: Database) -> None:
    with database.write() as session:
        opened(session)
        with pytest.raises(InvalidInput):
            actions.add_fund(session, "SAMPLE  fund", TEST)
        with pytest.raises(Conflict):
            actions.add_fund(session, "Other", TEST, slug="facts")
        assert actions.add_fund(session, "Facts", TEST).slug == "facts-2"
        with pytest.raises(NotFound):
            queries.fund(session, "nothing")


STEPS = st.lists(
    st.tuples(st.sampled_from(["receipt", "payment", "change", "cancel"]), st.integers(1, 10**6)), max_size=5
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_report_can_be_had_again_as_it_was_known(database: Database, steps: list[tuple[str, int]]) -> None:
    """Each day something is entered, corrected or cancelled; later every evening's report is what it was then."""
    kept: dict[date, Roll] = {}
    with database.write() as session:
        day = today() - timedelta(days=len(steps) + 1)
        with on(day.isoformat()):
            fund = actions.add_fund(session, "Sample fund", TEST)
            actions.add_entry(session, fund, wanted(Kind.OPENING, 1000_00, day=OPENED), TEST)
        made: list[FundEntry] = []
        for step, cents in steps:
            with on(day.isoformat()):
                made = _step(session, fund, made, step, cents)
            kept[day] = rolled(session)
            day += timedelta(days=1)
        assert {one: rolled(session, one) for one in kept} == kept
        spring, rest = (_part(session, *days) for days in ((OPENED, MAY), (MAY + timedelta(days=1), None)))
        whole = rolled(session)
        assert (spring.closing, rest.closing) == (rest.opening, whole.closing)
        assert spring.receipts + rest.receipts == whole.receipts
        assert spring.payments + rest.payments == whole.payments
        session.rollback()


def _part(session: Session, first: date, last: date | None) -> Roll:
    (line,) = report.lines(session, Asked(first, last or date(2024, 12, 31)))
    return line.statement.actual


def _step(session: Session, fund: Fund, made: list[FundEntry], step: str, cents: int) -> list[FundEntry]:
    if step in (Kind.RECEIPT, Kind.PAYMENT):
        day = date(2024, 3, 1) if cents % 2 else date(2024, 9, 1)
        return [*made, actions.add_entry(session, fund, wanted(Kind(step), cents, day=day), TEST)]
    if made and step == "change":
        actions.change_entry(session, made[-1].number, wanted(Kind(made[-1].kind), cents), TEST, "Sample reason")
    elif made:
        actions.cancel_entry(session, made[-1].number, TEST, "Sample reason")
        return made[:-1]
    return made
