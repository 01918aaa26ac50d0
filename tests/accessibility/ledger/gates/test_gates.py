"""Gates on the server: asked for, held by one worker at a time, ended once."""

from datetime import timedelta
from typing import Any

import pytest

from accessibility.engine.gate import GateVerdict
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.gates import actions, queries, rules
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.gates.rules import Asked
from accessibility.ledger.platforms import queries as platforms
from core import clock, trail
from core.database import Database
from core.errors import Conflict, InvalidInput
from tests.api.people import add_person
from tests.jobs.platforms import SLUG, save

ME, OTHER = "here:1:a", "there:2:b"
LOGIN = {"kind": "basic", "username": "student", "password": "sample"}


def requested(database: Database, **asked: Any) -> int:
    """A gate that waits; its id."""
    with database.read() as session:
        known = platforms.find(session, SLUG)
    if known is None:
        save(database)
    person = add_person(database, "accessibility")
    with database.write() as session:
        platform = platforms.get(session, SLUG)
        given = Asked.model_validate(asked)
        return actions.request(session, platform, given, {"axe-core": "4"}, person_id=person.id, actor="token:1").id


def taken_by(database: Database, owner: str, seconds: float = 30) -> int | None:
    with database.write() as session:
        gate = actions.take(session, owner, clock.now() + timedelta(seconds=seconds))
        return gate.id if gate else None


def gate_of(database: Database, gate_id: int) -> Gate:
    with database.read() as session:
        return queries.get(session, gate_id)


def finish(database: Database, gate_id: int, owner: str) -> bool:
    with database.write() as session:
        return actions.finish(session, gate_id, owner, GateVerdict.PASS, {"reasons": ["a\x00b"]}, None)


def test_a_gate_is_taken_once_in_the_order_of_asking(database: Database) -> None:
    first, second = requested(database), requested(database)
    assert [taken_by(database, owner) for owner in (ME, OTHER, "third")] == [first, second, None]


def test_a_gate_whose_worker_fell_silent_is_taken_over_and_is_lost_to_it(database: Database) -> None:
    gate_id = requested(database)
    assert taken_by(database, ME, -1) == gate_id
    assert taken_by(database, OTHER) == gate_id
    with database.write() as session:
        assert not actions.renew_lease(session, gate_id, ME, clock.now())
    assert [finish(database, gate_id, owner) for owner in (ME, OTHER, OTHER)] == [False, True, False]
    done = gate_of(database, gate_id)
    assert (done.state, done.verdict, done.attempts, done.result) == ("done", "pass", 2, {"reasons": ["a\ufffdb"]})


def test_a_gate_given_back_waits_again(database: Database) -> None:
    gate_id = requested(database)
    taken_by(database, ME)
    with database.write() as session:
        actions.forgive(session, gate_id)
        actions.release(session, gate_id, ME)
    back = gate_of(database, gate_id)
    assert (back.state, back.lease_owner, back.attempts) == ("queued", "", 0)


def test_a_gate_that_could_not_be_run_is_inconclusive(database: Database) -> None:
    gate_id = requested(database)
    taken_by(database, ME)
    with database.write() as session:
        assert actions.fail(session, gate_id, ME, "no browser")
    failed = gate_of(database, gate_id)
    assert (failed.state, failed.verdict, failed.error) == ("failed", "inconclusive", "no browser")


def test_asking_and_ending_stand_in_the_trail(database: Database) -> None:
    gate_id = requested(database, fail_on="critical")
    taken_by(database, ME)
    finish(database, gate_id, ME)
    with database.read() as session:
        found = [(one.actor, one.action, one.after) for one in trail.entries(session, "gate", gate_id)]
    assert found == [
        (f"gate:{gate_id}", "gate.end", {"state": "done", "verdict": "pass"}),
        ("token:1", "gate.request", {"platform": SLUG, "fail_on": "critical"}),
    ]


def test_a_pipeline_cannot_queue_gates_without_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    requested(database)
    with pytest.raises(Conflict):
        requested(database)


def platform(**more: Any) -> PlatformSettings:
    roles = [{"name": "student", "login": LOGIN}]
    given = {"slug": "learn", "name": "Learn", "base": ["https://learn.example.org/"], "roles": roles}
    return PlatformSettings.model_validate(given | more)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"roles": ["teacher"]}, "roles"),
        ({"viewports": ["watch"]}, "viewports"),
        ({"base": "ftp://example.net/"}, "base"),
        ({"base": "https://pr-1.example.net/"}, "base"),
        ({"base": "https://pr-1.example.net/", "roles": ["student"]}, "base"),
    ],
)
def test_what_the_platform_does_not_have_is_refused_by_its_place(asked: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check(Asked.model_validate(asked), platform())
    assert refused.value.place == place


def test_a_login_of_an_encrypted_platform_goes_to_no_plain_preview() -> None:
    listed = platform(hosts=["pr-1.example.net"])
    with pytest.raises(InvalidInput, match="plain http"):
        rules.check(Asked(base="http://pr-1.example.net/"), listed)
    rules.check(Asked(base="http://pr-1.example.net/", roles=("anonymous",)), listed)


def test_a_login_goes_to_listed_hosts_only_while_anonymous_pages_are_seen_anywhere() -> None:
    preview = "https://pr-1.example.net/"
    rules.check(Asked(base=preview, roles=("anonymous",)), platform())
    rules.check(Asked(base=preview), platform(hosts=["pr-1.example.net"]))
    rules.check(Asked(base=preview), platform(roles=[]))
    rules.check(Asked(base="https://learn.example.org/"), platform())
