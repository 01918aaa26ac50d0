"""The state of the service itself, for its administrators: one picture, shown by the page and by REST."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Literal

from pydantic import BaseModel
from sqlalchemy.orm import Session

from accessibility.ledger.alerts import queries as alerts
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.operations import queries
from accessibility.ledger.operations.queries import Night
from api.accessibility_words import AUDIT_JOB
from core import cautions, clock, heartbeats, job_runs, machine, mail
from core.cautions import Caution
from core.heartbeats import WorkerHeartbeat
from core.job_runs import JobRun
from core.settings import Settings

DAYS = 7
"""Failures of so many days are told."""


class Doing(BaseModel):
    """A piece of work that a worker holds. `number` is an audit's, of its platform, a gate's own, or a job's run."""

    kind: Literal["audit", "gate", "job"]
    name: str
    platform: str | None
    number: int
    since: datetime | None


class WorkerState(BaseModel):
    """A worker process. One that is not `alive` was killed, hangs, or has lost the database; it is told for a day."""

    worker: str
    host: str
    version: str
    alive: bool
    started_at: datetime
    seen_at: datetime
    browser: str
    browser_error: str
    sandbox: bool
    doing: list[Doing]


class QueueState(BaseModel):
    """What waits and runs. `oldest`: since when the longest waiting one does. Of mails nothing counts as running."""

    queue: Literal["audits", "gates", "messages"]
    waiting: int
    running: int
    oldest: datetime | None


class JobState(BaseModel):
    """A job by clock: its next planned time, as a living worker plans it, and how its last run ended."""

    job: str
    next_at: datetime | None
    last_planned_at: datetime | None
    last_ended_at: datetime | None
    last_seconds: float | None
    last_state: str | None
    last_error: str


class FailureState(BaseModel):
    """How often something failed within `days`. `number` is that of the last audit, where it is one of audits.

    `kind`: night (held or failed), pages (not audited, for this `reason`), gate, job. `detail` is the last error.
    """

    kind: Literal["pages", "night", "gate", "job"]
    reason: str
    platform: str | None
    times: int
    number: int | None
    detail: str = ""


class DatabaseState(BaseModel):
    """The database. `revision` is the migration that its tables are at."""

    kind: str
    version: str
    bytes: int
    revision: str


class FolderState(BaseModel):
    """The data folder of the web process, and of its evidence the size as measured at most every 5 minutes."""

    path: str
    free_bytes: int
    total_bytes: int
    evidence_bytes: int


class MailState(BaseModel):
    """Mails and webhook calls."""

    set_up: bool
    given_up: int
    last_sent_at: datetime | None


class ServiceState(BaseModel):
    """The service as it is `at` this instant."""

    at: datetime
    version: str
    database: DatabaseState
    folder: FolderState
    workers: list[WorkerState]
    queues: list[QueueState]
    jobs: list[JobState]
    failures: list[FailureState]
    days: int
    mail: MailState
    cautions: list[Caution]


def service_state(session: Session, settings: Settings) -> ServiceState:
    """All of it, as one moment of the database shows it."""
    now = clock.now()
    beats = heartbeats.workers(session)
    living = [one for one in beats if one.is_alive(now)]
    outbox = alerts.outbox_state(session, now)
    database, folder = machine.database_facts(session), machine.folder_facts(settings.data_dir)
    evidence = machine.folder_bytes(settings.evidence_dir)
    return ServiceState(
        at=now,
        version=version("campus"),
        database=DatabaseState(**{name: getattr(database, name) for name in DatabaseState.model_fields}),
        folder=FolderState(path=folder.path, free_bytes=folder.free, total_bytes=folder.total, evidence_bytes=evidence),
        workers=_workers(session, beats, now),
        queues=[
            _queue("audits", queries.queue(session, Audit)),
            _queue("gates", queries.queue(session, Gate)),
            QueueState(queue="messages", waiting=outbox.waiting, running=0, oldest=outbox.oldest),
        ],
        jobs=_jobs(living, job_runs.last_ended(session)),
        failures=list(_failures(session, now - timedelta(days=DAYS))),
        days=DAYS,
        mail=MailState(set_up=mail.is_set_up(), given_up=outbox.given_up, last_sent_at=outbox.last_sent),
        cautions=cautions.cautions(
            settings,
            folder,
            workers=len(living),
            sandboxes=[one.facts["sandbox"] for one in living],
            browsers=[one.facts["browser"] for one in living],
        ),
    )


def _queue(name: Literal["audits", "gates"], found: queries.Queue) -> QueueState:
    return QueueState(queue=name, waiting=found.waiting, running=found.running, oldest=found.oldest)


def _workers(session: Session, beats: list[WorkerHeartbeat], now: datetime) -> list[WorkerState]:
    held = [
        (one.worker, Doing(kind=one.kind, name=one.platform, platform=one.slug, number=one.number, since=one.since))
        for one in queries.work(session)
    ]
    held += [
        (run.worker, Doing(kind="job", name=run.job, platform=None, number=run.id, since=run.started_at))
        for run in job_runs.unfinished(session)
        if run.state == job_runs.RUNNING and not run.job.startswith(AUDIT_JOB)
    ]
    return [
        WorkerState(
            worker=one.worker,
            host=one.host,
            version=one.version,
            alive=one.is_alive(now),
            started_at=one.started_at,
            seen_at=one.seen_at,
            browser=one.facts["browser"],
            browser_error=one.facts["browser_error"],
            sandbox=one.facts["sandbox"],
            doing=[doing for worker, doing in held if worker == one.worker],
        )
        for one in beats
    ]


def _jobs(living: list[WorkerHeartbeat], last: dict[str, JobRun]) -> list[JobState]:
    """Those that a living worker plans, the next one first, then those that only ran."""
    planned: dict[str, datetime] = {}
    for one in reversed(living):  # the one heard of last knows best
        planned |= {job: datetime.fromisoformat(at) for job, at in one.planned.items()}
    jobs = [_job(name, planned.get(name), last.get(name)) for name in planned.keys() | last.keys()]
    return sorted(jobs, key=lambda one: (one.next_at is None, one.next_at or one.last_planned_at, one.job))


def _job(name: str, next_at: datetime | None, last: JobRun | None) -> JobState:
    return JobState(
        job=name,
        next_at=next_at,
        last_planned_at=last.planned_at if last else None,
        last_ended_at=last.ended_at if last else None,
        last_seconds=last.seconds if last else None,
        last_state=last.state if last else None,
        last_error=last.error if last else "",
    )


def _failures(session: Session, since: datetime) -> Iterator[FailureState]:
    """Whole nights first, then pages by reason, gates and jobs; of each the most frequent first."""
    nights = queries.nights_since(session, since)
    yield from _failed_nights(nights)
    yield from _missed_pages(nights)
    for slug, times in queries.gates_that_did_not_run(session, since).most_common():
        yield FailureState(kind="gate", reason="failed", platform=slug, times=times, number=None)
    last = job_runs.last_ended(session)
    for job, state, times in job_runs.counts(session, since):
        if state == job_runs.FAILED and not job.startswith(AUDIT_JOB):
            yield FailureState(kind="job", reason=job, platform=None, times=times, number=None, detail=last[job].error)


def _failed_nights(nights: Sequence[Night]) -> Iterator[FailureState]:
    failed: dict[tuple[str, str], list[Night]] = {}
    for one in nights:
        if why := one.held or ("failed" if one.state == "failed" else ""):
            failed.setdefault((one.slug, why), []).append(one)
    for (slug, why), some in sorted(failed.items(), key=lambda item: (-len(item[1]), item[0])):
        number, error = some[-1].number, some[-1].error
        yield FailureState(kind="night", reason=why, platform=slug, times=len(some), number=number, detail=error)


def _missed_pages(nights: Sequence[Night]) -> Iterator[FailureState]:
    rows, last = Counter[tuple[str, str]](), dict[tuple[str, str], int]()
    for one in nights:
        for reason, number in one.not_covered.items():
            rows[one.slug, reason] += number
            last[one.slug, reason] = one.number
    for (slug, reason), number in rows.most_common():
        yield FailureState(kind="pages", reason=reason, platform=slug, times=number, number=last[slug, reason])
