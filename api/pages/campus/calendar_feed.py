"""A calendar for programs that cannot sign in: whoever knows its secret address may read it, and nothing else."""

import hashlib
import threading
import time
from collections import defaultdict, deque
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from api.dependencies import Reading
from api.pages import page_router
from campus.calendars import ical, queries
from core import i18n
from core.errors import TooManyAttempts
from core.i18n import gettext as _

router = page_router()
FEED = "/calendars/{key}.ics"
MOST_READS, WINDOW_SECONDS = 60, 3600  # of one address; calendar programs ask a few times a day
KEPT_SECONDS = 900


class Throttle:
    """So many reads of each address within a while; more are told when to come back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reads: dict[int, deque[float]] = defaultdict(deque)

    def count(self, feed_id: int) -> None:
        """Count one read. Raises `TooManyAttempts`."""
        now = time.monotonic()
        with self._lock:
            reads = self._reads[feed_id]
            while reads and reads[0] <= now - WINDOW_SECONDS:
                reads.popleft()
            if len(reads) >= MOST_READS:
                wait = round(reads[0] + WINDOW_SECONDS - now) + 1
                raise TooManyAttempts(_("This calendar was read too often. Try again later."), retry_after=wait)
            reads.append(now)


throttle = Throttle()


@router.get(FEED)
def feed(request: Request, key: str, session: Reading) -> Response:
    """The calendar, or 304 when the program has it already."""
    found = queries.feed_of_key(session, key)
    throttle.count(found.id)
    i18n.speak(found.language)
    host = urlsplit(request.app.state.settings.address).hostname or "campus"
    body = ical.calendar(queries.title(session, found), queries.entries(session, found), host)
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Cache-Control": f"private, max-age={KEPT_SECONDS}",
        "Content-Disposition": 'inline; filename="calendar.ics"',
        "X-Robots-Tag": "noindex",
    }
    if headers["ETag"] in (one.strip() for one in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/calendar", headers=headers)
