"""What runs by clock: name, time, function. `EVERY_DAY` and one nightly audit per active platform are the whole list.

A planned time that passed while no worker ran is made up for once: the latest one only, if it is not older than
`LATE_LIMIT`, and marked as late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from accessibility.ledger.platforms import queries as platforms
from core import cron
from core.database import Database
from core.errors import InvalidInput
from core.job_runs import JobRun
from core.people.access import EVERY
from core.settings import settings
from jobs import action_reminders
from jobs.clean_alerts import clean_alerts
from jobs.clean_imports import clean_imports
from jobs.clean_sign_ins import clean_sign_ins
from jobs.close_quarters import close_quarters
from jobs.comments import look_after_comments
from jobs.evidence_retention import drop_old_evidence
from jobs.expire_exceptions import expire_exceptions
from jobs.forget_guest_names import forget_guest_names
from jobs.guest_data import delete_old_guest_data, forget_order
from jobs.indicator_values import record_monthly
from jobs.nightly import job_name, queue_audit
from jobs.overdue_tickets import tell_of_overdue
from jobs.request_jobs import forget_guests_of_requests, make_planned_requests
from jobs.snapshots import make_forecast, take_snapshots
from jobs.works_reminders import remind

LATE_LIMIT = timedelta(days=7)  # a weekly audit is made up for too
LATE_AFTER = timedelta(minutes=5)

log = structlog.get_logger()


@dataclass(frozen=True)
class Job:
    """Something that runs by clock. `zone` is a time zone's name, "" the campus's.

    Either `work` is done by the worker that claimed the run, and what it returns is the run's result (plain JSON); or
    `queue` hands it on within the transaction of the claim, and whoever does it ends the run. Planned times before
    `since` were under another schedule and are not made up for.
    """

    name: str
    cron: str
    zone: str = ""
    work: Callable[[Database], Any] | None = None
    queue: Callable[[Session, JobRun], None] | None = None
    since: datetime | None = None

    def next_time(self, after: datetime) -> datetime | None:
        """The first planned time later than `after`."""
        return cron.next_time(self.cron, self._zone, after)

    def due(self, now: datetime) -> datetime | None:
        """The latest planned time that has come and is not too old to be run late."""
        latest = cron.latest_time(self.cron, self._zone, now, LATE_LIMIT)
        return None if latest is None or (self.since and latest < self.since) else latest

    def check(self) -> None:
        """Raise `InvalidInput` when it could never be planned."""
        cron.check(self.cron, self._zone)

    @property
    def _zone(self) -> str:
        return self.zone or settings().time_zone


EVERY_DAY = (
    Job("book snapshots", "5 0 * * *", work=take_snapshots),
    Job("room-night forecast", "15 0 * * *", work=make_forecast),
    Job("expire exceptions", "10 0 * * *", work=expire_exceptions),
    Job("overdue tickets", "20 0 * * *", work=tell_of_overdue),
    Job("works reminders", "35 0 * * *", work=remind),
    Job("close quarters", "45 0 * * *", work=close_quarters),  # before the indicators that read them
    Job("action reminders", "37 0 * * *", work=action_reminders.remind),
    Job("indicator values", "50 0 1 * *", work=record_monthly),
    Job("planned maintenance", "40 0 * * *", work=make_planned_requests),
    Job("comments", "20 4 * * *", work=look_after_comments),
    Job("guests of requests", "25 4 * * *", work=forget_guests_of_requests),  # before the files are swept
    Job("guests' data", "27 4 * * *", work=delete_old_guest_data),
    Job("evidence retention", "30 4 * * *", work=drop_old_evidence),
    Job("forget guest names", "40 4 * * *", work=forget_guest_names),
    Job("clean sign-ins", "45 4 * * *", work=clean_sign_ins),
    Job("clean alerts", "50 4 * * *", work=clean_alerts),
    Job("clean imports", "55 4 * * *", work=clean_imports),
    Job("order of answers", "5 5 * * *", work=forget_order),  # after everything that deletes
)


def is_late(planned_at: datetime, now: datetime) -> bool:
    """Whether a run that begins now was missed at its time."""
    return now - planned_at > LATE_AFTER


def scheduled_jobs(session: Session) -> list[Job]:
    """Every job as the platforms stand now. One that cannot be planned is left out, loudly: the others must run."""
    return [job for job in (*EVERY_DAY, *_nightly_audits(session)) if _can_be_planned(job)]


def _nightly_audits(session: Session) -> list[Job]:
    return [
        Job(
            job_name(platform.slug),
            platform.settings["schedule"],
            platform.settings["time_zone"],
            queue=partial(queue_audit, platform.slug),
            since=platform.scheduled_since,
        )
        for platform in platforms.platforms(session, EVERY, active=True)
        if platform.settings["schedule"]
    ]


def _can_be_planned(job: Job) -> bool:
    try:
        job.check()
    except InvalidInput as error:
        log.error("a job cannot be planned", job=job.name, error=str(error))
        return False
    return True
