"""How long nights took and how long they waited for a worker: two charts, their sentences, and the table of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accessibility.ledger.operations.queries import Night
from api.charts import Chart, Line
from api.formatting import day
from core import i18n
from core.i18n import gettext as _
from core.i18n import ngettext

DURATION, WAITING = "duration", "waiting"
KINDS = (DURATION, WAITING)
PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Day:
    """The nights that ended on one day at the campus, in seconds."""

    at: datetime
    nights: int
    seconds: float
    longest: float
    waited: float


def days(nights: Sequence[Night]) -> list[Day]:
    """The nights by day of their end, the oldest first; days without any are left out."""
    by_day: dict[object, list[Night]] = {}
    for night in nights:
        by_day.setdefault(day(night.ended_at), []).append(night)
    return [
        Day(
            at=some[-1].ended_at,
            nights=len(some),
            seconds=sum(one.seconds for one in some),
            longest=max(one.seconds for one in some),
            waited=max(one.waited for one in some),
        )
        for some in by_day.values()
    ]


def chart(points: Sequence[Day], kind: str) -> Chart:
    """One of `KINDS`, in minutes."""
    instants = tuple(point.at for point in points)
    if kind == WAITING:
        return Chart(instants, (_line(_("Longest wait"), [point.waited for point in points]),))
    together, longest = [point.seconds for point in points], [point.longest for point in points]
    if together == longest:  # one platform: two lines would lie on each other
        return Chart(instants, (_line(_("All nights"), together),))
    return Chart(instants, (_line(_("All nights"), together), _line(_("Longest"), longest)))


def said(points: Sequence[Day], kind: str) -> str:
    """What the chart shows, in a sentence."""
    if not points:
        return _("No night has ended in the last 30 days.")
    if kind == WAITING:
        most = max(points, key=lambda point: point.waited)
        if most.waited < 1:
            return _("No night had to wait for a worker.")
        when, long = i18n.format_date(day(most.at)), i18n.format_duration(most.waited)
        return _("The longest wait for a worker was %(long)s, on %(day)s.", long=long, day=when)
    last = points[-1]
    return ngettext(
        "The last night took %(long)s, on %(day)s.",
        "The last %(n)s nights of one day took %(long)s together, on %(day)s.",
        last.nights,
        long=i18n.format_duration(last.seconds),
        day=i18n.format_date(day(last.at)),
    )


def _line(name: str, seconds: Sequence[float]) -> Line:
    minutes = tuple(one / 60 for one in seconds)
    return Line(_("%(name)s %(n)s min", name=name, n=round(minutes[-1])) if minutes else name, minutes)
