"""Rows of the tables of figures: a name, a figure, and what became of it since the quarter before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api import figure_words as words
from campus.feedback.figures.changes import Change, area_change, change
from campus.feedback.figures.names import Names
from campus.feedback.figures.reading import AreaFigure, Figure
from campus.feedback.questionnaires.content import Kind
from core.i18n import format_list
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `key` of the area or measure, `kind` of its answers, and the change with its words."""

    key: str
    name: str
    kind: str
    figure: Figure | AreaFigure
    change: Change | None = None
    compared: bool = True

    @property
    def tag(self) -> tuple[str, str]:
        """Kind and words of what became of it."""
        return words.changed(self.kind, self.change) if self.compared else ("info", "–")

    @property
    def masked(self) -> bool:
        """Whether its figure may not be shown."""
        return self.figure.value is None


def area_rows(now: Iterable[AreaFigure], before: Sequence[AreaFigure] | None, comparisons: int) -> list[Row]:
    """Areas with rating questions, the weakest first, masked ones last; `before` None: nothing to compare with."""
    older = {one.area: one for one in before or ()}
    rated = [one for one in now if one.value is not None or one.suppressed]
    rows = [
        Row(
            one.area,
            words.area(one.area),
            Kind.RATING,
            one,
            area_change(one, older.get(one.area), comparisons),
            before is not None,
        )
        for one in rated
    ]
    return sorted(rows, key=lambda row: (row.masked, row.figure.value or 0.0, row.name.casefold()))


def measure_rows(
    names: Names, now: Iterable[Figure], before: Sequence[Figure] | None, comparisons: int, *, options: bool = False
) -> list[Row]:
    """Measures in the order given; `options`: only the option of a choice is told."""
    older = {one.measure: one for one in before or ()}
    name = names.option if options else names.measure
    return [
        Row(
            one.measure,
            name(one.measure),
            one.kind,
            one,
            change(one, older.get(one.measure), comparisons),
            before is not None,
        )
        for one in now
    ]


def what_changed(rows: Iterable[Row], since: str) -> str:
    """Only what is beyond noise, in one sentence."""
    rows = list(rows)
    compared = [one for one in rows if one.change]
    better = [one.name for one in compared if one.change and one.change.arrow > 0]
    worse = [one.name for one in compared if one.change and one.change.arrow < 0]
    if not compared:
        return _("Nothing can be compared with %(quarter)s.", quarter=since)
    if better and worse:
        told = {"better": format_list(better), "worse": format_list(worse)}
        return _("Since %(quarter)s, better: %(better)s; worse: %(worse)s.", quarter=since, **told)
    if better:
        return _("Better since %(quarter)s: %(better)s.", quarter=since, better=format_list(better))
    if worse:
        return _("Worse since %(quarter)s: %(worse)s.", quarter=since, worse=format_list(worse))
    return _("No detectable change since %(quarter)s.", quarter=since)
