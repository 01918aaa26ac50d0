"""Single answers as a table: a row a guest, a column a question. Every export is told to the trail."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.feedback.figures import queries as figures
from campus.feedback.figures import rules
from campus.feedback.quarters import Quarter
from campus.surveys import queries
from campus.surveys.raw import RawRow, anonymised
from core import trail
from core.errors import InvalidInput
from core.i18n import gettext as _

WHERE = ("quarter", "pavilion")


@dataclass(frozen=True, slots=True)
class RawTable:
    """`questions` are those that somebody answered; `left_out` counts the rows of quarters with too few of them."""

    questions: list[str]
    rows: list[RawRow]
    left_out: int

    def cells(self) -> list[list[str]]:
        """The rows as they stand in a file, in the order of `WHERE` and then of the questions."""
        return [
            [*(getattr(row, name) for name in WHERE), *(row.answers.get(key, "") for key in self.questions)]
            for row in self.rows
        ]


def raw_answers(session: Session, first: Quarter, last: Quarter) -> RawTable:
    """The answers of the closed quarters from `first` to `last`. Raises `InvalidInput` where none of them is closed."""
    wanted = [one for one in figures.closed_quarters(session) if first <= one <= last]
    if not wanted:
        raise InvalidInput(_("no quarter from %(first)s to %(last)s is closed", first=first, last=last), place="first")
    there = queries.raw_rows(session, wanted)
    published = {str(one): _pavilions(session, one) for one in wanted}
    rows = anonymised(there, published)
    return RawTable(_questions(rows), rows, len(there) - len(rows))


def note_taken(session: Session, first: Quarter, last: Quarter, table: RawTable, actor: str) -> None:
    """Tell the trail who takes it out; to be done before it is given."""
    told = {"first": str(first), "last": str(last), "rows": len(table.rows)}
    trail.record(session, actor, "raw.export", "feedback", "raw", after=told)


def _pavilions(session: Session, quarter: Quarter) -> set[str]:
    """Those that have figures in a quarter."""
    return {thing for dimension, thing in figures.published_groups(session, quarter) if dimension == rules.PAVILION}


def _questions(rows: Sequence[RawRow]) -> list[str]:
    return sorted({key for row in rows for key in row.answers})
