"""Who may do what, and when somebody who guesses passwords has to wait. Pure decisions."""

import ipaddress
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from core.errors import InvalidInput, NotAllowed
from core.i18n import LANGUAGES
from core.i18n import gettext as _

READ = "read"
AUDITS_RUN = "audits:run"
GATES_RUN = "gates:run"
TICKETS_WRITE = "tickets:write"
PLATFORMS_WRITE = "platforms:write"
CAMPUS_READ = "campus:read"
CAMPUS_WRITE = "campus:write"
FEEDBACK_READ = "feedback:read"
FEEDBACK_WRITE = "feedback:write"
FEEDBACK_RAW = "feedback:raw"
METRICS = "metrics"
ADMIN = "admin"

SCOPES = (
    *(READ, AUDITS_RUN, GATES_RUN, TICKETS_WRITE, PLATFORMS_WRITE),
    *(CAMPUS_READ, CAMPUS_WRITE),
    *(FEEDBACK_READ, FEEDBACK_WRITE, FEEDBACK_RAW),
    *(METRICS, ADMIN),
)
"""What can be allowed, to a person by a role and to a token by its maker."""

ROLES: dict[str, frozenset[str]] = {
    "viewer": frozenset({READ, CAMPUS_READ, FEEDBACK_READ}),
    "facilities": frozenset({READ, CAMPUS_READ, CAMPUS_WRITE, FEEDBACK_READ}),
    "quality": frozenset({READ, CAMPUS_READ, FEEDBACK_READ, FEEDBACK_WRITE, FEEDBACK_RAW}),
    "accessibility": frozenset({READ, AUDITS_RUN, GATES_RUN, TICKETS_WRITE, PLATFORMS_WRITE}),
    "admin": frozenset(SCOPES),
}
BEYOND_PLATFORMS = frozenset({CAMPUS_READ, CAMPUS_WRITE, FEEDBACK_READ, FEEDBACK_WRITE, FEEDBACK_RAW, METRICS, ADMIN})
"""What no token for a single platform can have."""
ADMINISTRATOR = "admin"
PLATFORM_ROLES = ("viewer", "accessibility")
"""The roles that can also be given for single platforms."""

WINDOW = timedelta(minutes=15)
TRIES_PER_EMAIL = 10
TRIES_PER_ADDRESS = 50  # a whole campus may share one
NOTE_USE_AFTER = timedelta(minutes=1)
LONGEST_TOKEN = timedelta(days=366)

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]{1,189}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def rights(roles: Iterable[str]) -> frozenset[str]:
    """The scopes that these roles together allow. A role that does not exist allows nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


def checked_email(given: str) -> str:
    """An e-mail address in lower case. Raises `InvalidInput`."""
    email = given.strip().lower()
    if not _EMAIL.fullmatch(email):
        raise InvalidInput(_("is not an e-mail address"), place="email")
    return email


def checked_name(given: str) -> str:
    """A name of 1 to 120 characters on one line. Raises `InvalidInput`."""
    name = given.strip()
    if not 1 <= len(name) <= 120 or _CONTROL.search(name):
        raise InvalidInput(_("must be 1 to 120 characters on one line"), place="name")
    return name


def checked_roles(given: Iterable[str]) -> list[str]:
    """Each role once, in the order of `ROLES`; none for who has roles on single platforms only.

    Raises `InvalidInput`.
    """
    wanted = set(given)
    if wanted - ROLES.keys():
        raise InvalidInput(_("must be one or more of %(names)s", names=", ".join(ROLES)), place="roles")
    return [role for role in ROLES if role in wanted]


def checked_platform_role(given: str) -> str:
    """A role that can be given for one platform. Raises `InvalidInput`."""
    if given not in PLATFORM_ROLES:
        raise InvalidInput(_("must be one of %(names)s", names=", ".join(PLATFORM_ROLES)), place="role")
    return given


def checked_language(given: str) -> str:
    """One of the languages offered, or nothing for what the browser asks for. Raises `InvalidInput`."""
    if given and given not in LANGUAGES:
        raise InvalidInput(_("must be one or more of %(names)s", names=", ".join(LANGUAGES)), place="language")
    return given


def checked_scopes(given: Iterable[str], held: Collection[str], platform_slug: str | None) -> list[str]:
    """At least one scope, each once, none beyond those `held`. Raises `InvalidInput` or `NotAllowed`."""
    wanted = set(given)
    if not wanted or wanted - set(SCOPES):
        raise InvalidInput(_("must be one or more of %(names)s", names=", ".join(SCOPES)), place="scopes")
    if platform_slug is not None and (beyond := wanted & BEYOND_PLATFORMS):
        names = ", ".join(sorted(beyond))
        raise InvalidInput(
            _("a token for one platform cannot include %(names)s", names=names),
            place="scopes",
        )
    if beyond := wanted - set(held):
        raise NotAllowed(_("A token may not do more than you may: %(names)s", names=", ".join(sorted(beyond))))
    return [scope for scope in SCOPES if scope in wanted]


def checked_expiry(expires_at: datetime, now: datetime) -> datetime:
    """A token ends, and not later than in a year. Raises `InvalidInput`."""
    if not now < expires_at <= now + LONGEST_TOKEN:
        raise InvalidInput(
            _("must be in the future, at most %(days)s days from now", days=LONGEST_TOKEN.days), place="expires_at"
        )
    return expires_at


def use_is_worth_noting(last_used_at: datetime | None, now: datetime) -> bool:
    """The last use of a token is kept to the minute, so that reading does not write each time."""
    return last_used_at is None or last_used_at <= now - NOTE_USE_AFTER


def seconds_to_wait(tries: Sequence[datetime], allowed: int, now: datetime) -> int:
    """Seconds until one more try is allowed, 0 for at once, when only `allowed` tries are within `WINDOW`."""
    recent = sorted(tried for tried in tries if tried > now - WINDOW)
    if len(recent) < allowed:
        return 0
    return max(1, round((recent[-allowed] + WINDOW - now).total_seconds()))


def network(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 that one IPv6 subscriber commands."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)
