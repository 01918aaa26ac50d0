"""Every SELECT on running costs, recoveries and rents; each as it was known at any instant."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.nights import Nights
from campus.places.models import Party, Pavilion
from campus.running_costs.models import CostEntry
from campus.running_costs.periods import Tiles
from campus.running_costs.rules import Kind, Line, Place, Status
from core.errors import NotFound
from core.i18n import gettext as _

Row = tuple[Line, int | None, Kind]


def entries(
    session: Session,
    *,
    within: Nights | None = None,
    lines: Collection[Line] = tuple(Line),
    kinds: Collection[Kind] = tuple(Kind),
    party_id: int | None = None,
    at: datetime | None = None,
) -> list[CostEntry]:
    """The entries that count and meet a period, by line, party, kind and day."""
    query = sa.select(CostEntry).where(
        known(CostEntry, at),
        CostEntry.status == Status.ENTERED.value,
        CostEntry.cost_line.in_([one.value for one in lines]),
        CostEntry.kind.in_([one.value for one in kinds]),
    )
    if within is not None:
        query = query.where(CostEntry.first < within.until, CostEntry.until > within.first)
    if party_id is not None:
        query = query.where(CostEntry.party_id == party_id)
    found = session.scalars(query.order_by(CostEntry.first, CostEntry.until, CostEntry.number))
    order = {line.value: position for position, line in enumerate(Line)}
    return sorted(found, key=lambda one: (order[one.cost_line], one.party_id or 0, one.kind, one.first))


def tiles(session: Session, within: Nights, at: datetime | None = None) -> dict[Row, Tiles]:
    """The periods and cents of every row that has an entry which meets a period."""
    found: dict[Row, dict[Nights, int]] = defaultdict(dict)
    for one in entries(session, within=within, at=at):
        found[place_of(one).row][Nights(one.first, one.until)] = one.cents
    return dict(found)


def entry(session: Session, number: int) -> CostEntry:
    """The present version of an entry, also of a withdrawn one. Raises `NotFound`."""
    found = session.scalar(sa.select(CostEntry).where(CostEntry.number == number, known(CostEntry, None)))
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found


def versions(session: Session, number: int) -> list[CostEntry]:
    """Everything that was ever entered under a number, the newest first."""
    query = sa.select(CostEntry).where(CostEntry.number == number)
    return list(session.scalars(query.order_by(CostEntry.id.desc())))


def meeting(session: Session, place: Place) -> list[CostEntry]:
    """The entries that count, are of the same line, party and kind, and share a day; withdrawn ones of that period."""
    party = CostEntry.party_id.is_(None) if place.party_id is None else CostEntry.party_id == place.party_id
    same = CostEntry.cost_line == place.line.value, CostEntry.kind == place.kind.value, party, known(CostEntry, None)
    counts = CostEntry.status == Status.ENTERED.value
    period = CostEntry.first == place.period.first, CostEntry.until == place.period.until
    shared = CostEntry.first < place.period.until, CostEntry.until > place.period.first
    wanted = sa.or_(sa.and_(counts, *shared), sa.and_(*period))
    return list(session.scalars(sa.select(CostEntry).where(*same, wanted).order_by(CostEntry.first)))


def withdrawn(session: Session) -> dict[Place, CostEntry]:
    """The entries that were withdrawn, by their place."""
    query = sa.select(CostEntry).where(known(CostEntry, None), CostEntry.status == Status.WITHDRAWN.value)
    return {place_of(one): one for one in session.scalars(query)}


def by_id(session: Session, ids: Collection[int]) -> list[CostEntry]:
    """These versions."""
    return list(session.scalars(sa.select(CostEntry).where(CostEntry.id.in_(ids)).order_by(CostEntry.id)))


def next_number(session: Session) -> int:
    """The number of the next entry."""
    return 1 + (session.scalar(sa.select(sa.func.max(CostEntry.number))) or 0)


def place_of(one: CostEntry) -> Place:
    """Where an entry stands."""
    return Place(Line(one.cost_line), Kind(one.kind), Nights(one.first, one.until), one.party_id)


def parties(session: Session) -> Sequence[Party]:
    """Everybody who could pay, by name."""
    return session.scalars(sa.select(Party).order_by(sa.func.lower(Party.name), Party.id)).all()


def area(session: Session) -> tuple[int, int, int, bool]:
    """m² of the pavilions whose area is known, how many these are, how many are not; whether any is invented."""
    found = session.execute(sa.select(Pavilion.area_m2, Pavilion.invented)).all()
    measured = [(size, invented) for size, invented in found if size]
    return (
        sum(size for size, _invented in measured),
        len(measured),
        len(found) - len(measured),
        any(invented for _size, invented in measured),
    )


def newest(session: Session, at: datetime | None = None) -> Nights | None:
    """The period of the entry that ends last; None before the first one."""
    query = sa.select(CostEntry.first, CostEntry.until).where(
        known(CostEntry, at), CostEntry.status == Status.ENTERED.value
    )
    found = session.execute(query.order_by(CostEntry.until.desc(), CostEntry.first).limit(1)).first()
    return Nights(*found) if found else None


def long_periods(session: Session, at: datetime | None = None) -> list[Nights]:
    """The periods of more than a year for which costs are entered, the newest first."""
    query = sa.select(CostEntry.first, CostEntry.until).where(
        known(CostEntry, at), CostEntry.status == Status.ENTERED.value
    )
    found = [Nights(*row) for row in session.execute(query.distinct().order_by(CostEntry.first.desc()))]
    return [one for one in found if len(one) > 366][:6]


def party_names(session: Session) -> dict[int, str]:
    """Party → its name."""
    return {one.id: one.name for one in parties(session)}
