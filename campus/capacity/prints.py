"""Prints: capacity reports that were kept as they stood, to be held against the books of today, replayed as known then.

The books keep every version, so a replay must be equal. Where it is not, somebody changed the past behind the
service's back, or the way of counting changed: either is told with the figures that differ.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.models import LONGEST_TITLE, CapacityPrint
from campus.capacity.report import Moment, Question, make_report
from core import clock, trail
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a print that the replay tells otherwise: where it stands, its name, both values."""

    section: str  # "total", "over", "steps", "things"
    key: str  # first day of a step, id of a thing, empty for the others
    figure: str
    printed: int
    replayed: int


def keep(session: Session, title: str, asked: Question, moment: Moment, actor: str) -> CapacityPrint:
    """Keep a report. In a writing transaction, where nobody else can add to what is known. Raises `InvalidInput`."""
    title = title.strip()
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise InvalidInput(_("must be 1 to %(most)s characters", most=LONGEST_TITLE), place="title")
    now = clock.now()
    kept = CapacityPrint(
        title=title,
        made_at=now,
        made_by=actor,
        known_at=moment.at or now,
        known_on=moment.on,
        first=asked.nights.first,
        until=asked.nights.until,
        cut=asked.cut.value,
        narrowed=asdict(asked.only),
        content=make_report(session, asked, moment).as_json(),
    )
    session.add(kept)
    session.flush()
    trail.record(session, actor, "print.keep", "print", kept.id, after={"title": title, "cut": kept.cut})
    return kept


def get(session: Session, number: int) -> CapacityPrint:
    """A print. Raises `NotFound`."""
    found = session.get(CapacityPrint, number)
    if found is None:
        raise NotFound(_("There is no such print."))
    return found


def prints(session: Session, *, offset: int = 0, limit: int = 50) -> tuple[list[CapacityPrint], int]:
    """A part of all prints, the newest first, and how many there are."""
    total = session.scalar(sa.select(sa.func.count()).select_from(CapacityPrint)) or 0
    query = sa.select(CapacityPrint).order_by(CapacityPrint.id.desc()).offset(offset).limit(limit)
    return list(session.scalars(query)), total


def replay(session: Session, kept: CapacityPrint) -> list[Difference]:
    """Make the report again, as known at the instant of the print. Empty where both say the same."""
    again = make_report(session, kept.asked, Moment(kept.known_at, kept.known_on))
    return list(differences(kept.content, again.as_json()))


def differences(printed: dict[str, Any], replayed: dict[str, Any]) -> Iterator[Difference]:
    """Every figure that one tells otherwise than the other; what only one of them has counts as 0 in the other."""
    for section, key in sorted(_places(printed) | _places(replayed)):
        ours, theirs = _figures(printed, section, key), _figures(replayed, section, key)
        for figure in sorted(ours.keys() | theirs.keys()):
            if ours.get(figure, 0) != theirs.get(figure, 0):
                yield Difference(section, key, figure, ours.get(figure, 0), theirs.get(figure, 0))


def _places(content: dict[str, Any]) -> set[tuple[str, str]]:
    parted = {(section, key) for section in ("steps", "things") for key in content.get(section, {})}
    return parted | {("total", ""), ("over", "")}


def _figures(content: dict[str, Any], section: str, key: str) -> dict[str, int]:
    figures = content.get(section, {})
    found: dict[str, int] = figures.get(key, {}) if section in ("steps", "things") else figures
    return found
