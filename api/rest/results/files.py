"""The indicators as CSV and as a workbook, and the board report as a PDF."""

import re
from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import BeforeValidator
from starlette.responses import Response

from api import results_files
from api.board_report import document
from api.dependencies import Reading, TheDatabase
from api.rest import rest_router
from api.rest.campus import Reader
from api.table_files import XLSX
from campus.capacity.report import Moment
from campus.known import checked_as_of
from campus.results import queries

router = rest_router("results", "/results")


def _written_out(given: object) -> object:
    """Only a date as such: numbers would be read as seconds since 1970."""
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        raise ValueError("must be a date such as 2026-01-31")
    return given


AsOf = Annotated[
    date | None, BeforeValidator(_written_out), Query(description="As it was known at the end of this day.")
]


def _file(kind: str, said: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {}}, "description": said}}


@router.get("/indicators.csv", response_class=Response, responses=_file("text/csv", "A row for each indicator."))
def get_csv(_caller: Reader, session: Reading, as_of: AsOf = None) -> Response:
    """The indicators as CSV."""
    return results_files.as_csv(queries.every_line(session, moment_of(as_of)))


@router.get("/indicators.xlsx", response_class=Response, responses=_file(XLSX, "A row for each indicator."))
def get_workbook(_caller: Reader, session: Reading, as_of: AsOf = None) -> Response:
    """The indicators as a workbook."""
    return results_files.as_xlsx(queries.every_line(session, moment_of(as_of)))


@router.get("/report.pdf", response_class=Response, responses=_file("application/pdf", "The board report, tagged."))
def get_report(_caller: Reader, database: TheDatabase, as_of: AsOf = None) -> Response:
    """The board report as a tagged PDF, in the language of Accept-Language."""
    return document.answer(database, moment_of(as_of))


def moment_of(as_of: date | None) -> Moment:
    """The moment that a parameter names. Raises `InvalidInput`."""
    return Moment.evening(checked_as_of(as_of))
