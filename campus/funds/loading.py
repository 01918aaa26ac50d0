"""Loads a facts file: funds with what is planned of them, every printed figure, targets of room-nights.

A file speaks for the sections that it holds. What it says differently from the books becomes a new version, what it
says no more is withdrawn, and every such change is told. The same file again says nothing new and changes nothing,
whatever people corrected since; only what had to be left out is tried once more.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast import targets
from campus.funds import actions, facts, printing, queries
from campus.funds.actions import WantedEntry
from campus.funds.facts import CAPACITY, EURO, Facts, FundFigures
from campus.funds.models import FactsLoad, Fund, FundEntry
from campus.funds.rules import Kind, Status
from campus.known import known
from core import clock, trail
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import marked

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Change:
    """What a file changes: from what to what, None for nothing. `unit` is `cents`, `room-nights` or `amounts`."""

    what: str
    before: int | None
    after: int | None
    unit: str = "cents"


class Why(StrEnum):
    """Why something in a file could not be loaded. What it is lies in the books, so that it can be mended there."""

    NO_PAVILION = "no pavilion"
    NO_PACKAGE = "no package"
    SEVERAL_PACKAGES = "several packages"
    NOT_OVER = "not over"
    MORE_RECEIVED = "more received"


WHY: Mapping[Why, str] = {
    Why.NO_PAVILION: marked("there is no pavilion of this name: add it, and load the file again"),
    Why.NO_PACKAGE: marked("the pavilion has no works: add them, and load the file again"),
    Why.SEVERAL_PACKAGES: marked("the pavilion has several works, and the file does not say which: enter it there"),
    Why.NOT_OVER: marked("its date is no month or year that is over: enter it once it has come"),
    Why.MORE_RECEIVED: marked("more than this is booked as received: compare both"),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A place in the file that was not loaded, such as `renovation_funding.americas_2`, and why."""

    place: str
    why: Why


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. `load_id` is None where the same file had been loaded last and says nothing new."""

    load_id: int | None
    changes: tuple[Change, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a part of a file changed, and what of it had to be left out."""

    changes: tuple[Change, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


Loader = Callable[[Session, Facts, str], Told]
"""What else reads the facts: given the actor, writes its own books and tells what it did."""
NONE: Mapping[str, Loader] = MappingProxyType({})


def load(session: Session, content: bytes, file_name: str, actor: str, further: Mapping[str, Loader] = NONE) -> Loaded:
    """Load a file, and hand it to `further` loaders by the names of what they load.

    Raises `InvalidInput` naming the place in the file: then the caller rolls back.
    """
    given = facts.read(content)
    digest = sha256(content.replace(b"\r\n", b"\n")).hexdigest()  # forms send line ends of their own
    last = session.scalar(sa.select(FactsLoad).order_by(FactsLoad.id.desc()).limit(1))
    if last and last.sha256 == digest:
        return _rest(session, given, last, actor, further)
    made = _keep(session, actor, _name(file_name), digest)
    changes = [*_funds(session, given, made, actor), *_printed(session, given, made, actor)]
    changes += _targets(session, given, made, actor)
    told = {name: one(session, given, actor) for name, one in further.items()}
    return _written(session, made, actor, changes, told)


def changes_of(found: FactsLoad) -> list[Change]:
    """What a file changed when it was loaded."""
    return [Change(*line) for line in found.changes["lines"]]


def left_out_of(found: FactsLoad) -> list[LeftOut]:
    """What of a file had to be left out when it was loaded."""
    return [LeftOut(place, Why(why)) for _loader, place, why in found.changes.get("left_out", ())]


def _rest(session: Session, given: Facts, last: FactsLoad, actor: str, further: Mapping[str, Loader]) -> Loaded:
    """The same file once more: what was left out may have its place in the books by now. The rest stays as it is."""
    again = {name for name, _place, _why in last.changes.get("left_out", ())}
    told = {name: one(session, given, actor) for name, one in further.items() if name in again}
    if not any(one.changes for one in told.values()):
        return Loaded(None, (), tuple(line for one in told.values() for line in one.left_out))
    return _written(session, _keep(session, actor, last.file_name, last.sha256), actor, [], told)


def _keep(session: Session, actor: str, file_name: str, digest: str) -> FactsLoad:
    made = FactsLoad(at=clock.now(), by=actor, file_name=file_name, sha256=digest, changes={"lines": []})
    session.add(made)
    session.flush()
    return made


def _written(session: Session, made: FactsLoad, actor: str, changes: list[Change], told: Mapping[str, Told]) -> Loaded:
    """Note what was changed and left out, for good; `told` by the names of the loaders."""
    changes = [*changes, *(line for one in told.values() for line in one.changes)]
    left_out = [(name, line) for name, one in told.items() for line in one.left_out]
    made.changes = {
        "lines": [[one.what, one.before, one.after, one.unit] for one in changes],
        "left_out": [[name, line.place, line.why.value] for name, line in left_out],
    }
    session.flush()
    after = {"file": made.file_name, "sha256": made.sha256, "changes": len(changes), "left_out": len(left_out)}
    trail.record(session, actor, "facts.load", "facts", made.id, after=after)
    return Loaded(made.id, tuple(changes), tuple(line for _name, line in left_out))


def _name(file_name: str) -> str:
    name = " ".join(file_name.replace("\\", "/").split("/")[-1].split())
    if not 1 <= len(name) <= LONGEST_NAME or "\x00" in name:
        raise InvalidInput(_("must have a name of at most %(most)s characters", most=LONGEST_NAME), place="file")
    return name


def _funds(session: Session, given: Facts, made: FactsLoad, actor: str) -> list[Change]:
    if given.fund is None:
        return []
    there = {one.name.casefold(): one for one in queries.funds(session)}
    wanted: dict[tuple[int, str], tuple[Fund, WantedEntry]] = {}
    for figures in given.fund:
        name = " ".join(figures.name.split())
        fund = there.get(name.casefold()) or actions.add_fund(session, name, actor)
        wanted |= {(fund.id, one.kind): (fund, one) for one in _entries(figures)}
    current = {(one.fund_id, one.kind): one for one in _of_files(session)}
    changes = []
    for key, (fund, entry) in wanted.items():
        before = current.get(key)
        if before is None:
            actions.add_entry(session, fund, entry, actor, load_id=made.id)
        elif (before.cents, before.day) != (entry.cents, entry.day):
            actions.change_entry(session, before.number, entry, actor, made.file_name)
        else:
            continue
        changes.append(Change(_title(fund, entry.kind), before.cents if before else None, entry.cents))
    names = {one.id: one for one in queries.funds(session)}
    for key, before in current.items():
        if key not in wanted:
            actions.cancel_entry(session, before.number, actor, made.file_name)
            changes.append(Change(_title(names[before.fund_id], Kind(before.kind)), before.cents, None))
    return changes


def _entries(figures: FundFigures) -> Iterable[WantedEntry]:
    """All three are planned: what a budget prints has not happened yet. What is 0 is no entry."""
    yield WantedEntry(
        kind=Kind.OPENING,
        day=facts.OPENED,
        cents=figures.opening_2023_12_31 * EURO,
        what="Expected balance",
        planned=True,
    )
    for kind, euros, what in (
        (Kind.RECEIPT, figures.investment_2024_25, "Investment 2024-25"),
        (Kind.PAYMENT, figures.use_2024_25, "Use 2024-25"),
    ):
        if euros:
            yield WantedEntry(kind=kind, day=facts.LAST, cents=euros * EURO, what=what, planned=True)


def _of_files(session: Session) -> list[FundEntry]:
    """Entries that count and came with a facts file, as they are now."""
    query = sa.select(FundEntry).where(known(FundEntry, None), FundEntry.status == Status.BOOKED)
    return list(session.scalars(query.where(FundEntry.load_id.is_not(None)).order_by(FundEntry.number)))


def _title(fund: Fund, kind: Kind) -> str:
    if kind is Kind.OPENING:
        return f"{fund.name}, opening {facts.OPENED.isoformat()}"
    return f"{fund.name}, planned {kind}s {facts.FIRST.year}-{facts.LAST.year}"


def _printed(session: Session, given: Facts, made: FactsLoad, actor: str) -> list[Change]:
    funds = {one.name.casefold(): one.id for one in queries.funds(session)}
    return [Change(*one) for one in printing.replace(session, printing.rows(given, funds), made, actor)]


def _targets(session: Session, given: Facts, made: FactsLoad, actor: str) -> list[Change]:
    changes = []
    for year, room_nights in sorted(given.room_night_targets.items()):
        before = targets.target(session, year)
        if before is None or before.room_nights != room_nights:
            source = f"{made.file_name}, {CAPACITY}, target_{year}"
            targets.set_target(session, year, room_nights, source, actor, made.file_name if before else "")
            was = before.room_nights if before else None
            changes.append(Change(f"{CAPACITY}, target {year}", was, room_nights, "room-nights"))
    return changes
