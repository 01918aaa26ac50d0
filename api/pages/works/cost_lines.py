"""The amounts of one line, period by period; and recoveries and rents by party."""

from collections.abc import Callable
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api import cost_words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.costs import PAGE, asked_in
from api.paging import WantedPage
from api.rendering import render
from api.table_files import XLSX, csv_table, download, pieces
from campus import amounts
from campus.nights import Nights
from campus.running_costs import queries
from campus.running_costs.models import CostEntry
from campus.running_costs.pivot import pivot
from campus.running_costs.report import make_report
from campus.running_costs.rules import INCOMES, Kind, Line, last_day
from campus.running_costs.words import KINDS, LINES
from campus.tables.exports import xlsx_of
from core.errors import NotFound
from core.i18n import gettext as _

router = page_router()
ORDERS: dict[str, Callable[[CostEntry], Any]] = {
    "period": lambda one: (one.first, one.until),
    "amount": lambda one: one.cents,
    "kind": lambda one: list(Kind).index(Kind(one.kind)),
}


@router.get(f"{PAGE}/parties")
def parties(request: Request, _person: Reader, session: Reading) -> Response:
    """What each party pays: recoveries of costs, and rents."""
    asked = asked_in(request, session)
    report = make_report(session, asked.period, asked.moment)
    names = queries.party_names(session)
    every = sorted({party for rows in report.incomes.values() for party in rows}, key=lambda one: names[one].casefold())
    return render(
        request,
        "works/cost_parties.html",
        report=report,
        asked=asked,
        title=cost_words.period(asked.period),
        query=asked.query(),
        rows=[(party, names[party]) for party in every],
        columns=[
            (line, kind, LINES[line], str(KINDS[kind]).lower())
            for line in INCOMES
            for kind in Kind
            if report.received[line].figures[kind].known or kind is Kind.ACTUAL
        ],
        incomes=INCOMES,
        lines=LINES,
        actual=Kind.ACTUAL,
        words=cost_words,
        euros=amounts.whole_euros,
    )


@router.get(f"{PAGE}/periods.csv")
def periods_csv(request: Request, _person: Reader, session: Reading) -> Response:
    """Every line by every period as it was entered."""
    name, headings, rows = _pivot(request, session)
    return csv_table(name, headings, rows)


@router.get(f"{PAGE}/periods.xlsx")
def periods_xlsx(request: Request, _person: Reader, session: Reading) -> Response:
    """The same as a workbook."""
    name, headings, rows = _pivot(request, session)
    return download(pieces(xlsx_of(headings, rows, _("Running costs"))), XLSX, f"{name}.xlsx")


@router.get(f"{PAGE}/{{line}}")
def one_line(
    request: Request, line: str, person: Reader, session: Reading, paging: WantedPage, kind: str = "", sort: str = ""
) -> Response:
    """The amounts of a line, the newest first."""
    if line not in set(Line):
        raise NotFound(_("There is no such cost line."))
    wanted = [Kind(kind)] if kind in set(Kind) else list(Kind)
    found = queries.entries(session, lines=[Line(line)], kinds=wanted)
    key = ORDERS.get(sort.removeprefix("-"), ORDERS["period"])
    found = sorted(found, key=key, reverse=sort.startswith("-") or not sort)
    names = queries.party_names(session)
    return render(
        request,
        "works/cost_line.html",
        line=Line(line),
        title=LINES[Line(line)],
        said=_said(queries.entries(session, lines=[Line(line)])),
        entries=[
            (
                one,
                cost_words.period(Nights(one.first, one.until)),
                KINDS[Kind(one.kind)],
                names.get(one.party_id or 0, ""),
            )
            for one in found[paging.offset : paging.offset + paging.size]
        ],
        with_party=Line(line) in INCOMES,
        paging=paging.of(len(found)),
        entered=Entered(start={"kind": kind}),
        kinds=[("", _("All kinds")), *((one.value, name) for one, name in KINDS.items())],
        filtered=bool(kind),
        keeper=keeps(person),
        euros=amounts.euros,
    )


def _said(found: list[CostEntry]) -> str:
    """The newest actual amount, or the newest of anything."""
    if not found:
        return ""
    actual = [one for one in found if one.kind == Kind.ACTUAL.value] or found
    newest = max(actual, key=lambda one: (one.until, one.first))
    together = [one for one in actual if (one.first, one.until) == (newest.first, newest.until)]
    return _(
        "%(kind)s of %(period)s: %(amount)s.",
        kind=KINDS[Kind(newest.kind)],
        period=cost_words.period(Nights(newest.first, newest.until)),
        amount=amounts.euros(sum(one.cents for one in together if one.kind == newest.kind)),
    )


def _pivot(request: Request, session: Reading) -> tuple[str, list[str], list[list[object]]]:
    asked = asked_in(request, session)
    headings, rows = pivot(session, asked.period, asked.moment, queries.party_names(session))
    return f"running-costs-by-period-{asked.period.first}-{last_day(asked.period)}", headings, rows
