"""How the words of places are called on pages, and how pages show what many of them show."""

from collections.abc import Iterable, Mapping
from datetime import date

from babel.support import LazyProxy

from api.claim_words import FEATURES, KINDS
from campus.occupancy.rules import Kind
from campus.places.models import Pavilion, RoomPeriod, RoomType
from campus.places.overview import RoomLine
from core.i18n import format_date, format_list, lazy, ngettext
from core.i18n import gettext as _

USES = {"hotel": lazy("Guest rooms"), "classrooms": lazy("Classrooms"), "offices": lazy("Offices")}
PARTY_KINDS = {"own": lazy("Own programme"), "partner": lazy("Partner agency"), "third party": lazy("Third party")}
SPACE_KINDS = {"meeting room": lazy("Meeting room"), "office": lazy("Office")}


def options(words: Mapping[str, LazyProxy]) -> list[tuple[str, str]]:
    """Choices of a form."""
    return [(value, str(text)) for value, text in words.items()]


def listed(names: Iterable[str], words: Mapping[str, LazyProxy]) -> str:
    """The words of some names, joined as in a sentence; empty for none."""
    texts = [str(words.get(name, name)) for name in names]
    return format_list([*texts[:1], *(text[0].lower() + text[1:] for text in texts[1:])])


def features(names: Iterable[str]) -> str:
    """The accessible features of a room, as in a sentence; empty for none."""
    return listed(names, FEATURES)


def taken(kind: str) -> str:
    """What takes a room."""
    return str(KINDS[Kind(kind)].text)


def state(line: RoomLine) -> tuple[str, str]:
    """Kind of tag and words: what a room is on the day that the line tells of."""
    if line.period is None:
        return "info", _("No room")
    if line.claim is None:
        return "good", _("Free")
    if line.is_closed:
        return "warn", _("Closed until %(day)s", day=format_date(line.claim.until))
    if line.claim.kind == Kind.OUT_OF_ORDER:
        return "warn", _("Out of order until %(day)s", day=format_date(line.claim.until))
    if line.claim.kind == Kind.HOUSE_USE:
        return "info", _("House use until %(day)s", day=format_date(line.claim.until))
    return "info", _("Taken until %(day)s", day=format_date(line.claim.until))


def kind_of(period: RoomPeriod, type_: RoomType) -> str:
    """`Single room, 1 bed`."""
    return f"{type_.name}, {ngettext('%(n)s bed', '%(n)s beds', period.beds)}"


def period(first: date, until: date | None) -> str:
    """`1 May 2026 to 1 Jul 2026`, or `from 1 May 2026 on` where no end is known."""
    if until is None:
        return _("from %(first)s on", first=format_date(first))
    return _("%(first)s to %(until)s", first=format_date(first), until=format_date(until))


def invented(pavilions: Iterable[Pavilion]) -> bool:
    """Whether any of them is sample data, so that the page says so."""
    return any(one.invented for one in pavilions)
