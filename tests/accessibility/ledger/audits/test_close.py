"""The end of an audit: coverage, score, page intervals, the night's figures."""

import pytest
import sqlalchemy as sa

from accessibility.engine.finding import Impact
from accessibility.engine.page import Declined, Reason
from accessibility.engine.score import SCORE_VERSION
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import (
    Audit,
    AuditDeclined,
    AuditedState,
    AuditFinding,
    AuditRow,
    PageInterval,
)
from core.errors import Conflict, NotFound
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, excluded, not_audited, partly, problem

OTHER = "https://example.org/other"


def intervals(nights: Nights) -> list[tuple[str, str, int, int]]:
    """State, reason, first and last of every interval."""
    with nights.database.read() as session:
        found = session.scalars(sa.select(PageInterval).order_by(PageInterval.id))
        return [(row.state, row.reason, row.first, row.last) for row in found]


def test_coverage_and_its_reasons_are_stored(nights: Nights) -> None:
    declined = [Declined("anonymous", f"{HOME}?page={n}", Reason.PATTERN_BUDGET) for n in range(3)]
    audit = nights.run(audited(HOME), partly(COURSE), excluded(OTHER), declined=declined)
    assert (audit.planned, audit.audited, audit.floor_met) == (2, 1, True)
    assert audit.not_covered == {"frame not audited": 1}
    assert audit.not_planned == {"not found": 1, "pattern budget": 3}


def test_a_night_at_the_floor_has_a_score(nights: Nights) -> None:
    audit = nights.run(audited(HOME), audited(COURSE, problem(impact=Impact.SERIOUS), template="course"))
    assert (audit.score, audit.score_version, audit.clean_share) == (75.0, SCORE_VERSION, 0.5)
    assert audit.worst_tenth == 50.0


def test_a_night_under_the_floor_has_no_score_and_changes_tickets_where_the_site_was_well(nights: Nights) -> None:
    refused = [not_audited(f"{OTHER}/{n}", Reason.ROBOTS) for n in range(3)]
    audit = nights.run(audited(HOME, problem()), *refused)
    assert (audit.floor_met, audit.score, audit.held, audit.new) == (False, None, "", 1)
    for _ in range(2):
        audit = nights.run(audited(HOME), *refused)
    assert audit.verified == 1


def test_the_platforms_own_floor_counts(nights: Nights) -> None:
    nights.settings = {}
    assert not nights.run(audited(HOME), not_audited(COURSE)).floor_met


def test_an_audit_without_any_page_left_has_no_score(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    audit = nights.run(excluded(HOME))
    assert (audit.floor_met, audit.score, audit.held) == (False, None, "site out of order")
    assert nights.states() == ["open"]


def test_an_audit_with_a_pending_row_is_not_closed(nights: Nights) -> None:
    audit = nights.begin()
    nights.plan(nights.worklist(audit), audited(HOME))
    with pytest.raises(Conflict, match="still"), nights.database.write() as session:
        close_audit(session, audit.id)
    with nights.database.read() as session:
        assert session.get_one(Audit, audit.id).state == "running"


def test_an_audit_is_closed_once(nights: Nights) -> None:
    audit = nights.run(audited(HOME))
    with nights.database.write() as session:
        with pytest.raises(Conflict):
            close_audit(session, audit.id)
        with pytest.raises(NotFound):
            close_audit(session, 999)


def test_a_row_that_fares_as_the_night_before_moves_the_end_of_its_interval(nights: Nights) -> None:
    for _ in range(3):
        nights.run(audited(HOME))
    assert intervals(nights) == [("audited", "", 1, 3)]


def test_a_row_that_fares_differently_begins_an_interval(nights: Nights) -> None:
    nights.run(audited(HOME), audited(COURSE))
    nights.run(not_audited(HOME, Reason.TIMEOUT), audited(COURSE))
    nights.run(audited(HOME), audited(COURSE))
    assert intervals(nights) == [
        ("audited", "", 1, 1),
        ("audited", "", 1, 3),
        ("not audited", "timeout", 2, 2),
        ("audited", "", 3, 3),
    ]


def test_a_row_that_was_out_of_the_plan_for_a_night_begins_an_interval(nights: Nights) -> None:
    nights.run(audited(HOME), audited(COURSE))
    nights.run(audited(HOME))
    nights.run(audited(HOME), audited(COURSE))
    assert ("audited", "", 3, 3) in intervals(nights)


def test_the_rows_it_worked_with_are_deleted(nights: Nights) -> None:
    visit = audited(HOME, problem())
    nights.run(visit, of_platform=[(visit, problem("t"))], declined=[Declined("anonymous", COURSE, Reason.FOLDED)])
    with nights.database.read() as session:
        for table in (AuditRow, AuditFinding, AuditedState, AuditDeclined):
            assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_the_nights_figures_are_stored(nights: Nights) -> None:
    audit = nights.run(audited(HOME, problem("a", impact=Impact.CRITICAL), problem("b")))
    assert (audit.new, audit.new_critical, audit.failed, audit.state) == (2, 1, 2, "done")


def test_platforms_do_not_touch_each_other(nights: Nights) -> None:
    other = Nights(nights.database, nights.evidence, nights.monkeypatch)
    nights.run(audited(HOME, problem()))
    other.time = nights.time
    other.run(audited(HOME, problem()))
    for _ in range(2):
        other.run(audited(HOME))
    assert (nights.states(), other.states()) == (["open"], ["verified"])
