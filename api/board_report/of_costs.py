"""Running costs, in the board report: the period against its budget, a square metre and an occupied room-night."""

from functools import partial

from sqlalchemy.orm import Session

from api import cost_words as words
from api import grouped_bars
from api.board_report.amounts import whole
from api.board_report.parts import Block, Facts, Picture, Section, Table, Text
from api.pages.works.costs import usual
from campus import amounts
from campus.capacity.report import Moment
from campus.running_costs.report import Report, ReportRow, make_report
from campus.running_costs.rules import Kind
from campus.running_costs.units import Units, units
from campus.running_costs.words import KINDS, LINES
from core.i18n import gettext as _


def running_costs(session: Session, moment: Moment) -> Section | None:
    """Line by line, and what a square metre and a room-night cost, saying which these are."""
    period = usual(session, moment)
    report = make_report(session, period, moment)
    if not report.known:
        return None
    (found,) = units(session, [period], moment)
    blocks: list[Block] = [Text(words.standing(report)[2], lead=True)]
    blocks += [Facts(by_unit(found)), Text(_said_of_units(found))] if found else [Text(_no_units())]
    blocks.append(_table(report))
    blocks += [Text(cut) for cut in [words.cut_said(report.cut)] if cut]
    if said := words.chart_said(report):
        told = _("Bars of budget and actual, line by line.") + " " + said
        blocks += [Text(said), Picture(partial(grouped_bars.svg, words.chart(report)), told)]
    title = _("Running costs: %(period)s", period=words.period(period))
    return Section("running-costs", title, tuple(blocks), "/works/costs")


def by_unit(one: Units) -> tuple[tuple[str, str], ...]:
    """What a square metre and a room-night cost, net of what is paid back too where that is anything."""
    found = [(_("Per m²"), one.per_m2(one.cents)), (_("Per occupied room-night"), one.per_night(one.cents))]
    if one.paid:
        found.append((_("Per m², net"), one.per_m2(one.net)))
        found.append((_("Per occupied room-night, net"), one.per_night(one.net)))
    return tuple((name, "–" if value is None else amounts.euros(round(value))) for name, value in found)


def _said_of_units(one: Units) -> str:
    said = [words.unit_said(one)]
    if one.paid:
        said.append(_("Net is less recoveries and rents."))
    if one.area.invented:
        said.append(_("Sample data: areas and stays are invented") + ".")
    return " ".join(said)


def _no_units() -> str:
    return _("What a square metre and a room-night cost needs actual amounts of every line for the same days.")


def _table(report: Report) -> Table:
    columns = (_("Line"), *(str(KINDS[kind]) for kind in Kind), _("Against the budget"), _("Share"))
    rows = [_row(str(LINES[line]), row) for line, row in report.lines.items()]
    rows.append(_row(_("Running costs together"), report.total))
    rows += [_row(_("less %(line)s", line=LINES[line]), row) for line, row in report.received.items()]
    if report.security.known:
        rows.append(_row(_("Security, apart"), report.security))
    return Table(_("Running costs in whole euros"), columns, tuple(rows), numbers=(1, 2, 3, 4, 5))


def _row(name: str, row: ReportRow) -> tuple[str, ...]:
    figures = (row.figures[kind] for kind in Kind)
    found = row.variance
    return (
        name,
        *(whole(one.cents) if one.known else "–" for one in figures),
        words.signed(found[1].difference) if found else "–",
        words.signed_share(found[1].share) if found else "–",
    )
