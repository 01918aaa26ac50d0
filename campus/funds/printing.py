"""What a facts file says that documents print, as rows, and what is different from the rows that are there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from dataclasses import replace as replaced
from datetime import date

from sqlalchemy.orm import Session

from campus.funds import queries
from campus.funds.facts import EURO, LAST, PARTS, THOUSAND, Facts, RunningCosts, item_18
from campus.funds.models import FactsLoad, PrintedFigure
from campus.known import supersede
from core import clock

SECTIONS = ("fund", "running_costs_thousand_eur", "renovation_funding", "printed")
A_SECTION = 10_000  # figures of an item in one section are fewer
OWN_TABLE = "the item's own table"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it is to stand in the books."""

    section: str
    item: str
    printed_in: str
    cents: int
    part: str = ""
    fund_id: int | None = None
    day: date | None = None
    position: int = 0

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands; a figure that changes keeps it."""
        return (self.section, self.item, self.part, self.printed_in)


def rows(facts: Facts, funds: Mapping[str, int]) -> dict[str, list[Row]]:
    """Section → its rows, of the sections that the file holds. `funds` tells the fund of a name in small letters."""
    found: dict[str, list[Row]] = {name: [] for name in SECTIONS if getattr(facts, name) is not None}
    counted: dict[str, int] = defaultdict(int)
    for row in _rows(facts, funds):
        counted[row.item] += 1
        position = SECTIONS.index(row.section) * A_SECTION + counted[row.item]
        found[row.section].append(replaced(row, position=position))
    return found


def replace(
    session: Session, wanted: Mapping[str, Iterable[Row]], load: FactsLoad, actor: str
) -> list[tuple[str, int | None, int | None]]:
    """Make these the rows of their sections; what changed: item, cents before and after, None for nothing."""
    there = {_row(one): one for one in queries.printed(session) if one.section in wanted}
    every = [row for some in wanted.values() for row in some]
    gone = [row for row in there if row not in set(every)]
    for row in gone:
        supersede(session, there[row])
    new = [row for row in every if row not in there]
    for row in new:
        made = PrintedFigure(load_id=load.id, recorded_at=clock.now(), recorded_by=actor, **asdict(row))
        made.reason = load.file_name
        session.add(made)
    session.flush()
    return list(_changes(gone, new))


def _changes(gone: list[Row], new: list[Row]) -> Iterator[tuple[str, int | None, int | None]]:
    before = defaultdict(list)
    for row in gone:
        before[row.place].append(row)
    for row in new:
        was = before[row.place].pop(0).cents if before[row.place] else None
        if was != row.cents:
            yield (_title(row), was, row.cents)
    for some in before.values():
        yield from ((_title(row), row.cents, None) for row in some)


def _title(row: Row) -> str:
    return f"{row.item}, {row.part.replace('_', ' ')}" if row.part else f"{row.item} ({row.printed_in})"


def _row(figure: PrintedFigure) -> Row:
    return Row(**{name: getattr(figure, name) for name in Row.__dataclass_fields__})


def _rows(facts: Facts, funds: Mapping[str, int]) -> Iterator[Row]:
    for one in facts.fund or ():
        fund = funds[" ".join(one.name.split()).casefold()]
        yield Row("fund", one.item, "table of funds", one.closing_2025_12_31 * EURO, fund_id=fund, day=LAST)
    if facts.running_costs_thousand_eur:
        yield from _of_running_costs(facts.running_costs_thousand_eur)
    for name, plan in (facts.renovation_funding or {}).items():
        for key, value in plan:
            item = f"Renovation of {name.replace('_', ' ')}, {key.replace('_', ' ')}"
            yield Row("renovation_funding", item, "table of the renovation's funding", value * EURO)
    for row in facts.printed or ():
        yield Row("printed", row.item, row.where, row.cents)


def _of_running_costs(costs: RunningCosts) -> Iterator[Row]:
    section = "running_costs_thousand_eur"
    for place, column in enumerate(costs.columns):
        item = item_18(column)
        for part in PARTS:
            yield Row(section, item, OWN_TABLE, getattr(costs, part)[place] * THOUSAND, part)
        yield Row(section, item, OWN_TABLE, costs.total[place] * THOUSAND)
        security = f"Item 19, security, {column}"
        yield Row(section, security, OWN_TABLE, costs.security_item_19[place] * THOUSAND)
