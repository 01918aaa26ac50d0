"""The indicators as CSV and as a workbook, for pages and machines alike."""

from collections.abc import Iterator

from starlette.responses import Response

from api import results_words as words
from api.table_files import XLSX, csv_table, download, pieces
from campus.results.queries import Line
from campus.tables.exports import Share, xlsx_of
from core.i18n import gettext as _


def headings() -> list[str]:
    """What stands above the columns: the same in every language, for programs."""
    return [
        *("name", "id", "short_name", "subject", "unit", "better", "source", "reference"),
        *("baseline", "baseline_on", "next_goal", "next_goal_by", "required", "value", "value_of"),
        *("status", "n", "measured", "note", "evidence"),
    ]


def rows(lines: list[Line]) -> Iterator[list[object]]:
    """A row for each indicator; shares from 0 to 1."""
    for line in lines:
        version, last, goal = line.version, line.last, line.goal
        share = version.unit == "share"

        def figure(value: float | None, share: bool = share) -> object:
            return "" if value is None else Share(value) if share else value

        yield [
            *(words.name(version), version.code, line.slug, version.about, version.unit, version.direction),
            *(version.verification, _("yes") if version.reference else ""),
            *(figure(version.baseline), version.baseline_on or ""),
            *(figure(goal.value if goal else None), goal.day if goal else "", figure(line.required)),
            *(figure(last.value if last else None), last.day if last else "", line.status.value),
            last.n if last and last.n is not None else "",
            ("by hand" if last.by_hand else "by the service") if last else "",
            *((words.note(last), last.url) if last else ("", "")),
        ]


def as_csv(lines: list[Line]) -> Response:
    """The answer that carries them as CSV."""
    return csv_table("indicators", headings(), rows(lines))


def as_xlsx(lines: list[Line]) -> Response:
    """The answer that carries them as a workbook."""
    return download(pieces(xlsx_of(headings(), rows(lines), _("Indicators"))), XLSX, "indicators.xlsx")
