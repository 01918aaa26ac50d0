"""Funding: every source with what it has pledged and paid in, what that is set aside for, and what is left."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, money_words
from api.dependencies import Reading
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.money_form import asked_day
from api.rendering import render
from api.table_files import csv_table
from campus.amounts import euros
from campus.funds.models import Fund
from campus.known import end_of
from campus.money import queries
from campus.money.queries import Sums
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
PAGE = "/works/funding"
SOURCES = f"{PAGE}/sources"
ONE = f"{SOURCES}/{{slug}}"
SORTS = ("name", *Sums.__slots__, "free")


@router.get(PAGE)
def funding(request: Request, person: Reader, session: Reading) -> Response:
    """All sources, as known now or on a past day."""
    day, filters = asked_day(request)
    sums = queries.standing(session, end_of(day) if day else None)
    lines = [(source, sums[source.id]) for source in queries.sources(session)]
    wanted = request.query_params.get("sort", "")
    sort = wanted.removeprefix("-") if wanted.removeprefix("-") in SORTS else "name"
    lines.sort(
        key=lambda one: one[0].name.lower() if sort == "name" else getattr(one[1], sort), reverse=wanted.startswith("-")
    )
    total = sum(sums.values(), Sums())
    return render(
        request,
        "works/funding.html",
        lines=lines,
        total=total,
        said=said_of(total, len(lines)),
        filters=filters,
        as_of=day,
        keeper=keeps(person),
    )


@router.get(f"{PAGE}/sources.csv")
def sources_file(request: Request, _person: Reader, session: Reading) -> Response:
    """The sources as a table for other programs, amounts in euros."""
    day, _filters = asked_day(request)
    at = end_of(day) if day else None
    heading = ("source", "package", "cost_type", "pledged", "received", "allocated", "committed", "paid", "free")
    names = {one.id: one.name for one in queries.sources(session)}
    packages = package_rows(session)
    rows: list[list[object]] = []
    for source_id, one in queries.standing(session, at).items():
        figures = (one.pledged, one.received, one.allocated, one.committed, one.paid, one.free)
        rows.append([names[source_id], "", "", *map(plain, figures)])
    for part in queries.parts(session, at):
        of = [names[part.source_id], packages[part.package_id].name, part.cost_type]
        rows.append([*of, "", "", plain(part.allocated), plain(part.committed), plain(part.paid), ""])
    return csv_table("funding", heading, rows)


@router.get(ONE)
def source_page(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """One source: its pledge, what was received, and what it is set aside for."""
    source = queries.source(session, slug)
    day, filters = asked_day(request)
    at = end_of(day) if day else None
    sums = queries.standing(session, at)[source.id]
    fund = session.get(Fund, source.fund_id) if source.fund_id else None
    return render(
        request,
        "works/funding_source.html",
        source=source,
        address=f"{SOURCES}/{slug}",
        said=_said_of_one(sums),
        sums=sums,
        fund=fund,
        parts=[one for one in queries.parts(session, at) if one.source_id == source.id],
        receipts=queries.receipts(session, source.id, at),
        pledges=queries.pledges(session, source.id),
        versions=queries.allocation_versions(session, source.id),
        commitments=queries.commitments(session, at, source_id=source.id),
        packages=package_rows(session),
        names=actors.names(session),
        words=money_words,
        filters=filters,
        as_of=day,
        keeper=keeps(person),
    )


def package_rows(session: Session) -> dict[int, WorksPackage]:
    """Package → its row."""
    return {one.id: one for one in works.packages(session)}


def plain(cents: int | None) -> str:
    """Cents as euros that other programs read; nothing for None."""
    return "" if cents is None else f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def said_of(total: Sums, number: int) -> str:
    """What a number of sources have pledged and paid in, and what is free of it."""
    if not number:
        return _("Nobody has pledged anything yet.")
    values: dict[str, Any] = {name: euros(getattr(total, name)) for name in (*Sums.__slots__, "free")}
    return ngettext(
        "One source has pledged %(pledged)s and paid in %(received)s; %(free)s is free to allocate.",
        "%(n)s sources have pledged %(pledged)s and paid in %(received)s; %(free)s is free to allocate.",
        number,
        **values,
    )


def _said_of_one(sums: Sums) -> str:
    return _(
        "%(received)s of the %(pledged)s pledged has been received; %(free)s is free to allocate.",
        received=euros(sums.received),
        pledged=euros(sums.pledged),
        free=euros(sums.free),
    )
