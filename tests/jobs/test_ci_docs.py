"""docs/ci.md: its commands run as they stand there, against a service, a worker and a preview on the loopback."""

import asyncio
import json
import os
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import junitparser
import pysarif
import pytest

from accessibility.ledger.baselines import actions as baselines
from accessibility.ledger.baselines import queries as approved
from accessibility.ledger.gates import queries as gates
from accessibility.ledger.platforms import queries as platforms
from core import clock
from core.database import Database
from core.people import keys
from jobs.worker import GATES, work_off
from tests.api.people import add_person
from tests.browser.conftest import Service, live_service  # noqa: F401
from tests.jobs.platforms import save
from tests.jobs.tiny_site import BAD_FIELD, BAD_IMAGE, GOOD, tiny_site

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
HOME = "https://learn.example.org/"
VIEWPORT = {"name": "desktop", "width": 1280, "height": 800}


def block(heading: str) -> str:
    """The code block under a heading."""
    return re.findall(r"^```\w+\n(.*?)^```", DOCS[DOCS.index(f"## {heading}\n") :], re.M | re.S)[0]


def commands(name: str) -> str:
    """What a pipeline of this kind runs, as one shell script."""
    text = block(name)
    if name == "GitHub Actions":
        return "".join(map(textwrap.dedent, re.findall(r"^  run: \|\n((?:    .*\n)+)", text, re.M)))
    if name == "GitLab":
        return "".join(f"{line}\n" for line in re.findall(r"^    - (.*)$", text, re.M))
    if name == "Jenkins":
        return textwrap.dedent("".join(re.findall(r"sh '''\n(.*?)'''", text, re.S)))
    return text


@dataclass
class Pipeline:
    """A folder with the platform file, and the variables of a pipeline."""

    folder: Path
    variables: dict[str, str]

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run the commands of a documented pipeline."""
        script = commands(name)
        assert script.strip()
        return subprocess.run(
            ["sh", "-eu"],
            input=script,
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=200,
        )

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def pages() -> dict[str, str]:
    """The preview: one page with a barrier that is known."""
    return {
        "/": GOOD.format('<a href="/image">Image</a> <a href="/field">Field</a>'),
        "/image": BAD_IMAGE,
        "/field": GOOD,
    }


@pytest.fixture
def pipeline(live_service: Service, pages: dict[str, str], tmp_path: Path) -> Iterator[Pipeline]:  # noqa: F811
    database = live_service.database
    person = add_person(database, "accessibility")
    expires = clock.now() + timedelta(days=1)
    with database.write() as session:
        scopes = ["read", "gates:run"]
        token, _ = keys.create_token(session, "command", person.id, name="CI", scopes=scopes, expires_at=expires)
    with tiny_site(pages) as preview:
        host = preview.split("/")[2]
        save(database, slug="learn", name="Learn", base=[HOME], hosts=[host], viewports=[VIEWPORT])
        (tmp_path / "learn.toml").write_text(
            f'slug = "learn"\nname = "Learn"\nbase = ["{HOME}"]\n'
            '[[viewports]]\nname = "desktop"\nwidth = 1280\nheight = 800\n'
        )
        program = tmp_path / "campus"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m jobs.cli "$@"\n')
        program.chmod(0o755)
        yield Pipeline(
            tmp_path,
            {
                **os.environ,
                "PATH": f"{tmp_path}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
                "CAMPUS_SERVER": live_service.address,
                "CAMPUS_TOKEN": token,
                "PREVIEW": preview,
                "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            },
        )


@contextmanager
def worker(database: Database) -> Iterator[None]:
    """A worker's queue of gates, in a thread."""
    loop, end = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(work_off(database, "here:1:a", end, GATES)))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
        loop.close()


def approve_last_gate(database: Database) -> None:
    with database.write() as session:
        platform = platforms.get(session, "learn")
        [gate] = gates.gates_of(session, platform.id, limit=1)
        seen = approved.of_gate(gate)
        baselines.approve(
            session, platform.id, seen, source="gate", source_number=gate.id, person_id=1, actor="person:1"
        )


def test_the_documented_pipelines_pass_what_was_approved_and_fail_what_is_new(
    pipeline: Pipeline,
    live_service: Service,  # noqa: F811
    pages: dict[str, str],
) -> None:
    assert pipeline.run("GitLab").returncode == 2, "nothing was approved yet"
    with worker(live_service.database):
        first = pipeline.run("Without a browser in the pipeline")
        assert first.returncode == 1, first.stderr
        approve_last_gate(live_service.database)
        second = pipeline.run("Without a browser in the pipeline")
        assert second.returncode == 0, second.stdout + second.stderr
    for name in ("GitHub Actions", "GitLab", "Jenkins"):
        done = pipeline.run(name)
        assert done.returncode == 0, name + done.stdout + done.stderr
    pages["/field"] = BAD_FIELD
    for name in ("GitHub Actions", "GitLab", "Jenkins"):
        assert pipeline.run(name).returncode == 1, name
    assert "Gate: fail" in pipeline.read("accessibility.html")
    assert "Gate: fail" in pipeline.read("accessibility.md")
    assert f"<{HOME}field>" in pipeline.read("accessibility.md")
    assert "Gate: pass" in pipeline.read("summary.md")
    assert pysarif.load_from_json(pipeline.read("accessibility.sarif")).runs[0].results
    assert junitparser.JUnitXml.fromstring(pipeline.read("accessibility.xml").encode()).failures == 2
    assert json.loads(pipeline.read("gate.json"))["verdict"] == "pass"


def test_every_command_of_the_page_is_among_those_that_are_run() -> None:
    run = "".join(commands(name) for name in ("GitHub Actions", "GitLab", "Jenkins"))
    assert run.count("campus gate") == "".join(re.findall(r"^```\w+\n(.*?)^```", DOCS, re.M | re.S)).count(
        "campus gate"
    )
