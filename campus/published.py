"""Loads a facts file into all books that read it. Each writes its own part; all of them, or none."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from campus.funds import loading
from campus.funds.facts import Facts
from campus.funds.loading import Change, Loaded, Loader, Told
from campus.money import from_facts as works_money
from campus.running_costs import from_facts as running_costs

RUNNING_COSTS = "Running costs, items 18 and 19"


def _running_costs(session: Session, facts: Facts, actor: str) -> Told:
    changed = running_costs.load(session, facts, actor)
    return Told((Change(RUNNING_COSTS, None, changed, "amounts"),) if changed else ())


LOADERS: Mapping[str, Loader] = {
    RUNNING_COSTS: _running_costs,
    "Pledges of works": works_money.load_pledges,
    "Receipts of works": works_money.load_receipts,
    "Budgets of works": works_money.load_budgets,
}
"""The books that stand above the funds and read the facts too, by the names of what they load."""


def load_facts(session: Session, content: bytes, file_name: str, actor: str) -> Loaded:
    """Load a facts file. Raises `InvalidInput` naming the place in it."""
    return loading.load(session, content, file_name, actor, LOADERS)
