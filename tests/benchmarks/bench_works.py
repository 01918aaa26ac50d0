"""What a slip of works does to ten years of books, and how long the pages wait that the works brought or changed.

Each stands beside the plainest SQL that answers the same question or makes the same change, without any of the promises
of the product (no check, no trail, no conflict, no way out): both are measured in turns.
"""

import logging
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from api.app import create_app
from campus.closures import actions, queries, reading
from campus.renovation import queries as works
from core import logs
from core.database import Database
from core.i18n import today
from jobs.migrations.models import metadata
from tests import postgres
from tests.api.people import Browser, add_person
from tests.benchmarks.figure import Figure
from tests.benchmarks.room_night_generator import fill
from tests.benchmarks.timing import Timed, in_turns, page
from tests.benchmarks.works_generator import BY, CLOSED_FOR, fill_works, slip

ROUNDS = 9
SIX_WEEKS = 42
SLUG = "sample-works-1"
PLAIN_MEETING = (
    "SELECT claim.number, claim.kind, claim.first, claim.until, claim.room_id FROM room_night "
    "JOIN claim ON claim.id = room_night.claim_id JOIN room ON room.id = room_night.room_id "
    "WHERE room.pavilion_id = :pavilion AND room_night.night >= :first AND room_night.night < :until"
)
PLAIN_LONGER = "INSERT INTO room_night (room_id, night, claim_id) VALUES (:room, :night, :claim) ON CONFLICT DO NOTHING"
PLAIN_SHORTER = "DELETE FROM room_night WHERE claim_id = :claim AND night >= :night"
PLAIN_PAGES = {
    "/today": "SELECT claim.kind, count(*) FROM room_night JOIN claim ON claim.id = room_night.claim_id "
    "WHERE room_night.night >= :first AND room_night.night < :until GROUP BY claim.kind",
    "/works": "SELECT milestone_id, max(reported_on) FROM milestone_report GROUP BY milestone_id",
    f"/works/packages/{SLUG}/closure": PLAIN_MEETING,
    "/works/closures": PLAIN_MEETING,
    "/works/funds": "SELECT fund_id, kind, planned, sum(cents) FROM fund_entry GROUP BY fund_id, kind, planned",
    "/works/funding": "SELECT commitment, sum(cents) FROM payment GROUP BY commitment",
}


def run() -> Iterator[Figure]:
    """10 years of 400 rooms, works on ten pavilions of which four are closed; on SQLite and on PostgreSQL."""
    logs.configure(level=logging.WARNING)  # a line for each request would cost time and hide the figures
    with tempfile.TemporaryDirectory() as folder:
        yield from _figures("SQLite", f"sqlite:///{Path(folder, 'books.sqlite')}")
    with postgres.running_server() as server:
        server.run("CREATE DATABASE books")
        yield from _figures("PostgreSQL", server.url("books"))


def _figures(kind: str, url: str) -> Iterator[Figure]:
    database = Database(url)
    metadata.create_all(database.engine)
    fill(database)
    keys = fill_works(database)
    with database.write() as session:
        slip(session, keys[SLUG], SIX_WEEKS)
    slipped = _Slipped(database)
    yield Figure(f"stays in the way of the slip, {kind}", slipped.conflicts(), "stays", "what the rest is measured in")
    browser = Browser(create_app(database), follow_redirects=False)
    browser.sign_in_as(database, add_person(database, "facilities"))
    timed: dict[str, tuple[Timed, Timed]] = {
        f"page {address}": (_Page(browser, address), _Plain(slipped, sql)) for address, sql in PLAIN_PAGES.items()
    }
    timed |= {
        "proposal": (slipped.propose, _Plain(slipped, PLAIN_MEETING)),
        "confirmed and undone": (slipped.confirm_and_undo, slipped.plain),
    }
    for name, (ours, plain) in timed.items():
        took, beside = in_turns(ours, plain, ROUNDS)
        target = "under 200 ms, " if name.startswith("page") else ""
        compared = f"{target}median of {ROUNDS}, warm; the plainest SQL {beside:.3g} ms, ratio {took / beside:.2g}"
        yield Figure(f"{name}, {kind}", took, "ms", compared)
    database.close()


class _Page:
    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address

    def __call__(self) -> None:
        page(self._browser, self._address)


class _Slipped:
    """Works whose plan closes rooms for six weeks more than the books do."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.read() as session:
            package = works.package(session, SLUG)
            self.package_id = package.id
            self.first = today() + timedelta(days=40 + CLOSED_FOR)
            self.values = {"first": self.first, "until": self.first + timedelta(days=SIX_WEEKS)}
            self.pavilion = package.pavilion_id
            self.claims = [(one.room_id, one.version) for one in queries.own_claims(session, [package.id])[package.id]]

    def conflicts(self) -> int:
        """Stays that the slip meets."""
        with self.database.read() as session:
            found = reading.proposal_of(session, works.package(session, SLUG))
            return len(found.conflicts) if found else 0

    def propose(self) -> None:
        """The proposal with its conflicts and ways out, and what it means for the year."""
        with self.database.read() as session:
            found = reading.proposal_of(session, works.package(session, SLUG))
            if found is None or found.is_empty:
                raise RuntimeError("a slip of six weeks proposes something")
            reading.consequences(session, [found])

    def confirm_and_undo(self) -> None:
        """Both, each in its transaction."""
        with self.database.write() as session:
            package = works.package(session, SLUG)
            proposal = reading.proposal_of(session, package)
            if proposal is None:
                raise RuntimeError("works with a rule have a proposal")
            change = actions.confirm(session, package, proposal.digest, {}, BY, "Sample slip").id
        with self.database.write() as session:
            actions.undo(session, queries.change(session, change), BY)

    def plain(self) -> None:
        """The nights of six weeks more, where nobody sleeps, and gone again."""
        days = [self.first + timedelta(days=number) for number in range(SIX_WEEKS)]
        rows = [{"room": room, "night": day, "claim": claim} for room, claim in self.claims for day in days]
        with self.database.write() as session:
            session.execute(_typed(PLAIN_LONGER), rows)
        with self.database.write() as session:
            session.execute(
                _typed(PLAIN_SHORTER), [{"claim": claim, "night": self.first} for _room, claim in self.claims]
            )


class _Plain:
    def __init__(self, slipped: _Slipped, sql: str) -> None:
        self._slipped, self._query = slipped, _typed(sql)
        values = {**slipped.values, "pavilion": slipped.pavilion}
        self._values = {name: value for name, value in values.items() if f":{name}" in sql}

    def __call__(self) -> None:
        with self._slipped.database.read() as session:
            session.execute(self._query, self._values).all()


def _typed(sql: str) -> sa.TextClause:
    """Days are given as dates."""
    days = [name for name in ("first", "until", "night") if f":{name}" in sql]
    return sa.text(sql).bindparams(*(sa.bindparam(name, type_=sa.Date) for name in days))
