"""Counts of the sample campus: every evening until two nights ago, a few that differ, and the closed months."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.counts import queries
from campus.counts.models import DailyCount
from campus.counts.rules import MOST_GUESTS_A_ROOM, Seen
from campus.months.models import Adjustment, ClosedMonth
from campus.months.queries import figures
from campus.months.rules import before, month_of, nights_of
from campus.nights import Nights
from campus.sample.plan import START
from core import clock
from core.i18n import today, zone

Row = dict[str, Any]
ACTOR = "command"
CHUNK = 5000
DIFFERS, SLIPS = 0.012, 0.003  # shares of the counts
UNEXPLAINED = timedelta(days=5)  # so long ago lies the night of the one difference that nobody explained
FEWER = ("A guest left a day early.", "Two colleagues shared a room after all.", "Did not arrive; not yet marked.")
MORE = ("Arrived a day early.", "A speaker was given a room late in the evening.", "Stayed for one more night.")
SLIP = "A corridor was left out."
LATE = "Found in the housekeeping lists of the month."


def write_counts(session: Session, seed: int) -> int:
    """Write the counts that would have been entered by now and close the months up to two ago; how many counts."""
    chance = random.Random(seed)  # noqa: S311 (sample data must be the same each time)
    nights = Nights(START, today() - timedelta(days=1))
    there, claims = queries.rooms_there(session, nights), queries.claimed(session, nights)
    odd = _odd_one(there, claims)
    rows: list[Row] = []
    for place in sorted(there, key=lambda place: (place[1], place[0])):
        claimed = claims.get(place, queries.NOBODY)
        rows += _versions(chance, place, claimed, there[place], unexplained=place == odd)
    for start in range(0, len(rows), CHUNK):
        session.execute(sa.insert(DailyCount), rows[start : start + CHUNK])
    _close_months(session)
    return len(rows)


def _odd_one(there: dict[queries.Place, int], claims: dict[queries.Place, Seen]) -> queries.Place | None:
    """Where one room fewer was counted than is claimed, and nobody said why: the fullest pavilion of that night."""
    night = today() - UNEXPLAINED
    full = [(claims.get(place, queries.NOBODY).rooms, place) for place in there if place[1] == night]
    return max(full)[1] if full and max(full)[0] else None


def _versions(
    chance: random.Random, place: queries.Place, claimed: Seen, rooms: int, *, unexplained: bool
) -> Iterator[Row]:
    """What was entered in the evening, and what of it was corrected or explained in the morning."""
    evening = _at(place[1], time(20 + chance.randrange(3), chance.randrange(60)))
    morning = _at(place[1] + timedelta(days=1), time(7 + chance.randrange(2), chance.randrange(60)))
    fate, more = chance.random(), chance.random() < 0.4
    other = _other(claimed, rooms, more=more and not unexplained)
    words = chance.choice(MORE if other.rooms > claimed.rooms else FEWER)
    if other == claimed or (fate >= DIFFERS + SLIPS and not unexplained):
        yield _row(place, claimed, evening)
    elif unexplained:
        yield _row(place, other, evening)
    elif fate < DIFFERS:
        difference = other.rooms - claimed.rooms
        yield _row(place, other, evening, superseded_at=morning)
        yield _row(place, other, morning, explained=difference, explanation=words)
    else:
        yield _row(place, other, evening, superseded_at=morning)
        yield _row(place, claimed, morning, reason=SLIP)


def _other(claimed: Seen, rooms: int, *, more: bool) -> Seen:
    """One room more or fewer than claimed, where that can be."""
    if more and claimed.rooms < rooms:
        return Seen(claimed.rooms + 1, claimed.guests + 1)
    if not more and claimed.rooms > 1:
        fewer = claimed.rooms - 1
        return Seen(fewer, min(max(fewer, claimed.guests - 1), fewer * MOST_GUESTS_A_ROOM))
    return claimed


def _row(place: queries.Place, seen: Seen, at: datetime, **values: Any) -> Row:
    told: Row = {"pavilion_id": place[0], "night": place[1], "rooms": seen.rooms, "guests": seen.guests}
    plain: Row = {"superseded_at": None, "reason": "", "explained": None, "explanation": ""}
    return told | plain | {"recorded_at": at, "recorded_by": ACTOR} | values


def _close_months(session: Session) -> None:
    """Each on the fifth of the month after; the last one but one had a count corrected once it was closed."""
    months, month = [], month_of(START)
    while month < before(month_of(today())):
        months.append(month)
        month = nights_of(month).until
    for month, found in zip(months, figures(session, months), strict=True):
        at = _at(nights_of(month).until + timedelta(days=4), time(10))
        session.add(ClosedMonth(month=month, closed_at=at, closed_by=ACTOR, figures=found))
    session.flush()
    if len(months) > 1:
        _adjust(session, months[-2])


def _adjust(session: Session, month: date) -> None:
    """One count of the month says a guest more, a fortnight after its closing."""
    nights, at = nights_of(month), _at(nights_of(month).until + timedelta(days=19), time(11, 20))
    counted = sorted(queries.current(session, nights).items(), key=lambda one: (one[0][1], one[0][0]))
    found = next((count for _place, count in counted if 0 < count.rooms < count.guests), None)
    if found is None or at > clock.now():
        return
    found.superseded_at = at
    session.flush()
    place, seen = (found.pavilion_id, found.night), Seen(found.rooms, found.guests + 1)
    explained = {"explained": found.explained, "explanation": found.explanation}
    after = DailyCount(**_row(place, seen, at, reason=LATE, **explained))
    session.add(after)
    session.flush()
    told: Row = {"month": month, "subject": "count", "number": after.id, "changes": {"guests_counted": 1}}
    session.add(Adjustment(**told, why=LATE, recorded_at=at, recorded_by=ACTOR))
    session.flush()


def _at(day: date, moment: time) -> datetime:
    """An instant of a day at the campus, in UTC."""
    return datetime.combine(day, moment, zone()).astimezone(UTC)
