"""The rooms, the works, energy and the indicators at a glance."""

from sqlalchemy.orm import Session

from api import energy_words
from api import results_words as words
from api.board_report import of_closures
from api.board_report.of_works import next_said, progress_said, said_of, slip_said
from api.pages.campus.year import said_of as year_said
from api.pages.results.glance_parts import Figure, Part, as_of
from api.pages.works.closure import address_of
from api.pages.works.energy import lead_of, lines
from campus.capacity.report import Moment
from campus.closures.closed import closed
from campus.forecast.outlook import chance_said
from campus.nights import Nights
from campus.results import queries
from campus.results.works import Works
from campus.results.works import works as all_works
from campus.year import year_report
from core.i18n import format_date, format_number, ngettext
from core.i18n import gettext as _


def room_nights(session: Session, moment: Moment) -> Part:
    """How the year is expected to end."""
    report = year_report(session, moment.on.year, moment)
    title = _("Room-nights of %(year)s", year=report.year)
    if not report.bridge.inventory:
        said = _("Once rooms are entered, the year stands here with what is sold, expected and wanted.")
        return Part("rooms", title, said, page="/rooms")
    year = f"/rooms?year={report.year}" + as_of(moment).replace("?", "&")
    expected = _("not known yet") if report.end.expected is None else format_number(round(report.end.expected))
    return Part(
        "rooms",
        title,
        year_said(report),
        (
            Figure(_("Sold to date"), format_number(report.to_date), year),
            Figure(_("Expected at the year's end"), expected, "/rooms/forecast"),
            Figure(_("Target"), format_number(report.target), f"/rooms/targets?year={report.year}"),
            Figure(_("Chance of target"), chance_said(report.end.chance), "/rooms/forecast"),
        ),
    )


def works(session: Session, moment: Moment) -> Part:
    """How far and how late each package is, and what comes next."""
    found = all_works(session, moment)
    if not found:
        said = _("Once works packages are entered, each stands here with how far and how late it is.")
        return Part("works", _("Works"), said, page="/works")
    as_of = f"?as_of={moment.on.isoformat()}" if moment.at else ""
    lines = tuple(Figure(one.name, _standing(one), f"/works/packages/{one.slug}{as_of}", _kind(one)) for one in found)
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


def closures(session: Session, moment: Moment) -> Part:
    """What each package closes of the year, and whether that is what its plan says."""
    year = moment.on.year
    found = closed(session, Nights.year(year), moment)
    title = _("Closures for works")
    if not found:
        said = _("Once a rule says when works close rooms, what they take from the year stands here.")
        return Part("closures", title, said, page="/works/closures")
    figures = []
    for one in found:
        lost = ngettext("%(n)s room-night of %(year)s", "%(n)s room-nights of %(year)s", one.room_nights, year=year)
        tag = of_closures.standing(one)
        told = lost if moment.at else f"{lost} · {tag.word}"
        figures.append(Figure(one.package.name, told, address_of(one.package), "info" if moment.at else tag.kind))
    return Part("closures", title, of_closures.said_of(found, year), tuple(figures))


def energy(session: Session, moment: Moment) -> Part:
    """What was avoided by each meter with its interval, or what is missing to tell."""
    found = lines(session, moment.at)
    if not found:
        said = _("Once meters are entered and read, what the works avoid stands here.")
        return Part("energy", _("Energy"), said, page="/works/energy")
    figures = []
    for one in found:
        kind, word = one.state
        after = one.report.after if one.report else None
        if after:
            values = {"avoided": energy_words.signed(after.found.avoided), "between": energy_words.between(after.found)}
            unit = energy_words.figures_unit(one.meter)
            word += " · " + _("%(avoided)s %(unit)s avoided (%(between)s)", unit=unit, **values)
        figures.append(Figure(one.meter.name, word, f"/works/energy/{one.slug}/savings{as_of(moment)}", kind))
    return Part("energy", _("Energy"), lead_of(found), tuple(figures))


def indicators(session: Session, moment: Moment) -> Part:
    """How each of them stands."""
    lines = queries.lines(session, moment)
    if not lines:
        said = _("Once indicators are entered, each stands here with its value and status.")
        return Part("indicators", _("Indicators"), said, page="/results")
    shown = []
    for line in lines:
        kind, word = words.tag(line)
        value = words.shown(line.last.value, line.version.unit) if line.last and line.last.value is not None else ""
        told = f"{value} · {word}" if value else word
        shown.append(Figure(words.name(line.version), told, f"/results/indicators/{line.slug}{as_of(moment)}", kind))
    return Part("indicators", _("Indicators"), words.said_of_all(lines), tuple(shown))
