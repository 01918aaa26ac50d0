"""What can go wrong when somebody signs in through the provider, each with a page of its own words."""

from enum import StrEnum


class Reason(StrEnum):
    """Why somebody could not sign in."""

    DENIED = "denied"  # by them, or by the provider
    STATE = "state"  # not begun in this browser, used already, or longer ago than ten minutes
    PROVIDER = "provider"  # no answer, or none that makes sense
    IDENTITY = "identity"  # a proof of identity that does not hold
    EMAIL = "email"  # no verified address to find an account by, or one of another domain
    NOBODY = "nobody"  # no active account


class Problem(Exception):
    """Signing in ends here. `detail` is for the log: it holds no secret, and nothing that the provider wrote freely."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
