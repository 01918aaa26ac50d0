"""Running costs in the small campus of the tests: corrected and withdrawn amounts, and lines covered in part."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from campus.funds import facts
from campus.nights import Nights
from campus.running_costs import actions, from_facts
from campus.running_costs.rules import COSTS, Kind, Line, Place
from core.i18n import today
from tests.campus.books import TEST, Campus

FACTS = Path(__file__).parent / "funds" / "facts.toml"


def add_costs(session: Session, campus: Campus) -> None:
    """Monthly budgets of this year, what the months that are over came to, a rent; and the published totals."""
    year, month = Nights.year(today().year), today().replace(day=1)
    first = year.months()[0]
    corrected = Place(Line.UTILITIES, Kind.BUDGET, first)
    actions.enter(session, corrected, 70_000_00, TEST, note="Sample budget")
    actions.enter(session, corrected, 72_000_00, TEST, reason="Sample tariff rises")
    withdrawn = actions.enter(session, Place(Line.SECURITY, Kind.ACTUAL, first), 1_00, TEST)
    actions.withdraw(session, withdrawn.number, "Sample slip of the pen", TEST)
    for number, line in enumerate(COSTS):
        for span in year.months():
            budget, actual = (Place(line, kind, span) for kind in (Kind.BUDGET, Kind.ACTUAL))
            if budget != corrected:
                actions.enter(session, budget, (70 - 10 * number) * 1000_00, TEST)
            if span.until <= month or span == first:
                actions.enter(session, actual, (68 - 9 * number) * 1000_00 + 5, TEST)
    quarter = Nights(first.first, date(first.first.year, 4, 1))
    actions.enter(session, Place(Line.RENT, Kind.ACTUAL, quarter, campus.party), 9_000_00, TEST)
    actions.enter(session, Place(Line.RECOVERY, Kind.BUDGET, quarter, campus.party), 4_000_00, TEST)
    from_facts.load(session, facts.read(FACTS.read_bytes()), TEST)
