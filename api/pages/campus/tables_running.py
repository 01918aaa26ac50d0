"""A long import carried out after the answer has gone, and the page that shows how far it is.

How far it is lives in this process only: the import itself is one transaction, so that nothing is half written
whatever happens to the process, and the page then says that it was interrupted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import structlog
from fastapi import Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Id, Reading, TheDatabase
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.tables import PAGE
from api.rendering import redirect, render
from api.table_words import TABLES
from campus.tables import queries
from campus.tables.rules import State, Table
from core.database import Database
from core.errors import CampusError
from core.i18n import gettext as _

router = page_router()
STEPS = 3  # the file is read, its rows are checked, they are written
PROGRESS = f"{PAGE}/{{import_id}}/progress"
log = structlog.get_logger(__name__)


@dataclass
class Running:
    """An import on its way. `problem` says why it ended without writing anything."""

    done: int = 0
    is_over: bool = False
    problem: str = ""

    def step(self) -> None:
        """One more of the steps is done."""
        self.done += 1


_running: WeakKeyDictionary[Database, dict[int, Running]] = WeakKeyDictionary()


def run_later(request: Request, database: Database, import_id: int, work: Callable[[Running], object]) -> Response:
    """Answer with the page of the progress, and do the work afterwards; only once, however often it is asked for."""
    answer = redirect(request, PROGRESS.format(import_id=import_id))
    imports = _running.setdefault(database, {})
    before = imports.get(import_id)
    if before is None or before.is_over:
        imports[import_id] = Running()
        answer.background = BackgroundTask(_run, imports[import_id], import_id, work)
    return answer


def _run(running: Running, import_id: int, work: Callable[[Running], object]) -> None:
    try:
        work(running)
    except CampusError as error:
        running.problem = str(error)
    except Exception:
        log.exception("import failed", import_id=import_id)
        running.problem = _("Something went wrong on our side. Nothing was imported.")
    finally:
        running.is_over = True


@router.get(PROGRESS)
def progress(request: Request, import_id: Id, _person: Keeper, session: Reading, database: TheDatabase) -> Response:
    """How far an import is."""
    found = queries.get(session, import_id)
    running = _running.get(database, {}).get(import_id)
    is_running = running is not None and not running.is_over
    return render(
        request,
        "rooms/tables_progress.html",
        found=found,
        title=TABLES[Table(found.kind)],
        is_running=is_running,
        is_done=found.state != State.UPLOADED,
        problem=running.problem if running else "",
        done=STEPS if found.state != State.UPLOADED else running.done if running else 0,
        total=STEPS,
        address=PROGRESS.format(import_id=import_id),
        found_address=f"{PAGE}/{import_id}",
    )
