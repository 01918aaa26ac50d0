"""The indicators: how many are on track, each with its baseline, next goal, value and status; as files too."""

from typing import Any

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api import results_files
from api import results_words as words
from api.board_report.of_results import rule
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.asked import entries
from api.pages.results.asked import moment_of, query_of
from api.rendering import redirect, render
from campus.results import built_in, queries
from campus.results.queries import Line
from campus.results.rules import Status
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
PAGE = "/results"
ORDER = (Status.OFF_TRACK, Status.AT_RISK, Status.NOT_REPORTED, Status.ON_TRACK)


@router.get(PAGE)
def list_indicators(request: Request, person: Reader, session: Reading) -> Response:
    """How they stand, in one sentence and a table."""
    params = request.query_params
    entered = Entered(FormData(dict(params)))
    shown: dict[str, Any] = {"keeper": keeps(person), "rule": rule(), "words": words, "statuses": _choices()}
    empty: dict[str, Any] = {"lines": [], "references": [], "moment": None, "said": "", "query": "", "there": 0}
    with entered.shown_again(lambda: render(request, "results/indicators.html", entered=entered, **shown, **empty)):
        moment = moment_of(request)
    lines = queries.lines(session, moment)
    start = entries("as_of", moment.on if moment.at else None) | {"status": params.get("status", "")}
    return render(
        request,
        "results/indicators.html",
        entered=Entered(start=start),
        lines=_sorted([one for one in lines if params.get("status") in (None, "", one.status)], params.get("sort", "")),
        there=len(lines),
        references=queries.lines(session, moment, references=True),
        said=words.said_of_all(lines),
        moment=moment,
        query=query_of(moment),
        **shown,
    )


@router.get(f"{PAGE}/indicators.csv")
def csv_file(request: Request, _person: Reader, session: Reading) -> Response:
    """The same for programs."""
    return results_files.as_csv(queries.every_line(session, moment_of(request)))


@router.get(f"{PAGE}/indicators.xlsx")
def workbook(request: Request, _person: Reader, session: Reading) -> Response:
    """The same for a spreadsheet."""
    return results_files.as_xlsx(queries.every_line(session, moment_of(request)))


@router.post(f"{PAGE}/built-in")
def add_built_in(request: Request, person: Keeper, session: Writing) -> Response:
    """Add the indicators that the service can count itself, those that are not there."""
    made = built_in.add_missing(session, actor(person))
    said = ngettext("%(n)s indicator is added.", "%(n)s indicators are added.", made)
    return redirect(request, PAGE, Flash(said if made else _("They are all there already.")))


def _choices() -> list[tuple[str, str]]:
    return [("", _("All")), *((status.value, str(words.STATUSES[status][1])) for status in ORDER)]


def _sorted(lines: list[Line], sort: str) -> list[Line]:
    key = sort.removeprefix("-")
    if key == "status":
        lines = sorted(lines, key=lambda one: ORDER.index(one.status))
    elif key == "name":
        lines = sorted(lines, key=lambda one: words.name(one.version).casefold())
    return lines[::-1] if sort.startswith("-") else lines
