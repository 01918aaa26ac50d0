"""Published figures of the campus, read from a facts file. Pure.

What the file says is read strictly: a wrong kind of value, an amount without its own unit or a missing column is
refused with the place in the file. Tables that this service does not read are left alone.
"""

import re
import tomllib
from calendar import monthrange
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from campus.amounts import MOST_CENTS
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

EURO, THOUSAND = 100, 100_000  # cents
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)  # the two years that the keys of a fund's figures name
OPENED = date(2023, 12, 31)
MOST_EUROS = MOST_CENTS // EURO
MOST_TEXT = 1_000_000  # characters of a facts file
MOST_POINTS = 200  # in a line: the parser's time grows with the square of a key's parts
MOST_FUNDS, MOST_PRINTED, MOST_OTHERS = 100, 2000, 500
MOST_ROOM_NIGHTS = 1_000_000
CAPACITY = "Campus capacity"  # the indicator whose targets are room-nights
Euros = Annotated[int, Field(ge=0, le=MOST_EUROS)]
Thousands = Annotated[int, Field(ge=0, le=MOST_EUROS // 1000)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
MESSAGES = {
    "missing": lazy("is missing"),
    "int_type": lazy("must be a whole number"),
    "string_type": lazy("must be text in quotation marks"),
    "list_type": lazy("must be a list"),
    "greater_than_equal": lazy("must not be negative"),
    "less_than_equal": lazy("is too large"),
    "string_pattern_mismatch": lazy("must be EUR or thousand EUR"),
    "too_long": lazy("has too many entries"),
}
PERIOD = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?", re.ASCII)
RECEIVED = re.compile(r"host government contribution of (\d{1,3}(?:,\d{3}){0,3}) received", re.ASCII)
PARTS = ("utilities", "waste_collection", "maintenance_gardening_repairs", "cleaning", "other")


class FundFigures(BaseModel):
    """A fund's roll-forward over the period, in euros, as printed."""

    model_config = ConfigDict(strict=True)

    name: str = Field(min_length=1, max_length=120)
    opening_2023_12_31: Euros
    investment_2024_25: Euros
    use_2024_25: Euros
    closing_2025_12_31: int = Field(ge=-MOST_EUROS, le=MOST_EUROS)

    @property
    def computed(self) -> int:
        """Closing = opening + investment − use, in euros."""
        return self.opening_2023_12_31 + self.investment_2024_25 - self.use_2024_25

    @property
    def item(self) -> str:
        """What its closing balance is called among the printed figures."""
        return closing_item(self.name, LAST)


class RunningCosts(BaseModel):
    """Item 18 in thousands of euros, a value for each of the `columns`."""

    model_config = ConfigDict(strict=True)

    columns: list[Annotated[str, Field(min_length=1, max_length=80)]] = Field(min_length=1, max_length=50)
    utilities: list[Thousands]
    waste_collection: list[Thousands]
    maintenance_gardening_repairs: list[Thousands]
    cleaning: list[Thousands]
    other: list[Thousands]
    total: list[Thousands]
    security_item_19: list[Thousands]
    city_contribution_to_extraordinary_maintenance_per_year: Thousands

    def sums(self) -> list[int]:
        """The total of each column, as its parts add up to."""
        return [sum(values) for values in zip(*(getattr(self, part) for part in PARTS), strict=True)]


class PrintedRow(BaseModel):
    """A figure that the source prints, in thousands of euros unless `unit` is EUR."""

    model_config = ConfigDict(strict=True)

    item: Text
    where: Text
    value: int = Field(ge=-MOST_EUROS // 1000, le=MOST_EUROS)
    unit: str = Field(default="thousand EUR", pattern="^(EUR|thousand EUR)$")

    @property
    def cents(self) -> int:
        """The value in cents."""
        return self.value * (EURO if self.unit == "EUR" else THOUSAND)


class RenovationFunding(BaseModel):
    """What the works on a pavilion are paid from and planned to cost, in euros."""

    model_config = ConfigDict(strict=True)

    host_government: Euros
    own_contribution: Euros
    reserved_at_2023_12_31: Euros
    planned_spend_2024_25: Euros
    planned_works_contracts: Euros
    planned_project_control: Euros

    @property
    def planned_design_and_consultants(self) -> int:
        """What the plan leaves beside works contracts and project control, in euros."""
        return self.planned_spend_2024_25 - self.planned_works_contracts - self.planned_project_control


class PublishedMilestone(BaseModel):
    """A milestone as a document tells it; its `date` is a year, a month, or words."""

    model_config = ConfigDict(strict=True)

    name: Text
    when: Text = Field(alias="date")

    @property
    def until(self) -> date | None:
        """The last day of the year or month of the `date`; None where it is words."""
        found = PERIOD.fullmatch(self.when)
        if found is None:
            return None
        year, month = int(found[1]), int(found[2] or 12)
        return date(year, month, monthrange(year, month)[1])

    @property
    def received(self) -> int | None:
        """The euros that came from the host government; None where it is another milestone."""
        found = RECEIVED.fullmatch(self.name)
        return int(found[1].replace(",", "")) if found else None


class Renovation(BaseModel):
    """Works on a pavilion as a document tells them."""

    model_config = ConfigDict(strict=True)

    pavilion: Text
    milestones: list[PublishedMilestone] = []


class Indicator(BaseModel):
    """An indicator with a target for some years, such as `target_2024 = 25_000`."""

    model_config = ConfigDict(strict=True, extra="allow")

    id: Text

    def targets(self) -> dict[int, int]:
        """Year → target. Raises `InvalidInput` naming the key."""
        found = {}
        for key, value in (self.model_extra or {}).items():
            year = key.removeprefix("target_")
            if year != key and year.isascii() and year.isdecimal() and len(year) == 4:
                if type(value) is not int or value < 1:
                    raise InvalidInput(_("must be a whole number from 1 on"), place=f"indicator.{self.id}.{key}")
                if value > MOST_ROOM_NIGHTS:
                    raise InvalidInput(_("is too large"), place=f"indicator.{self.id}.{key}")
                found[int(year)] = value
        return found


class Facts(BaseModel):
    """What this service reads of a facts file. A section that is not in the file is None: it says nothing of it."""

    model_config = ConfigDict(strict=True)

    fund: list[FundFigures] | None = Field(None, max_length=MOST_FUNDS)
    running_costs_thousand_eur: RunningCosts | None = None
    renovation_funding: dict[Annotated[str, Field(min_length=1, max_length=60)], RenovationFunding] | None = Field(
        None, max_length=MOST_OTHERS
    )
    renovation: list[Renovation] | None = Field(None, max_length=MOST_OTHERS)
    indicator: list[Indicator] | None = Field(None, max_length=MOST_OTHERS)
    printed: list[PrintedRow] | None = Field(None, max_length=MOST_PRINTED)

    @property
    def room_night_targets(self) -> dict[int, int]:
        """Year → room-nights."""
        every = [one.targets() for one in self.indicator or () if one.id == CAPACITY]
        return {year: target for targets in every for year, target in targets.items()}


def pavilion_key(name: str) -> str:
    """What a pavilion is called in `renovation_funding`: americas_2 is Americas 2."""
    return "_".join(name.casefold().split())


def closing_item(fund: str, day: date) -> str:
    """What the closing balance of a fund is called among the printed figures."""
    return f"{fund}, closing {day.isoformat()}"


def item_18(column: str) -> str:
    """What the running costs of a column are called among the printed figures."""
    return f"Item 18, campus running costs, {column}"


def read(content: bytes) -> Facts:
    """The facts in a TOML file. Raises `InvalidInput` naming the place in it."""
    if len(content) > MOST_TEXT:
        raise InvalidInput(_("is larger than a facts file can be"), place="file")
    if any(line.count(b".") > MOST_POINTS for line in content.splitlines()):
        raise InvalidInput(_("cannot be read as TOML"), place="file")
    try:
        given = tomllib.loads(content.decode("utf-8"))
        holds_nul = _holds_nul(given)
    except UnicodeDecodeError:
        raise InvalidInput(_("is not text in UTF-8"), place="file") from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(_("this is no TOML: %(error)s", error=error), place="file") from None
    except (RecursionError, ValueError):  # of a document that is nested too deeply, or a number too long to be one
        raise InvalidInput(_("cannot be read as TOML"), place="file") from None
    try:
        facts = Facts.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(str(MESSAGES.get(first["type"], first["msg"])), place=place) from None
    if holds_nul:
        raise InvalidInput(_("holds a character that no text may hold"), place="file")
    _check(facts)
    return facts


def _check(facts: Facts) -> None:
    """What no single value shows. Raises `InvalidInput`."""
    if all(getattr(facts, name) is None for name in Facts.model_fields):
        raise InvalidInput(_("holds nothing that this service reads"), place="file")
    _check_funds(facts.fund or [])
    _check_columns(facts.running_costs_thousand_eur)
    for name, plan in (facts.renovation_funding or {}).items():
        if plan.planned_design_and_consultants < 0:
            raise InvalidInput(
                _("is less than works contracts and project control together"),
                place=f"renovation_funding.{name}.planned_spend_2024_25",
            )
    for year in facts.room_night_targets:
        if not 2000 <= year <= 2100:
            raise InvalidInput(_("must be 2000 to 2100"), place=f"indicator.{CAPACITY}.target_{year}")


def _holds_nul(given: Any) -> bool:
    if isinstance(given, dict):
        return any(_holds_nul(one) for pair in given.items() for one in pair)
    return any(map(_holds_nul, given)) if isinstance(given, list) else isinstance(given, str) and "\x00" in given


def _check_funds(funds: list[FundFigures]) -> None:
    seen: set[str] = set()
    for position, one in enumerate(funds):
        name = " ".join(one.name.split()).casefold()
        if not name or name in seen:
            raise InvalidInput(_("names a fund that stands there already, or none"), place=f"fund.{position}.name")
        seen.add(name)


def _check_columns(costs: RunningCosts | None) -> None:
    if costs is None:
        return
    if len(set(costs.columns)) < len(costs.columns):
        raise InvalidInput(_("names a column twice"), place="running_costs_thousand_eur.columns")
    for name, values in costs:
        if isinstance(values, list) and len(values) != len(costs.columns):
            raise InvalidInput(
                _("must have a value for each of the %(n)s columns", n=len(costs.columns)),
                place=f"running_costs_thousand_eur.{name}",
            )
