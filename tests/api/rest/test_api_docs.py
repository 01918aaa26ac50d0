"""The documentation of the interface is true: its commands run as they stand there, and its table is complete."""

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from core.database import Database
from tests.api import access
from tests.api.rest.conftest import ALL
from tests.api.rest.ledger import SECRET, Ledger

DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
START_SECONDS = 20


@pytest.fixture
def ledger(service: FastAPI, sqlite_database: Database, tmp_path: Path) -> Ledger:
    return Ledger(service, sqlite_database, tmp_path, slugs=("ecampus", "partner"))


@pytest.fixture
def address(ledger: Ledger) -> Iterator[str]:
    """Of the service, on a free port of the loopback."""
    server = uvicorn.Server(uvicorn.Config(ledger.app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() < deadline, "the service did not start in time"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_every_command_runs_as_it_is_documented(ledger: Ledger, address: str, tmp_path: Path) -> None:
    commands = "".join(re.findall(r"^```sh\n(.*?)^```$", DOCS, re.M | re.S))
    person = ledger.client("read").person
    environment = {
        "PATH": os.environ["PATH"],
        "CAMPUS": address,
        "TOKEN": ledger.key(person, *ALL),
        "AUDIT_PASSWORD": SECRET,
    }
    done = subprocess.run(
        ["sh", "-eux"], input=commands, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert (tmp_path / "problem.png").read_bytes().startswith(b"\x89PNG")
    for told in ('"state":"fixed"', '"max_pages":200', '"state":"cancelled"', 'rel="last"', '"decision":"dismissed"'):
        assert told in done.stdout, told
    assert SECRET not in done.stdout


def test_every_operation_is_in_the_table_with_its_scope() -> None:
    rows = re.findall(r"^\| `([A-Z]+) ([^`]+)` \| `([^`]+)` \|", DOCS, re.M)
    assert {(method, f"/api/v1{path}"): scope for method, path, scope in rows} == access.REST
    assert len(rows) == len(access.REST)
