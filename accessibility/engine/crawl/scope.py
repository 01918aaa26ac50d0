"""Which addresses the crawl may visit."""

from enum import StrEnum

from accessibility.engine.platform import PlatformSettings


class Verdict(StrEnum):
    """What the crawl does with an address; all but `VISIT` say why it is not visited."""

    VISIT = "visit"
    DOCUMENT = "document"  # a download: recorded, not visited
    NO_PAGE = "not a web address"  # mailto:, tel:, javascript:, too long
    OUTSIDE = "outside the platform"
    EXCLUDED = "excluded by a pattern"
    LOGOUT = "ends the session"
    CHANGES_STATE = "changes state"


class Scope:
    """The decisions for one platform, its preset included."""

    def __init__(self, settings: PlatformSettings) -> None:
        raise AssertionError("being written")

    def judge(self, url: str) -> Verdict:
        """The verdict for an address, normalised or not. A start address is always visited."""
        raise AssertionError("being written")

    def on_platform(self, url: str) -> bool:
        """Whether the address's host is one of the platform's (navigable) hosts."""
        raise AssertionError("being written")
