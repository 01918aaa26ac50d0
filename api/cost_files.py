"""A report of running costs as a table for spreadsheets: amounts in euros to the cent, shares from 0 to 1. Pure."""

from collections.abc import Iterator, Mapping

from campus.nights import Nights
from campus.running_costs.report import Report, ReportRow
from campus.running_costs.rules import Kind, last_day

HEADINGS = [
    *("line", "party", "first", "last"),
    *(f"{kind}_{what}" for kind in ("budget", "forecast", "actual") for what in ("eur", "days")),
    *(f"{kind}_{what}" for kind in ("actual", "forecast") for what in ("less_budget_eur", "share_of_budget")),
]


def file_name(period: Nights) -> str:
    """What the file is called, without its ending."""
    return f"running-costs-{period.first}-{last_day(period)}"


def report_lines(report: Report, parties: Mapping[int, str]) -> Iterator[list[object]]:
    """Lines, their total, what is paid back by party, what the campus bears itself, and security apart."""
    for line, row in report.lines.items():
        yield _line(report, line.value, "", row)
    yield _line(report, "total", "", report.total)
    for line, rows in report.incomes.items():
        for party, row in rows.items():
            yield _line(report, line.value, parties[party], row)
        yield _line(report, f"total {line.value}", "", report.received[line])
    net = report.net
    figures = [cell for kind in Kind for cell in (net[kind] / 100 if report.total.figures[kind].known else "", "")]
    yield ["net", "", report.period.first, last_day(report.period), *figures, *[""] * 4]
    yield _line(report, "security", "", report.security)


def _line(report: Report, name: str, party: str, row: ReportRow) -> list[object]:
    cells: list[object] = [name, party, report.period.first, last_day(report.period)]
    for kind in Kind:
        figure = row.figures[kind]
        cells += [figure.cents / 100 if figure.known else "", figure.days]
    for compared in (row.actual, row.forecast):
        share = compared.share if compared else None
        cells += [compared.difference / 100 if compared else "", "" if share is None else round(share, 6)]
    return cells
