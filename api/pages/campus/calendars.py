"""Secret addresses under which calendar programs read a pavilion's or a block's calendar: made, listed, ended."""

import sqlalchemy as sa
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import LARGEST_ID, Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.calendar_feed import FEED
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.blocks import queries as block_queries
from campus.blocks.rules import State
from campus.calendars import actions, queries
from campus.places.models import Pavilion
from core.errors import InvalidInput
from core.i18n import gettext as _

router = page_router()
LIST = "/rooms/blocks/calendars"
MOST_BLOCKS = 200  # upcoming ones, in the list to choose from


@router.get(LIST)
def calendars(request: Request, _person: Keeper, session: Reading, paging: WantedPage) -> Response:
    """Every address, those in use first, and the form for a new one."""
    return _page(request, session, paging, Entered(start={"subject": request.query_params.get("subject", "")}))


@router.post(LIST)
def make(request: Request, person: Keeper, session: Writing, posted: Posted, paging: WantedPage) -> Response:
    """Make an address and show it, once."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, paging, entered)):
        kind, number = _subject(entered.value("subject"))
        wanted = {"pavilion_id": number} if kind == "pavilion" else {"block": number}
        key, feed = actions.make(session, actor(person), **wanted)
    return render(
        request,
        "secret.html",
        title=_("The calendar of %(name)s is ready", name=queries.title(session, feed)),
        label=_("Address"),
        secret=request.app.state.settings.address + FEED.format(key=key),
        explained=_(
            "Give it to a calendar program as the address to subscribe to. Whoever knows the address can read the "
            "calendar: which rooms are taken and which are closed, never who stays. End it when it is no longer needed."
        ),
        back=LIST,
        back_text=_("Back to the calendars"),
    )


@router.get(f"{LIST}/{{feed_id}}/end")
def ask_end(request: Request, feed_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before an address ends."""
    feed = queries.feed(session, feed_id)
    return render(
        request,
        "confirm.html",
        title=_("End this address of %(name)s?", name=queries.title(session, feed)),
        consequences=[
            _("Calendar programs that read it find nothing there any more."),
            _("An address that ended cannot be brought back: make a new one if it is needed again."),
        ],
        button=_("End the address"),
        action=f"{LIST}/{feed_id}/end",
        back=LIST,
    )


@router.post(f"{LIST}/{{feed_id}}/end")
def end(request: Request, feed_id: Id, person: Keeper, session: Writing) -> Response:
    """End an address."""
    feed = actions.revoke(session, actor(person), feed_id)
    said = _("The address of %(name)s has ended.", name=queries.title(session, feed))
    return redirect(request, LIST, Flash(said))


def _subject(entry: str) -> tuple[str, int]:
    """What a calendar is of, as the list names it: `pavilion-3`, `block-12`."""
    kind, _dash, number = entry.partition("-")
    valid = number.isascii() and number.isdecimal() and len(number) < 11 and 0 < int(number) <= LARGEST_ID
    if kind not in ("pavilion", "block") or not valid:
        raise InvalidInput(_("Choose a pavilion or a block."), place="subject")
    return kind, int(number)


def _page(request: Request, session: Session, paging: WantedPage, entered: Entered) -> Response:
    feeds = sorted(queries.feeds(session), key=lambda one: one.revoked_at is not None)
    shown = feeds[paging.offset : paging.offset + paging.size]
    return render(
        request,
        "rooms/calendars.html",
        feeds=[(one, queries.title(session, one)) for one in shown],
        living=sum(1 for one in feeds if one.revoked_at is None),
        paging=paging.of(len(feeds)),
        names=actors.names(session),
        subjects=_subjects(session),
        entered=entered,
    )


def _subjects(session: Session) -> list[tuple[str, str]]:
    pavilions = session.execute(sa.select(Pavilion.id, Pavilion.name).order_by(Pavilion.name))
    blocks, _total = block_queries.lines(session, states=(State.HELD, State.RELEASED), limit=MOST_BLOCKS)
    return [
        ("", _("Choose one")),
        *((f"pavilion-{one.id}", one.name) for one in pavilions),
        *((f"block-{one.block.number}", _("Block: %(name)s", name=one.block.name)) for one in blocks),
    ]
