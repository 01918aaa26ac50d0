"""What stands against floods of the public form: so many cases from a network, and in a day.

It counts as the throttle of sign-ins does, in the same table, whose rows hold hashes and are dropped after a while.
"""

from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from campus.feedback.cases import queries
from campus.feedback.cases.rules import NETWORK_TRIES
from campus.known import end_of
from core import clock
from core.errors import TooManyAttempts
from core.guest_texts import say
from core.i18n import today
from core.people import actions as attempts
from core.people import queries as people
from core.people import rules
from core.people.login import subject
from core.settings import settings

log = structlog.get_logger()


def count_case(session: Session, address: str) -> None:
    """Count one case that somebody tries to open. Raises `TooManyAttempts` when it is one too many."""
    network, now = subject("case from", rules.network(address)), clock.now()
    tried = people.attempts(session, network, now - rules.WINDOW)
    wait = rules.seconds_to_wait(tried, NETWORK_TRIES, now)
    if wait:
        raise _refused(wait)
    check_day(session)
    attempts.count_attempts(session, [network])


def check_day(session: Session) -> None:
    """Raises `TooManyAttempts` until midnight when guests opened all the cases that a day has room for."""
    if queries.opened_since(session, end_of(today() - timedelta(days=1))) >= settings().guest_cases_a_day:
        raise _refused(max(1, round((end_of(today()) - clock.now()).total_seconds())))


def _refused(wait: int) -> TooManyAttempts:
    log.warning("case of a guest throttled", retry_after=wait)
    return TooManyAttempts(
        say("So many messages came just now that this one was not taken. Tell the reception, or try again later."),
        retry_after=wait,
    )
