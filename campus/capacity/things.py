"""What a capacity report can be parted by and narrowed to: pavilions, room types, segments, parties, by their slugs."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.queries import Cut, Only
from campus.places.models import Party, Pavilion, RoomType, Segment
from core.errors import InvalidInput
from core.i18n import gettext as _

TABLES: dict[Cut, type[Pavilion | RoomType | Segment | Party]] = {
    Cut.PAVILION: Pavilion,
    Cut.ROOM_TYPE: RoomType,
    Cut.SEGMENT: Segment,
    Cut.PARTY: Party,
}
OF_ROOMS = (Cut.PAVILION, Cut.ROOM_TYPE)  # segments and parties have stays and blocks, and no rooms
FIELDS = {cut: cut.value.replace(" ", "_") for cut in TABLES}  # as in `capacity.Only`


@dataclass(frozen=True, slots=True)
class Thing:
    """One of a cut."""

    id: int
    slug: str
    name: str


def things_of(session: Session, cut: Cut) -> list[Thing]:
    """Every thing of a cut, by name; none of the whole."""
    table = TABLES.get(cut)
    if table is None:
        return []
    found = session.execute(sa.select(table.id, table.slug, table.name).order_by(table.name, table.id))
    return [Thing(*row) for row in found]


def only(session: Session, slugs: Mapping[str, str]) -> Only:
    """What to narrow a report to, from slugs by field; empty ones mean all. Raises `InvalidInput` naming the field."""
    found = {}
    for cut, field in FIELDS.items():
        if slug := slugs.get(field, ""):
            table = TABLES[cut]
            found[field] = session.scalar(sa.select(table.id).where(table.slug == slug))
            if found[field] is None:
                raise InvalidInput(_("is not known"), place=field)
    return Only(**found)


def names_in(session: Session, narrowed: Only) -> list[str]:
    """The names of what a report is narrowed to."""
    chosen = {cut: getattr(narrowed, field) for cut, field in FIELDS.items()}
    wanted = {cut: key for cut, key in chosen.items() if key is not None}
    names = [session.scalar(sa.select(TABLES[cut].name).where(TABLES[cut].id == key)) for cut, key in wanted.items()]
    return [name for name in names if name is not None]
