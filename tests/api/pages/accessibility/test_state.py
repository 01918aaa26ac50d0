"""The page of the service's own state, over the small history."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI

from accessibility.ledger.audits.models import Audit
from api.app import create_app
from core import clock, heartbeats, job_runs
from core.cautions import Caution
from core.database import Database
from core.heartbeats import WorkerHeartbeat
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser, add_person
from tests.api.workers import worker

PAGE = "/settings/state"


@pytest.fixture
def admin(app: FastAPI, history: Database) -> Browser:
    return Browser(app, follow_redirects=False).sign_in_as(history, add_person(history, "admin"))


def beat(database: Database, heartbeat: WorkerHeartbeat) -> None:
    with database.write() as session:
        heartbeats.beat(session, heartbeat, {"clean sign-ins": clock.now() + timedelta(hours=1)})


def test_without_a_worker_the_first_sentence_asks_for_one(admin: Browser) -> None:
    page = text_of(admin.get(PAGE).text)
    assert "One thing needs you now." in page
    assert "Act now No worker is alive" in page
    assert "No worker was heard of today" in page


def test_a_worker_is_shown_with_what_it_does(admin: Browser, history: Database) -> None:
    beat(history, worker("host-1:7:ab"))
    with history.write() as session:
        running = session.query(Audit).filter_by(state="running").one()
        running.lease_owner = "host-1:7:ab"
        run = job_runs.claim(session, "clean alerts", clock.now(), "host-1:7:ab")
        assert run is not None
        job_runs.start(session, run.id, "host-1:7:ab")
    page = text_of(admin.get(PAGE).text)
    assert "Nothing needs you now." in page
    assert re.search(r"sample-host host-1:7:ab Alive .*Audit of Sample public site .*Sample browser 1", page)
    assert "since" in page


def test_a_worker_that_fell_silent_is_shown_as_lost(
    admin: Browser, history: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat(history, worker())
    later = clock.now() + heartbeats.limit() + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = text_of(admin.get(PAGE).text)
    assert "Lost last sign of life" in page
    assert "No worker is alive" in page
    assert "Delete ended sign-ins Not planned" not in page


def test_failures_stand_by_their_reason_and_lead_to_more(admin: Browser) -> None:
    html = admin.get(PAGE).text
    page = text_of(html)
    assert "Nobody could log in Sample partner" in page
    assert "The night failed" in page
    assert "Pages not audited: Server error Sample eCampus" in page
    leads = set(re.findall(r'href="(/accessibility/[^"#]*)"', html.replace("&amp;", "&")))
    assert "/accessibility/audits/ecampus/10?reason=server+error" in leads
    for address in leads:
        assert admin.get(address).status_code == 200, address


def test_the_jobs_have_their_next_time_and_their_last_result(admin: Browser, history: Database) -> None:
    beat(history, worker())
    page = text_of(admin.get(PAGE).text)
    assert "Delete ended sign-ins" in page
    assert "Never yet" in page
    assert "Unavailable: no browser was found" in page


@pytest.mark.parametrize("kind", ["duration", "waiting"])
def test_each_chart_is_a_picture_with_its_table(admin: Browser, kind: str) -> None:
    answer = admin.get(f"{PAGE}/{kind}.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    page = admin.get(PAGE).text
    assert f'src="{PAGE}/{kind}.svg"' in page
    assert "The figures as a table" in page
    assert admin.get(f"{PAGE}/other.svg").status_code == 404


def test_every_caution_has_its_advice(configure: Callable[..., None], sqlite_database: Database) -> None:
    from api import state_words

    assert state_words.CAUTIONS.keys() == set(Caution)


def test_an_empty_service_says_what_would_stand_there(sqlite_database: Database) -> None:
    browser = Browser(create_app(sqlite_database)).sign_in_as(sqlite_database, add_person(sqlite_database, "admin"))
    page = text_of(browser.get(PAGE).text)
    for title in ("No worker was heard of today", "Nothing failed", "No job is planned", "No night has ended"):
        assert title in page
