"""Funds in the small campus of the tests: the published ones, and what has happened in one of them."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from campus.funds import actions, queries
from campus.funds.actions import WantedEntry
from campus.funds.rules import Kind
from campus.published import load_facts
from core.i18n import today
from tests.campus.books import TEST, Campus

FACTS = Path(__file__).parent / "funds" / "facts.toml"


def add_funds(session: Session, _campus: Campus) -> None:
    """Entries 1 to 12 come with the file; 13 is a receipt that was corrected, 14 a payment that was cancelled."""
    load_facts(session, FACTS.read_bytes(), FACTS.name, TEST)
    fund = queries.fund(session, "innovation-fund")
    day = today() - timedelta(days=30)
    receipt = WantedEntry(kind=Kind.RECEIPT, day=day, cents=120_000_00, what="Sample contribution of a partner")
    number = actions.add_entry(session, fund, receipt, TEST).number
    corrected = WantedEntry(kind=Kind.RECEIPT, day=day, cents=125_000_00, what=receipt.what)
    actions.change_entry(session, number, corrected, TEST, "Sample correction after the bank's statement")
    for cents, what in ((40_000_00, "Sample payment, entered twice"), (40_000_00, "Sample payment of a prototype")):
        paid = actions.add_entry(
            session, fund, WantedEntry(kind=Kind.PAYMENT, day=day + timedelta(days=5), cents=cents, what=what), TEST
        )
        if "twice" in what:
            actions.cancel_entry(session, paid.number, TEST, "Sample entry made twice")
    promised = WantedEntry(kind=Kind.COMMITMENT, day=day, cents=15_000_00, what="Sample order of equipment")
    actions.add_entry(session, fund, promised, TEST)
