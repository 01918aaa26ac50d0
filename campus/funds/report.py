"""The funds over any period, as known on any day, with what documents print of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add

from sqlalchemy.orm import Session

from campus.funds import queries, works
from campus.funds.discrepancies import Discrepancy, Figure, discrepancies
from campus.funds.models import Fund, FundEntry, PrintedFigure
from campus.funds.rules import Amount, Kind, Statement, books_begin, checked_period, statement
from campus.known import checked_as_of, end_of
from core.i18n import today


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, its last day included, as known at the end of a day; `as_of` None for now."""

    first: date
    last: date
    as_of: date | None = None

    @property
    def at(self) -> datetime | None:
        """The instant whose knowledge counts."""
        return None if self.as_of is None else end_of(self.as_of)

    @property
    def on(self) -> date:
        """The day from which forecasts look."""
        return self.as_of or today()


@dataclass(frozen=True, slots=True)
class FundLine:
    """A fund and how it stands."""

    fund: Fund
    statement: Statement

    @property
    def reconciles(self) -> bool | None:
        """Whether what is printed is what the figures add up to; None where nothing is printed."""
        return None if self.statement.difference is None else self.statement.difference == 0


def asked(session: Session, first: date | None, last: date | None, as_of: date | None = None) -> Asked:
    """The question with what was left out filled in. Raises `InvalidInput`.

    That is the period between the first opening balance and the last closing balance that a document prints; without
    them this year.
    """
    checked_as_of(as_of)
    at = None if as_of is None else end_of(as_of)
    begin = books_begin(one for amounts in _entered(session, at).values() for one in amounts)
    end = max((one.day for one in queries.printed(session, at) if one.day), default=None)
    usual_last = end or date((first or today()).year, 12, 31)
    usual_first = date.fromordinal(begin.toordinal() + 1) if begin and end else date((last or today()).year, 1, 1)
    return Asked(*checked_period(first or usual_first, last or max(usual_last, first or usual_last)), as_of)


def lines(session: Session, question: Asked) -> list[FundLine]:
    """Every fund, in their order."""
    amounts = amounts_by_fund(session, question.at)
    printed = {(one.fund_id, one.day): one.cents for one in queries.printed(session, question.at) if one.fund_id}
    return [
        FundLine(
            fund,
            statement(
                amounts[fund.id], question.first, question.last, question.on, printed.get((fund.id, question.last))
            ),
        )
        for fund in queries.funds(session)
    ]


def total(found: Iterable[FundLine]) -> Statement | None:
    """All funds together; None without any."""
    every = [one.statement for one in found]
    return reduce(add, every) if every else None


def amounts_by_fund(session: Session, at: datetime | None = None) -> dict[int, list[Amount]]:
    """What counts in each fund: its own entries and the works' receipts, payments and open commitments."""
    found = _entered(session, at)
    for one in works.amounts(session, at):
        found[one.fund_id].append(one.amount)
    return found


def _entered(session: Session, at: datetime | None) -> dict[int, list[Amount]]:
    """What counts of each fund's own entries: all that is planned is among them."""
    found: dict[int, list[Amount]] = defaultdict(list)
    for fund_id, kind, day, cents, planned in queries.amounts(session, at):
        found[fund_id].append(Amount(Kind(kind), day, cents, planned))
    return found


def amount_of(entry: FundEntry) -> Amount:
    """The amount of an entry."""
    return Amount(Kind(entry.kind), entry.day, entry.cents, entry.planned)


def found(session: Session, at: datetime | None = None) -> list[Discrepancy]:
    """Every disagreement among what is loaded, as known at an instant: found by rule, never listed."""
    printed = queries.printed(session, at)
    figures = [Figure(one.item, one.printed_in, one.cents) for one in printed if not one.part]
    return discrepancies(figures, _computed(session, printed, at))


def _computed(session: Session, printed: Iterable[PrintedFigure], at: datetime | None) -> dict[str, int]:
    """What items add up to, in cents: funds by what is planned of them, others by the parts that are printed."""
    amounts = _entered(session, at)
    sums: dict[str, int] = defaultdict(int)
    for one in printed:
        if one.part:
            sums[one.item] += one.cents
        elif one.fund_id and one.day:
            sums[one.item] = statement(amounts[one.fund_id], one.day, one.day, one.day).planned.closing
    return dict(sums)
