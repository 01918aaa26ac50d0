"""Every entry of a period in one table: rows are kind, line and party, columns the periods as they were entered.

pandas does the pivot and both margins. It is imported late: that costs most of a second, which a download may take and
a page may not (the pages' sums are few and tell of tiles, which a pivot knows nothing of).
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.nights import Nights
from campus.running_costs import queries
from campus.running_costs.rules import Kind, Line, last_day

TOGETHER = "together"
HEADINGS = ["kind", "line", "party"]


def pivot(
    session: Session, period: Nights, moment: Moment, parties: Mapping[int, str]
) -> tuple[list[str], list[list[object]]]:
    """Headings and rows, amounts in euros; "" where nothing is entered. The last column and rows are the sums."""
    import pandas as pd

    told = [
        {
            "kind": one.kind,
            "line": one.cost_line,
            "party": parties.get(one.party_id or 0, ""),
            "period": f"{one.first} – {last_day(Nights(one.first, one.until))}",
            "cents": one.cents,
        }
        for one in queries.entries(session, within=period, at=moment.at)
        if period.first <= one.first and one.until <= period.until
    ]
    if not told:
        return [*HEADINGS, TOGETHER], []
    table = pd.DataFrame(told).pivot_table(index=HEADINGS, columns="period", values="cents", aggfunc="sum")
    table[TOGETHER] = table.sum(axis=1)
    order = {one: number for number, one in enumerate((*map(str, Kind), *map(str, Line)))}
    table = table.sort_index(key=lambda index: index.map(lambda one: (order.get(one, -1), one)))
    rows = [
        [*key, *("" if pd.isna(cents) else int(cents) / 100 for cents in values)]
        for key, values in zip(table.index, table.to_numpy(), strict=True)
    ]
    return [*HEADINGS, *map(str, table.columns)], rows
