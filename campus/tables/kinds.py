"""How the rows of each kind of table are planned and written: one list."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.tables import of_costs, of_counts, of_degree_days, of_readings, of_rooming, of_rooms, of_stays, write_stays
from campus.tables.rules import Choices, Given, Line, Table

Written = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Way:
    """`plan` only looks; `write` takes the lines that change something, planned in the same transaction."""

    plan: Callable[[Session, list[Given], Choices], list[Line]]
    write: Callable[[Session, list[Line], str], Written]


WAYS = {
    Table.COUNTS: Way(of_counts.plan, of_counts.write),
    Table.STAYS: Way(of_stays.plan, write_stays.write),
    Table.ROOMING: Way(of_rooming.plan, write_stays.write),
    Table.ROOMS: Way(of_rooms.plan, of_rooms.write),
    Table.READINGS: Way(of_readings.plan, of_readings.write),
    Table.DEGREE_DAYS: Way(of_degree_days.plan, of_degree_days.write),
    Table.COSTS: Way(of_costs.plan, of_costs.write),
    Table.INCOMES: Way(of_costs.plan_incomes, of_costs.write),
}
