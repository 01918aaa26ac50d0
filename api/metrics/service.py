"""What the database knows, read when Prometheus asks: several web processes then tell the same, and none counts."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from accessibility.ledger.alerts import queries as alerts
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.rules import Held
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.operations import queries
from accessibility.ledger.operations.queries import Night
from core import clock, heartbeats, job_runs, machine
from core.database import Database
from core.settings import Settings

NONE = "none"


class ServiceCollector(Collector):
    """A few cheap SELECTs within one transaction. Raises what they raise: half a scrape looks like a calm night."""

    def __init__(self, database: Callable[[], Database], settings: Callable[[], Settings]) -> None:
        self._database = database
        self._settings = settings

    def collect(self) -> Iterable[Metric]:
        """Every metric, whether or not it has a value yet."""
        with self._database().read() as session:
            found = [*_queues(session), *_audits(session), *_tickets(session), *_jobs(session), *_workers(session)]
            found.append(_database_size(session))
        return [*found, *_folders(self._settings())]


def _queues(session: Session) -> Iterator[Metric]:
    now = clock.now()
    audits, gates = queries.queue(session, Audit), queries.queue(session, Gate)
    outbox = alerts.outbox_state(session, now)
    waiting = GaugeMetricFamily("campus_queue_waiting", "Audits, gates and messages that wait.", labels=["queue"])
    oldest = GaugeMetricFamily(
        "campus_queue_oldest_age_seconds",
        "How long the one that waits longest has been waiting; 0 when none waits.",
        labels=["queue"],
        unit="seconds",
    )
    running = GaugeMetricFamily("campus_queue_running", "Audits and gates that a worker holds.", labels=["queue"])
    lengths = {
        "audits": (audits.waiting, audits.oldest),
        "gates": (gates.waiting, gates.oldest),
        "messages": (outbox.waiting, outbox.oldest),
    }
    for name, (number, since) in lengths.items():
        waiting.add_metric([name], number)
        oldest.add_metric([name], max(0.0, (now - since).total_seconds()) if since else 0.0)
    running.add_metric(["audits"], audits.running)
    running.add_metric(["gates"], gates.running)
    given_up = GaugeMetricFamily(
        "campus_messages_given_up", "Mails and webhook calls that were given up, kept for 90 days.", outbox.given_up
    )
    yield from (waiting, oldest, running, given_up)


def _audits(session: Session) -> Iterator[Metric]:
    ended = CounterMetricFamily(
        "campus_audits",
        "Audits that ended, by their end and by why the tickets were left as they were (none: they were not).",
        labels=["platform", "kind", "state", "reason"],
    )
    for slug, kind, state, held, number in queries.ended_audits(session):
        ended.add_metric([slug, kind, state, held or NONE], number)
    gates = CounterMetricFamily("campus_gates", "Gates that ended, by verdict.", labels=["platform", "verdict"])
    for slug, verdict, number in queries.ended_gates(session):
        gates.add_metric([slug, verdict or NONE], number)
    yield from (ended, gates, *_nights(queries.last_nights(session)))


def _nights(nights: list[Night]) -> Iterator[Metric]:
    """The last night of each platform."""
    pages = GaugeMetricFamily(
        "campus_night_pages",
        "Pages of the last night (each in each role and viewport), by what came of them and why.",
        labels=["platform", "outcome", "reason"],
    )
    seconds, each, ended, login = (
        GaugeMetricFamily(name, text, labels=["platform"], unit=unit)
        for name, text, unit in (
            ("campus_night_duration_seconds", "How long the last night took.", "seconds"),
            (
                "campus_night_page_duration_seconds",
                "Mean time a page of the last night took; pages loaded at the same time make it shorter.",
                "seconds",
            ),
            ("campus_night_end_timestamp_seconds", "When the last night ended, in Unix time.", "seconds"),
            ("campus_night_login_broken", "1 when nobody could log in to the platform in the last night, else 0.", ""),
        )
    )
    for night in nights:
        pages.add_metric([night.slug, "audited", NONE], night.audited)
        for outcome, reasons in (("not audited", night.not_covered), ("not planned", night.not_planned)):
            for reason, number in sorted(reasons.items()):
                pages.add_metric([night.slug, outcome, reason], number)
        seconds.add_metric([night.slug], night.seconds)
        if night.visited:
            each.add_metric([night.slug], night.seconds / night.visited)
        ended.add_metric([night.slug], night.ended_at.timestamp())
        login.add_metric([night.slug], night.held == Held.LOGIN)
    yield from (pages, seconds, each, ended, login)


def _tickets(session: Session) -> Iterator[Metric]:
    tickets = GaugeMetricFamily("campus_tickets", "Tickets, by their state now.", labels=["platform", "state"])
    for slug, state, number in queries.tickets_by_state(session):
        tickets.add_metric([slug, state], number)
    yield tickets


def _jobs(session: Session) -> Iterator[Metric]:
    runs = CounterMetricFamily("campus_job_runs", "Runs of the schedule's jobs, by result.", labels=["job", "result"])
    for job, result, number in job_runs.counts(session):
        runs.add_metric([job, result], number)
    well = GaugeMetricFamily(
        "campus_job_last_success_timestamp_seconds",
        "When a job last ended well, in Unix time.",
        labels=["job"],
        unit="seconds",
    )
    for job, at in job_runs.last_successes(session):
        well.add_metric([job], at.timestamp())
    yield from (runs, well)


def _workers(session: Session) -> Iterator[Metric]:
    found, now = heartbeats.workers(session), clock.now()
    alive = [one for one in found if one.is_alive(now)]
    workers = GaugeMetricFamily(
        "campus_workers", "Workers that give signs of life, and those lost within a day.", labels=["state"]
    )
    workers.add_metric(["alive"], len(alive))
    workers.add_metric(["lost"], len(found) - len(alive))
    last = GaugeMetricFamily(
        "campus_worker_last_heartbeat_timestamp_seconds",
        "The last sign of life of any worker of a machine, in Unix time.",
        labels=["host"],
        unit="seconds",
    )
    for host in sorted({one.host for one in found}):
        last.add_metric([host], max(one.seen_at for one in found if one.host == host).timestamp())
    yield from (workers, last)


def _database_size(session: Session) -> Metric:
    size = GaugeMetricFamily(
        "campus_database_size_bytes", "Size of the database with its indexes.", labels=["kind"], unit="bytes"
    )
    size.add_metric([session.get_bind().dialect.name], machine.database_bytes(session))
    return size


def _folders(settings: Settings) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "campus_evidence_size_bytes",
        "Size of the pictures in the evidence folder, measured at most every 5 minutes.",
        machine.folder_bytes(settings.evidence_dir),
        unit="bytes",
    )
    yield GaugeMetricFamily(
        "campus_data_folder_free_bytes",
        "Free space where the data folder is.",
        machine.folder_facts(settings.data_dir).free,
        unit="bytes",
    )
