"""The life of a ticket as rules."""

import itertools
from datetime import date

import pytest

from accessibility.engine.finding import Impact
from accessibility.ledger.tickets.rules import (
    ENDED,
    EXCEPTIONS,
    GROUPS,
    WAITING,
    WORK,
    Evidence,
    Step,
    TicketState,
    due_date,
    may,
    state_after_audit,
    state_after_exception,
)

PROVEN, GONE = Evidence(False, 0, 1, 1), Evidence(False, 0, 0, 2)


def test_every_state_is_in_one_group() -> None:
    assert sorted(itertools.chain(*GROUPS.values())) == sorted(TicketState)


def test_no_work_of_a_person_leads_to_a_proof() -> None:
    assert not ENDED & set(itertools.chain(*WORK.values()))


@pytest.mark.parametrize("state", sorted(WAITING))
def test_every_unfinished_state_is_verified_by_proof_and_removed_when_all_pages_are_gone(state: TicketState) -> None:
    assert state_after_audit(state, PROVEN, claimed_before_audit=True) is TicketState.VERIFIED
    assert state_after_audit(state, GONE, claimed_before_audit=True) is TicketState.PAGE_REMOVED


@pytest.mark.parametrize("state", sorted(EXCEPTIONS))
@pytest.mark.parametrize("evidence", [PROVEN, GONE, Evidence(True, 1)])
def test_no_audit_moves_an_exception(state: TicketState, evidence: Evidence) -> None:
    assert state_after_audit(state, evidence, claimed_before_audit=True) is None


@pytest.mark.parametrize("state", sorted(TicketState))
def test_what_is_seen_is_never_verified(state: TicketState) -> None:
    after = state_after_audit(state, Evidence(True, 1, 5, 5), claimed_before_audit=True)
    assert after in (None, TicketState.REOPENED)


@pytest.mark.parametrize("state", sorted(TicketState))
def test_without_evidence_nothing_moves(state: TicketState) -> None:
    assert state_after_audit(state, Evidence(False, 0), claimed_before_audit=True) is None
    assert state_after_audit(state, Evidence(False, 3, 5, 5), claimed_before_audit=True) is None


def test_an_exception_ends_in_a_state_to_work_from() -> None:
    assert state_after_exception("fixed") is TicketState.FIXED
    assert state_after_exception("verified") is state_after_exception("") is TicketState.REOPENED


def test_leads_may_do_everything_and_whoever_is_assigned_may_work() -> None:
    assert all(may(["accessibility"], step, assigned=False) and may(["admin"], step, assigned=False) for step in Step)
    assert {step for step in Step if may(["viewer"], step, assigned=True)} == {Step.WORK, Step.COMMENT, Step.UNDO}
    assert not any(may(["viewer", "quality", "facilities"], step, assigned=False) for step in Step)


def test_the_due_date_follows_from_the_impact() -> None:
    assert due_date(Impact.SERIOUS, date(2026, 11, 1), {Impact.SERIOUS: 30}) == date(2026, 12, 1)
