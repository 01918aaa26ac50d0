"""What people and tokens may do, and on which platforms."""

from core.people import access
from core.people.models import ApiToken, Person, PlatformGrant
from core.people.rules import ADMIN, AUDITS_RUN, PLATFORMS_WRITE, READ, ROLES


def person(*roles: str, **there: str) -> Person:
    grants = [PlatformGrant(platform_slug=slug, role=role) for slug, role in there.items()]
    return Person(id=1, roles=list(roles), grants=grants)


def token(*scopes: str, platform: str | None = None) -> ApiToken:
    return ApiToken(scopes=list(scopes), platform_slug=platform)


def test_a_role_counts_on_every_platform_also_on_those_to_come() -> None:
    held = access.of_person(person("viewer"))
    assert held.may(READ)
    assert held.may(READ, "any")
    assert held.platforms(READ) is access.EVERY
    assert not held.may(PLATFORMS_WRITE, "any")


def test_a_role_on_one_platform_counts_there_alone() -> None:
    held = access.of_person(person(alpha="accessibility"))
    assert held.may(PLATFORMS_WRITE, "alpha")
    assert not held.may(PLATFORMS_WRITE)
    assert held.may_anywhere(PLATFORMS_WRITE)
    assert (held.knows("alpha"), held.knows("beta")) == (True, False)
    assert held.platforms(READ) == {"alpha"}
    assert not held.may_anywhere(ADMIN)


def test_roles_everywhere_and_there_add_up() -> None:
    held = access.of_person(person("viewer", alpha="accessibility"))
    assert held.may(PLATFORMS_WRITE, "alpha")
    assert not held.may(PLATFORMS_WRITE, "beta")
    assert held.platforms(READ) is access.EVERY
    assert held.platforms(PLATFORMS_WRITE) == {"alpha"}
    assert held.scopes() == ROLES["viewer"] | ROLES["accessibility"]


def test_nobody_without_a_role_knows_any_platform() -> None:
    held = access.of_person(person())
    assert held.platforms(READ) == frozenset()
    assert not held.knows("alpha")


def test_a_token_never_may_more_than_its_person_on_that_platform() -> None:
    whose = person("viewer", alpha="accessibility")
    held = access.of_token(token(READ, AUDITS_RUN, ADMIN), whose)
    assert (held.may(AUDITS_RUN, "alpha"), held.may(AUDITS_RUN, "beta"), held.may(ADMIN)) == (True, False, False)
    limited = access.of_token(token(READ, AUDITS_RUN, platform="beta"), whose)
    assert (limited.may(READ, "beta"), limited.may(AUDITS_RUN, "beta"), limited.knows("alpha")) == (True, False, False)
    elsewhere = access.of_token(token(READ, platform="beta"), person(alpha="viewer"))
    assert not elsewhere.may_anywhere(READ)
