"""Changing tickets in tests."""

from datetime import timedelta
from typing import Any

from core.i18n import today
from tests.api.people import Browser

HOSTILE = "<img src=x onerror=alert(1)> '; DROP TABLE ticket; -- \u202e %s {{7*7}} 🦆\n\nsecond line"


def change(client: Browser, address: str, wanted: Any) -> Any:
    """Change what is there now."""
    return client.patch(address, json=wanted, headers={"If-Match": client.get(address).headers["etag"]})


def later(days: int) -> str:
    """The day so many days from now."""
    return (today() + timedelta(days=days)).isoformat()
