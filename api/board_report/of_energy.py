"""Energy, in the board report: what was avoided and how surely, or what is missing to tell."""

from functools import partial

from sqlalchemy.orm import Session

from api import energy_charts
from api import energy_words as words
from api.board_report.parts import Block, Cell, Picture, Section, Table, Tag, Text
from api.pages.works.energy import Line, lead_of, lines
from api.pages.works.energy_savings import chart_of
from campus.capacity.report import Moment
from core.i18n import format_number
from core.i18n import gettext as _

MOST_PICTURES = 3


def energy(session: Session, moment: Moment) -> Section | None:
    """Every meter: what was avoided since its works with its interval, or why that cannot be told."""
    found = lines(session, moment.at)
    if not found:
        return None
    told = [one for one in found if one.report and one.report.after]
    untold = [one for one in found if one not in told]
    blocks: list[Block] = [Text(lead_of(found), lead=True)]
    if told:
        blocks += [_savings(told), *map(_picture, told[:MOST_PICTURES])]
    if untold:
        blocks.append(_missing(untold))
    return Section("energy", _("Energy"), tuple(blocks), "/works/energy")


def _savings(told: list[Line]) -> Table:
    columns = (_("Meter"), _("Months"), _("Predicted"), _("Used"), _("Avoided"), _("Interval"), _("How it stands"))
    rows = tuple(row for one in told if (row := _row(one)))
    return Table(_("Avoided since the works, with its interval"), columns, rows, numbers=(1, 2, 3, 4))


def _row(one: Line) -> tuple[Cell, ...]:
    after = one.report.after if one.report else None
    if after is None:
        return ()
    found, unit = after.found, words.figures_unit(one.meter)
    amounts = (words.amount(found.predicted), words.amount(found.actual), words.signed(found.avoided))
    name = _("%(meter)s, %(unit)s", meter=one.meter.name, unit=unit)
    return (name, format_number(after.months), *amounts, words.between(found), Tag(*one.state))


def _missing(untold: list[Line]) -> Table:
    rows = tuple((one.meter.name, one.where, one.told) for one in untold)
    return Table(_("Meters of which it cannot be told yet"), (_("Meter"), _("Where"), _("What is missing")), rows)


def _picture(one: Line) -> Picture:
    assert one.report is not None
    said = _("Line chart of what was used month by month, and what was predicted without the works.") + " " + one.told
    return Picture(partial(energy_charts.svg, chart_of(one.report)), said, title=one.meter.name)
