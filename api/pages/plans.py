"""When the audits of a platform are planned."""

from datetime import datetime, timedelta

from accessibility.ledger.platforms.models import Platform
from core import cron
from core.settings import settings

LIMIT = timedelta(days=8)  # a weekly audit has a last time too


def next_planned(platform: Platform, now: datetime) -> datetime | None:
    """When the platform is audited next; None when it is paused or only audited by hand."""
    if not platform.active or not platform.settings.get("schedule"):
        return None
    return cron.next_time(platform.settings["schedule"], _zone(platform), now)


def latest_planned(platform: Platform, now: datetime) -> datetime | None:
    """The last planned time that has come; None for a schedule that was set or resumed since."""
    if not platform.active or not platform.settings.get("schedule"):
        return None
    latest = cron.latest_time(platform.settings["schedule"], _zone(platform), now, LIMIT)
    return None if latest is None or latest < platform.scheduled_since else latest


def _zone(platform: Platform) -> str:
    return platform.settings.get("time_zone") or settings().time_zone
