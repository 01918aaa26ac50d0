"""What a column of a table is, and what its cells hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import LANGUAGES, gettext, marked, using


class Cell(StrEnum):
    """What a cell holds, and so how it is read and written."""

    TEXT = "text"
    WHOLE = "whole number"
    MONEY = "amount"
    HUNDREDTHS = "number"
    EUROS = "amount whose column tells its decimal mark"
    DATE = "date"


IN_HUNDREDTHS = (
    Cell.MONEY,
    Cell.EUROS,
    Cell.HUNDREDTHS,
)  # held as whole numbers, written with two decimals


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title in English, what a person must know of it, and by which other headings it is known.

    `required` columns must be in the file and have no empty cell.
    """

    key: str
    title: str
    cell: Cell
    help: str
    required: bool = False
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The title in the reader's language."""
        return gettext(self.title)

    def names(self) -> Iterable[str]:
        """Every heading by which the column is known, plainly written, the best first."""
        titles = []
        for language in LANGUAGES:
            with using(language):
                titles.append(gettext(self.title))
        return dict.fromkeys(plain(name) for name in (*titles, self.key, *self.also))


def plain(heading: str) -> str:
    """A heading without what people write differently: case, spaces, underscores, hyphens, a colon or full stop."""
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").replace(":", " ").replace(".", " ").split())


NOTE = Column("note", marked("Note"), Cell.TEXT, marked("At most 500 characters."), also=("remarks", "remarques"))
