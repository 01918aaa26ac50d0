"""Every change of what has a short name: pavilions, room types, parties, segments, events.

What nothing refers to can be taken away. What is in use stays: rooms and spaces have an end, these have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.places import queries, rules
from campus.places.models import Event, Party, Pavilion, RoomType, Segment
from campus.rates import checked_rate
from core import trail
from core.database import Base
from core.errors import Conflict, InvalidInput
from core.i18n import format_list, lazy
from core.i18n import gettext as _

MOST_POSITION = 999
SUBJECTS: dict[type[Base], str] = {
    Pavilion: "pavilion",
    RoomType: "room_type",
    Party: "party",
    Segment: "segment",
    Event: "event",
}
IN_USE = {
    "room": lazy("rooms"),
    "room_period": lazy("rooms"),
    "space": lazy("meeting rooms and offices"),
    "space_use": lazy("meeting rooms and offices"),
    "event": lazy("events"),
    "claim": lazy("stays"),
    "block": lazy("blocks"),
    "block_night": lazy("blocks"),
    "daily_count": lazy("counts"),
    "on_the_books": lazy("snapshots"),
    "works_package": lazy("works"),
    "milestone": lazy("milestones"),
    "works_baseline": lazy("baselines"),
    "works_note": lazy("notes"),
    "works_document": lazy("documents"),
}
"""What uses a thing, by the table that points at it; other tables are “other records”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPavilion:
    """A building. `uses` are any of `rules.USES`, the area is in square metres. An empty slug is made of the name."""

    name: str
    uses: Sequence[str] = ()
    area_m2: int | None = None
    slug: str = ""

    def checked(self, _session: Session) -> dict[str, Any]:
        """As it is stored. Raises `InvalidInput`."""
        area = self.area_m2
        return {
            "name": rules.checked_name(self.name),
            "uses": rules.checked_words(self.uses, rules.USES, "uses"),
            "area_m2": area if area is None else rules.checked_number(area, 1, rules.MOST_AREA, "area"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRoomType:
    """A kind of room."""

    name: str
    slug: str = ""

    def checked(self, _session: Session) -> dict[str, Any]:
        """As it is stored. Raises `InvalidInput`."""
        return {"name": rules.checked_name(self.name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedParty:
    """Who rooms are held for; `kind` is one of `rules.PARTY_KINDS`."""

    name: str
    kind: str
    slug: str = ""

    def checked(self, _session: Session) -> dict[str, Any]:
        """As it is stored. Raises `InvalidInput`."""
        return {
            "name": rules.checked_name(self.name),
            "kind": rules.checked_word(self.kind, rules.PARTY_KINDS, "kind"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSegment:
    """A part of the demand, with its usual rate in cents a room and night, and its place in lists."""

    name: str
    position: int = 0
    rate_cents: int = 0
    slug: str = ""

    def checked(self, _session: Session) -> dict[str, Any]:
        """As it is stored. Raises `InvalidInput`."""
        return {
            "name": rules.checked_name(self.name),
            "position": rules.checked_number(self.position, 0, MOST_POSITION, "position"),
            "rate_cents": checked_rate(self.rate_cents),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEvent:
    """A course, conference or other event from `first` until `until`, the day after its last one."""

    name: str
    segment_id: int
    party_id: int
    first: date
    until: date
    on_site: int = 0
    online: int = 0
    slug: str = ""

    def checked(self, session: Session) -> dict[str, Any]:
        """As it is stored. Raises `InvalidInput`."""
        if self.until <= self.first:
            raise InvalidInput(_("must not be before the first day"), place="until")
        for table, key, place in ((Segment, self.segment_id, "segment"), (Party, self.party_id, "party")):
            if session.get(table, key) is None:
                raise InvalidInput(_("is not known"), place=place)
        nights = Nights.checked(self.first, self.until)
        return {
            "name": rules.checked_name(self.name, 200),
            "segment_id": self.segment_id,
            "party_id": self.party_id,
            "first": nights.first,
            "until": nights.until,
            "on_site": rules.checked_number(self.on_site, 0, rules.MOST_PEOPLE, "on_site"),
            "online": rules.checked_number(self.online, 0, rules.MOST_PEOPLE, "online"),
        }


Wanted = WantedPavilion | WantedRoomType | WantedParty | WantedSegment | WantedEvent


def add(session: Session, table: type[queries.Named], wanted: Wanted, actor: str) -> queries.Named:
    """Add a thing. Raises `InvalidInput`, and `Conflict` where its short name is taken."""
    taken, subject = queries.slugs(session, table), SUBJECTS[table]
    if wanted.slug in taken:
        raise Conflict(_("There is a “%(slug)s” already.", slug=wanted.slug))
    values = wanted.checked(session)
    slug = rules.checked_slug(wanted.slug) if wanted.slug else rules.slug_of(values["name"], taken, subject)
    thing = table(slug=slug, **values)
    session.add(thing)
    session.flush()
    trail.record(session, actor, f"{subject}.add", subject, thing.slug, after=values)
    return thing


def change(session: Session, thing: queries.Named, wanted: Wanted, actor: str, *, version: int) -> None:
    """Change a thing that is still as it was looked at; its short name stays. Raises `InvalidInput` and `Conflict`."""
    must_be(thing.version, version, thing.name)
    values, subject = wanted.checked(session), SUBJECTS[type(thing)]
    trail.change(session, actor, f"{subject}.change", subject, thing.slug, thing, values)


def delete(session: Session, thing: queries.Named, actor: str, *, version: int) -> None:
    """Take away what nothing refers to. Raises `Conflict` naming what does."""
    must_be(thing.version, version, thing.name)
    refuse_used(session, thing, thing.name)
    subject = SUBJECTS[type(thing)]
    before = {one.name: getattr(thing, one.name) for one in thing.__table__.columns if one.name != "version"}
    session.delete(thing)
    session.flush()
    trail.record(session, actor, f"{subject}.delete", subject, before["slug"], before=before)


def must_be(present: int, version: int, name: str) -> None:
    """Raises `Conflict` when somebody else was quicker."""
    if present != version:
        raise Conflict(_("“%(name)s” was changed meanwhile: look at it again, then change that.", name=name))


def refuse_used(session: Session, row: Base, name: str) -> None:
    """Raises `Conflict` naming what uses the row."""
    if tables := queries.users_of(session, row):
        what = dict.fromkeys(str(IN_USE.get(table, _("other records"))) for table in tables)
        raise Conflict(
            _("“%(name)s” cannot be taken away: it is in use (%(what)s).", name=name, what=format_list(what))
        )
