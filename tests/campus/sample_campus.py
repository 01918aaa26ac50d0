"""A small campus with something on every page: what the tests of pages look at. All days are told from today.

Whoever adds a page adds here what it shows: one theme each, so that tests of one are not upset by the others.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.nights import Nights
from campus.occupancy.actions import Wanted, claim_room
from campus.occupancy.rules import Kind
from core.database import Database
from core.i18n import today
from tests.campus import sample_places
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.sample_blocks import add_blocks
from tests.campus.sample_claims import ended_and_moved
from tests.campus.sample_closures import add_closures
from tests.campus.sample_costs import add_costs
from tests.campus.sample_counts import add_counts
from tests.campus.sample_energy import add_energy
from tests.campus.sample_feedback import add_feedback
from tests.campus.sample_forecast import add_forecast
from tests.campus.sample_funds import add_funds
from tests.campus.sample_money import add_money
from tests.campus.sample_records import add_records
from tests.campus.sample_reports import add_reports
from tests.campus.sample_requests import add_requests
from tests.campus.sample_results import add_results
from tests.campus.sample_tables import add_imports
from tests.campus.sample_works import add_works
from tests.campus.sample_works_reports import add_reported_works
from tests.refilled import refilled

ROOMS = 8
THEMES: dict[str, Callable[[Session, Campus], None]] = {
    "places": sample_places.add,
    "requests": lambda session, campus: add_requests(session, campus, _folder(session)),
    "reports": lambda session, _campus: add_reports(session),
    "blocks": add_blocks,
    "counts": add_counts,
    "claims": ended_and_moved,
    "forecast": add_forecast,
    "works": add_works,
    "records": lambda session, campus: add_records(session, campus, _folder(session)),
    "works reports": add_reported_works,
    "closures": add_closures,
    "money": add_money,
    "energy": add_energy,
    "costs": add_costs,
    "funds": add_funds,  # after the costs, which its facts file holds too
    "results": add_results,
    "feedback": add_feedback,
}


def add_campus(database: Database, *themes: str) -> Campus:
    """Rooms, claims of every kind and a block; and what the named themes add, or all of them and imports."""
    with database.read() as session:
        folder = _folder(session)
    return refilled(database, ("campus", today(), *themes), lambda: _filled(database, themes), folder)


def _filled(database: Database, themes: Sequence[str]) -> Campus:
    with database.write() as session:
        campus = open_campus(session, ROOMS)
        _claims(session, campus)
        _block(session, campus)
        for name in themes or THEMES:
            THEMES[name](session, campus)
    if not themes:
        add_imports(database)
    return campus


def _folder(session: Session) -> Path:
    """Where the pictures of this database lie."""
    engine = session.get_bind().engine
    if engine.name == "postgresql":
        return Path(gettempdir()) / "campus-sample-evidence"  # always the same few pictures, by their hash
    return Path(engine.url.database or "").parent / "evidence"


def _around(first: int, until: int) -> Nights:
    """Nights counted from today: -1 is the last night."""
    return Nights(today() + timedelta(days=first), today() + timedelta(days=until))


def _claims(session: Session, campus: Campus) -> None:
    for room, first, until in ((0, -40, -30), (0, -3, 4), (1, -2, 1), (2, 5, 9)):
        nights = _around(first, until)
        campus.stay(session, room, nights.first.isoformat(), nights.until.isoformat())
    for kind, room, first, until in (
        (Kind.EXTENDED_CLOSURE, 3, -60, 60),
        (Kind.OUT_OF_ORDER, 4, -1, 3),
        (Kind.OUT_OF_SERVICE, 5, -1, 3),
        (Kind.HOUSE_USE, 6, -5, 5),
    ):
        claim_room(session, Wanted(kind=kind, room_id=campus.rooms[room], nights=_around(first, until)), TEST)


def _block(session: Session, campus: Campus) -> None:
    nights = _around(20, 24)
    wanted = campus.block(name="Sample course on safe work", cut_off=today() + timedelta(days=10), expected_wash=0.1)
    block = blocks.hold(session, wanted, {(campus.types[0], night): 3 for night in nights}, TEST)
    for room in (0, 2):
        first, until = nights.first.isoformat(), nights.until.isoformat()
        campus.stay(session, room, first, until, block=block.number, segment_id=campus.segments[1])
