"""All funds over a period: which reconcile with what is printed, what has happened, and what is forecast."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import fund_words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import day_in, entries, past_day_in
from api.rendering import render
from api.table_files import csv_table
from campus.funds import report
from campus.funds.report import Asked, FundLine
from campus.funds.rules import Roll, Statement
from core.i18n import gettext as _

router = page_router()
LIST = "/works/funds"
FIGURES = ("planned", "actual", "forecast")
BALANCES = ("opening", "receipts", "payments", "closing")
SORTS = ("opening", "receipts", "payments", "closing", "printed", "difference", "free", "forecast")


@router.get(LIST)
def funds(request: Request, person: Reader, session: Reading) -> Response:
    """Every fund, printed and computed side by side."""
    params = request.query_params
    entered = Entered(FormData(dict(params)))
    with entered.shown_again(lambda: _page(request, session, report.asked(session, None, None), entered)):
        question = asked_in(session, params)
    return _page(request, session, question, Entered(start=start_of(question)), keeper=keeps(person))


@router.get(f"{LIST}.csv")
def file(request: Request, _person: Reader, session: Reading) -> Response:
    """The same figures for a spreadsheet, a row for each fund and kind of figures."""
    question = asked_in(session, request.query_params)
    headings = ["fund", "figures", "first", "last", "opening_eur", "receipts_eur", "payments_eur", "closing_eur"]
    headings += ["printed_eur", "difference_eur", "open_commitments_eur", "free_eur"]
    rows = _rows(report.lines(session, question), question)
    return csv_table(f"funds-{question.first}-{question.last}", headings, rows)


def asked_in(session: Session, params: Mapping[str, str]) -> Asked:
    """The period and day of an address. Raises `InvalidInput` naming the field."""
    return report.asked(session, day_in(params, "first"), day_in(params, "last"), past_day_in(params))


def start_of(question: Asked) -> dict[str, str]:
    """What stands in the form."""
    days = entries("first", question.first) | entries("last", question.last)
    return days | entries("as_of", question.as_of)


def query_of(question: Asked) -> str:
    """The parameters that ask the same."""
    days = {"first": question.first, "last": question.last, "as_of": question.as_of}
    return urlencode({name: day.isoformat() for name, day in days.items() if day})


def plain(cents: int | None) -> Decimal | str:
    """Euros for other programs, with two decimals; empty where there is none."""
    return "" if cents is None else Decimal(cents).scaleb(-2)


def _page(request: Request, session: Session, question: Asked, entered: Entered, *, keeper: bool = False) -> Response:
    lines = report.lines(session, question)
    total = report.total(lines)
    return render(
        request,
        "works/funds.html",
        question=question,
        entered=entered,
        keeper=keeper,
        lines=_sorted(lines, request.query_params.get("sort", "")),
        total=total,
        said=fund_words.said(lines),
        there_said=there_said(total) if total else "",
        discrepancies=len(report.found(session, question.at)),
        charts=[(one.fund, fund_words.roll_said(one.statement)) for one in lines],
        words=fund_words,
        query=query_of(question),
    )


def there_said(total: Statement) -> str:
    """What is there, and what is free of it."""
    values = {"closing": fund_words.moved(total.actual.closing), "free": fund_words.moved(total.free)}
    return _("By the books %(closing)s are there, of which %(free)s are free of commitments.", **values)


def _sorted(lines: Sequence[FundLine], wanted: str) -> list[FundLine]:
    """By the column that is asked for; in the funds' own order where none is."""
    name, descending = wanted.removeprefix("-"), wanted.startswith("-")
    if name == "name":
        return sorted(lines, key=lambda one: one.fund.name.casefold(), reverse=descending)
    if name not in SORTS:
        return list(lines)
    return sorted(lines, key=lambda one: _key(one, name), reverse=descending)


def _key(line: FundLine, name: str) -> int:
    found = line.statement
    values = {"printed": found.printed, "difference": found.difference, "free": found.free}
    values["forecast"] = found.forecast.closing
    value = values[name] if name in values else getattr(found.planned, name)
    return value or 0


def _rows(lines: Sequence[FundLine], question: Asked) -> Iterator[list[object]]:
    for line in lines:
        found = line.statement
        for name in FIGURES:
            roll: Roll = getattr(found, name)
            cells: list[object] = [
                plain(getattr(roll, part)) for part in ("opening", "receipts", "payments", "closing")
            ]
            cells += [plain(found.printed), plain(found.difference)] if name == "planned" else ["", ""]
            cells += [plain(found.commitments), plain(found.free)] if name == "actual" else ["", ""]
            yield [line.fund.name, name, question.first, question.last, *cells]
