"""Entries of running costs in one line each."""

from sqlalchemy.orm import Session

from campus.running_costs import actions
from campus.running_costs.models import CostEntry
from campus.running_costs.rules import Kind, Line, Place
from tests.campus.books import TEST, nights


def place(line: Line, kind: Kind, first: str, until: str, party: int | None = None) -> Place:
    """`until` is the day after the last one."""
    return Place(line, kind, nights(first, until), party)


def enter(session: Session, wanted: Place, euros: int, **values: str) -> CostEntry:
    """An amount of whole euros."""
    return actions.enter(session, wanted, euros * 100, TEST, **values)
