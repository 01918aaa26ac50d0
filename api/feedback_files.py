"""The published figures as CSV and as a workbook. Texts that a spreadsheet would calculate are written as texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.responses import Response

from api.table_files import XLSX, csv_table, download, pieces
from campus.feedback.figures import lines
from campus.feedback.figures.lines import Line
from campus.feedback.questionnaires.content import Kind
from campus.tables.exports import Share, xlsx_of
from core.i18n import gettext as _

HEADINGS = (
    *("quarter", "dimension", "thing", "area", "measure", "question", "kind"),
    *("n", "value", "low", "high", "method", "mean", "deviation", "suppressed"),
)
"""The same in every language, for programs."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures, as people ask for them; empty for all."""

    quarter: str = ""
    dimension: str = ""
    thing: str = ""
    area: str = ""

    def lines(self, session: Session) -> list[Line]:
        """The figures. Raises `InvalidInput` for what there is not."""
        quarter = lines.checked_closed(session, self.quarter) if self.quarter else None
        if self.dimension or self.thing:
            lines.checked_dimension(self.dimension)
        if self.thing:
            lines.checked_thing(session, self.dimension, self.thing)
        area = lines.checked_area(session, self.area)
        return list(lines.of_questions(session, quarter, self.dimension, self.thing or None, area))


def as_csv(session: Session, wanted: Wanted) -> Response:
    """The answer that carries them as CSV."""
    return csv_table("feedback-figures", HEADINGS, _rows(wanted.lines(session)))


def as_xlsx(session: Session, wanted: Wanted) -> Response:
    """The answer that carries them as a workbook."""
    file = xlsx_of(HEADINGS, _rows(wanted.lines(session)), _("Figures"))
    return download(pieces(file), XLSX, "feedback-figures.xlsx")


def _rows(found: list[Line]) -> Iterator[list[object]]:
    for one in found:
        share = one.kind != Kind.SCORE
        yield [
            *(one.quarter, one.dimension, one.thing, one.area, one.measure, one.question, one.kind),
            *("" if one.n is None else one.n, _number(one.value, share=share), _number(one.low, share=share)),
            *(_number(one.high, share=share), one.method, _number(one.mean), _number(one.deviation)),
            _("yes") if one.suppressed else "",
        ]


def _number(value: float | None, *, share: bool = False) -> object:
    return "" if value is None else Share(value) if share else value
