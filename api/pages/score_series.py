"""Score, problems and coverage over time: the charts, the sentences that say what they show, and their tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from accessibility.ledger.audits.queries import NightPoint
from api.charts import Chart, Line
from api.formatting import day, whole
from core import i18n
from core.i18n import gettext as _
from core.i18n import ngettext

SCORE, PROBLEMS, COVERAGE = "score", "problems", "coverage"
KINDS = (SCORE, PROBLEMS, COVERAGE)


@dataclass(frozen=True, slots=True)
class Series:
    """What a page shows of a platform's nights, oldest first. `said` has a sentence per chart."""

    points: tuple[NightPoint, ...]
    said: dict[str, str]


def shown_series(points: Sequence[NightPoint]) -> Series:
    """The nights with their sentences."""
    said = {SCORE: _score_said(points), PROBLEMS: _problems_said(points), COVERAGE: _coverage_said(points)}
    return Series(tuple(points), said)


def chart(points: Sequence[NightPoint], kind: str, floor: float) -> Chart:
    """One of `KINDS`; `floor` is the coverage floor, a share."""
    instants = tuple(point.ended_at for point in points)
    if kind == SCORE:
        scores = Line(_last_said(_("Score"), [point.score for point in points]), tuple(p.score for p in points))
        tenth = tuple(point.worst_tenth for point in points)
        return Chart(instants, (scores, Line(_last_said(_("Worst tenth"), tenth), tenth)), top=100)
    if kind == PROBLEMS:
        failed, review = tuple(float(p.failed) for p in points), tuple(float(p.review) for p in points)
        return Chart(
            instants,
            (Line(_last_said(_("Problems"), failed), failed), Line(_last_said(_("To review"), review), review)),
        )
    shares = tuple(100 * point.coverage for point in points)
    label = _("Floor %(share)s", share=i18n.format_percent(floor))
    name = _last_said(_("Audited"), shares, of_percent=True)
    return Chart(instants, (Line(name, shares),), ((label, 100 * floor),), top=100)


def _last_said(name: str, values: Sequence[float | None], *, of_percent: bool = False) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return name
    last = whole(known[-1])
    return f"{name} {i18n.format_percent(last / 100) if of_percent else i18n.format_number(last)}"


def _score_said(points: Sequence[NightPoint]) -> str:
    known = [point for point in points if point.score is not None]
    if not known:
        return _("No audit has been given a score yet.")
    first, last = known[0], known[-1]
    before, now = whole(first.score or 0), whole(last.score or 0)
    values = {"before": before, "now": now, "since": i18n.format_date(day(first.ended_at)), "n": len(points)}
    if before < now:
        said = _("The score rose from %(before)s to %(now)s since %(since)s.", **values)
    elif before > now:
        said = _("The score fell from %(before)s to %(now)s since %(since)s.", **values)
    else:
        said = _("The score is %(now)s, as on %(since)s.", **values)
    missing = len(points) - len(known)
    if not missing:
        return said
    rest = ngettext("%(n)s of %(all)s audits had none.", "%(n)s of %(all)s audits had none.", missing, all=len(points))
    return f"{said} {rest}"


def _problems_said(points: Sequence[NightPoint]) -> str:
    if not points:
        return _("No audit has ended yet.")
    return ngettext(
        "%(n)s problem fails now; on %(since)s there were %(before)s.",
        "%(n)s problems fail now; on %(since)s there were %(before)s.",
        points[-1].failed,
        since=i18n.format_date(day(points[0].ended_at)),
        before=i18n.format_number(points[0].failed),
    )


def _coverage_said(points: Sequence[NightPoint]) -> str:
    if not points:
        return _("No audit has ended yet.")
    least = min(point.coverage for point in points)
    values = {"now": i18n.format_percent(points[-1].coverage), "least": i18n.format_percent(least)}
    return _("The last audit covered %(now)s of the planned pages; the lowest was %(least)s.", **values)
