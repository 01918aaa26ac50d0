"""The list of claims and the page of one: what it is now, its other parts, every version, and the steps it may take."""

from collections.abc import Mapping

import sqlalchemy as sa
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, claim_words
from api.dependencies import LARGEST_ID, Id, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.claim_form import day_of
from api.paging import WantedPage
from api.rendering import render
from campus.occupancy import queries
from campus.occupancy.claim_list import ClaimFilter, ClaimSort, claim_list, lines_of
from campus.occupancy.models import Claim, GuestName
from campus.occupancy.queries import current_block
from campus.occupancy.rules import Kind, Status
from campus.places.models import Party, Pavilion, RoomType, Segment
from core.i18n import gettext as _
from core.i18n import today

router = page_router()
LIST = "/rooms/claims"
ONE = f"{LIST}/{{number}}"
Option = tuple[str, object]


@router.get(LIST)
def claims(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The claims that the address asks for; those booked from tonight on when it asks for nothing."""
    params = dict(request.query_params)
    asked = any(value for name, value in params.items() if name not in ("sort", "page"))
    if not asked:
        params |= {"first": today().isoformat(), "status": Status.BOOKED.value}
    wanted = filter_of(params, keeper=keeps(person))
    name = params.get("sort", "").removeprefix("-")
    sort = ClaimSort(name) if name in set(ClaimSort) else ClaimSort.ARRIVAL
    descending = params.get("sort", "").startswith("-")
    lines, total = claim_list(session, wanted, sort, descending=descending, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "rooms/claims.html",
        lines=lines,
        total=total,
        paging=paging.of(total),
        filters=Entered(start=params),
        options=options(session),
        asked=asked,
        room_id=wanted.room_id,
        words=claim_words,
        keeps=keeps(person),
    )


@router.get(ONE)
def claim(request: Request, number: Id, person: Reader, session: Reading) -> Response:
    """One claim."""
    versions = queries.versions(session, number)
    now = next(one for one in versions if one.superseded_at is None)
    parts = [one for one in queries.parts(session, now.booking) if one.number != number]
    lines = lines_of(session, [*versions, *parts])
    names = session.get(GuestName, now.booking) if keeps(person) else None
    return render(
        request,
        "rooms/claim.html",
        line=lines[now.id],
        versions=[(lines[one.id], _changes(lines[one.id].claim, before)) for one, before in _with_before(versions)],
        parts=[lines[one.id] for one in parts],
        names=names,
        block=current_block(session, now.block) if now.block else None,
        by=actors.names(session),
        steps=_steps(now) if keeps(person) else [],
        words=claim_words,
        keeps=keeps(person),
    )


def filter_of(params: Mapping[str, str], *, keeper: bool) -> ClaimFilter:
    """What the address asks for. A value that cannot be is passed over; names are looked for by keepers alone."""
    kind, status = params.get("kind", ""), params.get("status", "")
    return ClaimFilter(
        first=day_of(params.get("first", "")),
        until=day_of(params.get("until", "")),
        kind=Kind(kind) if kind in set(Kind) else None,
        status=Status(status) if status in set(Status) else None,
        party=params.get("party", ""),
        segment=params.get("segment", ""),
        pavilion=params.get("pavilion", ""),
        block=_number(params.get("block", "")),
        number=_number(params.get("number", "")),
        room=params.get("room", "").strip(),
        room_id=_number(params.get("room_id", "")),
        guest=params.get("guest", "").strip() if keeper else "",
    )


def options(session: Session) -> dict[str, list[Option]]:
    """What each choice offers, by short names."""
    anything: Option = ("", _("All"))
    tables: dict[str, type[Party | Segment | Pavilion | RoomType]] = {
        "party": Party,
        "segment": Segment,
        "pavilion": Pavilion,
        "type": RoomType,
    }
    return {
        "kind": [anything, *((one.value, shown.text) for one, shown in claim_words.KINDS.items())],
        "status": [anything, *((one.value, shown.text) for one, shown in claim_words.STATUSES.items())],
        **{
            name: [
                anything,
                *((one.slug, one.name) for one in session.execute(sa.select(table.slug, table.name).order_by("name"))),
            ]
            for name, table in tables.items()
        },
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= LARGEST_ID else None


def _with_before(versions: list[Claim]) -> list[tuple[Claim, Claim | None]]:
    """Each version with the one before it, the newest first."""
    return list(zip(versions, [None, *versions], strict=False))[::-1]


def _changes(version: Claim, before: Claim | None) -> list[str]:
    """What is different from the version before, in words."""
    if before is None:
        return [_("Made")]
    found = []
    if version.status != before.status:
        found.append(
            _("Booked again")
            if version.status == Status.BOOKED
            else str(claim_words.STATUSES[Status(version.status)].text)
        )
    if version.room_id != before.room_id:
        found.append(_("Other room"))
    if (version.first, version.until) != (before.first, before.until):
        found.append(_("Other nights"))
    if any(
        getattr(version, name) != getattr(before, name)
        for name in ("party_id", "segment_id", "event_id", "guests", "rate_cents", "note")
    ):
        found.append(_("Other details"))
    return found or [_("Saved again")]


def _steps(now: Claim) -> list[tuple[str, str]]:
    """Name and address of what can be done with it."""
    address = f"{LIST}/{now.number}"
    if now.status != Status.BOOKED:
        return []
    steps = [
        (_("Change the nights"), f"{address}/nights"),
        (_("Move"), f"{address}/move"),
        (_("Swap rooms"), f"{address}/swap"),
        (_("Change the details"), f"{address}/details"),
    ]
    if now.kind == Kind.STAY and now.first <= today():
        steps.append((_("Not turned up"), f"{address}/no-show"))
    return [*steps, (_("Cancel it"), f"{address}/cancel")]
