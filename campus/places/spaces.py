"""Every change of meeting rooms and offices, and of who occupies them: one party at a time.

Writers queue (`core/database.py`), so of two who want a space for the same days the second one finds the first.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import supersede
from campus.nights import Nights
from campus.places import queries, rules, stretches
from campus.places.actions import must_be, refuse_used
from campus.places.models import Party, Pavilion, Space, SpaceUse
from campus.places.stretches import Stretch
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSpace:
    """A meeting room or an office, `kind` is one of `rules.SPACE_KINDS`; it is one from `first` until `until`."""

    pavilion_id: int
    name: str
    kind: str
    capacity: int
    first: date
    until: date | None = None


def add_space(session: Session, wanted: WantedSpace, actor: str) -> Space:
    """Add a space. `Conflict` where the pavilion has one of this name."""
    space = Space(**_checked(session, wanted, None))
    session.add(space)
    session.flush()
    trail.record(session, actor, "space.add", "space", space.id, after=_told(space))
    return space


def change_space(session: Session, space: Space, wanted: WantedSpace, actor: str, *, version: int) -> None:
    """Change what it is called and holds, and when it is there. `Conflict` where an occupant would lose it."""
    must_be(queries.changes_of(session, "space", space.id), version, space.name)
    before, values = _told(space), _checked(session, wanted, space)
    _refuse_outside(session, space, stretches.nights_of(values["first"], values["until"]))
    for name, value in values.items():
        setattr(space, name, value)
    session.flush()
    if _told(space) != before:
        trail.record(session, actor, "space.change", "space", space.id, before=before, after=_told(space))


def delete_space(session: Session, space: Space, actor: str, *, version: int) -> None:
    """Take away a space that nobody ever occupied. Raises `Conflict` for others: they can end."""
    must_be(queries.changes_of(session, "space", space.id), version, space.name)
    refuse_used(session, space, space.name)
    trail.record(session, actor, "space.delete", "space", space.id, before=_told(space))
    session.delete(space)
    session.flush()


def occupy(
    session: Session, space: Space, party_id: int | None, first: date, until: date | None, actor: str, reason: str
) -> None:
    """From one day until another a party occupies the space, or nobody. `Conflict` naming another party that does."""
    if until is not None and until <= first:
        raise InvalidInput(_("must be after the first day"), place="until")
    nights = stretches.nights_of(first, until)
    Nights.checked(nights.first, nights.until)
    if party_id is not None and session.get(Party, party_id) is None:
        raise InvalidInput(_("is not known"), place="party")
    before = _stretches(queries.uses(session, space.id))
    if party_id is not None:
        _check_there(space, nights)
        _refuse_occupied(session, before, nights, party_id)
    wanted = stretches.changed(before, nights, party_id)
    if wanted == before:
        return
    _store(session, space, wanted, actor, reason.strip()[:500])
    after = {"party": party_id, "first": first, "until": until, "reason": reason}
    trail.record(session, actor, "space.occupy", "space", space.id, before=_told_uses(before), after=after)


def _checked(session: Session, wanted: WantedSpace, before: Space | None) -> dict[str, Any]:
    if session.get(Pavilion, wanted.pavilion_id) is None:
        raise InvalidInput(_("is not known"), place="pavilion")
    if wanted.until is not None and wanted.until <= wanted.first:
        raise InvalidInput(_("must be after the first day"), place="until")
    nights = stretches.nights_of(wanted.first, wanted.until)
    Nights.checked(nights.first, nights.until)
    values = asdict(wanted) | {
        "name": rules.checked_name(wanted.name),
        "kind": rules.checked_word(wanted.kind, rules.SPACE_KINDS, "kind"),
        "capacity": rules.checked_number(wanted.capacity, 1, rules.MOST_PEOPLE, "capacity"),
    }
    same = sa.select(Space.id).where(Space.pavilion_id == wanted.pavilion_id, Space.name == values["name"])
    if session.scalar(same) not in (None, before and before.id):
        raise Conflict(_("The pavilion has a space “%(name)s” already.", name=values["name"]))
    return values


def _check_there(space: Space, nights: Nights) -> None:
    there = stretches.nights_of(space.first, space.until)
    if nights.clipped(there) != nights:
        raise InvalidInput(_("lies outside of the time in which there is this space"), place="first")


def _refuse_occupied(session: Session, uses: Sequence[Stretch[int]], nights: Nights, party_id: int) -> None:
    for use in uses:
        if use.what != party_id and len(use.nights.clipped(nights)):
            party = session.get_one(Party, use.what)
            raise Conflict(_("%(party)s occupies it %(when)s.", party=party.name, when=_when(use.nights)))


def _refuse_outside(session: Session, space: Space, there: Nights) -> None:
    for use in _stretches(queries.uses(session, space.id)):
        if use.nights.clipped(there) != use.nights:
            party = session.get_one(Party, use.what)
            raise Conflict(
                _(
                    "%(party)s occupies it %(when)s. End that first.",
                    party=party.name,
                    when=_when(use.nights),
                )
            )


def _when(nights: Nights) -> str:
    until = stretches.end_of(nights)
    if until is None:
        return _("from %(first)s on", first=format_date(nights.first))
    return _("from %(first)s until %(until)s", first=format_date(nights.first), until=format_date(until))


def _store(session: Session, space: Space, wanted: Sequence[Stretch[int]], actor: str, reason: str) -> None:
    """Uses that stay as they are keep their version; the others are superseded, and new ones written."""
    now = queries.uses(session, space.id)
    kept = _stretches(now)
    for use, stretch in zip(now, kept, strict=True):
        if stretch not in wanted:
            supersede(session, use)
    for stretch in wanted:
        if stretch not in kept:
            session.add(
                SpaceUse(
                    space_id=space.id,
                    party_id=stretch.what,
                    first=stretch.nights.first,
                    until=stretches.end_of(stretch.nights),
                    recorded_at=clock.now(),
                    recorded_by=actor,
                    reason=reason,
                )
            )
    session.flush()


def _stretches(uses: Sequence[SpaceUse]) -> list[Stretch[int]]:
    return [Stretch(stretches.nights_of(one.first, one.until), one.party_id) for one in uses]


def _told(space: Space) -> dict[str, Any]:
    return {name: getattr(space, name) for name in WantedSpace.__dataclass_fields__}


def _told_uses(uses: Sequence[Stretch[int]]) -> list[dict[str, Any]]:
    return [
        {"party": one.what, "first": one.nights.first.isoformat(), "until": one.nights.until.isoformat()}
        for one in uses
    ]
