"""Rooming lists: which guests of a group sleep in which room. The stays are picked from the group's block."""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.occupancy.models import Block, Claim
from campus.occupancy.queries import current_block
from campus.occupancy.rules import Kind, Status
from campus.tables.bulk import chunks
from campus.tables.of_stays import planned, stay_rows, where_and_when
from campus.tables.rules import Choices, Given, Line, Outcome
from campus.tables.stay_books import CLAIM, StayBooks, names_of
from campus.tables.texts import tidy
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_NAMES = 500  # characters
OF_A_BLOCK = ("party_id", "segment_id", "event_id")


def plan(session: Session, rows: list[Given], choices: Choices) -> list[Line]:
    """What each row would do. Raises `InvalidInput` where no block was chosen, `NotFound` for one that there is not."""
    if choices.block is None:
        raise InvalidInput(_("Choose the block that the list is for."), place="block")
    block = current_block(session, choices.block)

    def resolved(given: Given, books: StayBooks) -> dict[str, Any]:
        return _resolved(given, books, block)

    lines = planned(session, rows, choices.reason, resolved)
    return _named(session, rows, lines)


def _resolved(given: Given, books: StayBooks, block: Block) -> dict[str, Any]:
    values = where_and_when(given, books)
    names = split_names(given.values.get("names"))
    if len("\n".join(names)) > MOST_NAMES:
        raise InvalidInput(_("must be at most %(most)s characters", most=MOST_NAMES), place="names")
    number = given.values.get("number")
    target = books.stays.get(number) if number is not None else None
    key = values["room_id"], values["first"], block.party_id
    target = target or books.stays.get(books.by_key.get(key, 0))
    if target is not None and target["block"] not in (None, block.number):
        raise InvalidInput(_("this stay belongs to another block"), place="number" if number is not None else "room")
    if target is not None:  # who it is for stays as it is
        return values | {name: target[name] for name in OF_A_BLOCK} | {"block": block.number}
    if names and len(names) > values.setdefault("guests", len(names)):
        raise InvalidInput(_("more guests are named than come"), place="names")
    values |= {name: getattr(block, name) for name in OF_A_BLOCK}
    return values | {"block": block.number, "rate_cents": block.rate_cents}


def split_names(text: str | None) -> list[str]:
    """The names of a cell."""
    return [name.strip() for name in re.split(r"[;\n]", tidy(text or "")) if name.strip()]


def _named(session: Session, rows: list[Given], lines: list[Line]) -> list[Line]:
    """The lines with the guests' names, which lie outside of the books."""
    bookings = [
        line.values["booking"] for line in lines if line.target is not None and line.outcome is not Outcome.REFUSED
    ]
    there = names_of(session, bookings)
    return [_with_names(given, line, there) for given, line in zip(rows, lines, strict=True)]


def _with_names(given: Given, line: Line, there: dict[int, str]) -> Line:
    names = "; ".join(split_names(given.values.get("names")))
    if not names or line.outcome is Outcome.REFUSED:
        return line
    line.values["names"] = names
    line.shown = dict(line.shown) | {"names": names}
    if line.target is None:
        return line
    now = "; ".join(split_names(there.get(line.values["booking"])))
    if now != names:
        line.before = dict(line.before) | {"names": now or None}
        line.outcome = Outcome.CHANGE
    return line


def rows(session: Session, block: int, *, with_names: bool) -> Iterator[dict[str, Any]]:
    """The stays picked from a block, by arrival and number, by key of column."""
    booked = Claim.block == block, Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value
    query = CLAIM.where(*booked).order_by(Claim.first, Claim.number)
    for part in chunks(list(stay_rows(session, query))):
        these = Claim.number.in_([stay["number"] for stay in part])
        found = session.execute(sa.select(Claim.number, Claim.booking).where(known(Claim, None), these))
        bookings = dict(found.all())
        there = names_of(session, bookings.values()) if with_names else {}
        for stay in part:
            yield stay | {"names": there.get(bookings[stay["number"]])}
