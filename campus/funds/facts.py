"""Published figures of the campus, read from a facts file; and where its source contradicts itself. Pure.

A figure is what a document prints in one place. Figures of the same item are held against each other, and against what
the file's own numbers add up to. Nothing is corrected: both stand side by side, and the difference is named.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import InvalidInput
from core.i18n import gettext as _

EURO, THOUSAND = 100, 100_000  # cents
COMPUTED = "computed"


class FundFigures(BaseModel):
    """A fund's roll-forward over the period, in euros, as printed."""

    model_config = ConfigDict(strict=True)

    name: str = Field(min_length=1, max_length=120)
    opening_2023_12_31: int = Field(ge=0)
    investment_2024_25: int = Field(ge=0)
    use_2024_25: int = Field(ge=0)
    closing_2025_12_31: int

    @property
    def computed(self) -> int:
        """Closing = opening + investment − use, in euros."""
        return self.opening_2023_12_31 + self.investment_2024_25 - self.use_2024_25


class RunningCosts(BaseModel):
    """Item 18 in thousands of euros, a value for each of the `columns`."""

    model_config = ConfigDict(strict=True)

    columns: list[str] = Field(min_length=1)
    utilities: list[int]
    waste_collection: list[int]
    maintenance_gardening_repairs: list[int]
    cleaning: list[int]
    other: list[int]
    total: list[int]
    security_item_19: list[int]
    city_contribution_to_extraordinary_maintenance_per_year: int = Field(ge=0)

    def sums(self) -> list[int]:
        """The total of each column, as its parts add up to."""
        parts = (self.utilities, self.waste_collection, self.maintenance_gardening_repairs, self.cleaning, self.other)
        return [sum(values) for values in zip(*parts, strict=True)]


class PrintedFigure(BaseModel):
    """A figure that the source prints, in thousands of euros unless `unit` is EUR."""

    model_config = ConfigDict(strict=True)

    item: str
    where: str
    value: int
    unit: str = Field(default="thousand EUR", pattern="^(EUR|thousand EUR)$")

    @property
    def cents(self) -> int:
        """The value in cents."""
        return self.value * (EURO if self.unit == "EUR" else THOUSAND)


class RenovationFunding(BaseModel):
    """What the works on a pavilion are paid from and planned to cost, in euros."""

    model_config = ConfigDict(strict=True)

    host_government: int = Field(ge=0)
    own_contribution: int = Field(ge=0)
    reserved_at_2023_12_31: int = Field(ge=0)
    planned_spend_2024_25: int = Field(ge=0)
    planned_works_contracts: int = Field(ge=0)
    planned_project_control: int = Field(ge=0)

    @property
    def planned_design_and_consultants(self) -> int:
        """What the plan leaves beside works contracts and project control, in euros."""
        return self.planned_spend_2024_25 - self.planned_works_contracts - self.planned_project_control


class Facts(BaseModel):
    """What this service reads of a facts file; other tables in it are left alone."""

    model_config = ConfigDict(strict=True)

    fund: list[FundFigures] = []
    running_costs_thousand_eur: RunningCosts | None = None
    renovation_funding: dict[str, RenovationFunding] = {}
    printed: list[PrintedFigure] = []


@dataclass(frozen=True, slots=True)
class Figure:
    """One item's figure in one place, in cents."""

    item: str
    where: str
    cents: int


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two figures for one item, in cents. `other` is what the numbers add up to, or what another place prints."""

    item: str
    where: str
    printed: int
    other: int
    other_where: str

    @property
    def difference(self) -> int:
        """Printed less other, in cents."""
        return self.printed - self.other


def read(text: str) -> Facts:
    """The facts in a TOML file. Raises `InvalidInput` naming the place in it."""
    try:
        facts = Facts.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(_("this is no TOML: %(error)s", error=error), place="file") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(first["msg"], place=place) from None
    _check_columns(facts.running_costs_thousand_eur)
    return facts


def discrepancies(facts: Facts) -> list[Discrepancy]:
    """Every item that is printed as something else than it adds up to, or is printed elsewhere; each pair once.

    Where the numbers add up to a figure, that is what the printed ones are held against; otherwise the figure that
    stands last, which is the one of the more detailed table.
    """
    sums = {one.item: one for one in _computed(facts)}
    printed: dict[str, dict[int, Figure]] = defaultdict(dict)
    for figure in chain(_of_tables(facts), (Figure(one.item, one.where, one.cents) for one in facts.printed)):
        printed[figure.item][figure.cents] = figure  # what is printed twice alike is one figure
    return [found for item, figures in printed.items() for found in _of_item(figures.values(), sums.get(item))]


def _of_item(figures: Iterable[Figure], computed: Figure | None) -> list[Discrepancy]:
    every = list(figures)
    other = computed or every[-1]
    return [
        Discrepancy(one.item, one.where, one.cents, other.cents, other.where)
        for one in every
        if one.cents != other.cents
    ]


def _of_tables(facts: Facts) -> list[Figure]:
    """The closing balances and totals that the file's own tables print."""
    funds = [Figure(_closing(one.name), "table of funds", one.closing_2025_12_31 * EURO) for one in facts.fund]
    costs = facts.running_costs_thousand_eur
    totals = zip(costs.columns, costs.total, strict=True) if costs else ()
    return funds + [Figure(_item_18(column), "the item's own table", total * THOUSAND) for column, total in totals]


def _computed(facts: Facts) -> list[Figure]:
    funds = [Figure(_closing(one.name), COMPUTED, one.computed * EURO) for one in facts.fund]
    costs = facts.running_costs_thousand_eur
    totals = zip(costs.columns, costs.sums(), strict=True) if costs else ()
    return funds + [Figure(_item_18(column), COMPUTED, total * THOUSAND) for column, total in totals]


def _closing(fund: str) -> str:
    return f"{fund}, closing 2025-12-31"


def _item_18(column: str) -> str:
    return f"Item 18, campus running costs, {column}"


def _check_columns(costs: RunningCosts | None) -> None:
    for name, values in costs or ():
        if isinstance(values, list) and costs is not None and len(values) != len(costs.columns):
            raise InvalidInput(
                _("must have a value for each of the %(n)s columns", n=len(costs.columns)),
                place=f"running_costs_thousand_eur.{name}",
            )
