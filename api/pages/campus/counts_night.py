"""One night's count: entered, corrected, explained, with all that was ever entered."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, count_words
from api.dependencies import LARGEST_ID, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus import counts_entry
from api.pages.campus.access import Keeper, Reader, keeps
from api.rendering import redirect, render
from api.routing import paths
from campus.capacity.queries import Cut, capacity
from campus.counts import actions, queries, rules, turnover
from campus.counts.queries import CountLine, night_of
from campus.counts.rules import Standing
from campus.months import queries as months
from campus.nights import EARLIEST
from core.errors import InvalidInput, NotFound
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()
LIST = "/rooms/counts"
ONE = f"{LIST}/{{night}}"
TODAY = "/today"
CHART = "/rooms/chart"
TABLES = "/rooms/tables"
Night = Annotated[str, Path(max_length=10)]


@router.get(ONE)
def night(request: Request, night: Night, person: Reader, session: Reading) -> Response:
    """The night's count."""
    return _page(request, session, person, night_named(night), Entered())


@router.post(ONE)
def save(request: Request, night: Night, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save what was entered; or, asked to take over what is expected, show it in the form and save nothing."""
    day, entered = night_named(night), Entered(posted)
    lines = queries.lines(session, night_of(day))
    if entered.value("take"):
        return _page(request, session, person, day, Entered(start=counts_entry.as_expected(lines, entered)), taken=True)
    with entered.shown_again(lambda: _page(request, session, person, day, entered)):
        reason = entered.check(counts_entry.Correction).reason
        given = counts_entry.checked(session, lines, entered)
        written = actions.enter(session, day, given.seen, actor(person), reason=reason, based_on=given.based_on)
        if not given.seen and any(line.count is None for line in lines):
            first = next(line for line in lines if line.count is None)
            raise InvalidInput(_("Enter at least one pavilion."), place=f"rooms-{first.pavilion.id}")
    lines = queries.lines(session, night_of(day))
    differing = any(line.standing is Standing.DIFFERS for line in lines)
    last = day == today() - timedelta(days=1)
    return redirect(request, TODAY if last and not differing else f"{LIST}/{day}", _said(lines, len(written)))


@router.post(f"{ONE}/explain")
def explain(request: Request, night: Night, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Say why a pavilion's count differs from the claims."""
    day, entered = night_named(night), Entered(posted)
    text = entered.value("pavilion")
    pavilion_id = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    line = next((one for one in queries.lines(session, night_of(day)) if one.pavilion.id == pavilion_id), None)
    if line is None or not 0 < pavilion_id <= LARGEST_ID:
        raise NotFound(_("There is no such pavilion."))
    name = f"explanation-{pavilion_id}"
    with entered.shown_again(lambda: _page(request, session, person, day, entered, explaining=True)):
        if not entered.value(name).strip() or len(entered.value(name).strip()) > rules.LONGEST_TEXT:
            raise InvalidInput(_("Say why in 1 to 500 characters."), place=name)
        actions.explain(session, pavilion_id, day, entered.value(name), actor(person))
    said = _("The difference in %(pavilion)s is explained.", pavilion=line.pavilion.name)
    return redirect(request, f"{LIST}/{day}", Flash(said))


def night_named(text: str) -> date:
    """The night of an address. Raises `NotFound` for what is no date, and for nights to come."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or text != found.isoformat() or not EARLIEST <= found <= today():
        raise NotFound(_("There is no such night that could be counted."))
    return found


def form_parts(
    request: Request, session: Session, person: Person, lines: Sequence[CountLine], entered: Entered
) -> dict[str, Any]:
    """What the form itself shows: for this page and for Today."""
    day = lines[0].night if lines else today()
    bridges = capacity(session, [night_of(day)], Cut.PAVILION, on=day)
    everything = {place for (_part, place), one in bridges.items() if one.inventory == one.extended_closed}
    return {
        "lines": lines,
        "night": day,
        "entered": entered,
        "closed_pavilions": everything,
        "values": counts_entry.shown(session, lines, entered),
        "saved": counts_entry.saved(lines),
        "asks_reason": any(line.count for line in lines) or bool(months.closed(session, night_of(day))),
        "tables": TABLES if TABLES in paths(request.app) else "",
        "keeps": keeps(person),
        "person_id": person.id,
        "standings": count_words.STANDINGS,
        "difference": count_words.difference,
        "complete": bool(lines) and all(line.count for line in lines),
    }


def _page(
    request: Request,
    session: Session,
    person: Person,
    day: date,
    entered: Entered,
    *,
    taken: bool = False,
    explaining: bool = False,
) -> Response:
    lines = queries.lines(session, night_of(day))
    parts = form_parts(request, session, person, lines, Entered() if explaining else entered)
    return render(
        request,
        "rooms/count_night.html",
        **parts | {"entered": entered},
        said=_first_sentence(lines, day),
        taken=taken,
        differing=[(line, _likely(session, line)) for line in lines if line.standing is Standing.DIFFERS],
        history=queries.history(session, day),
        pavilions={line.pavilion.id: line.pavilion.name for line in lines},
        names=actors.names(session),
        closed=next(iter(months.closed(session, night_of(day)).values()), None),
        chart=CHART if CHART in paths(request.app) else "",
        month=f"{day:%Y-%m}",
    )


def _likely(session: Session, line: CountLine) -> list[turnover.ChangingStay]:
    """The stays that may be behind a difference: who should have come that day, or should have left."""
    return turnover.changing(session, line.pavilion.id, line.night, arriving=line.difference < 0)


def _first_sentence(lines: Sequence[CountLine], day: date) -> str:
    missing = sum(line.standing is Standing.MISSING for line in lines)
    differing = sum(line.standing is Standing.DIFFERS for line in lines)
    if not lines:
        return _("There are no rooms in this night.")
    if missing == len(lines):
        return _("Nothing is counted yet.")
    if missing:
        return ngettext("%(n)s pavilion is not counted yet.", "%(n)s pavilions are not counted yet.", missing)
    if differing:
        return ngettext(
            "All is counted; %(n)s difference waits for its explanation.",
            "All is counted; %(n)s differences wait for their explanation.",
            differing,
        )
    return _("All is counted, and every difference is explained.")


def _said(lines: Sequence[CountLine], written: int) -> Flash:
    """After saving: what is done, and what is still to do."""
    day = format_date(lines[0].night)
    if not written:
        return Flash(_("Nothing was changed: the count of %(night)s says the same already.", night=day), "info")
    missing = sum(line.standing is Standing.MISSING for line in lines)
    differing = sum(line.standing is Standing.DIFFERS for line in lines)
    if differing:
        more = ngettext(
            "%(n)s pavilion differs from the claims: mend the claims, or say why.",
            "%(n)s pavilions differ from the claims: mend the claims, or say why.",
            differing,
        )
    elif missing:
        more = ngettext("%(n)s pavilion is still open.", "%(n)s pavilions are still open.", missing)
    else:
        more = _("All pavilions are counted.")
    saved = _("The count of %(night)s is saved.", night=day)
    return Flash(f"{saved} {more}", "warn" if differing else "good")
