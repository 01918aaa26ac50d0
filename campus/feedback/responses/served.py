"""The mark that a form for guests carries: which version it shows, when it was served, and a random number of its own.

It is signed, so nobody makes up one, and bound to its address. The response's id is a hash of the number: however often
a form is sent (a double click, a retry, a replay), there is one response. The time is compared and never stored.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta

from campus.feedback.random_ids import random_id
from core import clock, secrets

SOONEST = timedelta(seconds=2)  # nobody reads and answers faster
LATEST = timedelta(days=1)
_PURPOSE = "form for guests"
_WRITTEN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,12})\.([0-9]{1,10})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Served:
    """One form that was handed out. `at` is in seconds since 1970."""

    nonce: str
    at: int
    version_id: int

    @property
    def response_id(self) -> str:
        """The id of the response that this form can become."""
        return hashlib.sha256(self.nonce.encode()).hexdigest()[:32]

    @property
    def is_too_soon(self) -> bool:
        """Whether it comes back faster than a person can answer."""
        return clock.now().timestamp() - self.at < SOONEST.total_seconds()

    @property
    def is_too_late(self) -> bool:
        """Whether it was served too long ago."""
        return clock.now().timestamp() - self.at > LATEST.total_seconds()

    def written(self, address: str) -> str:
        """As the form of this address carries it."""
        return f"{self._body()}.{self._signature(address)}"

    def _body(self) -> str:
        return f"{self.nonce}.{self.at}.{self.version_id}"

    def _signature(self, address: str) -> str:
        return secrets.keyed_hash(_PURPOSE, f"{self._body()}.{address}")

    def is_signed(self, signature: str, address: str) -> bool:
        """Whether it was us who handed it out, at this address."""
        return hmac.compare_digest(signature, self._signature(address))


def fresh(version_id: int) -> Served:
    """A form that is handed out now."""
    return Served(random_id(), int(clock.now().timestamp()), version_id)


def read(written: str, address: str) -> Served | None:
    """The form that came back to this address; None for what we never handed out there."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    served = Served(found[1], int(found[2]), int(found[3]))
    return served if served.is_signed(found[4], address) else None
