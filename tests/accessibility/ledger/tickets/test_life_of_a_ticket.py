"""What nights make of tickets."""

from accessibility.engine.finding import Impact
from accessibility.engine.page import Reason
from accessibility.ledger.audits import actions
from accessibility.ledger.audits.close import close_audit
from tests.accessibility.ledger.nights import (
    COURSE,
    HOME,
    Nights,
    audited,
    excluded,
    not_audited,
    partly,
    problem,
    question,
)


def test_a_failure_opens_a_ticket(nights: Nights) -> None:
    audit = nights.run(audited(HOME, problem()))
    assert (nights.ticket.state, nights.ticket.opened_in, audit.new, audit.failed) == ("open", 1, 1, 1)


def test_one_problem_on_many_pages_is_one_ticket_with_a_count(nights: Nights) -> None:
    many = [problem(selector=f"li:nth-child({n}) img") for n in range(20)]
    nights.run(audited(HOME, *many), audited(COURSE, problem()), audited(COURSE, problem(), viewport="mobile"))
    assert (nights.ticket.pages, nights.ticket.elements) == (2, 21)


def test_problems_of_different_components_are_different_tickets(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a"), problem("b")))
    assert [ticket.number for ticket in nights.tickets()] == [1, 2]


def test_what_needs_review_opens_no_ticket(nights: Nights) -> None:
    audit = nights.run(audited(HOME, question()))
    assert (nights.tickets(), audit.review, audit.failed) == ([], 1, 0)


def test_what_needed_review_and_then_fails_opens_a_ticket(nights: Nights) -> None:
    nights.run(audited(HOME, question("a")))
    nights.run(audited(HOME, problem("a")))
    (occurrence,) = nights.occurrences()
    assert (nights.states(), occurrence.outcome, occurrence.first) == (["open"], "failed", 1)


def test_a_second_identical_night_adds_no_row(nights: Nights) -> None:
    night = (audited(HOME, problem(), question()), not_audited(COURSE), excluded("https://example.org/old"))
    nights.run(*night)
    before = nights.sizes()
    nights.run(*night)
    assert nights.sizes() == before


def test_a_problem_is_verified_after_two_clean_audits_in_a_row(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    first = nights.run(audited(HOME))
    assert (nights.states(), first.gone, first.verified) == (["open"], 1, 0)
    second = nights.run(audited(HOME))
    assert (nights.states(), second.gone, second.verified, second.failed) == (["verified"], 0, 1, 0)
    assert nights.ticket.ended_in == 3
    assert nights.ticket.pages == 0


def test_a_night_that_did_not_audit_the_page_interrupts_the_row_of_clean_audits(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE))
    nights.run(audited(HOME), audited(COURSE))
    nights.run(not_audited(HOME), audited(COURSE))
    nights.run(audited(HOME), audited(COURSE))
    assert nights.states() == ["open"]
    nights.run(audited(HOME), audited(COURSE))
    assert nights.states() == ["verified"]


def test_failed_and_cancelled_audits_do_not_interrupt(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    nights.run(audited(HOME))
    with nights.database.write() as session:
        actions.fail(session, nights.begin().id, "the browser is missing")
    nights.run(audited(HOME))
    assert nights.states() == ["verified"]


def test_a_page_that_was_only_partly_audited_proves_no_absence(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    for _ in range(3):
        nights.run(partly(HOME))
    assert nights.states() == ["open"]


def test_what_a_partly_audited_page_shows_counts(nights: Nights) -> None:
    nights.run(partly(HOME, problem()))
    nights.run(audited(HOME))
    nights.run(partly(HOME, problem()))
    nights.run(audited(HOME))
    assert nights.states() == ["open"]


def test_the_same_role_and_viewport_must_have_been_audited(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(HOME, problem(), viewport="mobile"))
    for _ in range(2):
        nights.run(audited(HOME), audited(HOME, viewport="mobile", role="student"))
    assert nights.states() == ["open"]


def test_the_same_state_of_the_page_must_have_been_audited(nights: Nights) -> None:
    with_overlay = problem(state="overlay open")
    nights.run(audited(HOME, with_overlay, states=("page", "overlay open")))
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["open"]
    for _ in range(2):
        nights.run(audited(HOME, states=("page", "overlay open")))
    assert nights.states() == ["verified"]


def test_the_check_that_found_it_must_have_run(nights: Nights) -> None:
    nights.run(audited(HOME, problem(check="keyboard"), checks=("axe", "keyboard")))
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["open"]


def test_a_rule_that_the_engine_no_longer_has_proves_nothing_by_its_silence(nights: Nights) -> None:
    nights.run(audited(HOME, problem(rule="dropped-by-an-upgrade")))
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["open"]


def test_all_pages_of_a_problem_must_be_clean(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE, problem()))
    for _ in range(2):
        nights.run(audited(HOME), audited(COURSE, problem()))
    assert (nights.states(), nights.ticket.pages) == (["open"], 1)


def test_a_night_on_which_the_site_answers_503_changes_no_ticket(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE, problem("b")))
    nights.run(audited(HOME), audited(COURSE, problem("b")))
    before = [columns_of(ticket) for ticket in nights.tickets()]
    audit = nights.run(not_audited(HOME, detail="503"), not_audited(COURSE, detail="503"))
    assert [columns_of(ticket) for ticket in nights.tickets()] == before
    assert (audit.held, audit.floor_met, audit.score) == ("site out of order", False, None)
    assert audit.not_covered == {"server error": 2}


def test_a_night_on_which_the_login_breaks_changes_no_ticket(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE, problem("b"), role="student"))
    nights.run(audited(HOME), audited(COURSE, role="student"))
    audit = nights.run(audited(HOME), not_audited(COURSE, Reason.LOGIN_FAILED, role="student"))
    assert nights.states() == ["open", "open"]
    assert (audit.held, audit.held_roles, audit.score) == ("login broke", ["student"], None)


def test_what_a_held_night_proved_counts_on_the_next_whole_night(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE, role="student"))
    nights.run(audited(HOME), audited(COURSE, role="student"))
    nights.run(audited(HOME), not_audited(COURSE, Reason.LOGIN_FAILED, role="student"))
    assert nights.states() == ["open"]
    audit = nights.run(audited(HOME), audited(COURSE, role="student"))
    assert (nights.states(), audit.verified) == (["verified"], 1)


def test_a_failure_seen_on_a_held_night_opens_a_ticket(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), not_audited(COURSE, Reason.LOGIN_FAILED, role="student"))
    assert (nights.states(), nights.ticket.pages) == (["open"], 1)


def test_a_ticket_whose_pages_are_all_gone_ends_as_page_removed(nights: Nights) -> None:
    nights.run(audited(HOME), audited(COURSE, problem()))
    audit = nights.run(audited(HOME), excluded(COURSE, Reason.GONE))
    assert (nights.states(), audit.removed, audit.verified) == (["page removed"], 1, 0)


def test_gone_pages_drop_out_and_the_others_decide(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE, problem()))
    nights.run(audited(HOME, problem()), excluded(COURSE))
    assert (nights.states(), nights.ticket.pages) == (["open"], 1)
    for _ in range(2):
        nights.run(audited(HOME), excluded(COURSE))
    assert nights.states() == ["verified"]


def test_rows_that_left_the_plan_prove_nothing(nights: Nights) -> None:
    nights.run(audited(HOME), audited(COURSE, problem()))
    for reason in (Reason.REDIRECTED, Reason.DUPLICATE, Reason.OUT_OF_SCOPE):
        nights.run(audited(HOME), excluded(COURSE, reason))
    nights.run(audited(HOME))
    nights.run(audited(HOME))
    assert nights.states() == ["open"]


def test_a_verified_problem_that_comes_back_is_reopened(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    for _ in range(2):
        nights.run(audited(HOME))
    audit = nights.run(audited(HOME, problem()))
    assert (nights.states(), audit.reopened, audit.new) == (["reopened"], 1, 0)
    assert (nights.ticket.reopened_in, nights.ticket.ended_in) == (4, None)
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["verified"]


def test_a_removed_page_that_comes_back_with_the_problem_reopens_the_ticket(nights: Nights) -> None:
    nights.run(audited(HOME), audited(COURSE, problem()))
    nights.run(audited(HOME), excluded(COURSE))
    nights.run(audited(HOME), audited(COURSE, problem()))
    assert nights.states() == ["reopened"]


def test_the_end_of_a_second_life_is_told_by_that_life_alone(nights: Nights) -> None:
    nights.run(audited(HOME, problem()), audited(COURSE))
    for _ in range(2):
        nights.run(audited(HOME), audited(COURSE))
    nights.run(audited(HOME), audited(COURSE, problem()))
    assert nights.states() == ["reopened"]
    nights.run(audited(HOME), excluded(COURSE))
    assert nights.states() == ["page removed"]


def test_a_problem_that_gets_worse_is_due_earlier(nights: Nights) -> None:
    nights.run(audited(HOME, problem(impact=Impact.MODERATE)))
    due = nights.ticket.due
    nights.run(audited(HOME, problem(impact=Impact.CRITICAL)))
    assert (nights.ticket.impact, nights.ticket.impact_rank) == ("critical", 0)
    assert nights.ticket.due is not None
    assert due is not None
    assert nights.ticket.due < due
    nights.run(audited(HOME, problem(impact=Impact.MINOR)))
    assert nights.ticket.impact == "critical"


def test_a_problem_found_over_all_pages_is_proven_over_all_pages_only(nights: Nights) -> None:
    home, course = (audited(url, checks=("axe", "page-title")) for url in (HOME, COURSE))
    same_title = problem("t", check="page-title", rule="page-title-duplicate")
    nights.run(home, course, of_platform=[(home, same_title), (course, same_title)])
    for _ in range(2):
        nights.run(home, not_audited(COURSE))
    assert [occurrence.ended for occurrence in nights.occurrences()] == [None, None]
    nights.run(home, course)
    nights.run(home, course)
    assert nights.states() == ["verified"]


def test_a_page_that_is_gone_does_not_stand_in_the_way_of_a_platform_check(nights: Nights) -> None:
    home, course = (audited(url, checks=("axe", "page-title")) for url in (HOME, COURSE))
    same_title = problem("t", check="page-title", rule="page-title-duplicate")
    nights.run(home, course, of_platform=[(home, same_title), (course, same_title)])
    for _ in range(2):
        nights.run(home, excluded(COURSE))
    assert nights.states() == ["verified"]


def columns_of(ticket: object) -> dict[str, object]:
    """Every column of a ticket."""
    return {name: value for name, value in vars(ticket).items() if not name.startswith("_")}


def test_tickets_are_numbered_in_the_order_of_the_plan_however_the_pages_were_finished(nights: Nights) -> None:
    audit = nights.begin()
    worklist = nights.worklist(audit)
    home, course = audited(HOME, problem("b"), problem("a")), audited(COURSE, problem("c"), problem("b"))
    nights.plan(worklist, home, course)
    for visit in (course, home):
        worklist.finish(visit.key, visit.result)
    with nights.database.write() as session:
        close_audit(session, audit.id)
    assert [ticket.title for ticket in nights.tickets()] == ["Problem b", "Problem a", "Problem c"]
