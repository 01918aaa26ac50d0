"""Single answers of closed quarters, for those allowed: what would tell of few guests is left out of each row. Pure.

Of a guest's place a row tells the pavilion alone, and only where that pavilion has figures: the rows that say so are
then exactly a published group, and those that say nothing are what is left of all. So the rows part guests no further
than the figures do, of which no combination leaves fewer than five (`figures/suppression.py`). Who brings in a survey
knows its rows: fewer than five guests beside them are left out, as is a quarter of fewer. Comments are not among them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from campus.feedback.figures.suppression import LEAST


@dataclass(frozen=True, slots=True)
class RawRow:
    """The answers of one guest, and the short name of the pavilion, "" if untold. `imported`: somebody knows them."""

    quarter: str
    pavilion: str
    answers: Mapping[str, str]
    imported: bool = False


def anonymised(rows: Iterable[RawRow], published: Mapping[str, Collection[str]]) -> list[RawRow]:
    """The rows that may be given out, sorted by what they say, so that their order tells nothing.

    `published` are the pavilions that have figures, by quarter.
    """
    by_quarter: dict[str, list[RawRow]] = defaultdict(list)
    for row in rows:
        by_quarter[row.quarter].append(row)
    kept = [row for quarter, some in by_quarter.items() for row in _of_quarter(some, published.get(quarter, ()))]
    return sorted(kept, key=lambda row: (row.quarter, row.pavilion, sorted(row.answers.items())))


def _of_quarter(rows: Sequence[RawRow], published: Collection[str]) -> list[RawRow]:
    if sum(not row.imported for row in rows) < LEAST:
        rows = [row for row in rows if row.imported]
    if len(rows) < LEAST:
        return []
    return [row if row.pavilion in published else RawRow(row.quarter, "", row.answers, row.imported) for row in rows]
