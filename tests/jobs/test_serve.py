"""`campus serve` as a whole: both processes, the first password, the demonstration, and a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from accessibility.ledger.audits import actions
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import queries, recipes
from core.database import Database
from core.people import actions as people
from core.people import passwords
from core.people.actions import FIRST_ADMINISTRATOR
from core.people.queries import person_by_email
from core.settings import PREFIX, settings
from jobs import demo
from jobs.cli import main
from jobs.commands.serve import Watch, address
from jobs.first_start import show_first_password
from jobs.listening import listen
from jobs.supervisor import ROOT
from tests.jobs.platforms import audit
from tests.jobs.worker_process import wait_until

OPEN = re.compile(r"^Open (http://127\.0\.0\.1:\d+/)$", re.MULTILINE)


@contextmanager
def service(folder: Path, *arguments: str) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """`campus serve` with data of its own, on a free port; yields the process and its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {f"{PREFIX}DATA_DIR": str(folder / "data"), f"{PREFIX}PORT": "0"}
    output = folder / "output"
    with output.open("wb") as file:
        command = [sys.executable, "-m", "jobs.cli", "serve", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        yield process, output
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_the_service_starts_says_where_and_with_which_password_and_ends_cleanly(tmp_path: Path) -> None:
    with service(tmp_path) as (process, output):
        wait_until(lambda: bool(OPEN.search(output.read_text())), what="the address")
        said = output.read_text()
        assert said.count(f"Sign in as {FIRST_ADMINISTRATOR} with the one-time password") == 1
        where = OPEN.search(said)
        assert where is not None
        with urllib.request.urlopen(where[1] + "health") as answer:
            assert answer.status == 200
        wait_until(lambda: "the worker begins" in output.read_text(), what="the worker")
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) == 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert psutil.wait_procs(children, timeout=5)[1] == []
        assert "the worker ends" in output.read_text()


def test_a_port_that_is_taken_is_named_and_nothing_is_started(
    tmp_path: Path, configure: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        configure(data_dir=tmp_path / "data", port=port)
        assert main(["serve"]) == 2
        assert main(["web"]) == 2
    assert f"port {port}" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_the_demonstration_serves_its_site_and_audits_it(tmp_path: Path) -> None:
    with service(tmp_path, "--demo") as (process, output):
        wait_until(lambda: "an audit begins" in output.read_text(), what="the audit")
        base = re.search(r"^The demo site is at (\S+);", output.read_text(), re.MULTILINE)
        assert base is not None
        with urllib.request.urlopen(base[1] + "/courses") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    database = Database(f"sqlite:///{tmp_path / 'data' / 'campus.sqlite'}")
    waiting = audit(database, 1)
    database.close()
    assert (waiting.state, waiting.lease_owner, waiting.trigger) == ("running", "", "by hand")


def test_the_demonstration_keeps_away_from_real_data_unless_told(
    configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(data_dir=tmp_path)
    demo.use_own_data()
    assert settings().data_dir == tmp_path
    monkeypatch.delenv(f"{PREFIX}DATA_DIR")
    demo.use_own_data()
    assert settings().data_dir == demo.FOLDER


def test_the_demo_site_is_loaded_as_a_platform_and_audited_once_at_a_time(sqlite_database: Database) -> None:
    first = demo.audit_it(sqlite_database, "http://127.0.0.1:8099")
    assert demo.audit_it(sqlite_database, "http://127.0.0.1:8099") == first
    with sqlite_database.read() as session:
        role = recipes.settings_with_secrets(queries.get(session, "demo")).role("student")
    assert role is not None
    assert set(recipes.values(role.login).values()) == {"student", "demo-pass"}
    with sqlite_database.write() as session:
        actions.fail(session, first, "sample")
    assert demo.audit_it(sqlite_database, "http://127.0.0.1:8099") != first


def test_the_demo_site_moves_to_a_free_port_when_its_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(demo, "PORT", taken.getsockname()[1])
        child, base = demo.site()
        assert base != f"http://127.0.0.1:{demo.PORT}"
        assert child.arguments[-1] == base.rpartition(":")[2]


def test_a_password_that_nobody_used_is_replaced_and_one_that_was_changed_stays(
    sqlite_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show_first_password(sqlite_database)
    assert not show_first_password(sqlite_database)
    again = demo.password_again(sqlite_database)
    assert again is not None
    with sqlite_database.write() as session:
        person = person_by_email(session, FIRST_ADMINISTRATOR)
        assert person is not None
        assert passwords.matches(again, person.password_hash)
        people.set_password(session, f"person:{person.id}", person.id, person.password_hash)
    assert demo.password_again(sqlite_database) is None
    assert again not in capsys.readouterr().out


def test_the_end_of_the_demo_audit_is_one_line(
    sqlite_database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.commands.serve.LOOK_EVERY_SECONDS", 0)
    audit_id = demo.audit_it(sqlite_database, "http://127.0.0.1:8099")
    with listen("127.0.0.1", 0) as answering:
        watch = Watch(answering.getsockname()[1])
        watch.audit_id = audit_id
        watch.look(sqlite_database)
        with sqlite_database.write() as session:
            ended = session.get_one(Audit, audit_id)
            ended.state, ended.ended_at = "done", ended.queued_at
            ended.planned, ended.audited, ended.new, ended.review, ended.score = 20, 18, 5, 2, 71.4
        watch.look(sqlite_database)
        watch.look(sqlite_database)
    opened, result = capsys.readouterr().out.splitlines()
    assert opened.startswith("Open http://127.0.0.1:")
    assert result.endswith("18 of 20 rows audited, 5 new problems, 2 to review, score 71.")


def test_a_demo_audit_that_failed_says_why(sqlite_database: Database) -> None:
    audit_id = demo.audit_it(sqlite_database, "http://127.0.0.1:8099")
    with sqlite_database.write() as session:
        actions.fail(session, audit_id, "no browser")
    assert demo.result(sqlite_database, audit_id) == "The audit of the demo site failed: no browser"


@pytest.mark.parametrize(
    ("host", "public", "shown"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "", "http://127.0.0.1:8000/"),
        ("::", "", "http://[::1]:8000/"),
        ("127.0.0.1", "https://campus.example.org", "https://campus.example.org"),
    ],
)
def test_the_address_is_one_that_a_person_here_can_open(
    configure: Callable[..., None], host: str, public: str, shown: str
) -> None:
    configure(host=host, public_url=public)
    assert address(8000) == shown
