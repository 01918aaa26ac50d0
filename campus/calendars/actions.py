"""Every change of calendars: their addresses are made and ended, never changed."""

from sqlalchemy.orm import Session

from campus.calendars import queries
from campus.calendars.models import CalendarFeed
from campus.occupancy.queries import current_block
from campus.places.models import Pavilion
from core import clock, i18n, trail
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.secrets import new_key

PREFIX = "cal_"
HINT_LENGTH = 8


def make(
    session: Session, actor: str, *, pavilion_id: int | None = None, block: int | None = None
) -> tuple[str, CalendarFeed]:
    """A new address for one pavilion or one block, in the language of who asks: its key, to be shown once, and the row.

    Raises `InvalidInput` unless it is for exactly one, `NotFound` for a block that is none.
    """
    if (pavilion_id is None) == (block is None):
        raise InvalidInput(_("choose a pavilion or a block"), place="subject")
    if pavilion_id is not None and session.get(Pavilion, pavilion_id) is None:
        raise InvalidInput(_("is not there"), place="subject")
    if block is not None:
        current_block(session, block)
    plain, hashed = new_key(PREFIX)
    feed = CalendarFeed(
        key_hash=hashed,
        hint=plain[:HINT_LENGTH],
        pavilion_id=pavilion_id,
        block=block,
        language=i18n.language(),
        made_at=clock.now(),
        made_by=actor,
    )
    session.add(feed)
    session.flush()
    trail.record(session, actor, "calendar.make", "calendar", feed.id, after={"pavilion": pavilion_id, "block": block})
    return plain, feed


def revoke(session: Session, actor: str, feed_id: int) -> CalendarFeed:
    """End an address at once. Raises `NotFound`."""
    feed = queries.feed(session, feed_id)
    if feed.revoked_at is None:
        feed.revoked_at = clock.now()
        trail.record(session, actor, "calendar.revoke", "calendar", feed.id)
    return feed
