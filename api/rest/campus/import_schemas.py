"""Imports as the REST interface takes and shows them."""

import base64
import binascii
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.dependencies import LARGEST_ID
from api.rest.given import Given
from campus.tables import mapping, refused
from campus.tables.column import plain
from campus.tables.columns import COLUMNS
from campus.tables.models import TableImport
from campus.tables.plans import Plan
from campus.tables.rules import Choices, Problem, State, Table
from campus.tables.sheets import Sheet
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_SHOWN = 200  # problems of an answer; all of them are in the file of the refused rows


class GivenImport(Given):
    """A file to bring in. Without a mapping, columns are found as on the page: remembered, or by their headings."""

    kind: Table
    file_name: str = Field(min_length=1, max_length=200, examples=["stays.xlsx"])
    content: str = Field(description="The file in base64.")
    sheet: str = Field("", max_length=100, description="Of a workbook with several; the first by itself.")
    mapping: dict[str, str] | None = Field(
        None, description="Key of column to heading of the file.", examples=[{"room": "Room", "first": "Arrival"}]
    )
    date_orders: dict[str, Literal["day first", "month first"]] = Field(
        {}, description="Key of column to the order of its dates with slashes."
    )
    block: int | None = Field(None, ge=1, le=LARGEST_ID, description="The block that a rooming list is for.")
    reason: str = Field("", max_length=500, description="Needed for corrections, and in closed months.")
    dry_run: bool = Field(True, description="Only look: the import then waits to be confirmed.")
    only_fine: bool = Field(False, description="With `dry_run` false: import what is fine, leave out what is refused.")


class Confirmation(Given):
    """Carry out what was seen. `digest` is that of the answer that showed it."""

    digest: str = Field(min_length=64, max_length=64)
    only_fine: bool = False


class ProblemOut(BaseModel):
    """What is wrong with a row. `column` is the key of a column; empty for the row as a whole."""

    row: int
    column: str
    message: str


class CountsOut(BaseModel):
    """How many rows there are of each outcome."""

    rows: int
    add: int
    change: int
    same: int
    refused: int


class ImportOut(BaseModel):
    """An import. `counts` is null while it waits, `digest` and `problems` are of its preview."""

    id: int
    kind: Table
    state: State
    file_name: str
    sha256: str
    size: int
    uploaded_at: datetime
    uploaded_by: str
    ended_at: datetime | None
    ended_by: str | None
    counts: CountsOut | None
    version: int


class PreviewOut(ImportOut):
    """An import with what it would do, or did. At most 200 problems are shown."""

    digest: str | None
    mapping: dict[str, str]
    problems: list[ProblemOut]
    notes: list[ProblemOut]


def decoded(given: str) -> bytes:
    """The file. Raises `InvalidInput`."""
    try:
        return base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput(_("must be base64"), place="content") from None


def choices_of(given: GivenImport, sheet: Sheet, start: Choices) -> Choices:
    """What was sent, over what was found. Raises `InvalidInput` for a heading or a key that there is not."""
    columns = dict(start.columns)
    if given.mapping is not None:
        keys = {one.key for one in COLUMNS[given.kind]}
        places = {plain(heading): place for place, heading in enumerate(sheet.headings) if heading}
        columns = {}
        for key, heading in given.mapping.items():
            if key not in keys or plain(heading) not in places:
                raise InvalidInput(_("there is no such column in the file"), place=f"mapping.{key}"[:80])
            columns[key] = places[plain(heading)]
    choices = Choices(sheet.name, columns, dict(given.date_orders) or start.orders, given.block, given.reason.strip())
    mapping.check(given.kind, sheet.headings, choices)
    return choices


def import_out(found: TableImport) -> ImportOut:
    """A line of the list."""
    return ImportOut(**_parts(found))


def preview_out(found: TableImport, sheet: Sheet | None, choices: Choices, plan: Plan | None) -> PreviewOut:
    """An import and its plan, where it has one."""
    columns = {key: sheet.headings[place] for key, place in choices.columns.items()} if sheet else {}
    parts = _parts(found)
    if plan is not None:
        parts["counts"] = CountsOut(**plan.counts)
    return PreviewOut(
        **parts,
        digest=plan.digest if plan and found.state == State.UPLOADED else None,
        mapping=columns,
        problems=[_problem(one) for one in (plan.problems if plan else [])[:MOST_SHOWN]],
        notes=[_problem(one) for one in (plan.notes if plan else [])[:MOST_SHOWN]],
    )


def first_refusal(table: Table, plan: Plan) -> str:
    """The first thing that is wrong, with its row."""
    one = plan.problems[0]
    return _("Row %(row)s, %(text)s", row=one.row, text=refused.said(table, one))


def _problem(one: Problem) -> ProblemOut:
    return ProblemOut(row=one.row, column=one.column, message=one.message)


def _parts(found: TableImport) -> dict[str, object]:
    names = tuple(name for name in ImportOut.model_fields if name != "counts")
    parts = {name: getattr(found, name) for name in names}
    return parts | {"counts": CountsOut(**found.counts) if found.counts else None}
