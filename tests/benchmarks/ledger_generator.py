"""Makes a ledger as years of nights would leave it: the same one each time, written in bulk."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Impact, Outcome
from accessibility.engine.page import ANONYMOUS, Reason, RowState
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits.models import Audit, Page, PageInterval
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Component, Occurrence, Ticket, TicketEvent
from accessibility.ledger.tickets.rules import TicketState
from core.database import Base, Database

FIRST_NIGHT = datetime(2025, 11, 20, 1, 0, tzinfo=UTC)
RULES = ("image-alt", "color-contrast", "label", "link-name", "button-name", "html-has-lang", "page-title-missing")
VIEWPORTS = ("desktop", "mobile")
IMPACTS = tuple(Impact)
WAITING = (TicketState.OPEN, TicketState.IN_PROGRESS, TicketState.FIXED, TicketState.REOPENED)
REVIEW_SHARE, ENDED_SHARE = 0.2, 0.4


@dataclass(frozen=True)
class Size:
    """How large a ledger is, all platforms together; `components` and `nights` are of each platform."""

    platforms: int = 10
    pages: int = 10_000
    occurrences: int = 100_000
    nights: int = 365
    components: int = 500


def fill(database: Database, size: Size = Size()) -> None:  # immutable
    """Write a ledger of this size into an empty database, a platform a transaction."""
    chance = random.Random(2026)
    for number in range(1, size.platforms + 1):
        with database.write() as session:
            _fill_platform(session, number, size, chance)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _fill_platform(session: Session, number: int, size: Size, chance: random.Random) -> None:
    base = f"https://sample-{number}.example.org/"
    settings = PlatformSettings(slug=f"sample-{number}", name=f"Sample platform {number}", base=[base])
    platform = Platform(
        slug=settings.slug,
        name=settings.name,
        settings=settings.model_dump(mode="json"),
        created_at=FIRST_NIGHT,
        scheduled_since=FIRST_NIGHT,
    )
    session.add(platform)
    session.flush()
    pages = _pages(session, platform.id, size)
    _write(session, Audit, [_audit(platform.id, night, chance, size) for night in range(1, size.nights + 1)])
    _write(session, PageInterval, _intervals(platform.id, pages, size, chance))
    components = _components(session, platform.id, size, chance)
    _write(session, Occurrence, _occurrences(platform.id, pages, components, size, chance))


def _write(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    session.execute(sa.insert(table), rows)


def _pages(session: Session, platform_id: int, size: Size) -> list[int]:
    urls = [f"https://sample-{platform_id}.example.org/course/{n}" for n in range(size.pages // size.platforms)]
    _write(session, Page, [{"platform_id": platform_id, "url": url, "title": f"Course {url[-4:]}"} for url in urls])
    return list(session.scalars(sa.select(Page.id).where(Page.platform_id == platform_id).order_by(Page.id)))


def _audit(platform_id: int, number: int, chance: random.Random, size: Size) -> dict[str, Any]:
    start = FIRST_NIGHT + timedelta(days=number - 1)
    planned = 2 * size.pages // size.platforms
    missed = chance.randrange(planned // 50)
    return {
        "platform_id": platform_id,
        "number": number,
        "state": "done",
        "trigger": "schedule",
        "settings": {"coverage_floor": 0.95},
        "engines": {"axe-core": "4.14.1"},
        "queued_at": start,
        "started_at": start,
        "ended_at": start + timedelta(hours=1),
        "planned": planned,
        "audited": planned - missed,
        "not_covered": {Reason.SERVER_ERROR.value: missed} if missed else {},
        "not_planned": {Reason.NOT_FOUND.value: 3},
        "floor_met": True,
        "score": round(chance.uniform(60, 95), 2),
        "score_version": 2,
        "worst_tenth": 40.0,
        "clean_share": 0.3,
        "failed": 300,
        "new": chance.randrange(5),
        "review": 100,
    }


def _intervals(platform_id: int, pages: Sequence[int], size: Size, chance: random.Random) -> list[dict[str, Any]]:
    rows = []
    for page in pages:
        for viewport in VIEWPORTS:
            broken = chance.randrange(2, size.nights) if chance.random() < 0.3 else None
            shared = {"platform_id": platform_id, "page_id": page, "role": ANONYMOUS, "viewport": viewport}
            for first, last, failed in _stretches(size.nights, broken):
                state = RowState.NOT_AUDITED if failed else RowState.AUDITED
                reason = Reason.SERVER_ERROR.value if failed else ""
                rows.append(shared | {"state": state.value, "reason": reason, "first": first, "last": last})
    return rows


def _stretches(nights: int, broken: int | None) -> list[tuple[int, int, bool]]:
    """(first, last, failed): one interval, or three around a broken night."""
    if broken is None:
        return [(1, nights, False)]
    return [(1, broken - 1, False), (broken, broken, True), (broken + 1, nights, False)]


def _components(session: Session, platform_id: int, size: Size, chance: random.Random) -> list[Component]:
    failing = int(size.components * (1 - REVIEW_SHARE))
    tickets = [_ticket(platform_id, number, chance, size) for number in range(1, failing + 1)]
    _write(session, Ticket, tickets)
    mine = sa.select(Ticket.id).where(Ticket.platform_id == platform_id).order_by(Ticket.number)
    ticket_ids: list[int | None] = list(session.scalars(mine))
    _write(session, TicketEvent, [_event(ticket_id) for ticket_id in ticket_ids for _ in range(3)])
    padded = ticket_ids + [None] * (size.components - failing)
    _write(session, Component, [_component(platform_id, n, ticket_id) for n, ticket_id in enumerate(padded)])
    by_key = sa.select(Component).where(Component.platform_id == platform_id).order_by(Component.key)
    return list(session.scalars(by_key))


def _ticket(platform_id: int, number: int, chance: random.Random, size: Size) -> dict[str, Any]:
    impact = chance.choice(IMPACTS)
    ended = chance.random() < ENDED_SHARE
    opened = size.nights if number % 100 == 0 and not ended else chance.randrange(1, size.nights)
    at = FIRST_NIGHT + timedelta(days=opened)
    return {
        "platform_id": platform_id,
        "number": number,
        "title": f"Sample problem {number} of {RULES[number % len(RULES)]}",
        "rule": RULES[number % len(RULES)],
        "criteria": ["1.1.1"],
        "impact": impact.value,
        "impact_rank": impact.rank,
        "state": TicketState.VERIFIED.value if ended else chance.choice(WAITING).value,
        "due": date(2026, 1, 1) + timedelta(days=chance.randrange(400)),
        "opened_in": opened,
        "alive_since": opened,
        "ended_in": size.nights if ended else None,
        "pages": 0 if ended else chance.randrange(1, 40),
        "elements": 0 if ended else chance.randrange(1, 200),
        "created_at": at,
        "updated_at": at,
    }


def _event(ticket_id: int | None) -> dict[str, Any]:
    return {"ticket_id": ticket_id, "at": FIRST_NIGHT, "kind": "comment", "text": "A sample comment."}


def _component(platform_id: int, number: int, ticket_id: int | None) -> dict[str, Any]:
    rule = RULES[number % len(RULES)]
    return {
        "platform_id": platform_id,
        "key": f"{number:064x}",
        "check": "axe",
        "rule": rule,
        "criteria": ["1.1.1"],
        "impact": IMPACTS[number % 4].value,
        "finding": {"message": f"Sample problem {number}", "html": "<img>" * 40, "name": "", "selector": "main img"},
        "ticket_id": ticket_id,
        "first": 1,
    }


def _occurrences(
    platform_id: int, pages: Sequence[int], components: Sequence[Component], size: Size, chance: random.Random
) -> list[dict[str, Any]]:
    each = size.occurrences // size.platforms // len(components)
    return [
        _occurrence(platform_id, component, page, viewport, size, chance)
        for component in components
        for page in chance.sample(list(pages), each // len(VIEWPORTS))
        for viewport in VIEWPORTS
    ]


def _occurrence(
    platform_id: int, component: Component, page: int, viewport: str, size: Size, chance: random.Random
) -> dict[str, Any]:
    ended = size.nights if chance.random() < ENDED_SHARE else None
    outcome = Outcome.FAILED if component.ticket_id else Outcome.NEEDS_REVIEW
    return {
        "platform_id": platform_id,
        "component_id": component.id,
        "page_id": page,
        "role": ANONYMOUS,
        "viewport": viewport,
        "state": "page",
        "outcome": outcome.value,
        "count": chance.randrange(1, 9),
        "selector": "main > ul > li:nth-child(2) > img",
        "first": 1,
        "last": size.nights - 2 if ended else size.nights,
        "ended": ended,
    }
