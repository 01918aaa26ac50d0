"""Roles, scopes, and how long to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import InvalidInput, NotAllowed
from core.people import rules

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_everybody_reads_and_only_an_administrator_administers() -> None:
    assert all(rules.READ in allowed for allowed in rules.ROLES.values())
    assert [role for role, allowed in rules.ROLES.items() if rules.ADMIN in allowed] == ["admin"]


def test_roles_add_up_and_unknown_ones_allow_nothing() -> None:
    assert rules.rights(["viewer", "accessibility"]) == rules.ROLES["viewer"] | rules.ROLES["accessibility"]
    assert rules.rights(["root"]) == frozenset()


@pytest.mark.parametrize("given", ["", "ada", "@example.org", "ada@", "a da@example.org", "a\n@example.org", "a@b@c"])
def test_what_is_no_email_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput, match="email"):
        rules.checked_email(given)


def test_an_email_is_kept_in_lower_case() -> None:
    assert rules.checked_email(" Ada@Example.ORG ") == "ada@example.org"


@pytest.mark.parametrize("given", ["", "  ", "x" * 121, "two\nlines"])
def test_a_name_is_one_short_line(given: str) -> None:
    with pytest.raises(InvalidInput, match="name"):
        rules.checked_name(given)


def test_roles_are_some_of_those_there_are_or_none() -> None:
    assert rules.checked_roles([]) == []
    assert rules.checked_roles(["accessibility", "viewer", "viewer"]) == ["viewer", "accessibility"]
    with pytest.raises(InvalidInput, match="roles"):
        rules.checked_roles(["viewer", "root"])


@pytest.mark.parametrize("role", ["admin", "facilities", "quality", "root", ""])
def test_only_two_roles_can_be_given_for_one_platform(role: str) -> None:
    assert [rules.checked_platform_role(one) for one in rules.PLATFORM_ROLES] == ["viewer", "accessibility"]
    with pytest.raises(InvalidInput, match="role"):
        rules.checked_platform_role(role)


def test_a_language_is_one_of_those_offered_or_none() -> None:
    assert rules.checked_language("fr") == "fr"
    assert rules.checked_language("") == ""
    with pytest.raises(InvalidInput, match="language"):
        rules.checked_language("xx")


def test_scopes_are_kept_once_and_in_order() -> None:
    assert rules.checked_scopes(["gates:run", "read", "read"], rules.SCOPES, "ecampus") == ["read", "gates:run"]


@pytest.mark.parametrize(("scopes", "slug"), [([], None), (["write"], None), (["admin"], "ecampus")])
def test_wrong_scopes_are_refused(scopes: list[str], slug: str | None) -> None:
    with pytest.raises(InvalidInput, match="scopes"):
        rules.checked_scopes(scopes, rules.SCOPES, slug)


def test_nobody_hands_out_more_than_they_have() -> None:
    with pytest.raises(NotAllowed, match="tickets:write"):
        rules.checked_scopes(["read", "tickets:write"], ["read"], None)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_ends_in_the_future_and_within_a_year(days: int) -> None:
    with pytest.raises(InvalidInput, match="expires_at"):
        rules.checked_expiry(NOW + timedelta(days=days), NOW)


def test_the_wait_ends_when_the_oldest_of_the_counted_tries_leaves_the_window() -> None:
    tries = [NOW - timedelta(minutes=minutes) for minutes in (20, 14, 5, 1)]

    assert rules.seconds_to_wait(tries, 4, NOW) == 0
    assert rules.seconds_to_wait(tries, 3, NOW) == 60
    assert rules.seconds_to_wait(tries, 2, NOW) == 600


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "unknown"),
    ],
)
def test_an_ipv6_subscriber_counts_as_one_caller(address: str, caller: str) -> None:
    assert rules.network(address) == caller


def test_the_use_of_a_token_is_noted_once_a_minute() -> None:
    assert rules.use_is_worth_noting(None, NOW)
    assert not rules.use_is_worth_noting(NOW - timedelta(seconds=59), NOW)
    assert rules.use_is_worth_noting(NOW - timedelta(seconds=60), NOW)
