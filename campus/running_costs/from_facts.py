"""The published totals of item 18 and item 19, loaded from a facts file: the lines of each column of its table."""

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from campus.funds.facts import THOUSAND, Facts, RunningCosts
from campus.nights import EARLIEST, LATEST, Nights
from campus.running_costs import actions, queries
from campus.running_costs.rules import Kind, Line, Place, Status
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import marked

COLUMN = re.compile(r"(\d{4})-(\d{2}) (budget|forecast|proposal)")
KINDS = {"budget": Kind.BUDGET, "forecast": Kind.FORECAST, "proposal": Kind.BUDGET}
TABLE = "running_costs_thousand_eur"
REASON = marked("The facts file says otherwise.")


def load(session: Session, facts: Facts, actor: str) -> int:
    """Enter what the file has of running costs; how many amounts are new or changed. Loading it again changes nothing.

    A proposal is a budget. Raises `InvalidInput` naming the place in the file: then the caller rolls back.
    """
    costs, changed = facts.running_costs_thousand_eur, 0
    if costs is None:
        return 0
    for position, column in enumerate(costs.columns):
        kind, period = _meant(column, f"{TABLE}.columns.{position}")
        for line, name, values in rows(costs):
            wanted = Place(line, kind, period)
            try:
                changed += _enter(session, wanted, values[position] * THOUSAND, column, actor)
            except InvalidInput as error:
                raise InvalidInput(error.message, place=f"{TABLE}.{name}.{position}") from None
    return changed


def _enter(session: Session, place: Place, cents: int, column: str, actor: str) -> int:
    present = next((one for one in queries.meeting(session, place) if one.status == Status.ENTERED), None)
    note = f"Programme and Budget, {'item 19' if place.line is Line.SECURITY else 'item 18'}, {column}"
    written = actions.enter(session, place, cents, actor, note=note, reason=_(REASON))
    return int(present is None or written.id != present.id)


def rows(costs: RunningCosts) -> Iterator[tuple[Line, str, list[int]]]:
    """Each line with its name in the file and its values by column, in thousands of euros."""
    yield Line.UTILITIES, "utilities", costs.utilities
    yield Line.WASTE, "waste_collection", costs.waste_collection
    yield Line.MAINTENANCE, "maintenance_gardening_repairs", costs.maintenance_gardening_repairs
    yield Line.CLEANING, "cleaning", costs.cleaning
    yield Line.OTHER, "other", costs.other
    yield Line.SECURITY, "security_item_19", costs.security_item_19


def _meant(column: str, place: str) -> tuple[Kind, Nights]:
    """`2024-25 proposal` is the budget of the years 2024 and 2025."""
    found = COLUMN.fullmatch(column)
    if found is None:
        raise InvalidInput(_("“%(column)s” is no column such as “2024-25 budget”", column=column[:40]), place=place)
    first, last = int(found[1]), int(found[1][:2] + found[2])
    if not EARLIEST.year <= first <= last < LATEST.year:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    return KINDS[found[3]], Nights(date(first, 1, 1), date(last + 1, 1, 1))
