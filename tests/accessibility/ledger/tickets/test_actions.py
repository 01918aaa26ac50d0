"""The steps people take on a ticket."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.models import Ticket, TicketEvent
from accessibility.ledger.tickets.rules import COMMENT_LENGTH, TicketState
from core import trail
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.accessibility.ledger.nights import HOME, Nights, audited, problem

FIXED, IN_PROGRESS, OPEN = TicketState.FIXED, TicketState.IN_PROGRESS, TicketState.OPEN


@pytest.fixture
def lead(nights: Nights) -> Author:
    """An accessibility lead, on a platform with one open ticket."""
    nights.run(audited(HOME, problem()))
    return history.person(nights.person())


def do(nights: Nights, step: Callable[..., Ticket], author: Author, *values: object, **more: object) -> Ticket:
    """Take a step on the first ticket."""
    with nights.database.write() as session:
        return step(session, nights.tickets()[0].id, author, *values, **more)


def kinds(nights: Nights) -> list[str]:
    """Kinds of all lines of history."""
    with nights.database.read() as session:
        return list(session.scalars(sa.select(TicketEvent.kind).order_by(TicketEvent.id)))


def test_a_ticket_is_assigned_and_the_history_says_by_whom(nights: Nights, lead: Author) -> None:
    somebody = nights.person("editor", "viewer")
    do(nights, actions.assign, lead, somebody.id)
    assert nights.ticket.assignee_id == somebody.id
    with nights.database.read() as session:
        event = session.scalars(sa.select(TicketEvent).where(TicketEvent.kind == "assignee")).one()
        entry = trail.entries(session, "ticket", nights.ticket.id)[0]
    assert (event.person_id, event.before, event.after) == (
        lead.person_id,
        {"assignee_id": None},
        {"assignee_id": somebody.id},
    )
    assert (entry.actor, entry.action, entry.after) == (lead.actor, "ticket.assignee", event.after)


def test_a_step_that_changes_nothing_leaves_no_line(nights: Nights, lead: Author) -> None:
    do(nights, actions.assign, lead, None)
    assert kinds(nights) == ["opened"]


def test_nobody_can_be_assigned_who_does_not_exist(nights: Nights, lead: Author) -> None:
    with pytest.raises(InvalidInput) as wrong:
        do(nights, actions.assign, lead, 999)
    assert wrong.value.place == "assignee"


def test_a_due_date_is_set_and_taken_away(nights: Nights, lead: Author) -> None:
    day = nights.time.date() + timedelta(days=3)
    assert do(nights, actions.set_due, lead, day).due == day
    assert do(nights, actions.set_due, lead, None).due is None
    with pytest.raises(InvalidInput):
        do(nights, actions.set_due, lead, nights.time.date() - timedelta(days=1))


def test_work_goes_from_open_to_a_claim_and_back(nights: Nights, lead: Author) -> None:
    for state in (IN_PROGRESS, FIXED, IN_PROGRESS, OPEN):
        assert do(nights, actions.work, lead, state).state == state
    assert nights.ticket.claimed_at is None


@pytest.mark.parametrize("state", [TicketState.VERIFIED, TicketState.PAGE_REMOVED, TicketState.REOPENED])
def test_only_an_audit_can_verify_remove_or_reopen(nights: Nights, lead: Author, state: TicketState) -> None:
    with pytest.raises(Conflict):
        do(nights, actions.work, lead, state)
    assert nights.states() == ["open"]


def test_a_claim_is_verified_by_two_clean_audits(nights: Nights, lead: Author) -> None:
    do(nights, actions.work, lead, FIXED)
    nights.run(audited(HOME))
    assert nights.states() == ["fixed"]
    nights.run(audited(HOME))
    assert nights.states() == ["verified"]


def test_a_claimed_problem_still_seen_by_an_audit_that_started_later_is_reopened(nights: Nights, lead: Author) -> None:
    do(nights, actions.work, lead, FIXED)
    audit = nights.run(audited(HOME, problem()))
    assert (nights.states(), audit.reopened) == (["reopened"], 1)


def test_an_audit_that_started_before_the_claim_does_not_reopen(nights: Nights, lead: Author) -> None:
    visit = audited(HOME, problem())
    audit = nights.begin()
    nights.time += timedelta(minutes=1)
    do(nights, actions.work, lead, FIXED)
    nights.finish(audit, visit)
    assert nights.states() == ["fixed"]


def test_a_comment_is_kept_as_text(nights: Nights, lead: Author) -> None:
    do(nights, actions.comment, lead, " <script>alert(1)</script>\0 ")
    with nights.database.read() as session:
        event = session.scalars(sa.select(TicketEvent).where(TicketEvent.kind == "comment")).one()
    assert event.text == "<script>alert(1)</script>"


@pytest.mark.parametrize("text", ["", "  \0", "x" * (COMMENT_LENGTH + 1)])
def test_an_empty_or_endless_comment_is_refused(nights: Nights, lead: Author, text: str) -> None:
    with pytest.raises(InvalidInput):
        do(nights, actions.comment, lead, text)


def test_a_person_without_a_part_in_it_may_do_nothing(nights: Nights, lead: Author) -> None:
    viewer = history.person(nights.person("viewer", "viewer", "quality", "facilities"))
    for step in (
        partial(do, nights, actions.assign, viewer, None),
        partial(do, nights, actions.work, viewer, FIXED),
        partial(do, nights, actions.comment, viewer, "hello"),
        partial(do, nights, actions.undo, viewer),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_whoever_is_assigned_may_work_and_comment(nights: Nights, lead: Author) -> None:
    editor = nights.person("editor", "viewer")
    do(nights, actions.assign, lead, editor.id)
    do(nights, actions.comment, history.person(editor), "on it")
    assert do(nights, actions.work, history.person(editor), FIXED, "Text alternative added").state == "fixed"
    with pytest.raises(NotAllowed):
        do(nights, actions.set_due, history.person(editor), None)


def test_a_step_on_an_older_version_of_the_ticket_is_refused(nights: Nights, lead: Author) -> None:
    seen = nights.ticket.version
    do(nights, actions.work, lead, IN_PROGRESS, version=seen)
    with pytest.raises(Conflict, match="meanwhile"):
        do(nights, actions.work, lead, FIXED, version=seen)


def test_a_ticket_that_does_not_exist_is_not_found(nights: Nights, lead: Author) -> None:
    with nights.database.write() as session, pytest.raises(NotFound):
        actions.comment(session, 999, lead, "hello")


def test_the_last_step_is_taken_back(nights: Nights, lead: Author) -> None:
    do(nights, actions.work, lead, FIXED)
    do(nights, actions.comment, lead, "oops")
    do(nights, actions.undo, lead)
    assert (nights.ticket.state, nights.ticket.claimed_at) == ("open", None)
    assert kinds(nights)[-1] == "undo"
    with pytest.raises(Conflict):
        do(nights, actions.undo, lead)


def test_an_undone_due_date_is_the_one_before(nights: Nights, lead: Author) -> None:
    due = nights.ticket.due
    do(nights, actions.set_due, lead, None)
    assert do(nights, actions.undo, lead).due == due


def test_what_an_audit_did_cannot_be_undone(nights: Nights, lead: Author) -> None:
    do(nights, actions.work, lead, FIXED)
    nights.run(audited(HOME, problem()))
    with pytest.raises(Conflict):
        do(nights, actions.undo, lead)


def test_whoever_is_assigned_takes_back_own_steps_only(nights: Nights, lead: Author) -> None:
    editor = nights.person("editor", "viewer")
    do(nights, actions.assign, lead, editor.id)
    with pytest.raises(NotAllowed):
        do(nights, actions.undo, history.person(editor))


def test_a_bulk_change_takes_all_steps_on_a_ticket_or_none_and_says_why(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a"), problem("b")))
    lead = nights.person()
    author = history.person(lead)
    first, second = (ticket.id for ticket in nights.tickets())
    with nights.database.write() as session:
        actions.work(session, second, author, FIXED)
    steps = [partial(actions.assign, assignee_id=lead.id), partial(actions.work, to=OPEN)]
    with nights.database.write() as session:
        actions.work(session, first, author, IN_PROGRESS)
        lines = actions.change_many(session, [first, second, 999, first], author, steps)
    assert [(line.ticket_id, bool(line.error)) for line in lines] == [(first, False), (second, True), (999, True)]
    assert [(t.state, t.assignee_id) for t in nights.tickets()] == [("open", lead.id), ("fixed", None)]


def test_a_token_is_named_in_the_trail(nights: Nights, lead: Author) -> None:
    token = history.person(nights.person("pipeline"), "token:7")
    do(nights, actions.comment, token, "from the pipeline")
    with nights.database.read() as session:
        assert trail.entries(session, "ticket", nights.ticket.id)[0].actor == "token:7"
