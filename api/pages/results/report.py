"""The board report: a page that prints well, and the same as a tagged PDF."""

from typing import Any

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.board_report import document, sections
from api.dependencies import TheDatabase
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader
from api.pages.campus.asked import entries
from api.pages.results.asked import known_said, moment_of, query_of
from api.rendering import render
from campus.capacity.report import Moment

router = page_router()


@router.get("/results/report")
def report_page(request: Request, _person: Reader, database: TheDatabase) -> Response:
    """All sections, as known now or on a past day: read in one short transaction, drawn outside of it."""
    entered = Entered(FormData(dict(request.query_params)))
    none: dict[str, Any] = {"report": [], "known": "", "query": "", "moment": Moment.now()}
    with entered.shown_again(lambda: render(request, "results/report.html", entered=entered, **none)):
        moment = moment_of(request)
    with database.read() as session:
        report = sections.make(session, moment)
    return render(
        request,
        "results/report.html",
        report=report,
        known=known_said(moment),
        query=query_of(moment),
        moment=moment,
        entered=Entered(start=entries("as_of", moment.on if moment.at else None)),
    )


@router.get("/results/report.pdf")
def report_file(request: Request, _person: Reader, database: TheDatabase) -> Response:
    """The same as a file to send and to keep."""
    return document.answer(database, moment_of(request))
