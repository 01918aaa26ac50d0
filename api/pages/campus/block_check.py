"""Do whole stays of a block fit into single rooms? The moves that make them fit are shown before they are made."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import LARGEST_ID, Id, TheDatabase, Writing, actor
from api.flash import Flash
from api.forms import Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.blocks import LIST, ONE, room_names, type_names
from api.rendering import redirect, render
from campus.blocks import assignment_actions, assignment_search
from campus.blocks import queries as block_queries
from campus.blocks.assignment import Answer, Promise
from campus.blocks.assignment_actions import WantedMove
from campus.blocks.assignment_check import check_block
from campus.blocks.assignment_queries import Question
from campus.occupancy.queries import current_block
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
CHECK = f"{ONE}/check"


@router.get(CHECK)
def check(request: Request, number: Id, person: Reader, database: TheDatabase) -> Response:
    """The answer for each room type, in words, with the stays that would move."""
    with database.read() as session:
        line = block_queries.line(session, number)
    found = check_block(database, number)
    with database.read() as session:
        shown = [_shown(session, question, answer) for question, answer in found]
    return render(
        request,
        "rooms/block_check.html",
        block=line.block,
        address=f"{LIST}/{number}",
        said=_said(found),
        types=shown,
        keeps=keeps(person),
        seconds=round(assignment_search.SECONDS),
    )


@router.post(CHECK)
def move(request: Request, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Make the moves that were shown, all or none."""
    moves = [_wanted(str(entry)) for entry in posted.getlist("move")]
    block = current_block(session, number)
    reason = _("so that whole stays of “%(name)s” fit", name=block.name[:150])
    assignment_actions.move_stays(session, moves, actor(person), reason)
    said = ngettext("One stay has another room now.", "%(n)s stays have other rooms now.", len(moves))
    return redirect(request, f"{LIST}/{number}/check", Flash(said))


def _wanted(entry: str) -> WantedMove:
    """A move as its form names it: claim, version, room."""
    parts = [int(part) for part in entry.split("-") if part.isascii() and part.isdecimal() and len(part) < 11]
    if len(parts) != 3 or max(parts) > LARGEST_ID:
        raise InvalidInput(_("names no move"), place="move")
    return WantedMove(*parts)


def _said(found: list[tuple[Question, Answer]]) -> str:
    answers = [answer for _question, answer in found]
    moves = sum(len(answer.moves) for answer in answers)
    if not answers:
        return _("Nothing is held for this block any more: every room is picked or released.")
    if not all(answer.fits for answer in answers):
        if all(answer.proven for answer in answers):
            return _("Not every promised stay fits into a single room, whoever is moved.")
        return _("The search ended before it found a room for every promised stay.")
    if not moves:
        return _("Every promised stay fits into a single room. Nobody has to move.")
    return ngettext(
        "Every promised stay fits into a single room once one stay is moved.",
        "Every promised stay fits into a single room once %(n)s stays are moved.",
        moves,
    )


def _shown(session: Session, question: Question, answer: Answer) -> dict[str, Any]:
    rooms = room_names(session)
    return {
        "name": type_names(session)[question.type_id],
        "promised": sum(one.rooms for one in question.promises),
        "answer": answer,
        "unplaced": [(_block_name(session, one), one) for one in answer.unplaced],
        "moves": [
            {
                "entry": f"{one.stay.claim}-{one.stay.version}-{one.room}",
                "claim": one.stay.claim,
                "from": rooms[one.stay.room],
                "to": rooms[one.room],
                "nights": one.stay.nights,
            }
            for one in answer.moves
        ],
    }


def _block_name(session: Session, promise: Promise) -> str:
    return current_block(session, promise.block).name
