"""What the plan of works asks of a pavilion's rooms: the proposal with its conflicts, losses and chances."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, charts
from api.charts import Chart, Line
from api.dependencies import LARGEST_ID, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.blocks import type_names
from api.rendering import render
from campus.closures import open_rooms, queries, reading
from campus.closures.books import Books
from campus.closures.models import ClosureRule
from campus.closures.open_rooms import Open
from campus.closures.proposal import Conflict as Meeting
from campus.closures.proposal import Proposal
from campus.nights import Nights
from campus.occupancy.models import Block
from campus.occupancy.rules import Kind
from campus.places.models import Pavilion, Segment
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.errors import InvalidInput
from core.i18n import format_date, format_number, ngettext, zone
from core.i18n import gettext as _
from core.people.models import Person

router = page_router()
PACKAGE = "/works/packages/{slug}"
PAGE = f"{PACKAGE}/closure"
LEAVE = "leave"


@router.get(PAGE)
def closure_page(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """The proposal of a package."""
    return proposal_page(request, session, person, works.package(session, slug), Entered())


@router.get(f"{PAGE}/rooms.svg")
def picture(_request: Request, slug: str, _person: Reader, session: Reading, narrow: bool = False) -> Response:
    """Rooms that are open, night by night, as the books say and as the plan says."""
    package = works.package(session, slug)
    found = reading.look(session, package)
    nights = open_rooms.by_night(*found, package.pavilion_id) if found else []
    return Response(charts.svg(_chart(nights), narrow=narrow), media_type="image/svg+xml")


def proposal_page(
    request: Request, session: Session, person: Person, package: WorksPackage, entered: Entered
) -> Response:
    """The proposal as it is now; choices that were made stay in the form."""
    rule = queries.rule(session, package.id)
    found = reading.look(session, package)
    shown: dict[str, Any] = _shown(session, package, *found) if found else {}
    return render(
        request,
        "works/closure.html",
        package=package,
        address=address_of(package),
        pavilion=session.get_one(Pavilion, package.pavilion_id),
        rule=rule_said(session, rule) if rule else None,
        entered=entered,
        keeper=keeps(person),
        changes=changes_of(session, package.id),
        said=_said(package, rule, found[1] if found else None),
        **shown,
    )


def address_of(package: WorksPackage) -> str:
    """The address of a package's closure."""
    return f"/works/packages/{package.slug}/closure"


def rule_said(session: Session, rule: ClosureRule) -> str:
    """A rule in one sentence."""
    plan = works.plan(session)
    start, finish = (
        plan.milestones[key].name if key in plan.milestones else _("a milestone that was dropped")
        for key in (rule.start_id, rule.finish_id)
    )
    return _(
        "Closed from the start of “%(start)s” until the finish of “%(finish)s”. "
        "Buffer before: %(before)s; after: %(after)s.",
        start=start,
        finish=finish,
        before=ngettext("%(n)s day", "%(n)s days", rule.days_before),
        after=ngettext("%(n)s day", "%(n)s days", rule.days_after),
    )


def changes_of(session: Session, package_id: int | None = None) -> list[dict[str, Any]]:
    """Confirmed changes with who made them."""
    names = actors.names(session)
    packages = {one.id: one for one in works.packages(session)}
    return [
        {
            "change": one,
            "package": packages[one.package_id],
            "by": names.get(one.confirmed_by, one.confirmed_by),
            "undone_by": names.get(one.undone_by, one.undone_by),
        }
        for one in queries.changes(session, package_id)
    ]


def choices_in(entered: Entered, proposal: Proposal) -> dict[int, int | None]:
    """Claim → the room that was chosen, or None where it is left. Raises `InvalidInput` naming the field."""
    found: dict[int, int | None] = {}
    for one in proposal.conflicts:
        name = f"move-{one.claim.number}"
        entry = entered.value(name)
        if entry == LEAVE:
            found[one.claim.number] = None
        elif entry.isascii() and entry.isdecimal() and 0 < int(entry[:11]) <= LARGEST_ID:
            found[one.claim.number] = int(entry)
        elif entry:
            raise InvalidInput(_("Choose one of the options."), place=name)
    return found


def _said(package: WorksPackage, rule: ClosureRule | None, proposal: Proposal | None) -> str:
    """The first sentence: whether the books say what the plan says."""
    if rule is None:
        return _("No rule says yet when these works close rooms.")
    if proposal is None:
        return _("A milestone of the closure rule was dropped: give the works another rule.")
    if proposal.is_empty:
        return _("The closures in the books are those of the plan: nothing has to be done.")
    values = {"close": format_number(proposal.closes + proposal.waiting.total())}
    if proposal.reopens and not proposal.closes and not proposal.conflicts:
        return _(
            "The plan reopens rooms: %(n)s room-nights are closed in the books and need not be.",
            n=format_number(proposal.reopens),
        )
    return ngettext(
        "The plan closes %(close)s room-nights more than the books; %(n)s stay is in the way.",
        "The plan closes %(close)s room-nights more than the books; %(n)s stays are in the way.",
        len(proposal.conflicts),
        **values,
    )


def _shown(session: Session, package: WorksPackage, books: Books, proposal: Proposal) -> dict[str, Any]:
    years, kept = reading.consequences(session, [proposal])
    nights = open_rooms.by_night(books, proposal, package.pavilion_id)
    segments = {row.id: row.name for row in session.execute(sa.select(Segment.id, Segment.name))}
    own = [one.nights for one in books.own if one.nights.until > books.today]
    return {
        "proposal": proposal,
        "in_books": Nights(min(one.first for one in own), max(one.until for one in own)) if own else None,
        "rooms": [rooms_said(some) for some in alike(proposal)],
        "conflicts": [conflict_shown(one, books) for one in proposal.conflicts],
        "blocks": _blocks(session, proposal),
        "years": years,
        "kept": kept,
        "segments": segments,
        "months": open_rooms.by_month(nights),
        "picture_said": _picture_said(nights),
    }


def alike(proposal: Proposal) -> list[tuple[list[str], Sequence[Nights], Sequence[Nights]]]:
    """Rooms whose nights change in the same way, together: (names, nights to close, nights to reopen)."""
    found: dict[tuple[tuple[Nights, ...], tuple[Nights, ...]], list[str]] = {}
    for one in proposal.rooms:
        found.setdefault((one.close, one.reopen), []).append(one.room.name)
    return [(names, close, reopen) for (close, reopen), names in found.items()]


def rooms_said(some: tuple[list[str], Sequence[Nights], Sequence[Nights]]) -> dict[str, Any]:
    """Rooms that change alike, in words."""
    names, close, reopen = some
    return {
        "names": names,
        "close": [_nights_said(one) for one in close],
        "reopen": [_nights_said(one) for one in reopen],
        "nights": len(names) * (sum(map(len, close)) - sum(map(len, reopen))),
    }


def conflict_shown(one: Meeting, books: Books) -> dict[str, Any]:
    """A conflict with its options: rooms that fit, the chosen one first named, or to leave it."""
    options = [(way.room.id, _room_said(way.room.name, same=way.same_type, faulty=way.faulty)) for way in one.rooms]
    return {
        "claim": one.claim,
        "kind": one.claim.kind,
        "is_stay": one.claim.kind is Kind.STAY,
        "room": books.rooms[one.claim.room_id].name,
        "nights": one.nights,
        "in_house": one.nights.first > one.claim.nights.first,
        "closing": len(one.closing),
        "field": f"move-{one.claim.number}",
        "chosen": one.chosen or LEAVE,
        "to": books.rooms[one.chosen].name if one.chosen else "",
        "options": [*options, (LEAVE, _("Leave it: the room stays open in these nights"))],
        "ways": len(options),
    }


def _room_said(name: str, *, same: bool, faulty: bool) -> str:
    notes = [] if same else [_("another type")]
    notes += [_("out of service")] if faulty else []
    return f"{name} ({', '.join(notes)})" if notes else name


def _nights_said(nights: Nights) -> str:
    return _("%(first)s until %(until)s", first=format_date(nights.first), until=format_date(nights.until))


def _blocks(session: Session, proposal: Proposal) -> list[dict[str, Any]]:
    types = type_names(session)
    names = {
        row.number: row.name
        for row in session.execute(
            sa.select(Block.number, Block.name).where(
                Block.superseded_at.is_(None), Block.number.in_({one.block for one in proposal.blocks})
            )
        )
    }
    return [
        {
            "number": one.block,
            "name": names[one.block],
            "type": types[one.type_id],
            "most": one.most,
            "nights": [(night, rooms) for night, rooms in sorted(one.rooms.items())],
            "first": min(one.rooms),
            "last": max(one.rooms),
            "room_nights": sum(one.rooms.values()),
            "instead": [(types[type_id], rooms) for type_id, rooms in one.instead.items()],
        }
        for one in proposal.blocks
    ]


def _picture_said(nights: Sequence[Open]) -> str:
    before, after = sum(one.before for one in nights), sum(one.after for one in nights)
    values = {"first": format_date(nights[0].nights.first), "last": format_date(nights[-1].nights.first)}
    if before == after:
        return _("Open rooms from %(first)s to %(last)s: the books and the plan say the same.", **values)
    return _(
        "Open rooms from %(first)s to %(last)s: %(before)s room-nights as the books say, %(after)s as the plan says.",
        **values,
        before=format_number(before),
        after=format_number(after),
    )


def _chart(nights: Sequence[Open]) -> Chart:
    noon = time(12)
    return Chart(
        instants=tuple(datetime.combine(one.nights.first, noon, zone()) for one in nights),
        lines=(
            Line(_("plan"), tuple(float(one.after) for one in nights)),
            Line(_("books"), tuple(float(one.before) for one in nights)),
        ),
        top=max([4.0, *(float(one.rooms) for one in nights)]),
    )
