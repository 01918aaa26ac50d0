"""What management sees at a glance: each part of the overview is a function of the list `PARTS`.

Another part is one more function: it takes a session and a moment and gives figures with the pages they come from, or
None where there is nothing to tell yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api import results_words as words
from api.board_report.of_works import next_said, progress_said, said_of, slip_said
from api.pages.campus.year import said_of as year_said
from campus.capacity.report import Moment
from campus.forecast.outlook import chance_said
from campus.results import queries
from campus.results.works import Works
from campus.results.works import works as all_works
from campus.year import year_report
from core.i18n import format_date, format_number
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the address of the page that it comes from. `tag` is a kind with its shape, beside the value."""

    name: str
    value: str
    address: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the overview: a sentence, and its figures."""

    name: str
    title: str
    said: str
    figures: tuple[Figure, ...]


PartOf = Callable[[Session, Moment], Part | None]


def room_nights(session: Session, moment: Moment) -> Part | None:
    """How the year is expected to end."""
    report = year_report(session, moment.on.year, moment)
    if not report.bridge.inventory:
        return None
    as_of = f"&as_of={moment.on.isoformat()}" if moment.at else ""
    year = f"/rooms?year={report.year}{as_of}"
    expected = _("not known yet") if report.end.expected is None else format_number(round(report.end.expected))
    return Part(
        "rooms",
        _("Room-nights of %(year)s", year=report.year),
        year_said(report),
        (
            Figure(_("Sold to date"), format_number(report.to_date), year),
            Figure(_("Expected at the year's end"), expected, "/rooms/forecast"),
            Figure(_("Target"), format_number(report.target), f"/rooms/targets?year={report.year}"),
            Figure(_("Chance of target"), chance_said(report.end.chance), "/rooms/forecast"),
        ),
    )


def works(session: Session, moment: Moment) -> Part | None:
    """How far and how late each package is, and what comes next."""
    found = all_works(session, moment)
    if not found:
        return None
    as_of = f"?as_of={moment.on.isoformat()}" if moment.at else ""
    lines = tuple(
        Figure(
            one.name,
            _standing(one),
            f"/works/packages/{one.slug}{as_of}",
            _kind(one),
        )
        for one in found
    )
    return Part("works", _("Works"), said_of(found), lines)


def _kind(one: Works) -> str:
    if one.ended:
        return "good"
    return "info" if one.slip is None else "warn" if one.slip > 0 else "good"


def _standing(one: Works) -> str:
    if not one.milestones:
        return _("no milestones yet")
    if one.ended and one.end:
        return _("ended on %(day)s, %(slip)s", day=format_date(one.end), slip=slip_said(one.slip))
    return _(
        "%(progress)s done, %(slip)s; next: %(following)s",
        progress=progress_said(one),
        slip=slip_said(one.slip),
        following=next_said(one),
    )


def indicators(session: Session, moment: Moment) -> Part | None:
    """How each of them stands."""
    lines = queries.lines(session, moment)
    if not lines:
        return None
    as_of = f"?as_of={moment.on.isoformat()}" if moment.at else ""
    shown = []
    for line in lines:
        kind, word = words.tag(line)
        value = words.shown(line.last.value, line.version.unit) if line.last and line.last.value is not None else ""
        said = f"{value} · {word}" if value else word
        shown.append(Figure(words.name(line.version), said, f"/results/indicators/{line.slug}{as_of}", kind))
    return Part("indicators", _("Indicators"), words.said_of_all(lines), tuple(shown))


PARTS: Sequence[PartOf] = (room_nights, works, indicators)


def make(session: Session, moment: Moment) -> list[Part]:
    """Every part that has something to tell."""
    return [part for one in PARTS if (part := one(session, moment))]
