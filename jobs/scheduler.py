"""The clock of a worker: APScheduler fires each job at its planned times, and a look every minute finds the missed.

Beside them it sends, every few seconds, what waits in the outbox of alerts, and every two minutes guests' invitations.

The schedule lives in the database, and so do the claims: nothing of it is kept by APScheduler between two starts, and
several workers may run it at once.
"""

import threading
from datetime import datetime

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from core import clock
from core.database import Database
from jobs.lost_runs import close_lost_runs
from jobs.planned_run import run_planned
from jobs.schedule import Job, scheduled_jobs
from jobs.send_alerts import send_alerts
from jobs.send_invitations import send_invitations

REFRESH_SECONDS = 60
SEND_SECONDS = 10
INVITE_SECONDS = 120
DEFAULTS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}

log = structlog.get_logger()


class PlannedTimes(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """A job's planned times for APScheduler, whose own cron runs a local time that exists twice two times."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        return self.job.next_time(previous or now)


class Scheduler:
    """Fires the jobs in threads of its own from `start` until `stop`."""

    def __init__(self, database: Database, worker: str) -> None:
        self._database = database
        self._worker = worker
        self._jobs: dict[str, Job] = {}
        self._stopping = threading.Event()
        self._threads = ThreadPoolExecutor()
        self._clock = BackgroundScheduler(timezone="UTC", job_defaults=DEFAULTS, executors={"default": self._threads})

    def start(self) -> None:
        """Begin. Missed runs are made up for at once."""
        self._clock.start()
        self._clock.add_job(self.refresh, "interval", seconds=REFRESH_SECONDS, next_run_time=clock.now())
        sending = (self._database, self._worker, self._stopping)
        self._clock.add_job(send_alerts, "interval", sending, seconds=SEND_SECONDS, next_run_time=clock.now())
        self._clock.add_job(send_invitations, "interval", sending, seconds=INVITE_SECONDS, next_run_time=clock.now())

    def stop(self) -> None:
        """End; waits for the jobs that are running, and for the message that is being sent."""
        self._stopping.set()
        self._clock.shutdown(wait=False)  # it would wait under the lock that `refresh` needs to come to its end
        self._threads.shutdown(wait=True)

    def planned(self) -> dict[str, datetime]:
        """The next planned time of every job."""
        return {name: job.next_run_time for name in self._jobs if (job := self._clock.get_job(name))}

    def refresh(self) -> None:
        """Take over what changed in the platforms' schedules, and fire what was missed."""
        with self._database.read() as session:
            jobs = {job.name: job for job in scheduled_jobs(session)}
        for name in self._jobs.keys() - jobs.keys():
            self._clock.remove_job(name)
        for job in jobs.values():
            known = self._jobs.get(job.name)
            if known is None or (known.cron, known.zone) != (job.cron, job.zone):
                self._clock.add_job(
                    self._fire, PlannedTimes(job), [job.name], id=job.name, name=job.name, replace_existing=True
                )
        self._jobs = jobs
        close_lost_runs(self._database)
        for name in jobs:
            self._fire(name)

    def _fire(self, name: str) -> None:
        job = self._jobs.get(name)
        planned_at = job.due(clock.now()) if job else None
        if job and planned_at:
            run_planned(self._database, job, planned_at, self._worker)
