"""What a person or a token may do, and on which platforms: the one place that decides it. Pure.

Roles of a person count everywhere; roles granted on a platform count there. A platform that somebody may not even read
does not exist for them: whoever asks for it must be answered as if it were not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.people.models import ApiToken, Person
from core.people.rules import rights

Platforms = frozenset[str] | None
"""Names of the platforms that a list may hold; None for every platform."""

EVERY: Platforms = None


@dataclass(frozen=True, slots=True)
class Access:
    """Scopes held `everywhere`, and by a platform's name those held there alone."""

    everywhere: frozenset[str]
    single: Mapping[str, frozenset[str]]

    def may(self, scope: str, platform: str | None = None) -> bool:
        """Whether the scope is held on this platform, or without one: on all of them, now and in future."""
        return scope in self.everywhere or (platform is not None and scope in self.single.get(platform, frozenset()))

    def may_anywhere(self, scope: str) -> bool:
        """Whether there is any platform on which the scope is held."""
        return scope in self.everywhere or any(scope in scopes for scopes in self.single.values())

    def knows(self, platform: str) -> bool:
        """Whether anything is allowed on this platform. Otherwise nothing must be told of it."""
        return bool(self.everywhere or self.single.get(platform))

    def platforms(self, scope: str) -> Platforms:
        """On which platforms the scope is held: what a list that needs it may hold."""
        if scope in self.everywhere:
            return EVERY
        return frozenset(name for name, scopes in self.single.items() if scope in scopes)

    def scopes(self) -> frozenset[str]:
        """Every scope held anywhere."""
        return self.everywhere.union(*self.single.values())


def of_person(person: Person) -> Access:
    """What a person may do."""
    names = {grant.platform_slug for grant in person.grants}
    return Access(rights(person.roles), {name: rights(roles_on(person, name)) for name in names})


def of_token(token: ApiToken, person: Person) -> Access:
    """What a token may do: never more than the person whose it is may do today, on each platform."""
    whole, scopes = of_person(person), frozenset(token.scopes)
    if token.platform_slug is None:
        return Access(whole.everywhere & scopes, {name: held & scopes for name, held in whole.single.items()})
    there = whole.everywhere | whole.single.get(token.platform_slug, frozenset())
    return Access(frozenset(), {token.platform_slug: there & scopes})


def roles_on(person: Person, platform: str) -> frozenset[str]:
    """The roles that count on this platform: those held everywhere and those granted there."""
    return frozenset(person.roles) | {grant.role for grant in person.grants if grant.platform_slug == platform}
