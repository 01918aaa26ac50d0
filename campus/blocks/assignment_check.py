"""The assignment check of a block, from the database to the answer. No transaction is open while it searches."""

import threading

from campus.blocks import assignment_queries, assignment_search
from campus.blocks.assignment import Answer
from campus.blocks.assignment_queries import Question
from core.database import Database
from core.errors import TooManyAttempts
from core.i18n import gettext as _

_searching = threading.Lock()  # one at a time: a search takes a whole core


def check_block(
    database: Database, number: int, seconds: float = assignment_search.SECONDS
) -> list[tuple[Question, Answer]]:
    """For each room type of which the block still holds rooms: do whole stays fit, and which moves make them fit.

    Raises `TooManyAttempts` when other searches take too long.
    """
    with database.read() as session:
        asked = assignment_queries.questions(session, number)
    if not _searching.acquire(timeout=2 * seconds):
        raise TooManyAttempts(_("Another check is running. Try again in a moment."), retry_after=round(seconds))
    try:
        return [(one, assignment_search.check(one.rooms, one.promises, seconds)) for one in asked]
    finally:
        _searching.release()
