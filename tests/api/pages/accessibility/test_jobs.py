"""What ran by clock, and what runs next."""

from core import clock, job_runs
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

PAGE = "/accessibility/jobs"


def test_the_history_has_duration_result_and_error(lead: Browser) -> None:
    page = text_of(lead.get(PAGE).text)
    assert "Audit of Sample public site Done 40 minutes" in page
    assert "Audit of Sample archive Failed" in page
    assert "Unavailable: no browser was found" in page


def test_it_is_narrowed_to_a_job_and_a_state(lead: Browser) -> None:
    page = text_of(lead.get(f"{PAGE}?job=nightly+audit%3A+archive&state=failed").text)
    assert "Unavailable: no browser was found" in page
    assert "Done 40 minutes" not in page
    assert "No run fits this filter" in text_of(lead.get(f"{PAGE}?state=skipped").text)


def test_planned_audits_stand_with_their_time(lead: Browser) -> None:
    page = text_of(lead.get(PAGE).text)
    assert "Planned audits" in page
    assert "Next: Sample eCampus" in page


def test_the_house_keeping_has_names_and_a_late_run_says_so(lead: Browser, history: Database) -> None:
    with history.write() as session:
        run = job_runs.claim(session, "clean sign-ins", clock.now(), "worker", late=True)
        assert run is not None
        job_runs.start(session, run.id, "worker")
        job_runs.finish(session, run.id, {"deleted": 7})
    page = text_of(lead.get(PAGE).text)
    assert "Late Delete ended sign-ins Done" in page
    assert "7 deleted" in page
