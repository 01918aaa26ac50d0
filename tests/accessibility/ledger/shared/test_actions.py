"""What people do with a shared component, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.platforms import actions as platforms
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.shared import actions, queries
from accessibility.ledger.shared.queries import SharedFilter
from accessibility.ledger.shared.rules import SharedState, Together
from accessibility.ledger.tickets import actions as tickets
from accessibility.ledger.tickets import history
from accessibility.ledger.tickets.history import Author
from accessibility.ledger.tickets.queries import ticket_history
from accessibility.ledger.tickets.rules import TicketState
from core import trail
from core.database import Database
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.i18n import today
from tests.accessibility.ledger.nights import HOME, Nights, audited, problem

NOTE = "Repaired in the model since release 4.2."


@pytest.fixture
def other(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nights: Nights) -> Nights:
    """A second platform that has the same problem, after a night of each."""
    other = Nights(database, tmp_path / "evidence", monkeypatch)
    for platform in (nights, other):
        platform.run(audited(HOME, problem("a")))
    return other


@pytest.fixture
def lead(nights: Nights) -> Author:
    return history.person(nights.person())


def whole(database: Database) -> Together:
    with database.read() as session:
        (line,), _total = queries.shared_list(session, SharedFilter())
        return line.together


def test_a_claim_is_carried_to_every_child_that_waits_and_proves_nothing(
    nights: Nights, other: Nights, lead: Author
) -> None:
    with nights.database.write() as session:
        moved = actions.work(session, 1, lead, TicketState.FIXED, NOTE)
        assert [ticket.id for ticket in moved] == [nights.ticket.id, other.ticket.id]
    assert nights.states() == other.states() == ["fixed"]
    assert whole(nights.database).state is SharedState.FIXED
    with nights.database.read() as session:
        for platform in (nights, other):
            line = ticket_history(session, platform.ticket.id)[0]
            assert (line.event.kind, line.event.text, line.event.person_id) == ("state", NOTE, lead.person_id)
            assert line.event.after["shared"] == 1
            assert trail.entries(session, "ticket", platform.ticket.id)[0].actor == lead.actor
    other.run(audited(HOME, problem("a")))
    assert (nights.states(), other.states()) == (["fixed"], ["reopened"])
    assert whole(nights.database).state is SharedState.REOPENED
    nights.run(audited(HOME))
    nights.run(audited(HOME))
    assert nights.states() == ["verified"]


def test_a_carried_claim_can_be_taken_back_on_one_platform(nights: Nights, other: Nights, lead: Author) -> None:
    with nights.database.write() as session:
        actions.work(session, 1, lead, TicketState.FIXED, NOTE)
        tickets.undo(session, other.ticket.id, lead)
    assert (nights.states(), other.states(), other.ticket.claimed_at) == (["fixed"], ["open"], None)


def test_joining_does_not_keep_a_person_from_taking_back_their_step(
    nights: Nights, lead: Author, other: Nights
) -> None:
    with nights.database.write() as session:
        tickets.work(session, nights.ticket.id, lead, TicketState.IN_PROGRESS)
        actions.separate(session, 1, nights.ticket.id, lead, "Another problem.")
        tickets.undo(session, nights.ticket.id, lead)
    assert nights.states() == ["open"]


def test_a_claim_leaves_exceptions_and_what_is_proven_alone(nights: Nights, other: Nights, lead: Author) -> None:
    with nights.database.write() as session:
        until = today() + timedelta(days=30)
        tickets.make_exception(session, other.ticket.id, lead, TicketState.ACCEPTED_RISK, "For now.", until)
        assert len(actions.work(session, 1, lead, TicketState.FIXED)) == 1
    assert other.states() == ["accepted risk"]
    nights.run(audited(HOME))
    nights.run(audited(HOME))
    assert whole(nights.database).state is SharedState.EXCEPTED
    with nights.database.write() as session, pytest.raises(Conflict, match="No platform's ticket"):
        actions.work(session, 1, lead, TicketState.FIXED)


@pytest.mark.parametrize("to", [TicketState.VERIFIED, TicketState.PAGE_REMOVED, TicketState.ACCEPTED_RISK])
def test_nobody_ends_or_excepts_children_through_their_parent(
    nights: Nights, other: Nights, lead: Author, to: TicketState
) -> None:
    with nights.database.write() as session, pytest.raises(Conflict):
        actions.work(session, 1, lead, to)
    assert nights.states() == other.states() == ["open"]


def test_a_separated_child_counts_no_more_and_no_audit_joins_it_again(
    nights: Nights, other: Nights, lead: Author
) -> None:
    with nights.database.write() as session:
        actions.separate(session, 1, other.ticket.id, lead, "Their own footer.")
        assert [ticket.id for ticket in actions.work(session, 1, lead, TicketState.FIXED)] == [nights.ticket.id]
    other.run(audited(HOME, problem("a")))
    assert whole(nights.database).platforms == 1
    with nights.database.write() as session:
        (line,) = (one for one in queries.children_of(session, 1) if one.separated_at)
        assert line.ticket.id == other.ticket.id
        with pytest.raises(Conflict, match="separated already"):
            actions.separate(session, 1, other.ticket.id, lead, "Again.")
        actions.rejoin(session, 1, other.ticket.id, lead, "It is the model's footer after all.")
    assert whole(nights.database).platforms == 2
    with nights.database.read() as session:
        told = [(one.event.kind, one.event.text) for one in queries.shared_history(session, 1)[0]]
        assert told[0] == ("rejoined", "It is the model's footer after all.")
        assert told[2] == ("separated", "Their own footer.")
        assert trail.entries(session, "shared_component", 1)[2].after["reason"] == "Their own footer."
        kinds = [line.event.kind for line in ticket_history(session, other.ticket.id)]
        assert kinds.count("shared") == 3


def test_parting_needs_a_reason_and_a_child(nights: Nights, other: Nights, lead: Author) -> None:
    with nights.database.write() as session:
        with pytest.raises(InvalidInput) as wrong:
            actions.separate(session, 1, nights.ticket.id, lead, " ")
        assert wrong.value.place == "reason"
        for shared_id, ticket_id in ((1, 999), (2, nights.ticket.id)):
            with pytest.raises(NotFound):
                actions.separate(session, shared_id, ticket_id, lead, "Why not.")
        with pytest.raises(Conflict, match="joined already"):
            actions.rejoin(session, 1, nights.ticket.id, lead, "Why not.")


def test_only_leads_and_the_one_assigned_may_work_on_it(nights: Nights, other: Nights, lead: Author) -> None:
    developer = history.person(nights.person("developer", "viewer"))
    with nights.database.write() as session:
        for step in (
            lambda: actions.work(session, 1, developer, TicketState.FIXED),
            lambda: actions.comment(session, 1, developer, "Hello."),
            lambda: actions.assign(session, 1, developer, developer.person_id),
            lambda: actions.separate(session, 1, nights.ticket.id, developer, "Why not."),
        ):
            with pytest.raises(NotAllowed):
                step()
        actions.assign(session, 1, lead, developer.person_id)
        actions.comment(session, 1, developer, "Hello.")
        assert len(actions.work(session, 1, developer, TicketState.FIXED)) == 2
        with pytest.raises(NotAllowed):
            actions.separate(session, 1, nights.ticket.id, developer, "Why not.")
        with pytest.raises(InvalidInput):
            actions.assign(session, 1, lead, 999)
    with nights.database.read() as session:
        assert queries.line_of(session, 1).assignee == "Sample developer"


def test_whoever_looked_at_an_older_version_is_told_so(nights: Nights, other: Nights, lead: Author) -> None:
    with nights.database.write() as session:
        version = queries.get(session, 1).version
        actions.assign(session, 1, lead, lead.person_id, version=version)
        with pytest.raises(Conflict, match="changed this meanwhile"):
            actions.work(session, 1, lead, TicketState.FIXED, version=version)
        with pytest.raises(NotFound):
            actions.comment(session, 9, lead, "Hello.")


def test_the_parent_says_whether_the_model_has_it_too(nights: Nights, other: Nights) -> None:
    def models() -> list[tuple[str, int | None]]:
        with nights.database.read() as session:
            found = queries.models_of(session, queries.children_of(session, 1))
            return [(one.platform.slug, one.ticket.id if one.ticket else None) for one in found]

    assert models() == []
    with nights.database.write() as session:
        copy = session.get_one(Platform, other.platform_id)
        copy.settings = {**copy.settings, "model": "sample-0"}
    assert models() == [("sample-0", nights.ticket.id)]
    with nights.database.write() as session:
        actions.separate(session, 1, nights.ticket.id, Author("command", roles=["admin"]), "Not the same.")
    assert models() == [("sample-0", None)]


def test_a_model_is_a_platform_that_was_not_made_from_this_one(database: Database) -> None:
    def save(slug: str, model: str = "") -> None:
        settings = PlatformSettings(slug=slug, name=slug, base=(f"https://{slug}.example.org/",), model=model)
        with database.write() as session:
            platforms.save(session, settings, "command", admin=True)

    save("model")
    save("copy", "model")
    save("copy-of-copy", "copy")
    for slug, model in (("copy", "nowhere"), ("model", "copy-of-copy")):
        with pytest.raises(InvalidInput) as wrong:
            save(slug, model)
        assert wrong.value.place == "model"
    with pytest.raises(ValueError, match="not made from itself"):
        save("alone", "alone")
