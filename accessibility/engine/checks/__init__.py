"""Every check, listed. To add one, write its file and name it in the list of its folder."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from accessibility.engine.checks import across, adaptation, content, context, documents, forms, keyboard, motion
from accessibility.engine.checks.axe import AxeCheck
from accessibility.engine.checks.check import Check, PageCheck, PlatformCheck
from accessibility.engine.checks.page_title import PageTitleCheck, SameTitleCheck
from accessibility.engine.checks.rule import Profile, Rule
from core.errors import InvalidInput

PAGE_CHECKS: tuple[PageCheck, ...] = (
    AxeCheck(),
    PageTitleCheck(),
    *content.CHECKS,
    *forms.CHECKS,
    *keyboard.CHECKS,
    *context.CHECKS,
    *adaptation.CHECKS,
    *motion.CHECKS,
)
PLATFORM_CHECKS: tuple[PlatformCheck, ...] = (SameTitleCheck(), *across.CHECKS)
DOCUMENTS = documents.CHECK


def every_check() -> tuple[Check, ...]:
    """All of them, in the order in which they run."""
    return (*PAGE_CHECKS, *PLATFORM_CHECKS, DOCUMENTS)


def names(profile: Profile = Profile.DEEP) -> tuple[str, ...]:
    """The names of a profile's checks, each once, in the order in which they run."""
    return tuple(
        dict.fromkeys(check.name for check in every_check() if profile is Profile.DEEP or check.profile is profile)
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The checks of one run; `documents`: whether documents are examined."""

    page: tuple[PageCheck, ...]
    platform: tuple[PlatformCheck, ...]
    documents: bool


def chosen(wanted: tuple[str, ...] | None, profile: Profile = Profile.STANDARD) -> Chosen:
    """The checks of these names, all of the profile for None. Raises `InvalidInput` for a name that does not exist."""
    there = names()
    for name in wanted or ():
        if name not in there:
            raise InvalidInput(f"there is no check {name!r}; there are: {', '.join(there)}", place="--checks")
    run = names(profile) if wanted is None else wanted
    return Chosen(
        tuple(check for check in PAGE_CHECKS if check.name in run),
        tuple(check for check in PLATFORM_CHECKS if check.name in run),
        DOCUMENTS.name in run,
    )


def rules_of(run: Collection[str]) -> frozenset[tuple[str, str]]:
    """Check and rule of everything that the checks of these names can find; of a check that is gone, nothing."""
    return frozenset((check.name, rule) for check in every_check() if check.name in run for rule in check.rules)


def own_rules() -> Iterator[tuple[str, Rule]]:
    """Every rule of our own checks, with its check's name."""
    for check in every_check():
        for rule in check.own_rules:
            yield check.name, rule
