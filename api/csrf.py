"""Against forged requests: every form carries a token bound to its session, and the request must come from our pages.

The token is an HMAC under the session's key, so it needs no storage, ends with the session and tells nothing about the
key. Before sign-in a cookie of its own takes the session's place.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from api import cookies
from core.errors import NotAllowed
from core.i18n import gettext as _

FIELD = "csrf"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Forged(NotAllowed):
    """The form did not come from a page that this visitor had open."""


async def protect(request: Request) -> None:
    """Refuse an unsafe request without the session's token, or from another site. A dependency of every page router."""
    if request.method in SAFE_METHODS:
        return
    given = (await request.form()).get(FIELD)
    if not (
        _is_ours(request) and isinstance(given, str) and hmac.compare_digest(given.encode(), token(request).encode())
    ):
        raise Forged(
            _("This form could not be checked, so nothing was changed. Go back, reload the page and send it again.")
        )


def token(request: Request) -> str:
    """The token for the forms of this visitor."""
    return hmac.new(bound_to(request).encode(), b"form", hashlib.sha256).hexdigest()


def bound_to(request: Request) -> str:
    """The secret of this visitor: the session's key, or that of the visit before sign-in."""
    known = cookies.read(request, cookies.SESSION) or cookies.read(request, cookies.VISIT)
    if known:
        return known
    if not hasattr(request.state, "new_visit"):
        request.state.new_visit = cookies.new_visit()
    return str(request.state.new_visit)


def remember_visit(request: Request, response: Response) -> None:
    """Give a new visitor the cookie that the tokens in this page are bound to."""
    if hasattr(request.state, "new_visit"):
        cookies.put(request, response, cookies.VISIT, request.state.new_visit)


def _is_ours(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    public = urlsplit(request.app.state.settings.public_url)
    if public.netloc:
        return origin == f"{public.scheme}://{public.netloc}"
    host = request.headers.get("host", "")
    return origin in (f"http://{host}", f"https://{host}")
