"""The published figures as files; suppressed ones are there without a number."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from api.dependencies import Reading
from api.feedback_files import Wanted, as_csv, as_xlsx
from api.pages import page_router
from api.pages.feedback.access import FeedbackReader

router = page_router()
Word = Annotated[str, Query(max_length=64)]


def asked(quarter: Word = "", dimension: Word = "", thing: Word = "", area: Word = "") -> Wanted:
    """Which figures the address asks for: all of them, or those of a quarter, dimension, group or area."""
    return Wanted(quarter, dimension, thing, area)


Asked = Annotated[Wanted, Depends(asked)]


@router.get("/feedback/figures.csv")
def csv_file(_person: FeedbackReader, session: Reading, wanted: Asked) -> Response:
    """The published figures as CSV."""
    return as_csv(session, wanted)


@router.get("/feedback/figures.xlsx")
def xlsx_file(_person: FeedbackReader, session: Reading, wanted: Asked) -> Response:
    """The same as a workbook."""
    return as_xlsx(session, wanted)
