"""One message for the next page, after a form was handled and the browser redirected.

It travels in a cookie that is signed under the visitor's own key and deleted when it is shown.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field

from fastapi import Request
from starlette.responses import Response

from api import cookies, csrf

MAX_LENGTH = 3000  # browsers keep cookies of up to 4096 bytes


@dataclass(frozen=True)
class Undo:
    """A button beside the message that takes the change back: a form posted to `action` with these fields."""

    action: str
    label: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Flash:
    """What happened, in one sentence. `kind` is that of the tags: good, info, warn or bad."""

    text: str
    kind: str = "good"
    undo: Undo | None = None


def put(request: Request, response: Response, flash: Flash, *, key: str | None = None) -> None:
    """Show the message on the next page. `key` only where the visitor's key has just changed."""
    payload = json.dumps(asdict(flash), ensure_ascii=False, separators=(",", ":"))
    value = base64.urlsafe_b64encode(payload.encode()).decode()
    if len(value) > MAX_LENGTH:
        raise ValueError("the message is too long for a cookie")
    cookies.put(request, response, cookies.FLASH, f"{_sign(value, key or csrf.bound_to(request))}.{value}")


def take(request: Request) -> Flash | None:
    """The message meant for this page, if it is really ours."""
    signature, _, value = (cookies.read(request, cookies.FLASH) or "").partition(".")
    if not value or not hmac.compare_digest(signature.encode(), _sign(value, csrf.bound_to(request)).encode()):
        return None
    kept = json.loads(base64.urlsafe_b64decode(value))
    undo = kept.pop("undo")
    return Flash(**kept, undo=Undo(**undo) if undo else None)


def _sign(value: str, key: str) -> str:
    return hmac.new(key.encode(), b"flash" + value.encode(), hashlib.sha256).hexdigest()
