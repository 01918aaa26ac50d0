"""Tables (1.3.1): headers that head nothing, data without headers, arrangement dressed up as data.

A header that no cell can count as its own is certain (ACT d0f69e), by HTML's table model: https://html.spec.whatwg.org/#forming-relationships-between-data-cells-and-header-cells.
So is a table that its author calls one (caption, or a head section) with headers in bold type alone (failure F91).
`headers` attributes that lead out of their table are axe's.
"""

from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

WITHOUT_CELLS = Rule(
    "table-header-without-cells",
    marked("Every table header must have cells that it heads"),
    ("1.3.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "info-and-relationships",
    act=("d0f69e",),
)
WITHOUT_HEADERS = Rule(
    "table-without-headers",
    marked("The headers of a data table must be marked as headers"),
    ("1.3.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "info-and-relationships",
)
NAMELESS = Rule(
    "table-header-empty",
    marked("Do column headers say what stands below them?"),
    ("1.3.1",),
    Impact.MODERATE,
    Reach.ASKS,
    "info-and-relationships",
)
ARRANGED = Rule(
    "layout-table-marked",
    marked("Is a table that only arranges the page free of headers and captions?"),
    ("1.3.1",),
    Impact.MODERATE,
    Reach.ASKS,
    "info-and-relationships",
)
FEWEST_ROWS = 3
MOST_ASKED = 3  # questions of one rule in one frame
MOSTLY = 0.6
SOME = 0.3
SHORT = 60  # characters of an ordinary cell of data
SHOWN = 60


class TableHeadersCheck(OwnCheck):
    """Looks for headers without cells or text, data tables without headers, and layout tables with them."""

    name = "tables"
    own_rules = (WITHOUT_CELLS, WITHOUT_HEADERS, NAMELESS, ARRANGED)

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{lonely, nameless, bare, arranged, judged}`: headers and tables with `at`, as the script says."""
        return await run_in_frames(page, script_beside(__file__))

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Certain failures, and a few questions per frame."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            answer = frame["answer"]
            if answer["judged"]:
                tally.passed(WITHOUT_CELLS)
            _lonely(tally, frame, answer["lonely"])
            _bare(tally, frame, answer["bare"])
            for header in answer["nameless"][:MOST_ASKED]:
                question = (
                    "This column has no header text. What are its cells, and is that clear without seeing the table?"
                )
                tally.at(NAMELESS, Outcome.NEEDS_REVIEW, question, frame, header["at"])
            arranging = [table for table in answer["arranged"] if _only_arranges(table)]
            for table in arranging[:MOST_ASKED]:
                question = (
                    "Does this table only arrange the page? Then its headers, caption and summary mislead and must go."
                )
                tally.at(ARRANGED, Outcome.NEEDS_REVIEW, question, frame, table["at"])
        return tally.judgement(probed["missed"])


def _lonely(tally: Tally, frame: Raw, headers: list[Raw]) -> None:
    """Headers that head nothing. Where data stands on their other side, they may be titles or totals: a question."""
    asked = 0
    for header in headers:
        text, kind = header["text"][:SHOWN], header["kind"]
        if not header["after"]:
            message = f"No cell of the table belongs to the {kind} header “{text}”."
            tally.at(WITHOUT_CELLS, Outcome.FAILED, message, frame, header["at"], steps=_steps(kind, text))
        elif asked < 1:
            asked += 1
            question = f"No cell follows the {kind} header “{text}”. Is it really a header, and of which cells?"
            tally.at(WITHOUT_CELLS, Outcome.NEEDS_REVIEW, question, frame, header["at"])


def _steps(kind: str, text: str) -> tuple[str, ...]:
    where = "below it in its column" if kind == "column" else "beside it in its row"
    return (
        f"Find the header cell “{text}” in the table.",
        f"Look for cells {where}, or cells whose “headers” attribute names it: there are none.",
        "A screen reader announces this header with no cell.",
    )


def _bare(tally: Tally, frame: Raw, tables: list[Raw]) -> None:
    """Tables without a single header."""
    asked = 0
    for table in tables:
        if table["marked"] or table["blocks"] or table["rows"] < FEWEST_ROWS or table["filled"] < MOSTLY:
            continue
        if table["firstRow"] and table["regular"] and (table["caption"] or table["head"]):
            told = "a caption" if table["caption"] else "a head section"
            message = f"The table has {told}, and headers in bold type, but no header cell: all cells are plain data."
            steps = (
                "Look at the table: its first row, in bold type, says what the columns hold.",
                "Look at the markup of that row: its cells are “td” without a role, not “th”.",
                "A screen reader announces no column header in any other row.",
            )
            tally.at(WITHOUT_HEADERS, Outcome.FAILED, message, frame, table["at"], steps=steps)
        elif asked < MOST_ASKED and _looks_like_data(table):
            asked += 1
            question = "Is this a table of data? Then the cells that say what its rows or columns hold must be headers."
            tally.at(WITHOUT_HEADERS, Outcome.NEEDS_REVIEW, question, frame, table["at"])


def _looks_like_data(table: Raw) -> bool:
    if not table["regular"] or table["length"] > SHORT:
        return False
    said = table["caption"] or table["head"] or table["firstRow"] or table["firstColumn"]
    return bool(said) or (table["rows"] > FEWEST_ROWS and table["numbers"] >= SOME)


def _only_arranges(table: Raw) -> bool:
    """Headers, caption or summary around blocks of the page: one row or column, or cells full of structure."""
    single = table["rows"] == 1 or table["columns"] == 1
    return bool(table["blocks"]) and (single or table["blocks"] >= MOSTLY * table["cells"])
