"""The steps of an import after its upload: which column is which, then what would change, and the change."""

from typing import Any

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.dependencies import Id, Reading, TheDatabase, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.tables import PAGE
from api.pages.campus.tables_running import Running, run_later
from api.rendering import redirect, render
from api.table_files import read, waiting
from api.table_words import OUTCOMES, TABLES, changes, row_text
from campus.tables import actions, mapping, queries, refused
from campus.tables.cells import is_empty
from campus.tables.columns import COLUMNS
from campus.tables.dates import Order
from campus.tables.models import TableImport
from campus.tables.plans import Plan, plan_of
from campus.tables.rules import Choices, Outcome, Table
from campus.tables.sheets import Sheet, letters
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

router = page_router()
ONE = f"{PAGE}/{{import_id}}"
COLUMNS_STEP, PREVIEW_STEP = f"{ONE}/columns", f"{ONE}/preview"
LONG = 2000  # rows from which on an import shows its progress
SHOWN, PROBLEMS = 10, 50  # rows of each outcome, refused rows and notes
SAMPLE = 30  # characters of a cell beside its heading


@router.get(COLUMNS_STEP)
def columns(request: Request, import_id: Id, _person: Keeper, session: Reading, sheet: str = "") -> Response:
    """Where the columns are chosen, as they were recognised."""
    found = waiting(session, import_id)
    choices = actions.choices_of(found)
    table = read(session, found, sheet or choices.sheet)
    if table.name != choices.sheet:
        choices = actions.start(session, Table(found.kind), table, choices.block)
    return _columns_page(request, found, table, Entered(start=_entries(choices)), choices)


@router.post(COLUMNS_STEP)
def choose_columns(request: Request, import_id: Id, _person: Keeper, database: TheDatabase, posted: Posted) -> Response:
    """Keep the choice, for files of the same headings too, and go on to what would change."""
    entered = Entered(posted)
    with database.read() as session:
        found = waiting(session, import_id)
        kept = actions.choices_of(found)
        table = read(session, found, entered.value("sheet") or kept.sheet)
    choices = _chosen(Table(found.kind), table, posted, kept)
    with entered.shown_again(lambda: _columns_page(request, found, table, entered, choices)):
        _check(Table(found.kind), table, choices)
    with database.write() as session:
        actions.choose(session, queries.get(session, import_id), table.headings, choices)
    return redirect(request, PREVIEW_STEP.format(import_id=import_id))


@router.get(PREVIEW_STEP)
def preview(request: Request, import_id: Id, _person: Keeper, session: Reading) -> Response:
    """What the file would change. Nothing is changed by looking."""
    found = waiting(session, import_id)
    choices = actions.choices_of(found)
    table = read(session, found, choices.sheet)
    try:
        plan = plan_of(session, Table(found.kind), table, choices)
    except InvalidInput as error:
        entered = Entered(start=_entries(choices))
        entered.errors[f"column-{error.place}"] = error.message
        return _columns_page(request, found, table, entered, choices)
    return preview_page(request, found, table, plan, Entered(start={"which": "all"}))


@router.post(PREVIEW_STEP)
def carry_out(request: Request, import_id: Id, person: Keeper, database: TheDatabase, posted: Posted) -> Response:
    """Write what was seen. The file is read before the books are locked; when they changed, it is shown anew."""
    entered = Entered(posted)
    with database.read() as session:
        found = waiting(session, import_id)
        choices, kind = actions.choices_of(found), Table(found.kind)
        table = read(session, found, choices.sheet)
    only_fine, digest = entered.value("which") == "fine", entered.value("digest")

    def work(running: Running) -> Plan:
        rows = mapping.given_rows(kind, table, choices)
        running.step()
        with database.write() as session:
            there, who, told = queries.get(session, import_id), actor(person), running.step
            plan = actions.carry_out(session, there, rows, digest=digest, only_fine=only_fine, actor=who, planned=told)
        running.step()
        return plan

    if len(table.rows) > LONG:
        return run_later(request, database, import_id, work)
    try:
        plan = work(Running())
    except actions.Otherwise as otherwise:
        with database.read() as session:
            again, which = waiting(session, import_id), Entered(start={"which": "all"})
            return preview_page(request, again, table, otherwise.plan, which, changed=True)
    except Conflict as conflict:
        entered.errors["which"] = str(conflict)
        with database.read() as session:
            plan = plan_of(session, kind, table, choices)
            return preview_page(request, waiting(session, import_id), table, plan, entered, status=422)
    told = _("Imported: %(add)s added, %(change)s changed.", add=plan.counts["add"], change=plan.counts["change"])
    return redirect(request, ONE.format(import_id=import_id), Flash(told))


def preview_page(
    request: Request,
    found: TableImport,
    sheet: Sheet,
    plan: Plan,
    entered: Entered,
    *,
    changed: bool = False,
    status: int = 200,
) -> Response:
    """The third step."""
    kind = Table(found.kind)
    firsts = [(one, plan.first(one, SHOWN)) for one in (Outcome.ADD, Outcome.CHANGE)]
    return render(
        request,
        "rooms/tables_preview.html",
        status=status,
        found=found,
        title=TABLES[kind],
        plan=plan,
        counts=plan.counts,
        entered=entered,
        changed=changed,
        lines=[
            (one.row, OUTCOMES[what], row_text(kind, one), changes(kind, one)) for what, some in firsts for one in some
        ],
        problems=[(one.row, refused.said(kind, one)) for one in plan.problems[:PROBLEMS]],
        notes=[(one.row, refused.said(kind, one)) for one in plan.notes[:PROBLEMS]],
        said=sheet.said,
        most=PROBLEMS,
        action=PREVIEW_STEP.format(import_id=found.id),
        back=COLUMNS_STEP.format(import_id=found.id),
        found_address=ONE.format(import_id=found.id),
    )


def _entries(choices: Choices) -> dict[str, Any]:
    entries = {f"column-{key}": str(place) for key, place in choices.columns.items()}
    entries |= {f"order-{key}": order for key, order in choices.orders.items()}
    return entries | {"reason": choices.reason, "sheet": choices.sheet}


def _chosen(kind: Table, sheet: Sheet, posted: FormData, kept: Choices) -> Choices:
    """What the form says; what it cannot say counts as not chosen."""

    def entry(name: str) -> str:
        given = posted.get(name, "")
        return given.strip() if isinstance(given, str) else ""

    places = {one.key: entry(f"column-{one.key}") for one in COLUMNS[kind]}
    orders = {one.key: entry(f"order-{one.key}") for one in COLUMNS[kind]}
    return Choices(
        sheet=sheet.name,
        columns={
            key: int(place) for key, place in places.items() if place.isascii() and place.isdecimal() and len(place) < 4
        },
        orders={key: order for key, order in orders.items() if order in list(Order)},
        block=kept.block,
        reason=entry("reason"),
    )


def _check(kind: Table, sheet: Sheet, choices: Choices) -> None:
    if len(choices.reason) > 500:
        raise InvalidInput(_("must be at most %(most)s characters", most=500), place="reason")
    try:
        mapping.check(kind, sheet.headings, choices)
    except InvalidInput as error:
        title = next(one.shown for one in COLUMNS[kind] if one.key == error.place)
        raise InvalidInput(
            _("%(place)s: %(problem)s", place=title, problem=error.message), place=f"column-{error.place}"
        ) from None


def _columns_page(request: Request, found: TableImport, sheet: Sheet, entered: Entered, choices: Choices) -> Response:
    kind = Table(found.kind)
    return render(
        request,
        "rooms/tables_columns.html",
        found=found,
        title=TABLES[kind],
        sheet=sheet,
        rows=len(sheet.rows),
        columns=COLUMNS[kind],
        options=[("", _("not in the file")), *column_options(sheet)],
        doubtful=mapping.doubtful(kind, sheet, choices.columns),
        orders=[
            ("", _("Refuse dates with two readings")),
            (Order.DAY_FIRST.value, _("Day first: 03/04/2026 is 3 April")),
            (Order.MONTH_FIRST.value, _("Month first: 03/04/2026 is 4 March")),
        ],
        entered=entered,
        action=COLUMNS_STEP.format(import_id=found.id),
        found_address=ONE.format(import_id=found.id),
    )


def column_options(sheet: Sheet) -> list[tuple[str, str]]:
    """Each heading with the first value below it."""
    return [
        (str(place), f"{letters(place)}: {heading}{_sample(sheet, place)}")
        for place, heading in enumerate(sheet.headings)
        if heading
    ]


def _sample(sheet: Sheet, place: int) -> str:
    cells = (cells[place] for _row, cells in sheet.rows[:50] if place < len(cells))
    first = next((cell for cell in cells if not is_empty(cell)), None)
    return f" ({str(first)[:SAMPLE]})" if first is not None else ""
