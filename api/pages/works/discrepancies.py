"""Where the published figures contradict each other or their own arithmetic: both places and the difference."""

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api import fund_words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader
from api.pages.campus.asked import entries, past_day_in
from api.pages.works.funds import LIST, plain
from api.rendering import render
from api.table_files import csv_table
from campus.funds import queries, report
from campus.funds.discrepancies import COMPUTED
from campus.known import end_of
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
PAGE = f"{LIST}/discrepancies"


@router.get(PAGE)
def discrepancies(request: Request, _person: Reader, session: Reading) -> Response:
    """Every disagreement, as known now or on a past day."""
    entered = Entered(FormData(dict(request.query_params)))

    def page(entered: Entered, as_of: object = None) -> Response:
        at = None if day is None else end_of(day)
        found, printed = report.found(session, at), queries.printed(session, at)
        return render(
            request,
            "works/discrepancies.html",
            entered=entered,
            as_of=as_of,
            found=found,
            said=said_of(len(found)),
            any_printed=bool(printed),
            computed=COMPUTED,
            words=fund_words,
        )

    day = None
    with entered.shown_again(lambda: page(entered)):
        day = past_day_in(request.query_params)
    return page(Entered(start=entries("as_of", day)), day)


@router.get(f"{LIST}/discrepancies.csv")
def file(request: Request, _person: Reader, session: Reading) -> Response:
    """The same for a spreadsheet."""
    day = past_day_in(request.query_params)
    rows = (
        [one.item, one.where, plain(one.printed), one.other_where, plain(one.other), plain(one.difference)]
        for one in report.found(session, end_of(day) if day else None)
    )
    headings = ["item", "where", "printed_eur", "held_against", "other_eur", "difference_eur"]
    return csv_table("discrepancies", headings, rows)


def said_of(found: int) -> str:
    """How many there are."""
    if not found:
        return _("All published figures agree with each other and with what they add up to.")
    return ngettext(
        "One published figure is contradicted by another place, or by what it adds up to.",
        "%(n)s published figures are contradicted by another place, or by what they add up to.",
        found,
    )
