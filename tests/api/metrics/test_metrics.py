"""The metrics: their names by the conventions of Prometheus, their values, their documentation."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from prometheus_client import Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from accessibility.ledger.audits.models import Audit
from api.app import create_app
from core import clock, heartbeats, job_runs
from core.database import Database
from core.people import keys
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.people import Browser, add_person
from tests.api.workers import worker

DOCS = (Path(__file__).parents[3] / "docs" / "metrics.md").read_text(encoding="utf-8")
BASE_UNITS = ("_seconds", "_bytes", "_ratio", "_total", "_info")
OTHER_UNITS = re.compile(r"_(ms|milliseconds|minutes|hours|days|kb|mb|percent)(_|$)")


def scrape(app: FastAPI) -> dict[str, Metric]:
    text = generate_latest(app.state.registry).decode()
    return {family.name: family for family in text_string_to_metric_families(text)}


def exposed(family: Metric) -> str:
    """The name as the exposition has it."""
    return f"{family.name}_total" if family.type == "counter" else family.name


def value(families: dict[str, Metric], name: str, **labels: str) -> float:
    found = [s.value for f in families.values() for s in f.samples if s.name == name and s.labels == labels]
    assert len(found) == 1, (name, labels, found)
    return found[0]


@pytest.fixture
def app(history: Database) -> FastAPI:  # noqa: F811
    return create_app(history)


@pytest.fixture
def empty(database: Database) -> FastAPI:
    return create_app(database)


def test_names_help_and_units_follow_the_conventions(app: FastAPI) -> None:
    Browser(app).get("/health")
    for name, family in scrape(app).items():
        assert re.fullmatch(r"campus(_[a-z]+)+", name), name
        assert family.documentation.endswith("."), name
        assert not OTHER_UNITS.search(exposed(family)), name
        assert (family.type == "counter") == exposed(family).endswith("_total"), name
        if re.search("_(duration|age|timestamp)(_|$)", name):
            assert name.endswith("_seconds"), name
        if re.search("_(size|free)(_|$)", name):
            assert name.endswith("_bytes"), name
        for sample in family.samples:
            assert all(re.fullmatch(r"[a-z]+", label) for label in sample.labels), name


def test_docs_and_metrics_agree(app: FastAPI) -> None:
    Browser(app).get("/health")
    with app.state.database.write() as session:
        heartbeats.beat(session, worker(), {})
    families = scrape(app)
    rows = {row[0]: row[1:] for row in re.findall(r"^\| `(campus_\w+)` \| (\w+) \| ?(.*?) ?\| (.*) \|$", DOCS, re.M)}
    assert rows.keys() == {exposed(family) for family in families.values()}
    for family in families.values():
        kind, labels, text = rows[exposed(family)]
        assert (family.type, family.documentation) == (kind, text)
        for sample in family.samples[:1]:
            assert set(re.findall(r"`(\w+)`", labels)) == sample.labels.keys() - {"le"}, family.name


def test_the_example_rules_name_metrics_and_labels_that_exist(app: FastAPI) -> None:
    Browser(app).get("/health")
    samples = {sample.name for family in scrape(app).values() for sample in family.samples}
    samples |= {exposed(family) for family in scrape(app).values()}
    rules = DOCS[DOCS.index("## Rules to begin with") :]
    named = set(re.findall(r"\bcampus_\w+", rules))
    assert len(named) >= 8
    assert named <= samples
    for metric, selector in re.findall(r"\b(campus_\w+)\{([^}]*)\}", rules):
        labels = set(re.findall(r"(\w+)=~?\"", selector))
        known = re.search(rf"^\| `{metric}` \| \w+ \| (.*?) \|", DOCS, re.M)
        assert known is not None
        assert labels <= set(re.findall(r"`(\w+)`", known[1])), metric


def test_a_service_that_did_nothing_yet_has_every_metric(empty: FastAPI, database: Database) -> None:
    families = scrape(empty)
    assert value(families, "campus_queue_waiting", queue="audits") == 0
    assert value(families, "campus_queue_oldest_age_seconds", queue="audits") == 0
    assert value(families, "campus_workers", state="alive") == 0
    assert value(families, "campus_database_size_bytes", kind=database.engine.name) > 100_000
    assert families["campus_night_pages"].samples == []


def test_the_values_are_those_of_the_ledger(app: FastAPI, history: Database) -> None:  # noqa: F811
    families = scrape(app)
    with history.read() as session:
        nights = session.query(Audit).filter_by(state="done", kind="night").all()
        last = max((one for one in nights if one.platform_id == 1), key=lambda one: one.number)
    ended = [
        s for s in families["campus_audits"].samples if s.labels["kind"] == "night" and s.labels["state"] == "done"
    ]
    assert sum(sample.value for sample in ended) == len(nights)
    assert value(families, "campus_night_pages", platform="ecampus", outcome="audited", reason="none") == last.audited
    reasons = {
        s.labels["reason"]: s.value
        for s in families["campus_night_pages"].samples
        if s.labels["platform"] == "ecampus" and s.labels["outcome"] == "not audited"
    }
    assert reasons == last.not_covered
    assert last.started_at is not None
    assert last.ended_at is not None
    seconds = (last.ended_at - last.started_at).total_seconds()
    assert value(families, "campus_night_duration_seconds", platform="ecampus") == pytest.approx(seconds)
    assert value(families, "campus_night_login_broken", platform="partner") == 1
    assert value(families, "campus_night_login_broken", platform="ecampus") == 0
    assert value(families, "campus_queue_running", queue="audits") == 1
    assert value(families, "campus_tickets", platform="ecampus", state="open") >= 1
    assert value(families, "campus_job_runs_total", job="nightly audit: archive", result="failed") == 1


def test_queues_workers_and_jobs_are_told_on_both_databases(
    empty: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = clock.now()
    with database.write() as session:
        heartbeats.beat(session, worker(), {})
        run = job_runs.claim(session, "clean sign-ins", began, "host-1:7:ab")
        assert run is not None
        job_runs.start(session, run.id, "host-1:7:ab")
        job_runs.finish(session, run.id)
    families = scrape(empty)
    assert value(families, "campus_workers", state="alive") == 1
    assert value(families, "campus_job_runs_total", job="clean sign-ins", result="done") == 1
    assert value(families, "campus_job_last_success_timestamp_seconds", job="clean sign-ins") == pytest.approx(
        began.timestamp(), abs=60
    )
    seen = value(families, "campus_worker_last_heartbeat_timestamp_seconds", host="sample-host")
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(hours=1))
    families = scrape(empty)
    assert value(families, "campus_workers", state="alive") == 0
    assert value(families, "campus_workers", state="lost") == 1
    assert value(families, "campus_worker_last_heartbeat_timestamp_seconds", host="sample-host") == seen


def test_requests_are_counted_by_their_route_and_not_by_what_clients_invent(empty: FastAPI) -> None:
    client = Browser(empty)
    for address in ("/nowhere/1", "/nowhere/2", "/settings/people/1", "/static/icon.svg"):
        client.get(address, follow_redirects=False)
    client.request("BREW", "/health")
    families = scrape(empty)
    assert value(families, "campus_http_requests_total", route="none", method="GET", status="4xx") == 2
    route = "/settings/people/{person_id}"
    assert value(families, "campus_http_requests_total", route=route, method="GET", status="3xx") == 1
    assert value(families, "campus_http_requests_total", route="/static", method="GET", status="2xx") == 1
    assert {s.labels["method"] for s in families["campus_http_requests"].samples} == {"GET", "other"}
    name = "campus_http_request_duration_seconds_count"
    assert value(families, name, route=route, method="GET") == 1


def token(database: Database, scope: str, platform: str | None = None) -> dict[str, str]:
    person = add_person(database, "admin")
    with database.write() as session:
        expires = clock.now() + timedelta(days=1)
        key, _row = keys.create_token(
            session, "command", person.id, name="Sample", scopes=[scope], expires_at=expires, platform_slug=platform
        )
    return {"Authorization": f"Bearer {key}"}


def test_a_token_for_metrics_reads_them_and_nothing_else(empty: FastAPI, database: Database) -> None:
    headers = token(database, "metrics")
    client = Browser(empty)
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "campus_build_info" in answer.text
    assert client.get("/api/v1/platforms", headers=headers).status_code == 403


def test_without_that_token_there_are_no_metrics(
    empty: FastAPI, database: Database, make_browser: Callable[[str], Browser]
) -> None:
    assert Browser(empty).get("/metrics").status_code == 401
    assert Browser(empty).get("/metrics", headers=token(database, "admin")).status_code == 403
    assert make_browser("viewer").get("/metrics").status_code == 403


@pytest.fixture
def make_browser(empty: FastAPI, database: Database) -> Callable[[str], Browser]:
    return lambda role: Browser(empty).sign_in_as(database, add_person(database, role))


def test_a_database_out_of_reach_gives_no_half_of_the_metrics(tmp_path: Path) -> None:
    broken = Database(f"sqlite:///{tmp_path}/gone/campus.sqlite")
    (tmp_path / "gone").rmdir()
    answer = Browser(create_app(broken)).get("/metrics", headers={"Authorization": "Bearer campus_nobodys"})
    assert answer.status_code == 503
