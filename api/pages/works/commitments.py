"""Commitments and payments: what is promised to whom, what of it is paid, and the history of each."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, money_words
from api.dependencies import Id, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.blocks import row_id
from api.pages.works.funding import PAGE, package_rows, plain
from api.paging import WantedPage
from api.rendering import render
from api.table_files import csv_table
from campus.amounts import euros
from campus.money import books, queries
from campus.money.models import Commitment
from campus.money.queries import CommitmentLine, Sort
from campus.money.rules import Standing
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
LIST = f"{PAGE}/commitments"
ONE = f"{LIST}/{{number}}"


@router.get(LIST)
def list_commitments(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The commitments that the address asks for; all when it asks for nothing."""
    params = request.query_params
    lines = _lines(session, params)
    packages, sources = package_rows(session), {one.id: one for one in queries.sources(session)}
    open_ = [line for line in queries.commitments(session) if line.commitment.status == Standing.OPEN]
    return render(
        request,
        "works/commitments.html",
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging.of(len(lines)),
        said=_said(open_),
        packages=packages,
        sources=sources,
        states=[("", _("All")), *((name, word) for name, (_kind, word) in money_words.COMMITMENTS.items())],
        package_options=[("", _("All")), *((str(one.id), one.name) for one in packages.values())],
        source_options=[("", _("All")), *((str(one.id), one.name) for one in sources.values())],
        filters=Entered(start=dict(params)),
        filtered=any(params.get(name) for name in ("state", "package", "source")),
        words=money_words,
        keeper=keeps(person) and bool(packages) and bool(sources),
    )


@router.get(f"{PAGE}/commitments.csv")
def commitments_file(request: Request, _person: Reader, session: Reading) -> Response:
    """The same as a table for other programs, amounts in euros."""
    packages, sources = package_rows(session), {one.id: one.name for one in queries.sources(session)}
    heading = ("number", "day", "supplier", "contract", "what", "package", "cost_type", "source", "state")
    rows = [
        (
            *(one.number, one.day, one.supplier, one.contract, one.what, packages[one.package_id].name),
            *(one.cost_type, sources[one.source_id], one.status),
            *map(plain, (line.promised, line.paid, line.open)),
        )
        for line in _lines(session, request.query_params)
        for one in (line.commitment,)
    ]
    return csv_table("commitments", (*heading, "committed", "paid", "open"), rows)


@router.get(f"{PAGE}/payments.csv")
def payments_file(request: Request, _person: Reader, session: Reading) -> Response:
    """Every payment of these commitments as a table for other programs, reversed ones too."""
    lines = {line.commitment.number: line.commitment for line in _lines(session, request.query_params)}
    packages, sources = package_rows(session), {one.id: one.name for one in queries.sources(session)}
    heading = (
        "number",
        "day",
        "amount",
        "state",
        "supplier",
        "invoice",
        "commitment",
        "package",
        "cost_type",
        "source",
    )
    rows = [
        (
            *(one.number, one.day, plain(one.cents), one.status, of.supplier, one.invoice, of.number),
            *(packages[of.package_id].name, of.cost_type, sources[of.source_id], one.reason),
        )
        for one in queries.payments(session, numbers=lines, reversed_too=True)
        for of in (lines[one.commitment],)
    ]
    return csv_table("payments", (*heading, "reason"), rows)


@router.get(ONE)
def one_commitment(request: Request, number: Id, person: Reader, session: Reading) -> Response:
    """One commitment: its terms, its payments, its history."""
    commitment = books.current(session, Commitment, number)
    line = CommitmentLine(commitment, queries.paid(session, number))
    return render(
        request,
        "works/commitment.html",
        one=commitment,
        line=line,
        said=_said_of_one(line),
        address=f"{LIST}/{number}",
        package=package_rows(session)[commitment.package_id],
        source=next(one for one in queries.sources(session) if one.id == commitment.source_id),
        payments=queries.payments(session, numbers=[number], reversed_too=True),
        versions=books.versions(session, Commitment, number),
        names=actors.names(session),
        words=money_words,
        keeper=keeps(person),
        open=commitment.status == Standing.OPEN,
    )


def _lines(session: Session, params: Any) -> list[CommitmentLine]:
    wanted = params.get("sort", "")
    name, state = wanted.removeprefix("-"), params.get("state", "")
    return queries.commitments(
        session,
        package_id=row_id(params.get("package", "")),
        source_id=row_id(params.get("source", "")),
        statuses=[Standing(state)] if state in tuple(Standing) else tuple(Standing),
        sort=Sort(name) if name in tuple(Sort) else Sort.DAY,
        descending=wanted.startswith("-") or name not in tuple(Sort),
    )


def _said(lines: list[CommitmentLine]) -> str:
    if not lines:
        return _("No commitment is open.")
    return ngettext(
        "One commitment is open; %(amount)s of it is still to be paid.",
        "%(n)s commitments are open; %(amount)s of them is still to be paid.",
        len(lines),
        amount=euros(sum(line.open for line in lines)),
    )


def _said_of_one(line: CommitmentLine) -> str:
    values = {"paid": euros(line.paid), "committed": euros(line.promised), "open": euros(line.open)}
    if line.commitment.status == Standing.CANCELLED:
        return _("This commitment was cancelled: nothing is to be paid.")
    if line.commitment.status == Standing.CLOSED:
        return _("This commitment is closed; %(paid)s was paid.", **values)
    return _("%(paid)s of %(committed)s is paid; %(open)s is still to be paid.", **values)
