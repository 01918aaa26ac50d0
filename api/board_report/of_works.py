"""The renovation works, in the board report."""

from functools import partial

from sqlalchemy.orm import Session

from api import bars
from api.bars import Bars
from api.board_report.parts import Block, Picture, Section, Table, Text
from campus.capacity.report import Moment
from campus.results.works import Works, works
from core.i18n import format_date, format_list, format_percent, ngettext
from core.i18n import gettext as _


def renovation(session: Session, moment: Moment) -> Section | None:
    """How far each package is, how late, and what comes next."""
    found = works(session, moment)
    if not found:
        return None
    columns = (_("Works"), _("Progress"), _("Slip"), _("Ends"), _("Next milestone"))
    rows = tuple((one.name, progress_said(one), slip_said(one.slip), day(one), next_said(one)) for one in found)
    table = Table(_("Works packages"), columns, rows, numbers=(1,))
    weighed = tuple((one.name, one.progress) for one in found if one.progress is not None)
    pictures: tuple[Picture, ...] = ()
    if weighed:
        chart = Bars(weighed, percent=True)
        words = _("Bar chart of how far each works package is.") + " " + said_of(found)
        pictures = (Picture(partial(bars.svg, chart), words),)
    explained = Text(
        _(
            "Progress: weights of the milestones that have ended, of all. "
            "Slip: the end by the last report, less that of the last approved baseline."
        )
    )
    blocks: tuple[Block, ...] = (Text(said_of(found), lead=True), *pictures, table, explained)
    return Section("renovation", _("Renovation"), blocks, "/works")


def said_of(found: list[Works]) -> str:
    """Which will end late, as the list of works says it; those that have ended wait for nobody."""
    late = [one for one in found if (one.slip or 0) > 0 and not one.ended]
    if late:
        return ngettext(
            "One package will end later than planned: %(names)s.",
            "%(n)s packages will end later than planned: %(names)s.",
            len(late),
            names=format_list(f"{one.name} ({slip_said(one.slip)})" for one in late),
        )
    if all(one.ended for one in found):
        return _("All works have ended.")
    return _("No works are later than their baseline.")


def progress_said(one: Works) -> str:
    """A share, or a dash."""
    return "–" if one.progress is None else format_percent(one.progress)


def slip_said(slip: int | None) -> str:
    """Days late or early, in words."""
    if slip is None:
        return _("no baseline")
    if slip == 0:
        return _("on time")
    if slip < 0:
        return ngettext("%(n)s day early", "%(n)s days early", -slip)
    return ngettext("%(n)s day late", "%(n)s days late", slip)


def day(one: Works) -> str:
    """The end, or a dash."""
    return format_date(one.end) if one.end else "–"


def next_said(one: Works) -> str:
    """The next milestone with its day."""
    if one.following is None:
        return _("all ended") if one.milestones else "–"
    return f"{one.following[0]}, {format_date(one.following[1])}"
