"""The way of a file into the books: kept, its columns chosen, then carried out as it was seen, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.tables.kinds import WAYS
from campus.tables.mapping import as_json, from_json, proposed, sum_of
from campus.tables.models import ImportFile, RememberedMapping, TableImport
from campus.tables.plans import Plan, make_plan
from campus.tables.queries import remembered
from campus.tables.rules import Choices, Given, Problem, State, Table
from campus.tables.sheets import Sheet, read_sheet
from campus.tables.texts import tidy
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import language, ngettext, today
from core.settings import settings


class Otherwise(Conflict):
    """The books changed: the rows would not do any more what was seen. `plan` is what they would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("The books changed since you looked, so nothing was imported. Look again."))
        self.plan = plan


def read_upload(file_name: str, content: bytes) -> tuple[str, Sheet]:
    """The name to keep a file under, and its rows: no transaction is needed for that. Raises `InvalidInput`."""
    name = tidy(file_name.replace("\\", "/").rpartition("/")[2])[-200:] or _("file")
    if len(content) > settings().import_mb * 1_000_000:
        raise InvalidInput(_("is larger than %(mb)s MB", mb=settings().import_mb), place=name)
    return name, read_sheet(content, name)


def upload(
    session: Session,
    table: Table,
    file: tuple[str, Sheet],
    content: bytes,
    block: int | None,
    actor: str,
) -> TableImport:
    """Keep a file that was read, with its columns as remembered or proposed."""
    name, sheet = file
    made = TableImport(
        kind=table.value,
        state=State.UPLOADED.value,
        file_name=name,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        uploaded_at=clock.now(),
        uploaded_by=actor,
        choices=as_json(start(session, table, sheet, block)),
        counts={},
        written={},
    )
    session.add(made)
    session.flush()
    after = today() + timedelta(days=settings().import_days)
    session.add(ImportFile(import_id=made.id, content=content, refused={}, delete_after=after))
    trail.record(session, actor, "import.upload", "import", made.id, after={"kind": table.value, "sha256": made.sha256})
    return made


def start(session: Session, table: Table, sheet: Sheet, block: int | None) -> Choices:
    """What to begin with: as it was for the last file of these headings, else by the headings."""
    kept = remembered(session, table, sheet.headings)
    columns = dict(kept.columns) if kept else proposed(table, sheet.headings)
    orders = dict(kept.orders) if kept else {}
    return Choices(sheet=sheet.name, columns=columns, orders=orders, block=block)


def choose(session: Session, found: TableImport, headings: Sequence[str], choices: Choices) -> None:
    """Keep what was chosen, for this file and for the next one of the same headings."""
    _must_wait(found)
    found.choices = as_json(choices)
    key = found.kind, sum_of(headings)
    kept = as_json(replace(choices, sheet="", block=None, reason=""))
    there = session.get(RememberedMapping, key)
    if there is None:
        session.add(RememberedMapping(kind=key[0], headings=key[1], choices=kept))
    else:
        there.choices = kept


def choices_of(found: TableImport) -> Choices:
    """What was chosen for an import."""
    return from_json(found.choices)


def carry_out(
    session: Session,
    found: TableImport,
    rows: tuple[list[Given], list[Problem]],
    *,
    digest: str,
    only_fine: bool,
    actor: str,
    planned: Callable[[], None] = lambda: None,
) -> Plan:
    """Write what was seen: all rows, or only those that are fine.

    Raises `Otherwise` when the plan is not any more the one with this `digest`, and `Conflict` where rows are refused
    that nobody agreed to leave out: then nothing is written. `planned` is called before the writing begins.
    """
    _must_wait(found)
    table = Table(found.kind)
    plan = make_plan(session, table, rows, choices_of(found))
    if plan.digest != digest:
        raise Otherwise(plan)
    refused = plan.counts["refused"]
    if refused and not only_fine:
        raise Conflict(
            ngettext(
                "%(n)s row is refused, so nothing was imported. Mend it, or import only the rows that are fine.",
                "%(n)s rows are refused, so nothing was imported. Mend them, or import only the rows that are fine.",
                refused,
            )
        )
    planned()
    found.written = dict(WAYS[table].write(session, plan.changes, actor))
    found.state, found.counts = State.DONE.value, dict(plan.counts)
    found.ended_at, found.ended_by = clock.now(), actor
    told = [[one.row, one.column, one.message] for one in plan.problems]
    said = {"rows": told, "language": language()}
    session.execute(sa.update(ImportFile).where(ImportFile.import_id == found.id).values(refused=said))
    trail.record(session, actor, "import.done", "import", found.id, after={"kind": table.value, **plan.counts})
    return plan


def discard(session: Session, found: TableImport, actor: str) -> None:
    """Give up an import that was not carried out: the file is deleted for good."""
    _must_wait(found)
    session.execute(sa.delete(ImportFile).where(ImportFile.import_id == found.id))
    trail.record(session, actor, "import.discard", "import", found.id)
    session.delete(found)


def forget(session: Session) -> int:
    """Delete the originals whose time is over, and with them the imports that were never carried out; how many."""
    over = list(session.scalars(sa.select(ImportFile.import_id).where(ImportFile.delete_after < today())))
    session.execute(sa.delete(ImportFile).where(ImportFile.delete_after < today()))
    never = TableImport.id.in_(over), TableImport.state == State.UPLOADED.value
    session.execute(sa.delete(TableImport).where(*never))
    return len(over)


def _must_wait(found: TableImport) -> None:
    if found.state != State.UPLOADED:
        raise Conflict(_("This import is over already."))
