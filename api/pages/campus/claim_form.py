"""What the forms of claims have in common: nights, details and rooms as they are typed, and what is offered."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.claim_words import FEATURES
from api.forms import Entered, RowId
from campus.amounts import cents
from campus.nights import Nights
from campus.occupancy import offers
from campus.occupancy.actions import Details
from campus.occupancy.models import Claim
from campus.occupancy.offers import Offer, Wish
from campus.occupancy.rules import SOLD_OR_USED, Kind
from campus.places import queries as places
from campus.places.models import Event, Party, Pavilion, RoomType, Segment
from core.i18n import gettext as _
from core.i18n import lazy, ngettext

Option = tuple[str, object]
LABELS = {
    "first": lazy("The arrival:"),
    "until": lazy("The departure:"),
    "room": lazy("The room:"),
    "guests": lazy("The number of guests"),
    "rate": lazy("The rate"),
    "party": lazy("A party"),
    "segment": lazy("A segment"),
    "names": lazy("The names"),
    "note": lazy("The note"),
    "reason": lazy("The reason"),
    "starting": lazy("The first night in the other room"),
    "other": lazy("The other claim"),
}


def day_of(text: str) -> date | None:
    """A day in an address; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class NightsForm(BaseModel):
    """From the arrival until the departure."""

    first: date
    until: date
    labels: ClassVar = LABELS

    def nights(self) -> Nights:
        """At least one night. Raises `InvalidInput`."""
        return Nights.checked(self.first, self.until)


class DetailsForm(BaseModel):
    """What a claim says beside its room and nights. Without a rate, the segment's usual one."""

    guests: int | None = None
    party: RowId | None = None
    segment: RowId | None = None
    event: RowId | None = None
    rate: str = ""
    names: str = ""
    note: str = ""
    labels: ClassVar = LABELS
    errors: ClassVar = {"guests": lazy("Enter a whole number, such as 2.")}

    def details(self, session: Session, kind: Kind) -> Details:
        """As the books take them; other kinds than stays have a note alone."""
        if kind is not Kind.STAY:
            return Details(note=self.note)
        segment = session.get(Segment, self.segment) if self.segment else None
        usual = segment.rate_cents if segment else 0
        return Details(
            party_id=self.party,
            segment_id=self.segment,
            event_id=self.event,
            guests=self.guests or 0,
            rate_cents=cents(self.rate, "rate") if self.rate else usual,
            note=self.note,
        )


class WishForm(BaseModel):
    """Which rooms are wanted; short names, empty for any."""

    pavilion: str = ""
    type: str = ""
    features: list[str] = []

    def wish(self, session: Session, nights: Nights, beds: int, block: int | None) -> Wish:
        """The wish for these nights."""
        pavilion = session.scalar(sa.select(Pavilion.id).where(Pavilion.slug == self.pavilion))
        kind = session.scalar(sa.select(RoomType.id).where(RoomType.slug == self.type))
        return Wish(nights=nights, pavilion_id=pavilion, type_id=kind, features=self.features, beds=beds, block=block)


def typed(name: str, day: date | None) -> dict[str, str]:
    """A date as the three fields of a form hold it."""
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")} if day else {}


def free_rooms(
    session: Session, entered: Entered, nights: Nights, kind: Kind, block: int | None, besides: Claim | None = None
) -> tuple[list[Option], list[str]]:
    """The rooms to choose from, and the types that are left out as groups hold their last rooms."""
    wanted = WishForm(
        pavilion=entered.value("pavilion"), type=entered.value("type"), features=entered.values("features")
    )
    beds = 0
    if kind is Kind.STAY:
        beds = _beds_of(session, besides) if besides else _whole(entered.value("guests"))
    wish = wanted.wish(session, nights, beds, block)
    found, left_out = offers.free_rooms(session, wish, besides=besides, promised_too=kind not in SOLD_OR_USED)
    return room_options(found), left_out


def _beds_of(session: Session, claim: Claim) -> int:
    """As many as the guests need, and not more than they have now."""
    now = max((one.beds for one in places.periods(session, claim.room_id)), default=0)
    return min(claim.guests, now)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def room_options(found: Sequence[Offer]) -> list[Option]:
    """Each with all that one chooses by."""
    first = ngettext("%(n)s room is free", "%(n)s rooms are free", len(found))
    return [("", first), *((str(one.room.id), _said(one)) for one in found)]


def _said(offer: Offer) -> str:
    beds = ngettext("%(n)s bed", "%(n)s beds", offer.beds)
    parts = [offer.type.name, beds, *(str(FEATURES.get(one, one)) for one in offer.features)]
    if offer.faulty:
        parts.append(_("out of service"))
    return f"{offer.pavilion.name} {offer.room.number}: {', '.join(parts)}"


def choices(session: Session, nights: Nights | None) -> dict[str, list[Option]]:
    """Parties, segments and the events of these nights, by number; pavilions, types and features by short name."""
    nobody: Option = ("", _("Choose one"))
    events = sa.select(Event).order_by(Event.first, Event.name)
    if nights:
        events = events.where(Event.first < nights.until, Event.until > nights.first)
    any_: Option = ("", _("Any"))
    return {
        "party": [nobody, *((str(one.id), one.name) for one in session.scalars(sa.select(Party).order_by(Party.name)))],
        "segment": [
            nobody,
            *((str(one.id), one.name) for one in session.scalars(sa.select(Segment).order_by(Segment.position))),
        ],
        "event": [("", _("None")), *((str(one.id), one.name) for one in session.scalars(events.limit(200)))],
        "pavilion": [
            any_,
            *((one.slug, one.name) for one in session.scalars(sa.select(Pavilion).order_by(Pavilion.name))),
        ],
        "type": [any_, *((one.slug, one.name) for one in session.scalars(sa.select(RoomType).order_by(RoomType.name)))],
        "features": [(name, text) for name, text in FEATURES.items()],
    }
