"""Closing a month, and what was changed in it afterwards."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, count_words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.counts import month_named
from api.pages.campus.counts_night import LIST
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.counts import queries as counts
from campus.counts.queries import CountLine
from campus.counts.rules import OPEN, Standing
from campus.months import actions, queries
from campus.months.models import Adjustment
from campus.months.rules import month_of, nights_of
from campus.nights import Nights
from core.errors import Conflict, NotFound
from core.i18n import format_month, today
from core.i18n import gettext as _

router = page_router()
MONTHS = f"{LIST}/months"
ONE = f"{MONTHS}/{{month}}"
Month = Annotated[str, Path(max_length=7)]


@router.get(MONTHS)
def closed_months(request: Request, person: Reader, session: Reading, wanted: WantedPage) -> Response:
    """Every closed month: its figures at the closing and now; and the months that are over and open."""
    statements, total = queries.statements(session, offset=wanted.offset, limit=wanted.size)
    return render(
        request,
        "rooms/count_months.html",
        statements=statements,
        paging=wanted.of(total),
        open_months=_still_open(session),
        names=actors.names(session),
        signed=count_words.signed,
        keeps=keeps(person),
    )


@router.get(ONE)
def one_month(request: Request, month: Month, _person: Reader, session: Reading) -> Response:
    """Figures at the closing, adjustments, figures now."""
    first = _named(month)
    found = queries.statement(session, first)
    return render(
        request,
        "rooms/count_month.html",
        month=first,
        statement=found,
        figures=count_words.FIGURES,
        signed=count_words.signed,
        adjustments=[(one, _subject(one), count_words.changes(one.changes)) for one in found.adjustments],
        names=actors.names(session),
    )


@router.get(f"{ONE}/close")
def ask(request: Request, month: Month, _person: Keeper, session: Reading) -> Response:
    """What would be closed, and what stands in the way."""
    return _ask(request, session, _named(month), Entered())


@router.post(f"{ONE}/close")
def close(request: Request, month: Month, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Close the month."""
    first, entered = _named(month), Entered(posted)
    with entered.shown_again(lambda: _ask(request, session, first, entered)):
        actions.close_month(session, first, actor(person))
    return redirect(request, f"{MONTHS}/{month}", Flash(_("%(month)s is closed.", month=format_month(first))))


def _ask(request: Request, session: Session, month: date, entered: Entered) -> Response:
    if queries.closed(session, nights_of(month)):
        raise Conflict(_("This month is closed already."))
    lines = counts.lines(session, nights_of(month))
    (figures,) = queries.figures(session, [month])
    return render(
        request,
        "rooms/count_close.html",
        entered=entered,
        month=month,
        over=nights_of(month).until <= today(),
        lines=len(lines),
        open_lines=[line for line in lines if line.standing in OPEN],
        explained=[line for line in lines if line.standing is Standing.EXPLAINED],
        counted_by=_counters(session, lines),
        figures=[(count_words.FIGURES[name], figures[name]) for name in count_words.FIGURES],
        difference=count_words.difference,
        standings=count_words.STANDINGS,
    )


def _counters(session: Session, lines: Sequence[CountLine]) -> list[tuple[str, int]]:
    """Who entered how many of the counts that stand now; who entered most comes first."""
    names, found = actors.names(session), dict[str, int]()
    for line in lines:
        if line.count:
            name = names.get(line.count.recorded_by, line.count.recorded_by)
            found[name] = found.get(name, 0) + 1
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _still_open(session: Session) -> list[date]:
    """The months since the first count that are over and not closed."""
    first = counts.first_night(session)
    if first is None:
        return []
    over = [month.first for month in Nights(month_of(first), month_of(today())).months()]
    closed = queries.closed(session, Nights(month_of(first), today())) if over else {}
    return [month for month in over if month not in closed]


def _subject(adjustment: Adjustment) -> str:
    """What was changed, by its kind and number."""
    words = count_words.SUBJECTS.get(adjustment.subject)
    return str(words) % {"number": adjustment.number} if words else adjustment.subject


def _named(text: str) -> date:
    found = month_named(text)
    if found is None:
        raise NotFound(_("There is no such month."))
    return found
