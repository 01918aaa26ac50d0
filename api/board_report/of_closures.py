"""What the works close, in the board report."""

from sqlalchemy.orm import Session

from api import cost_words
from api.board_report.parts import Cell, Section, Table, Tag, Text
from campus.capacity.report import Moment
from campus.closures.closed import Closed, closed
from campus.nights import Nights
from core.i18n import format_number, ngettext
from core.i18n import gettext as _


def closures(session: Session, moment: Moment) -> Section | None:
    """What each package closes by the plan and in the books, and the room-nights that the year loses."""
    year = moment.on.year
    found = closed(session, Nights.year(year), moment)
    if not found:
        return None
    lost = _("Room-nights of %(year)s", year=year)
    columns: tuple[str, ...] = (_("Works"), _("The plan closes"), _("The books close"), _("Rooms"), lost)
    if moment.at is None:
        columns = (*columns, _("Books and plan"))
    table = Table(_("Rooms that works close"), columns, tuple(map(_row, found)), numbers=(3, 4))
    explained = Text(
        _(
            "The plan closes a pavilion's rooms between two milestones with their buffers. Nothing is closed in the "
            "books before somebody confirms it."
        )
    )
    blocks = (Text(said_of(found, year), lead=True), table, explained)
    return Section("closures", _("Closures for works"), blocks, "/works/closures")


def said_of(found: list[Closed], year: int) -> str:
    """What works take from the year, and which of them differ from their plans."""
    lost = sum(one.room_nights for one in found)
    said = ngettext(
        "Works close %(n)s room-night of %(year)s in the books.",
        "Works close %(n)s room-nights of %(year)s in the books.",
        lost,
        year=year,
    )
    differing = sum(one.matches is False for one in found)
    if differing:
        return f"{said} " + ngettext(
            "The closures of %(n)s package differ from its plan.",
            "The closures of %(n)s packages differ from their plans.",
            differing,
        )
    if any(one.matches for one in found):
        return f"{said} " + _("All closures in the books are those of the plan.")
    return said


def standing(one: Closed) -> Tag:
    """Whether the books say what the plan says."""
    if one.plan is None:
        return Tag("warn", _("A milestone was dropped"))
    return Tag("good", _("As planned")) if one.matches else Tag("warn", _("They differ"))


def _row(one: Closed) -> tuple[Cell, ...]:
    figures = format_number(one.rooms), format_number(one.room_nights)
    cells = (one.package.name, _days(one.plan), _days(one.books), *figures)
    return cells if one.matches is None else (*cells, standing(one))


def _days(nights: Nights | None) -> str:
    return cost_words.days(nights) if nights else "–"
