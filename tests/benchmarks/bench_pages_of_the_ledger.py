"""How long the pages of daily use wait for the ledger: last night and the ticket list, on both databases."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from accessibility.ledger.audits import nights
from accessibility.ledger.tickets.ticket_list import TicketFilter, TicketSort, rules_of_tickets, ticket_list
from core.database import Database
from core.people.access import EVERY
from jobs.migrations.models import metadata
from tests import postgres
from tests.benchmarks.figure import Figure
from tests.benchmarks.ledger_generator import fill

ROUNDS, WARM_UP = 20, 3
TARGET = "at most 150 ms, median of 20, warm"
NEWEST = 3  # tickets shown of each platform


def run() -> Iterator[Figure]:
    """10 platforms, 10,000 pages, 100,000 occurrences, 365 nights, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _figures("SQLite", f"sqlite:///{Path(folder, 'ledger.sqlite')}")
    with postgres.running_server() as server:
        server.run("CREATE DATABASE ledger")
        yield from _figures("PostgreSQL", server.url("ledger"))


def _figures(kind: str, url: str) -> Iterator[Figure]:
    database = Database(url)
    metadata.create_all(database.engine)
    fill(database)
    for name, question in QUESTIONS.items():
        yield Figure(f"{name}, {kind}", _median_ms(database, question), "ms", TARGET)
    database.close()


def _median_ms(database: Database, question: Callable[[Session], object]) -> float:
    times = []
    for _ in range(WARM_UP + ROUNDS):
        start = time.perf_counter()
        with database.read() as session:
            question(session)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[WARM_UP:])


def _last_night(session: Session) -> None:
    found = nights.nights(session, EVERY)
    tickets = nights.night_tickets(session, found, NEWEST)
    nights.places(session, [ticket for of_platform in tickets.values() for ticket in of_platform])


def _ticket_list(session: Session) -> None:
    ticket_list(session, TicketFilter(group="waiting"))
    rules_of_tickets(session, EVERY)


def _filtered(session: Session) -> None:
    wanted = TicketFilter(platform_id=3, text="problem 1", overdue_on=date(2026, 11, 20))
    ticket_list(session, wanted, TicketSort.PAGES, descending=True, offset=50)


QUESTIONS: dict[str, Callable[[Session], None]] = {
    "last night": _last_night,
    "ticket list": _ticket_list,
    "ticket list, filtered by text": _filtered,
}
