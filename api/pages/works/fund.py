"""One fund: its roll-forward with every entry, and what the works receive and pay through it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import fund_words, waterfall
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.funds import LIST, asked_in, plain, query_of, start_of
from api.paging import WantedPage
from api.rendering import render
from api.table_files import csv_table
from campus.funds import queries, report, works
from campus.funds.models import Fund
from campus.funds.report import Asked, FundLine
from campus.funds.rules import Kind
from core.i18n import gettext as _

router = page_router()
ONE = f"{LIST}/{{slug}}"


@dataclass(frozen=True, slots=True)
class Line:
    """An amount of the fund as the list shows it, with the page that tells more of it."""

    day: date
    kind: Kind
    planned: bool
    cents: int
    what: str
    of: str
    address: str

    @property
    def signed(self) -> int:
        """What it does to the balance; a commitment does nothing to it."""
        return -self.cents if self.kind is Kind.PAYMENT else self.cents


@router.get(ONE)
def fund(request: Request, slug: str, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The fund over a period, and its entries in it."""
    found, params = queries.fund(session, slug), request.query_params
    entered = Entered(FormData(dict(params)))
    usual = report.asked(session, None, None)
    with entered.shown_again(lambda: _page(request, session, found, usual, entered, paging)):
        question = asked_in(session, params)
    entered = Entered(start=start_of(question))
    return _page(request, session, found, question, entered, paging, keeper=keeps(person))


@router.get(f"{ONE}/chart.svg")
def picture(request: Request, slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """From the opening balance to the closing one, and what is free of it, as bars."""
    line = _line(session, queries.fund(session, slug), asked_in(session, request.query_params))
    roll, free = fund_words.shown_roll(line.statement)
    return Response(waterfall.svg(fund_words.bars(roll, free), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{ONE}/entries.csv")
def file(request: Request, slug: str, _person: Reader, session: Reading) -> Response:
    """The entries of the period for a spreadsheet, amounts in euros."""
    found, question = queries.fund(session, slug), asked_in(session, request.query_params)
    rows = (
        [one.day, one.kind.value, "planned" if one.planned else "actual", plain(one.signed), one.what, one.of]
        for one in lines_of(session, found, question)
    )
    headings = ["day", "kind", "figures", "amount_eur", "what", "of"]
    return csv_table(f"{found.slug}-{question.first}-{question.last}", headings, rows)


def lines_of(session: Session, fund: Fund, question: Asked) -> list[Line]:
    """What counts in the period by day, the opening balances first: they may stand before it."""
    every = [*_own(session, fund, question), *_of_works(session, fund, question)]
    inside = [one for one in every if question.first <= one.day <= question.last or _still_counts(one, question)]
    return sorted(inside, key=lambda one: (one.kind is not Kind.OPENING, one.day, one.kind, one.what))


def _still_counts(line: Line, question: Asked) -> bool:
    """Of what stands before the period: the opening balance, and what is still promised."""
    return line.kind in (Kind.OPENING, Kind.COMMITMENT) and line.day < question.first


def _own(session: Session, fund: Fund, question: Asked) -> Iterator[Line]:
    for one in queries.entries(session, question.at, fund.id):
        address = f"{LIST}/entries/{one.number}"
        yield Line(one.day, Kind(one.kind), one.planned, one.cents, one.what, "", address)


def _of_works(session: Session, fund: Fund, question: Asked) -> Iterator[Line]:
    for one in works.amounts(session, question.at):
        if one.fund_id == fund.id:
            where = f"sources/{one.source}" if one.commitment is None else f"commitments/{one.commitment}"
            amount = one.amount
            what = one.what or str(fund_words.KINDS[amount.kind])
            yield Line(amount.day, amount.kind, False, amount.cents, what, one.of, f"/works/funding/{where}")


def _line(session: Session, fund: Fund, question: Asked) -> FundLine:
    return next(one for one in report.lines(session, question) if one.fund.id == fund.id)


def _page(
    request: Request,
    session: Session,
    fund: Fund,
    question: Asked,
    entered: Entered,
    paging: WantedPage,
    *,
    keeper: bool = False,
) -> Response:
    line, lines = _line(session, fund, question), lines_of(session, fund, question)
    return render(
        request,
        "works/fund.html",
        fund=fund,
        question=question,
        entered=entered,
        keeper=keeper,
        found=line.statement,
        tag=fund_words.tag(line),
        said=fund_words.reconciles_said(line),
        chart_said=fund_words.roll_said(line.statement),
        rows=_rows(line),
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging.of(len(lines)),
        words=fund_words,
        query=query_of(question),
    )


def _rows(line: FundLine) -> Sequence[tuple[str, list[int]]]:
    found = line.statement
    rolls = (found.planned, found.actual, found.forecast)
    names = {"opening": _("Opening"), "receipts": _("Receipts"), "payments": _("Payments"), "closing": _("Closing")}
    return [(title, [getattr(roll, name) for roll in rolls]) for name, title in names.items()]
