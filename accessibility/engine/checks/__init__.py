"""Every check, listed. To add one, write its file and name it here."""

from collections.abc import Collection

from accessibility.engine.checks.axe import AxeCheck
from accessibility.engine.checks.check import PageCheck, PlatformCheck
from accessibility.engine.checks.page_title import PageTitleCheck, SameTitleCheck
from core.errors import InvalidInput

PAGE_CHECKS: tuple[PageCheck, ...] = (AxeCheck(), PageTitleCheck())
PLATFORM_CHECKS: tuple[PlatformCheck, ...] = (SameTitleCheck(),)
NAMES: tuple[str, ...] = tuple(
    dict.fromkeys([check.name for check in PAGE_CHECKS] + [check.name for check in PLATFORM_CHECKS])
)


def chosen(names: tuple[str, ...] | None) -> tuple[tuple[PageCheck, ...], tuple[PlatformCheck, ...]]:
    """The checks of these names, all for None. Raises `InvalidInput` for a name that does not exist."""
    for name in names or ():
        if name not in NAMES:
            raise InvalidInput(f"there is no check {name!r}; there are: {', '.join(NAMES)}", place="--checks")
    return (
        tuple(check for check in PAGE_CHECKS if names is None or check.name in names),
        tuple(check for check in PLATFORM_CHECKS if names is None or check.name in names),
    )


def rules_of(names: Collection[str]) -> frozenset[tuple[str, str]]:
    """Check and rule of everything that the checks of these names can find; of a check that is gone, nothing."""
    checks: list[PageCheck | PlatformCheck] = [*PAGE_CHECKS, *PLATFORM_CHECKS]
    return frozenset((check.name, rule) for check in checks if check.name in names for rule in check.rules)
