"""Where a source contradicts itself. Pure.

A figure is what a document prints in one place. Figures of the same item are held against what the books add up to
or, where nothing adds up to them, against each other. Nothing is corrected: both stand side by side, and the
difference is named.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one place prints of an item, in cents."""

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


def discrepancies(printed: Iterable[Figure], computed: Mapping[str, int]) -> list[Discrepancy]:
    """Every item that is printed as something else than it adds up to, or is printed elsewhere; each pair once.

    `computed` tells by item, in cents, what the numbers add up to. Where it knows an item, that is what the printed
    figures are held against; otherwise the figure that stands last, which is the one of the more detailed table.
    """
    by_item: dict[str, dict[int, Figure]] = defaultdict(dict)
    for figure in printed:
        by_item[figure.item][figure.cents] = figure  # what is printed twice alike is one figure
    return [one for item, figures in by_item.items() for one in _of_item(list(figures.values()), computed.get(item))]


def _of_item(figures: list[Figure], computed: int | None) -> list[Discrepancy]:
    other, where = (figures[-1].cents, figures[-1].where) if computed is None else (computed, COMPUTED)
    return [Discrepancy(one.item, one.where, one.cents, other, where) for one in figures if one.cents != other]
