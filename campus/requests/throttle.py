"""What stands against floods of the public form: so many reports by a room's code, from a network, and in a day.

It counts as the throttle of sign-ins does, in the same table, whose rows hold hashes and are dropped after a while.
"""

from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from campus.known import end_of
from campus.requests import queries
from campus.requests.rules import NETWORK_TRIES, ROOM_TRIES
from core import clock
from core.errors import TooManyAttempts
from core.i18n import gettext as _
from core.i18n import today
from core.people import actions as attempts
from core.people import queries as people
from core.people import rules
from core.people.login import subject
from core.settings import settings

log = structlog.get_logger()


def count_report(session: Session, room_id: int, address: str) -> None:
    """Count one report that somebody tries to send. Raises `TooManyAttempts` when it is one too many."""
    limits = {
        subject("report of room", str(room_id)): ROOM_TRIES,
        subject("report from", rules.network(address)): NETWORK_TRIES,
    }
    now = clock.now()
    wait = max(
        rules.seconds_to_wait(people.attempts(session, one, now - rules.WINDOW), allowed, now)
        for one, allowed in limits.items()
    )
    if wait:
        raise _refused(wait)
    check_day(session)
    attempts.count_attempts(session, limits)


def check_day(session: Session) -> None:
    """Raises `TooManyAttempts` until midnight when guests sent all the reports that a day has room for."""
    if queries.guest_reports_since(session, end_of(today() - timedelta(days=1))) >= settings().guest_reports_a_day:
        raise _refused(max(1, round((end_of(today()) - clock.now()).total_seconds())))


def _refused(wait: int) -> TooManyAttempts:
    log.warning("report of a guest throttled", retry_after=wait)
    return TooManyAttempts(
        _("So many reports came just now that this one was not taken. Tell the reception, or try again later."),
        retry_after=wait,
    )
