"""Logins by header and by saved state from end to end: from a file without a server, and in a worker's audit."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from accessibility.engine.crawl import login
from accessibility.ledger.audits.models import Audit
from core import clock
from core.database import Database
from jobs.cli import main
from tests.accessibility.site import Answer, Asked, TinySite, document, tiny_site
from tests.jobs.platforms import audit, request, save
from tests.jobs.test_audit_run import ME, run, take

KEY = "sample-key-7391"
SESSION = "sample-session-7391"
PLATFORM = """
slug = "sample"
name = "Sample platform"
base = ["{base}/"]
anonymous = false
robots = false
[[viewports]]
name = "desktop"
width = 1280
height = 800
[[roles]]
name = "tester"
[roles.login]
kind = "header"
sentinel = "[data-user]"
[roles.login.headers]
X-Sample-Key = "env:SAMPLE_KEY"
[[roles]]
name = "teacher"
[roles.login]
kind = "state"
state = "teacher.json"
sentinel = "[data-user]"
"""


def page(asked: Asked) -> str | Answer:
    """For whoever has the key or the cookie; with a barrier, so that there is something to report."""
    if asked.headers.get("X-Sample-Key") == KEY or f"session={SESSION}" in asked.headers.get("Cookie", ""):
        return document('<p data-user>Sample person</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    return Answer(document("Who are you?"), 403)


@pytest.fixture
def site() -> Iterator[TinySite]:
    with tiny_site({"/": page, "/my": page}) as site:
        yield site


def state(domain: str = "127.0.0.1", lasts: timedelta = timedelta(hours=1)) -> str:
    expires = (clock.now() + lasts).timestamp()
    cookie = {"name": "session", "value": SESSION, "domain": domain, "path": "/", "expires": expires}
    return json.dumps({"cookies": [cookie], "origins": []})


def test_a_file_is_audited_without_a_server_and_no_report_holds_a_secret(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMPLE_KEY", KEY)
    (tmp_path / "sample.toml").write_text(PLATFORM.format(base=site.base))
    (tmp_path / "teacher.json").write_text(state())
    (tmp_path / "urls.txt").write_text(f"{site.base}/my\n")
    kinds = ("jsonl", "sarif", "junit", "html", "markdown")
    reports = [part for kind in kinds for part in (f"--{kind}", str(tmp_path / f"report.{kind}"))]
    file = ["--platform", str(tmp_path / "sample.toml")]
    assert main(["audit", *file, "--urls", str(tmp_path / "urls.txt"), *reports]) == 0
    out, err = capsys.readouterr()
    texts = [out, err, *((tmp_path / f"report.{kind}").read_text() for kind in kinds)]
    assert "runs out on" in err
    rows = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert {row["role"] for row in rows if row.get("page") == "audited"} == {"tester", "teacher"}
    assert [text for text in texts if KEY in text or SESSION in text] == []


def test_an_audit_of_the_service_logs_in_and_a_state_that_ran_out_meanwhile_breaks_the_login(
    sqlite_database: Database, site: TinySite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    roles = [
        {"name": "tester", "login": {"kind": "header", "headers": {"X-Sample-Key": KEY}, "sentinel": "[data-user]"}},
        {"name": "teacher", "login": {"kind": "state", "state": state(), "sentinel": "[data-user]"}},
    ]
    windows = [{"name": "desktop", "width": 1280, "height": 800}]
    monkeypatch.setattr(login, "PAUSE", 0.05)
    save(sqlite_database, base=[f"{site.base}/"], roles=roles, anonymous=False, robots=False, viewports=windows)
    night = audited(sqlite_database)
    assert (night.held, night.not_covered) == ("", {})
    _in_two_hours(monkeypatch)
    night = audited(sqlite_database)
    assert (night.held, night.held_roles) == ("login broke", ["teacher"])
    assert night.not_covered == {"login failed": 1}
    with sqlite_database.read() as session:
        tables = sa.inspect(session.connection()).get_table_names()
        everything = "".join(repr(session.execute(sa.text(f"SELECT * FROM {table}")).all()) for table in tables)
    assert "the saved state has run out on" in everything
    assert KEY not in everything + caplog.text
    assert SESSION not in everything + caplog.text


def audited(database: Database) -> Audit:
    """An audit of now, performed."""
    audit_id = request(database)
    assert take(database, ME) == audit_id
    run(database, audit_id)
    return audit(database, audit_id)


def _in_two_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(hours=2))
