"""What is shown of audits."""

import pytest

from accessibility.engine.page import Reason, RowState
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.queries import (
    audit_by_id,
    audits_of,
    coverage_counts,
    coverage_rows,
    progress,
    series,
)
from core.errors import NotFound
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, not_audited, problem


def counts(nights: Nights, audit: Audit) -> list[tuple[str, str, int]]:
    """State, reason and rows."""
    with nights.database.read() as session:
        return [(count.state.value, count.reason, count.rows) for count in coverage_counts(session, audit)]


def test_every_night_keeps_its_coverage(nights: Nights) -> None:
    first = nights.run(audited(HOME), not_audited(COURSE, Reason.TIMEOUT, detail="30 s"))
    second = nights.run(audited(HOME), audited(COURSE))
    assert counts(nights, first) == [("audited", "", 1), ("not audited", "timeout", 1)]
    assert counts(nights, second) == [("audited", "", 2)]


def test_rows_are_listed_by_state_and_reason_a_page_at_a_time(nights: Nights) -> None:
    nights.run(audited(HOME), not_audited(COURSE, Reason.TIMEOUT, detail="30 s"))
    audit = nights.run(audited(HOME), not_audited(COURSE, Reason.TIMEOUT, detail="30 s"))
    with nights.database.read() as session:
        (row,), total = coverage_rows(session, audit, state=RowState.NOT_AUDITED, reason="timeout")
        (second,), in_all = coverage_rows(session, audit, offset=1, limit=1)
    assert (row.url, row.detail, row.since, total) == (COURSE, "30 s", 1, 1)
    assert (second.url, in_all) == (COURSE, 2)


def test_a_running_audit_shows_its_rows_and_how_far_it_is(nights: Nights) -> None:
    audit = nights.begin()
    worklist = nights.worklist(audit)
    home = audited(HOME, problem())
    nights.plan(worklist, home, audited(COURSE))
    worklist.finish(home.key, home.result)
    assert counts(nights, audit) == [("audited", "", 1), ("pending", "", 1)]
    with nights.database.read() as session:
        found = progress(session, audit.id)
        assert coverage_rows(session, audit, state=RowState.PENDING)[0][0].url == COURSE
    assert (found.done, found.planned, found.url, found.share) == (1, 2, HOME, 0.5)


def test_an_audit_that_has_planned_nothing_is_at_its_beginning(nights: Nights) -> None:
    audit = nights.begin()
    with nights.database.read() as session:
        assert (progress(session, audit.id).planned, progress(session, audit.id).share) == (0, 0.0)


def test_a_platforms_nights_are_a_series(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE))
    nights.run(audited(HOME), not_audited(COURSE), not_audited(f"{COURSE}/2"))
    with nights.database.read() as session:
        points = series(session, nights.platform_id)
        assert series(session, nights.platform_id, 1) == points[1:]
    assert [(point.number, point.score, point.failed, round(point.coverage, 2)) for point in points] == [
        (1, 75.0, 1, 1.0),
        (2, None, 1, 0.33),
    ]


def test_audits_are_listed_newest_first_and_one_is_found(nights: Nights) -> None:
    audits = [nights.run(audited(HOME)) for _ in range(3)]
    with nights.database.read() as session:
        listed, total = audits_of(session, nights.platform_id, limit=2)
        assert audit_by_id(session, audits[0].id).number == 1
        with pytest.raises(NotFound):
            audit_by_id(session, 999)
    assert ([audit.number for audit in listed], total) == ([3, 2], 3)
