"""Every change of counts: entered, corrected, explained."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from campus.counts import queries, rules
from campus.counts.models import DailyCount
from campus.counts.queries import CountLine, night_of
from campus.counts.rules import Seen
from campus.known import supersede
from campus.months import adjustments
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today

Based = Mapping[int, int | None]


def enter(
    session: Session,
    night: date,
    seen: Mapping[int, Seen],
    actor: str,
    *,
    reason: str = "",
    place: str = "night",
    based_on: Based | None = None,
) -> list[DailyCount]:
    """Enter or correct the count of a night, by pavilion; what says the same as before changes nothing.

    A correction needs a reason. Raises `InvalidInput` naming the pavilion that is wrong: then nothing is entered.
    `based_on` has the ids of the counts that the person was looking at: `Conflict` where another one stands there now.
    """
    rules.check_night(night, today(), place)
    reason = rules.checked_reason(reason)
    lines = {line.pavilion.id: line for line in queries.lines(session, night_of(night))}
    written = []
    for pavilion_id, new in seen.items():
        line = lines.get(pavilion_id)
        if line is None:
            raise InvalidInput(_("this pavilion has no rooms in this night"), place=f"pavilion {pavilion_id}")
        rules.check(new, line.rooms, line.pavilion.name)
        before = line.count
        if before is not None and Seen(before.rooms, before.guests) == new:
            continue
        _refuse_outdated(line, based_on)
        if before is not None and not reason:
            raise InvalidInput(_("a correction needs its reason"), place="reason")
        explained = (before.explained, before.explanation) if before else (None, "")
        count = _write(session, line, new, actor, reason, "count.enter", *explained)
        adjustments.note_count(session, before, count)
        written.append(count)
    return written


def explain(session: Session, pavilion_id: int, night: date, explanation: str, actor: str) -> DailyCount:
    """Say why counted and claimed rooms differ. It holds as long as the difference stays the same."""
    text = explanation.strip()
    if not 1 <= len(text) <= rules.LONGEST_TEXT:
        raise InvalidInput(_("must be 1 to 500 characters"), place="explanation")
    line = next((one for one in queries.lines(session, night_of(night)) if one.pavilion.id == pavilion_id), None)
    if line is None or line.count is None:
        raise Conflict(_("This night has not been counted yet."))
    if line.difference == 0:
        raise Conflict(_("There is nothing to explain: counted and claimed rooms agree."))
    seen = Seen(line.count.rooms, line.count.guests)
    return _write(session, line, seen, actor, "", "count.explain", line.difference, text)


def _refuse_outdated(line: CountLine, based_on: Based | None) -> None:
    if based_on is None:
        return
    present = line.count.id if line.count else None
    if based_on.get(line.pavilion.id) != present and line.count is not None:
        raise Conflict(
            _(
                "%(pavilion)s was counted meanwhile: %(rooms)s rooms, %(guests)s guests. Nothing was saved.",
                pavilion=line.pavilion.name,
                rooms=line.count.rooms,
                guests=line.count.guests,
            )
        )


def _write(
    session: Session,
    line: CountLine,
    seen: Seen,
    actor: str,
    reason: str,
    action: str,
    explained: int | None,
    explanation: str,
) -> DailyCount:
    before = line.count
    if before is not None:
        supersede(session, before)
    count = DailyCount(
        pavilion_id=line.pavilion.id,
        night=line.night,
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
    told = {"pavilion": line.pavilion.id, "night": line.night.isoformat(), "rooms": seen.rooms, "guests": seen.guests}
    was = before and {"rooms": before.rooms, "guests": before.guests}
    after = told | {"reason": reason, "explanation": explanation}
    trail.record(session, actor, action, "count", count.id, before=was, after=after)
    return count
