"""Sections over nights: which pages belong, their own score, their tickets, and that tickets never change by them."""

from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.engine.page import Reason
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import actions, queries
from accessibility.ledger.sections.actions import Wanted
from accessibility.ledger.sections.models import Section, SectionNight, SectionPage
from accessibility.ledger.sections.queries import SectionLine
from accessibility.ledger.tickets.models import TicketEvent
from accessibility.ledger.tickets.ticket_list import TicketFilter, ticket_list
from core import trail
from core.errors import Conflict, InvalidInput
from core.i18n import today
from tests.accessibility.ledger.nights import Nights, audited, excluded, not_audited, problem, question
from tests.accessibility.ledger.sections.conftest import Make

ONE, TWO, OTHER = (f"https://example.org/{path}" for path in ("course/1", "course/2", "about"))


def overview(nights: Nights) -> dict[str, SectionLine]:
    with nights.database.read() as session:
        lines = queries.overview(session, nights.platform_id, today())
    return {line.section.slug if line.section else actions.OTHERS: line for line in lines}


def tickets(nights: Nights, **wanted: Any) -> list[int]:
    with nights.database.read() as session:
        found = ticket_list(session, TicketFilter(platform_id=nights.platform_id, **wanted))
        return sorted(line.ticket.number for line in found.lines)


def pages(nights: Nights, section: Section | None) -> list[str]:
    with nights.database.read() as session:
        found, _ = queries.pages_of(session, nights.platform_id, section.id if section else None)
        return [page.url for page in found]


def test_pages_belong_by_their_address_to_one_to_several_or_to_none(nights: Nights, make: Make) -> None:
    nights.run(audited(ONE), audited(TWO), audited(OTHER), excluded("https://example.org/course/gone"))
    every, first = make("courses", "/course/*"), make("first", "/course/1", "https://example.org/course/1/*")
    assert pages(nights, every) == [ONE, TWO]
    assert pages(nights, first) == [ONE]
    assert pages(nights, None) == [OTHER]
    assert {slug: line.pages for slug, line in overview(nights).items()} == {
        "courses": 2,
        "first": 1,
        "everything-else": 1,
    }


def test_a_page_that_appears_later_joins_its_section_at_the_nights_end(nights: Nights, make: Make) -> None:
    courses = make("courses", "/course/*")
    nights.run(audited(ONE))
    nights.run(audited(ONE), audited(TWO))
    assert pages(nights, courses) == [ONE, TWO]


def test_the_score_of_a_section_is_that_of_its_pages_alone(nights: Nights, make: Make) -> None:
    make("first", "/course/1")
    make("courses", "/course/*")
    closed = nights.run(audited(ONE, problem("a")), audited(TWO), audited(OTHER, template="other"))
    found = overview(nights)
    scores = {slug: line.night.score for slug, line in found.items() if line.night}
    assert scores == {"first": 50.0, "courses": 75.0, "everything-else": 100.0}
    assert closed.score == pytest.approx(87.5)
    night = found["courses"].night
    assert night is not None
    assert (night.planned, night.audited, night.worst_tenth, night.clean_share) == (2, 2, 50.0, 0.5)
    assert (night.failed, night.review, night.waiting, night.new) == (1, 0, 1, 1)


def test_a_section_under_the_floor_has_no_score_while_its_platform_has_one(nights: Nights, make: Make) -> None:
    make("first", "/course/1")
    closed = nights.run(not_audited(ONE, Reason.TIMEOUT), audited(TWO), audited(OTHER))
    night = overview(nights)["first"].night
    assert closed.score == 100.0
    assert night is not None
    assert (night.planned, night.audited, night.floor_met, night.score) == (1, 0, False, None)


def test_on_a_held_night_no_section_has_a_score(nights: Nights, make: Make) -> None:
    make("first", "/course/1")
    nights.run(audited(ONE), not_audited(TWO), not_audited(OTHER))
    night = overview(nights)["first"].night
    assert night is not None
    assert (night.floor_met, night.score) == (True, None)


def test_nights_make_a_trend_and_the_score_before_is_told(nights: Nights, make: Make) -> None:
    first = make("first", "/course/1")
    nights.run(audited(ONE, problem("a"), question("q")))
    nights.run(audited(ONE))
    with nights.database.read() as session:
        points = queries.series(session, nights.platform_id, first.id)
    assert [(point.number, point.score, point.failed, point.review) for point in points] == [
        (1, 50.0, 1, 1),
        (2, 100.0, 1, 1),
    ]
    line = overview(nights)["first"]
    assert (line.score_before, line.night and line.night.score) == (50.0, 100.0)


def test_tickets_are_those_with_an_open_place_in_the_section(nights: Nights, make: Make) -> None:
    first, second = make("first", "/course/1"), make("second", "/course/2")
    nights.run(audited(ONE, problem("a"), problem("both")), audited(TWO, problem("both")), audited(OTHER, problem("o")))
    assert tickets(nights, section_id=first.id) == [1, 2]
    assert tickets(nights, section_id=second.id) == [2]
    assert tickets(nights, outside_sections=True) == [3]
    counts = {slug: line.tickets.waiting for slug, line in overview(nights).items()}
    assert counts == {"first": 2, "second": 1, "everything-else": 1}
    for _ in range(2):
        nights.run(audited(ONE), audited(TWO, problem("both")), audited(OTHER, problem("o")))
    assert tickets(nights, section_id=first.id) == []


def test_overdue_tickets_are_counted_in_their_section(nights: Nights, make: Make) -> None:
    make("first", "/course/1")
    nights.run(audited(ONE, problem("a")), audited(OTHER))
    assert overview(nights)["first"].tickets.overdue == 0
    nights.time = nights.time.replace(year=nights.time.year + 1)
    assert overview(nights)["first"].tickets.overdue == 1
    assert overview(nights)["everything-else"].tickets.overdue == 0


def test_no_change_of_a_section_touches_a_ticket_and_each_is_in_the_trail(nights: Nights, make: Make) -> None:
    lead = nights.person()
    nights.run(audited(ONE, problem("a")), audited(TWO))
    before = [(one.state, one.version, one.updated_at) for one in nights.tickets()]
    section = make("first", "/course/1", owner_id=lead.id)
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        found = queries.get(session, platform.id, "first")
        wanted = Wanted("first", "Renamed", ["/course/2"], None)
        actions.change(session, platform, found, "person:2", wanted, version=1)
        actions.change(session, platform, found, "person:2", wanted)
    assert pages(nights, section) == [TWO]
    nights.run(audited(ONE, problem("a")), audited(TWO))
    with nights.database.write() as session:
        actions.delete(session, queries.get(session, nights.platform_id, "first"), "person:2")
    with nights.database.read() as session:
        entries = trail.entries(session, "section", section.id)[::-1]
        events = session.scalar(sa.select(sa.func.count()).select_from(TicketEvent))
        left = [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Section, SectionPage)]
        of_none = session.scalars(sa.select(SectionNight.section_id)).all()
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("section.create", "person:1"),
        ("section.change", "person:2"),
        ("section.delete", "person:2"),
    ]
    assert entries[1].after == {"name": "Renamed", "patterns": ["/course/2"], "owner": None}
    assert entries[1].before["owner"] == f"person:{lead.id}"
    assert (events, left, of_none) == (1, [0, 0], [None])
    assert [(one.state, one.version, one.updated_at) for one in nights.tickets()] == before


def test_a_slug_is_taken_once_and_a_change_knows_what_it_changes(nights: Nights, make: Make) -> None:
    make("first", "/course/1")
    with pytest.raises(Conflict, match="already"):
        make("first", "/course/2")
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        found = queries.get(session, platform.id, "first")
        with pytest.raises(Conflict, match="meanwhile"):
            actions.change(session, platform, found, "x", Wanted("first", "New", ["/x"]), version=7)
        with pytest.raises(Conflict, match="meanwhile"):
            actions.delete(session, found, "x", version=7)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (Wanted("Not a slug", "Name", ["/x"]), "slug"),
        (Wanted("everything-else", "Name", ["/x"]), "slug"),
        (Wanted("x", " ", ["/x"]), "name"),
        (Wanted("x", "Name", ["x"]), "patterns"),
        (Wanted("x", "Name", ["/x"], 999), "owner"),
    ],
)
def test_what_is_wrong_with_a_section_is_named(nights: Nights, wanted: Wanted, place: str) -> None:
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        with pytest.raises(InvalidInput) as refused:
            actions.create(session, platform, "x", wanted)
    assert refused.value.place == place


def test_a_platform_without_sections_keeps_no_nights_of_any(nights: Nights) -> None:
    closed = nights.run(audited(ONE))
    with nights.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SectionNight)) == 0
        assert session.get_one(Audit, closed.id).score == 100.0
