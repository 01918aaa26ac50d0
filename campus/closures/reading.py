"""Brings the books, the plan and the forecast together: proposals as they are now, or would be in a scenario."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.queries import capacity
from campus.closures import queries, rules
from campus.closures.books import Books, Holder, Period, Room
from campus.closures.consequences import Kept, LostStay, WeekAhead, YearChange, year_changes
from campus.closures.models import ClosureRule
from campus.closures.proposal import Proposal, propose
from campus.closures.ways_out import Choices
from campus.forecast import targets, told
from campus.forecast.queries import latest_forecast
from campus.known import known
from campus.nights import LATEST, Nights
from campus.occupancy import availability
from campus.occupancy import queries as claims
from campus.occupancy.rules import Kind
from campus.places.models import Pavilion, RoomPeriod, RoomType, Segment
from campus.places.models import Room as RoomRow
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from campus.renovation.queries import Plan
from core.i18n import today

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """A package with a rule: the nights that the plan closes, and what is proposed. Both None without its milestones.

    `closed` are the nights to come that its claims close, `first` and `until` where they begin and end.
    """

    package: WorksPackage
    rule: ClosureRule
    closure: Nights | None
    proposal: Proposal | None
    closed: int
    first: date | None
    until: date | None

    @property
    def matches(self) -> bool:
        """Whether the books say what the plan says."""
        return self.proposal is not None and self.proposal.is_empty


def look(
    session: Session, package: WorksPackage, plan: Plan | None = None, choices: Choices | None = None
) -> tuple[Books, Proposal] | None:
    """The proposal of a package and the books behind it; None without a rule, or with a dropped milestone in it."""
    rule = queries.rule(session, package.id)
    closure = queries.closure_of(rule, plan or works.plan(session)) if rule else None
    if closure is None:
        return None
    books = read_books(session, package, closure)
    return books, propose(books, _rooms_in(books, package), closure, choices)


def with_choices(books: Books, package: WorksPackage, proposed: Proposal, choices: Choices) -> Proposal:
    """The same proposal with other choices. Raises `InvalidInput` for one that cannot be."""
    return propose(books, _rooms_in(books, package), proposed.closure, choices)


def proposal_of(
    session: Session, package: WorksPackage, plan: Plan | None = None, choices: Choices | None = None
) -> Proposal | None:
    """The proposal alone."""
    found = look(session, package, plan, choices)
    return found[1] if found else None


def standings(session: Session, plan: Plan | None = None) -> list[Standing]:
    """Every package with a rule, by name. Quick: it looks for no way out of the conflicts, and reads all at once."""
    plan, rules = plan or works.plan(session), queries.all_rules(session)
    packages = [one for one in works.packages(session) if one.id in rules]
    closures = {one.id: queries.closure_of(rules[one.id], plan) for one in packages}
    pavilions = {one.pavilion_id for one in packages}
    ahead = Nights(today(), max([today(), *(one.until for one in closures.values() if one)]))
    rooms, holders = _rooms(session, pavilions), queries.holders(session, ahead, pavilions)
    own = queries.own_claims(session, closures)
    return [
        _standing(one, rules[one.id], closures[one.id], _part(one, rooms, holders, own.get(one.id, ())))
        for one in packages
    ]


def consequences(session: Session, proposals: Iterable[Proposal]) -> tuple[list[YearChange], Kept | None]:
    """What proposals together mean for each year, and the forecast that this rests on."""
    lost, waiting, stays = Counter[date](), Counter[date](), list[LostStay]()
    for one in proposals:
        lost.update(one.lost)
        waiting.update(one.waiting)
        for conflict in one.conflicts:
            if conflict.chosen is None and conflict.claim.kind is Kind.STAY:
                claim = conflict.claim
                stays.append(LostStay(conflict.closing, claim.segment_id, claim.rate_cents))
    kept = kept_forecast(session, {*lost, *waiting, *(night for one in stays for night in one.nights)})
    return year_changes(lost, waiting, stays, kept), kept


def kept_forecast(session: Session, nights: Collection[date]) -> Kept | None:
    """The latest forecast that was kept, with what can be sold as the books stand now in the weeks of these nights."""
    found = latest_forecast(session, today())
    if found is None:
        return None
    every = told.weeks_of(found.content, None)
    weeks = {number: Nights(one.first, one.first + WEEK) for number, one in enumerate(every)}
    weeks = {number: span for number, span in weeks.items() if any(night in nights for night in span)}
    spans = list(weeks.values())
    bridges = capacity(session, spans, on=today()) if spans else {}
    segments = {one["segment"]: told.weeks_of(found.content, one["segment"]) for one in found.content["segments"]}
    years = told.years_of(found.content)
    return Kept(
        made_on=found.made_on,
        weeks=[
            WeekAhead(
                nights=span,
                forecast=every[number].nights,
                sellable=bridges[place, None].sellable if (place, None) in bridges else 0,
                to_come={
                    segment: max(0.0, own[number].nights - (own[number].sold or 0.0))
                    for segment, own in segments.items()
                },
            )
            for place, (number, span) in enumerate(weeks.items())
        ],
        years=years,
        targets={year: targets.target_of(session, year) for year in years},
        rates={row.id: row.rate_cents for row in session.execute(sa.select(Segment.id, Segment.rate_cents))},
    )


def read_books(session: Session, package: WorksPackage, closure: Nights) -> Books:
    """What a package's proposal looks at: its own pavilion from today on, the others as long as claims could move."""
    rooms, first = _rooms(session), today()
    own = [one for one in queries.own_claims(session, [package.id]).get(package.id, ()) if one.room_id in rooms]
    mine = queries.holders(session, Nights(first, LATEST), [package.pavilion_id])
    looked_at = _looked_at(first, closure, own, mine)
    others = (
        one for one in queries.holders(session, looked_at) if rooms[one.room_id].pavilion_id != package.pavilion_id
    )
    types = list(session.scalars(sa.select(RoomType.id)))
    return Books(
        today=first,
        rooms=rooms,
        holders=[*mine, *others],
        own=own,
        free=availability.free_rooms(session, types, looked_at),
        held=availability.held_rooms(session, looked_at),
        faulty=queries.faulty(session, looked_at),
    )


def _looked_at(first: date, closure: Nights, own: Collection[Holder], holders: Collection[Holder]) -> Nights:
    """All nights that a proposal could touch: those to close or reopen, and all of the stays that meet them.

    `holders` are those of the pavilion.
    """
    until = max([first, closure.clipped(rules.ahead(first)).until, *(one.nights.until for one in own)])
    meeting = (
        one.nights.until for one in holders if one.kind is not Kind.EXTENDED_CLOSURE and one.nights.first < until
    )
    return Nights(first, max([until, *meeting]))


def _rooms_in(books: Books, package: WorksPackage) -> list[int]:
    return [one.id for one in books.rooms.values() if one.pavilion_id == package.pavilion_id]


def _part(package: WorksPackage, rooms: Mapping[int, Room], holders: Iterable[Holder], own: Iterable[Holder]) -> Books:
    """The books of a package's pavilion alone."""
    mine = {key: one for key, one in rooms.items() if one.pavilion_id == package.pavilion_id}
    return Books(
        today(), mine, [one for one in holders if one.room_id in mine], [one for one in own if one.room_id in mine]
    )


def _standing(package: WorksPackage, rule: ClosureRule, closure: Nights | None, books: Books) -> Standing:
    ahead = [one.nights.clipped(Nights(today(), LATEST)) for one in books.own]
    return Standing(
        package=package,
        rule=rule,
        closure=closure,
        proposal=propose(books, books.rooms, closure, all_left=True) if closure else None,
        closed=sum(map(len, ahead)),
        first=min((one.nights.first for one in books.own), default=None),
        until=max((one.nights.until for one in books.own), default=None),
    )


def _rooms(session: Session, pavilions: Collection[int] | None = None) -> dict[int, Room]:
    """All rooms, or those of some pavilions."""
    query = sa.select(RoomRow, Pavilion.name).join(Pavilion, Pavilion.id == RoomRow.pavilion_id)
    of_rooms = sa.select(RoomPeriod).where(known(RoomPeriod, None)).order_by(RoomPeriod.first)
    if pavilions is not None:
        query = query.where(RoomRow.pavilion_id.in_(pavilions))
        of_rooms = of_rooms.join(RoomRow, RoomRow.id == RoomPeriod.room_id).where(RoomRow.pavilion_id.in_(pavilions))
    periods: Mapping[int, list[Period]] = defaultdict(list)
    for one in session.scalars(of_rooms):
        nights = Nights(one.first, one.until or LATEST)
        periods[one.room_id].append(Period(one.type_id, nights, one.beds, frozenset(one.features)))
    return {
        row.id: Room(
            row.id, f"{name} {row.number}", row.pavilion_id, (name, *claims.natural(row.number)), tuple(periods[row.id])
        )
        for row, name in session.execute(query)
    }
