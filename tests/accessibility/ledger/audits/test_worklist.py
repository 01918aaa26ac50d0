"""The work list of a running audit in the database."""

import hashlib
import threading

import pytest
import sqlalchemy as sa

from accessibility.engine.crawl.worklist import MemoryWorkList, WorkList
from accessibility.engine.finding import Box, Finding
from accessibility.engine.page import Declined, PageFacts, PlannedRow, Reason, RowKey, RowResult, RowState
from accessibility.ledger.audits import actions
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import AuditFinding, Page
from accessibility.ledger.audits.worklist import DatabaseWorkList
from core.errors import Conflict, NotFound
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, Visit, audited, partly, problem

PNG = b"\x89PNG sample"
REFUSED = PlannedRow(
    RowKey("https://example.org/private", "anonymous", "desktop"), 0, 2, "link", RowState.NOT_AUDITED, Reason.ROBOTS
)
OLD = Declined("anonymous", "https://example.org/old?lang=fr", Reason.FOLDED)


def planned(*visits: Visit) -> list[PlannedRow]:
    """These visits as rows of the plan."""
    return [PlannedRow(visit.key, 1, position, "link") for position, visit in enumerate(visits)]


def findings(nights: Nights) -> list[AuditFinding]:
    """What is stored of the running audit."""
    with nights.database.read() as session:
        return list(session.scalars(sa.select(AuditFinding).order_by(AuditFinding.id)))


def script(worklist: WorkList) -> None:
    """A little of everything."""
    home, course, copy = audited(HOME, problem()), partly(COURSE), audited("https://example.org/copy", problem("b"))
    facts = PageFacts(HOME, 200, "Home", "en", "", (COURSE,), ("https://example.org/a.pdf",), "t", "c", 0.5)
    worklist.plan(0, [*planned(home, course), REFUSED], [OLD])
    worklist.finish(home.key, RowResult(RowState.AUDITED, facts=facts, findings=home.findings, rules=home.result.rules))
    worklist.plan(1, [PlannedRow(copy.key, 2, 3, "canonical")], [OLD])
    worklist.finish(copy.key, copy.result)
    worklist.exclude([(copy.key, HOME)])


def test_it_answers_as_the_one_in_memory(nights: Nights) -> None:
    memory, ours = MemoryWorkList(), nights.worklist(nights.begin())
    for worklist in (memory, ours):
        script(worklist)
    assert ours.wave() == memory.wave() == 2
    assert ours.pending() == memory.pending()
    assert ours.declined() == memory.declined()
    for mine, theirs in zip(ours.rows(), memory.rows(), strict=True):
        assert mine.planned == theirs.planned
        assert (mine.state, mine.reason, mine.detail, mine.facts) == (
            theirs.state,
            theirs.reason,
            theirs.detail,
            theirs.facts,
        )


def test_rules_and_states_come_back_as_they_were(nights: Nights) -> None:
    visit = audited(HOME, problem(), states=("page", "overlay open"))
    worklist = nights.worklist(nights.begin())
    worklist.plan(0, planned(visit), [])
    worklist.finish(visit.key, visit.result)
    (row,) = worklist.rows()
    assert row.rules == visit.result.rules
    assert sorted(row.states) == ["overlay open", "page"]


def test_another_process_goes_on_where_the_audit_stood(nights: Nights) -> None:
    home, course = audited(HOME, problem()), audited(COURSE)
    audit = nights.begin()
    worklist = nights.worklist(audit)
    worklist.plan(0, planned(home, course), [])
    worklist.finish(home.key, home.result)
    again = nights.worklist(audit)
    assert again.wave() == 1
    assert [row.key for row in again.pending()] == [course.key]


def test_a_row_is_finished_once(nights: Nights) -> None:
    home = audited(HOME, problem())
    worklist = nights.worklist(nights.begin())
    worklist.plan(0, planned(home), [])
    for _ in range(2):
        worklist.finish(home.key, home.result)
    worklist.finish(home.key, RowResult(RowState.NOT_AUDITED, Reason.TIMEOUT))
    assert len(findings(nights)) == 1
    assert [row.state for row in worklist.rows()] == [RowState.AUDITED]


def test_a_wave_is_planned_once(nights: Nights) -> None:
    worklist = nights.worklist(nights.begin())
    for _ in range(2):
        worklist.plan(0, planned(audited(HOME)), [])
    assert (worklist.wave(), len(worklist.pending())) == (1, 1)


def test_waves_are_planned_in_order(nights: Nights) -> None:
    worklist = nights.worklist(nights.begin())
    with pytest.raises(Conflict):
        worklist.plan(1, planned(audited(HOME)), [])
    assert worklist.pending() == []


def test_nothing_is_planned_for_an_audit_that_was_cancelled(nights: Nights) -> None:
    audit = nights.begin()
    worklist = nights.worklist(audit)
    with nights.database.write() as session:
        actions.cancel(session, audit.id, nights.person().id)
    with pytest.raises(Conflict, match="cancelled"):
        worklist.plan(0, planned(audited(HOME)), [])


def test_a_row_of_a_cancelled_audit_is_finished_into_nothing(nights: Nights) -> None:
    home = audited(HOME, problem())
    audit = nights.begin()
    worklist = nights.worklist(audit)
    worklist.plan(0, planned(home), [])
    with nights.database.write() as session:
        actions.cancel(session, audit.id, nights.person().id)
    worklist.finish(home.key, home.result)
    assert (findings(nights), list(worklist.rows())) == ([], [])


def test_an_audit_that_does_not_exist_has_no_work_list(nights: Nights) -> None:
    with pytest.raises(NotFound):
        DatabaseWorkList(nights.database, 999)


def test_two_processes_that_plan_the_same_wave_at_once_plan_it_once(nights: Nights) -> None:
    audit = nights.begin()
    visits = [audited(f"https://example.org/{n}") for n in range(300)]
    rows = planned(*visits)
    threads = [threading.Thread(target=nights.worklist(audit).plan, args=(0, rows, [])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert nights.worklist(audit).wave() == 1
    assert [row.key for row in nights.worklist(audit).pending()] == [row.key for row in rows]


def test_an_address_may_be_longer_than_an_index_takes(nights: Nights) -> None:
    long = "https://example.org/?q=" + "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(150))
    visit = audited(long, problem())
    worklist = nights.worklist(nights.begin())
    worklist.plan(0, planned(visit), [Declined("anonymous", long, Reason.FOLDED)] * 2)
    worklist.finish(visit.key, visit.result)
    (row,) = worklist.rows()
    assert (row.key.url, row.state) == (long, RowState.AUDITED)


def test_characters_that_a_database_refuses_do_not_stop_an_audit(nights: Nights) -> None:
    hostile = "a\0b\ud800c"
    finding = problem(html=hostile, name=hostile, selector=hostile, box=Box(float("nan"), 0, 1, float("inf")))
    worklist = nights.worklist(nights.begin())
    visit = audited(HOME)
    worklist.plan(0, planned(visit), [])
    facts = PageFacts(HOME, 200, hostile, links=(hostile,))
    worklist.finish(visit.key, RowResult(RowState.AUDITED, detail=hostile, facts=facts, findings=(finding,)))
    (row,) = worklist.rows()
    assert row.facts is not None
    assert row.facts.title == "a�b�c"
    assert findings(nights)[0].finding["html"] == "a�b�c"


def test_findings_of_platform_checks_replace_each_other(nights: Nights) -> None:
    home = audited(HOME, problem("of the page"))
    worklist = nights.worklist(nights.begin())
    worklist.plan(0, planned(home), [])
    worklist.finish(home.key, home.result)
    worklist.add_findings([(home.key, problem("old")), (home.key, problem("older"))])
    worklist.add_findings([(home.key, problem("new"))])
    assert [(f.component, f.platform_check) for f in findings(nights)] == [("of the page", False), ("new", True)]


def test_the_page_takes_the_title_it_shows(nights: Nights) -> None:
    nights.run(audited(HOME))
    with nights.database.read() as session:
        assert session.scalars(sa.select(Page.title)).one() == "Sample page"


def test_rows_are_read_in_chunks_and_the_list_may_change_meanwhile(nights: Nights) -> None:
    visits = [audited(f"https://example.org/{n}") for n in range(250)]
    worklist = nights.worklist(nights.begin())
    worklist.plan(0, planned(*visits), [])
    seen = []
    for row in worklist.rows():
        worklist.finish(row.key, RowResult(RowState.AUDITED))
        seen.append(row.planned.position)
    assert seen == list(range(250))


def crop(nights: Nights, finding: Finding) -> DatabaseWorkList:
    """A work list with one row whose crop was taken."""
    visit = audited(HOME, finding, problem(finding.component))
    worklist = nights.worklist(nights.begin())
    worklist.plan(0, planned(visit), [])
    result = RowResult(RowState.AUDITED, findings=visit.findings, crops={finding.component: PNG})
    worklist.finish(visit.key, result)
    return worklist


def test_a_crop_is_stored_under_the_hash_of_its_content(nights: Nights) -> None:
    crop(nights, problem("a"))
    sha256 = hashlib.sha256(PNG).hexdigest()
    assert (nights.evidence / sha256[:2] / f"{sha256}.png").read_bytes() == PNG
    assert [stored.evidence for stored in findings(nights)] == [sha256, ""]
    assert len([file for file in nights.evidence.rglob("*") if file.is_file()]) == 1


def test_a_component_is_pictured_once(nights: Nights) -> None:
    worklist = nights.worklist(nights.begin())
    assert [worklist.wants_crop("a"), worklist.wants_crop("a"), worklist.wants_crop("b")] == [True, False, True]


def test_a_component_that_was_pictured_before_the_worker_was_killed_is_not_pictured_again(nights: Nights) -> None:
    crop(nights, problem("a"))
    audit = findings(nights)[0].audit_id
    assert not DatabaseWorkList(nights.database, audit, nights.evidence).wants_crop("a")


def test_a_component_that_was_pictured_on_an_earlier_night_is_not_pictured_again(nights: Nights) -> None:
    crop(nights, problem("a"))
    with nights.database.write() as session:
        close_audit(session, findings(nights)[0].audit_id)
    assert not nights.worklist(nights.begin()).wants_crop("a")
