"""Over all pages of a platform: the same things in the same places under the same names."""

from accessibility.engine.checks.across.navigation_order import NavigationOrderCheck
from accessibility.engine.checks.across.repeated_blocks import RepeatedBlocksCheck
from accessibility.engine.checks.across.same_function import SameFunctionCheck
from accessibility.engine.checks.across.ways_to_pages import WaysToPagesCheck
from accessibility.engine.checks.check import PlatformCheck

CHECKS: tuple[PlatformCheck, ...] = (
    NavigationOrderCheck(),
    SameFunctionCheck(),
    WaysToPagesCheck(),
    RepeatedBlocksCheck(),
)
