"""Reimbursements: what others promised to pay back, and of each year what was spent, claimed and received."""

from datetime import date

from fastapi import Request
from starlette.responses import Response

from api import actors, money_words
from api.dependencies import Reading
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.funding import PAGE as FUNDING
from api.pages.works.funding import plain
from api.pages.works.money_form import asked_day
from api.rendering import render
from api.table_files import csv_table
from campus.amounts import euros
from campus.known import end_of
from campus.reimbursements import queries
from campus.reimbursements.queries import Line, Year
from core.i18n import format_list, today
from core.i18n import gettext as _

router = page_router()
PAGE = f"{FUNDING}/reimbursements"
ONE = f"{PAGE}/{{slug}}"


@router.get(PAGE)
def reimbursements(request: Request, person: Reader, session: Reading) -> Response:
    """Every agreement with the standing of each of its years."""
    day, filters = asked_day(request)
    lines = queries.lines(session, end_of(day) if day else None)
    return render(
        request,
        "works/reimbursements.html",
        lines=lines,
        said=said_of(lines, day or today()),
        tags=tags_of(lines, day or today()),
        filters=filters,
        as_of=day,
        keeper=keeps(person),
    )


@router.get(f"{FUNDING}/reimbursements.csv")
def reimbursements_file(request: Request, _person: Reader, session: Reading) -> Response:
    """The standing of each year as a table for other programs, amounts in euros."""
    day, _filters = asked_day(request)
    rows = [
        (line.terms.name, line.terms.payer, one.year, *map(plain, _figures(one)))
        for line in queries.lines(session, end_of(day) if day else None)
        for one in line.years
    ]
    heading = ("agreement", "payer", "year", "agreed", "spent", "claimed", "received", "to_claim", "outstanding")
    return csv_table("reimbursements", heading, rows)


@router.get(ONE)
def agreement(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """One agreement: its years, and every expense, claim and receipt."""
    queries.agreement(session, slug)
    day, filters = asked_day(request)
    at = end_of(day) if day else None
    line = queries.line(session, slug, at)
    claims = queries.claims(session, line.agreement.id, at)
    return render(
        request,
        "works/reimbursement.html",
        line=line,
        terms=line.terms,
        address=f"{PAGE}/{slug}",
        said=said_of([line], day or today()),
        tags=tags_of([line], day or today()),
        expenses=queries.expenses(session, line.agreement.id, at),
        claims=claims,
        receipts=queries.receipts(session, [one.number for one in claims], at),
        names=actors.names(session),
        words=money_words,
        filters=filters,
        as_of=day,
        keeper=keeps(person),
    )


def _figures(one: Year) -> tuple[int, ...]:
    return (one.agreed, one.spent, one.claimed, one.received, one.claimable, one.outstanding)


def said_of(lines: list[Line], on: date) -> str:
    """What is open: to claim of years that are over, and claimed and not received."""
    years = [one for line in lines for one in line.open(on)]
    outstanding = sum(one.outstanding for line in lines for one in line.years)
    if not lines:
        return _("Nobody has promised to pay anything back.")
    told = []
    if years:
        told.append(
            _(
                "%(amount)s of %(years)s is spent and not claimed yet.",
                amount=euros(sum(one.claimable for one in years)),
                years=format_list(sorted({one.year for one in years})),
            )
        )
    if outstanding:
        told.append(_("%(amount)s is claimed and not received yet.", amount=euros(outstanding)))
    return " ".join(told) or _("Nothing is open: what was spent in years that are over is claimed and received.")


def tags_of(lines: list[Line], on: date) -> dict[tuple[int, int], tuple[str, str]]:
    """Agreement and year → kind and text of the tag that says where it stands."""
    return {(line.agreement.id, one.year): _tag(line, one, on) for line in lines for one in line.years}


def _tag(line: Line, one: Year, on: date) -> tuple[str, str]:
    if one in line.open(on):
        return "warn", _("To claim")
    if one.outstanding:
        return "info", _("Claimed back")
    if one.year > on.year:
        return "info", _("To come")
    if one.year == on.year:
        return "info", _("Under way")
    return ("good", _("Received")) if one.received else ("info", _("Nothing spent"))
