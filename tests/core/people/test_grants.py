"""Roles on single platforms: given, taken away, and in the trail."""

import pytest

from core import trail
from core.database import Database
from core.errors import InvalidInput, NotFound
from core.people import access, grants, queries
from core.people.rules import READ
from tests.api.people import add_person


def test_a_role_on_a_platform_is_given_once_and_taken_away(database: Database) -> None:
    person = add_person(database)
    for _ in range(2):
        with database.write() as session:
            grants.grant(session, "person:9", person.id, "viewer", "alpha")
    with database.read() as session:
        assert access.of_person(queries.person(session, person.id)).platforms(READ) == {"alpha"}
        assert [one.id for one in queries.people_granted(session, "alpha")] == [person.id]
        assert queries.people_granted(session, "beta") == []
    with database.write() as session:
        grants.revoke(session, "person:9", person.id, "viewer", "alpha")
    with database.read() as session:
        assert queries.person(session, person.id).grants == []
        said = [(one.action, one.before, one.after) for one in trail.entries(session, "person", person.id)]
    role = {"role": "viewer", "platform": "alpha"}
    assert said[:2] == [("person.revoke", role, None), ("person.grant", None, role)]
    assert len(said) == 3


def test_what_is_not_there_cannot_be_taken_away_or_given(database: Database) -> None:
    person = add_person(database, there={"alpha": "viewer"})
    for role, slug in (("accessibility", "alpha"), ("viewer", "beta")):
        with pytest.raises(NotFound), database.write() as session:
            grants.revoke(session, "command", person.id, role, slug)
    with pytest.raises(InvalidInput, match="role"), database.write() as session:
        grants.grant(session, "command", person.id, "admin", "alpha")
    with pytest.raises(NotFound), database.write() as session:
        grants.grant(session, "command", 999, "viewer", "alpha")


def test_work_can_be_given_to_those_only_who_see_the_platform(database: Database) -> None:
    lead, other = add_person(database, there={"alpha": "accessibility"}), add_person(database, there={"beta": "viewer"})
    everywhere, nobody = add_person(database, "viewer"), add_person(database)
    with database.read() as session:
        assert {one.id for one in queries.people_who_read(session, frozenset({"alpha"}))} == {lead.id, everywhere.id}
        offered = {one.id for one in queries.people_who_read(session, access.EVERY)}
    assert offered == {lead.id, other.id, everywhere.id}
    assert nobody.id not in offered
