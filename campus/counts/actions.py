"""Every change of counts: entered, corrected, explained; and the end of a month."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from campus.counts import queries, rules
from campus.counts.models import ClosedMonth, DailyCount
from campus.counts.rules import Seen, Standing
from campus.known import supersede
from campus.nights import Nights
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _


def enter(
    session: Session, night: date, seen: Mapping[int, Seen], actor: str, *, reason: str = "", place: str = "night"
) -> list[DailyCount]:
    """Enter or correct the count of a night, by pavilion; what says the same as before changes nothing.

    A correction needs a reason. Raises `InvalidInput` naming the pavilion that is wrong: then nothing is entered.
    """
    rules.check_night(night, today(), place)
    one_night = Nights(night, date.fromordinal(night.toordinal() + 1))
    lines = {line.pavilion.id: line for line in queries.lines(session, one_night)}
    written = []
    for pavilion_id, new in seen.items():
        line = lines.get(pavilion_id)
        if line is None:
            raise InvalidInput(_("this pavilion has no rooms in this night"), place=f"pavilion {pavilion_id}")
        rules.check(new, line.rooms, line.pavilion.name)
        if line.count is not None and Seen(line.count.rooms, line.count.guests) == new:
            continue
        if (line.count is not None or _is_closed(session, one_night)) and not reason.strip():
            raise InvalidInput(_("a correction needs its reason"), place="reason")
        written.append(_write(session, line.count, pavilion_id, night, new, actor, reason.strip()))
    return written


def explain(session: Session, pavilion_id: int, night: date, explanation: str, actor: str) -> DailyCount:
    """Say why counted and claimed rooms differ. It holds as long as the difference stays the same."""
    text = explanation.strip()
    if not 1 <= len(text) <= 500:
        raise InvalidInput(_("must be 1 to 500 characters"), place="explanation")
    one_night = Nights(night, date.fromordinal(night.toordinal() + 1))
    line = next((one for one in queries.lines(session, one_night) if one.pavilion.id == pavilion_id), None)
    if line is None or line.count is None:
        raise Conflict(_("This night has not been counted yet."))
    if line.difference == 0:
        raise Conflict(_("There is nothing to explain: counted and claimed rooms agree."))
    seen = Seen(line.count.rooms, line.count.guests)
    return _write(session, line.count, pavilion_id, night, seen, actor, "", line.difference, text)


def close_month(session: Session, month: date, actor: str) -> ClosedMonth:
    """Close a month whose nights are all counted and whose differences are explained. Raises `Conflict` otherwise."""
    nights = Nights(month, Nights(month, date.fromordinal(month.toordinal() + 40)).months()[0].until)
    if month.day != 1 or nights.until > today():
        raise InvalidInput(_("must be a month that is over"), place="month")
    if session.get(ClosedMonth, month) is not None:
        raise Conflict(_("This month is closed already."))
    open_lines = [
        line for line in queries.lines(session, nights) if line.standing in (Standing.MISSING, Standing.DIFFERS)
    ]
    if open_lines:
        raise Conflict(
            ngettext(
                "%(n)s count of this month is missing or unexplained; the first: %(pavilion)s, %(night)s.",
                "%(n)s counts of this month are missing or unexplained; the first: %(pavilion)s, %(night)s.",
                len(open_lines),
                pavilion=open_lines[0].pavilion.name,
                night=format_date(open_lines[0].night),
            )
        )
    closed = ClosedMonth(month=month, closed_at=clock.now(), closed_by=actor)
    session.add(closed)
    trail.record(session, actor, "month.close", "month", month.isoformat())
    return closed


def _is_closed(session: Session, nights: Nights) -> bool:
    return bool(queries.closed_months(session, nights))


def _write(
    session: Session,
    before: DailyCount | None,
    pavilion_id: int,
    night: date,
    seen: Seen,
    actor: str,
    reason: str,
    explained: int | None = None,
    explanation: str = "",
) -> DailyCount:
    if before is not None:
        supersede(session, before)
    count = DailyCount(
        pavilion_id=pavilion_id,
        night=night,
        rooms=seen.rooms,
        guests=seen.guests,
        explained=explained,
        explanation=explanation,
        reason=reason,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    session.add(count)
    session.flush()
    told = {"pavilion": pavilion_id, "night": night.isoformat(), "rooms": seen.rooms, "guests": seen.guests}
    was = before and {"rooms": before.rooms, "guests": before.guests}
    after = told | {"reason": reason, "explanation": explanation}
    trail.record(
        session, actor, "count.explain" if explanation else "count.enter", "count", count.id, before=was, after=after
    )
    return count
