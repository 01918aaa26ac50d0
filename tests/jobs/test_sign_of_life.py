"""Real processes: a worker that is killed is told of in time, and a web process says that its database is away."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from api.app import create_app
from core import heartbeats
from core.database import Database
from core.heartbeats import WorkerHeartbeat
from core.settings import PREFIX
from jobs.cli import main
from tests import postgres
from tests.api.metrics.test_metrics import scrape, value
from tests.api.people import Browser, add_person
from tests.jobs.worker_process import ROOT, stop, wait_until, worker_process

LIMIT = 1.5  # seconds


def workers(database: Database) -> list[WorkerHeartbeat]:
    with database.read() as session:
        return heartbeats.workers(session)


@pytest.fixture
def limit(configure: Callable[..., None], database_url: str, tmp_path: Path) -> None:
    configure(lease_seconds=LIMIT, database_url=database_url, data_dir=tmp_path / "data")


@pytest.mark.usefixtures("limit")
def test_a_killed_worker_is_told_of_within_the_limit(
    database: Database, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(database)
    admin = Browser(app).sign_in_as(database, add_person(database, "admin"))
    log = tmp_path / "log"
    with worker_process(database_url, log, lease_seconds=LIMIT, log_format="json") as worker:
        wait_until(lambda: any(one.planned for one in workers(database)), what=f"a sign of life: {log.read_text()}")
        assert value(scrape(app), "campus_workers", state="alive") == 1
        assert ">Alive<" in admin.get("/settings/state").text
        assert main(["health", "worker"]) == 0
        (living,) = workers(database)
        assert (living.host, living.facts["browser_error"]) == (socket.gethostname(), "")
        assert "clean sign-ins" in living.planned

        killed = time.monotonic()
        os.kill(worker.pid, signal.SIGKILL)
        wait_until(lambda: value(scrape(app), "campus_workers", state="alive") == 0, LIMIT + 5, "its loss")
        assert time.monotonic() - killed < LIMIT + 2
        assert value(scrape(app), "campus_workers", state="lost") == 1
        page = admin.get("/settings/state").text
        assert ">Lost<" in page
        assert "No worker is alive" in page
        assert main(["health", "worker"]) == 2
        assert "no worker of this machine is alive" in capsys.readouterr().err
    begun = [json.loads(line) for line in log.read_text().splitlines() if "the worker begins" in line]
    assert [line["worker"] for line in begun] == [living.worker]


@pytest.mark.usefixtures("limit")
def test_a_worker_that_is_told_to_end_leaves_no_line_behind(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    with worker_process(database_url, tmp_path / "log", lease_seconds=LIMIT) as worker:
        wait_until(lambda: bool(workers(database)), what="a sign of life")
        assert stop(worker) == 0
    assert workers(database) == []


@contextmanager
def web_process(url: str, folder: Path) -> Iterator[str]:
    """`campus web` on this database; its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {f"{PREFIX}DATABASE_URL": url, f"{PREFIX}DATA_DIR": str(folder / "data"), f"{PREFIX}PORT": "0"}
    log = folder / "log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "jobs.cli", "web"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        wait_until(lambda: "startup complete" in log.read_text(), what="its start")
        (port,) = [one.laddr.port for one in psutil.Process(process.pid).net_connections() if one.status == "LISTEN"]
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def ask(address: str) -> tuple[int, dict[str, object], float]:
    """Status, JSON and seconds of an answer."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, json.load(answer), time.monotonic() - began
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), time.monotonic() - began


def test_a_web_process_whose_database_goes_away_lives_and_is_not_ready(
    postgres_server: postgres.Server, tmp_path: Path
) -> None:
    postgres_server.run("CREATE DATABASE campus_away")
    with web_process(postgres_server.url("campus_away"), tmp_path) as address:
        assert ask(f"{address}/ready")[:2] == (
            200,
            {"status": "ready", "checks": {"database": "ok", "data_folder": "ok"}},
        )
        postgres_server.end_connections("campus_away")
        postgres_server.run("DROP DATABASE campus_away WITH (FORCE)")
        status, told, seconds = ask(f"{address}/ready")
        assert (status, told["status"]) == (503, "not ready")
        assert told["checks"] == {"database": "does not answer", "data_folder": "ok"}
        assert seconds < 3
        assert ask(f"{address}/health")[:2] == (200, {"status": "ok"})
