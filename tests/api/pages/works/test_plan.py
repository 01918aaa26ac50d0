"""The pages of a package's plan: Gantt, trend, baselines, and reports that are shown before they are stored."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from campus.renovation import queries
from core.database import Database
from core.i18n import format_date, today
from tests.api.people import Browser
from tests.campus.books import open_campus
from tests.campus.sample_works import add_works
from tests.campus.sample_works_reports import SLUG, add_reported_works, keys_of

PACKAGE = f"/works/packages/{SLUG}"


@pytest.fixture
def works(sqlite_database: Database, database: Database) -> dict[str, int]:
    """Name → milestone, of works that slip."""
    with database.write() as session:
        campus = open_campus(session)
        add_works(session, campus)
        add_reported_works(session, campus)
        return keys_of(session)


@pytest.fixture
def keeper(works: dict[str, int], signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("facilities")


@pytest.fixture
def reader(works: dict[str, int], signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("viewer")


def day(days: int) -> date:
    return today() + timedelta(days=days)


def parts(name: str, given: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(given, part)) for part in ("day", "month", "year")}


def report(finish: int, **changes: Any) -> dict[str, str]:
    dates = parts("start", day(-95)) | parts("finish", day(finish)) | parts("reported_on", day(0))
    return {"state": "begun", "why": "Sample reason", **dates} | changes


def stored(browser: Browser, address: str, fields: dict[str, str]) -> Any:
    """Post what the preview posts, with the version that it shows."""
    shown = browser.post_form(address, fields)
    assert shown.status_code == 200
    (version,) = re.findall(r'name="version" value="(\d+)"', shown.text)
    return browser.post_form(address, fields | {"version": version, "step": "store"})


def test_the_plan_says_how_late_the_works_are_and_why(reader: Browser) -> None:
    page = reader.get(f"{PACKAGE}/plan?baseline=1").text
    assert f"The works end on {format_date(day(89), 'long')}, 45 days later than in baseline 1." in page
    assert "“Building” causes the delay, by this path: Building → Lift → Keys handed over." in page
    assert "With the last report, of" in page
    assert "pushes Lift and Keys handed over" in page
    assert "/milestones/" in page
    assert "Report on all milestones" not in page


def test_another_baseline_and_a_past_day_are_told_as_asked(reader: Browser) -> None:
    assert "42 days later than in baseline 2" in reader.get(f"{PACKAGE}/plan").text
    page = reader.get(f"{PACKAGE}/plan?as_of={day(-70)}").text
    assert "as in baseline 2" in page
    assert f"As it was known at the end of {format_date(day(-70))}." in page
    before = reader.get(f"{PACKAGE}/plan?as_of={day(-300)}").text
    assert 'class="empty"' in before
    for wrong in ("baseline=x", "as_of=2999-01-01"):
        assert reader.get(f"{PACKAGE}/plan?{wrong}").status_code == 422
    assert reader.get(f"{PACKAGE}/plan?baseline=9").status_code == 404
    assert reader.get("/works/packages/nowhere/plan").status_code == 404


def test_charts_are_pictures_in_both_sizes_that_name_the_milestones(reader: Browser) -> None:
    for name in ("plan", "trend"):
        for size in ("", "narrow=true", f"as_of={day(-70)}&narrow=true"):
            answer = reader.get(f"{PACKAGE}/{name}.svg?{size}")
            assert answer.headers["content-type"] == "image/svg+xml"
            assert "Keys handed over" in answer.text
    assert "+42 days" in reader.get(f"{PACKAGE}/plan.svg").text
    assert "Done" in reader.get(f"{PACKAGE}/trend.svg").text
    assert reader.get(f"{PACKAGE}/trend.svg?as_of={day(-300)}").status_code == 404


def test_the_trend_tells_which_milestones_slip_with_each_report(reader: Browser) -> None:
    page = reader.get(f"{PACKAGE}/trend").text
    assert "milestones have slipped since their first reports" in page
    assert "“Building” slipped the most, by 45 days" in page
    assert "another milestone" in page
    assert 'class="empty"' in reader.get("/works/packages/sample-roof-repair/trend").text


def test_a_report_shows_what_it_would_push_before_it_is_stored(
    keeper: Browser, database: Database, works: dict[str, int]
) -> None:
    address = f"{PACKAGE}/milestones/{works['Building']}/report"
    assert 'value="begun" checked' in keeper.get(address).text
    shown = keeper.post_form(address, report(87))
    assert "3 milestones move. The farthest by 10 days later." in shown.text
    assert "pushed by “Building”" in shown.text
    with database.read() as session:
        assert len(queries.reports(session, [works["Building"]])) == 4
    done = stored(keeper, address, report(87))
    assert done.status_code == 303
    assert done.headers["location"] in (f"{PACKAGE}/plan", f"{PACKAGE}/closure")
    with database.read() as session:
        last = queries.last_reports(session)[works["Building"]]
    assert (last.finish, last.begun, last.ended, last.why) == (day(87), True, False, "Sample reason")
    history = keeper.get(f"{PACKAGE}/milestones/{works['Building']}/reports").text
    assert "5 reports were made; none is ever changed." in history
    assert "Sample windows come late" in history


def test_who_reported_meanwhile_is_not_overruled_unseen(keeper: Browser, works: dict[str, int]) -> None:
    address = f"{PACKAGE}/milestones/{works['Building']}/report"
    stored(keeper, address, report(87))
    again = keeper.post_form(address, report(90) | {"version": "1", "step": "store"})
    assert again.status_code == 422
    assert "Somebody reported meanwhile" in again.text


def test_entries_survive_what_is_refused_and_the_field_is_named(keeper: Browser, works: dict[str, int]) -> None:
    address = f"{PACKAGE}/milestones/{works['Building']}/report"
    refused = keeper.post_form(address, report(-99, why="Kept"))
    assert refused.status_code == 422
    assert 'href="#finish"' in refused.text
    assert ">\nKept</textarea>" in refused.text
    edited = keeper.post_form(address, report(87, step="edit"))
    assert (edited.status_code, "Sample reason</textarea>" in edited.text) == (200, True)
    ended = keeper.post_form(address, report(20, state="ended"))
    assert "what has ended cannot end after the report" in ended.text
    assert (
        keeper.get(f"/works/packages/renovation-of-sample-south/milestones/{works['Lift']}/report").status_code == 404
    )


def test_an_earlier_report_completes_the_history_alone(keeper: Browser, works: dict[str, int]) -> None:
    address = f"{PACKAGE}/milestones/{works['Building']}/report"
    fields = report(300) | parts("reported_on", day(-30))
    shown = keeper.post_form(address, fields).text
    assert "No milestone moves." in shown
    assert "A report for a later day counts of Building" in shown
    stored(keeper, address, fields)
    assert "42 days later than in baseline 2" in keeper.get(f"{PACKAGE}/plan").text


def package_fields(page: str) -> dict[str, str]:
    inputs = re.findall(r'<input class="govuk-input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    chosen = re.findall(r'<select[^>]*name="([^"]+)".*?value="(\w+)" selected', page, re.S)
    return dict(inputs) | dict(chosen)


def test_a_whole_package_is_reported_in_one_go_and_only_changed_rows(
    keeper: Browser, database: Database, works: dict[str, int]
) -> None:
    address = f"{PACKAGE}/report"
    fields = package_fields(keeper.get(address).text)
    nothing = keeper.post_form(address, fields)
    assert (nothing.status_code, "Nothing was changed" in nothing.text) == (422, True)
    lift, keys = works["Lift"], works["Keys handed over"]
    changed = fields | parts(f"finish_{lift}", day(120)) | {f"state_{lift}": "begun", "why": "Sample lift"}
    done = stored(keeper, address, changed)
    assert done.status_code == 303
    with database.read() as session:
        assert [len(queries.reports(session, [key])) for key in (lift, keys)] == [2, 1]
    wrong = keeper.post_form(address, fields | parts(f"finish_{keys}", day(0)))
    assert f'href="#finish_{keys}"' in wrong.text
    assert "Keys handed over: the finish must not lie before the start" in wrong.text


def test_a_baseline_is_approved_as_it_was_shown_and_two_are_compared(keeper: Browser) -> None:
    address = f"{PACKAGE}/baselines/approve"
    page = keeper.get(address).text
    assert "Approve baseline 3" in page
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    assert "Say in at most 500 characters" in keeper.post_form(address, {"version": version}).text
    assert keeper.post_form(address, {"version": "1", "why": "Sample board"}).status_code == 422
    done = keeper.post_form(address, {"version": version, "why": "Sample board"})
    assert done.headers["location"] == f"{PACKAGE}/baselines"
    listed = keeper.get(f"{PACKAGE}/baselines").text
    assert "3 baselines were approved." in listed
    assert "Sample board" in listed
    assert "From baseline 2 to baseline 3 the finish of 3 milestones moved." in listed
    assert "From baseline 3 to baseline 1" in keeper.get(f"{PACKAGE}/baselines?first=3&second=1").text
    assert "end every milestone on the same day" in keeper.get(f"{PACKAGE}/baselines?first=2&second=2").text


def test_works_without_baseline_or_milestone_say_what_would_stand_there(keeper: Browser) -> None:
    for page in ("plan", "trend", "baselines", "baselines/approve", "report"):
        answer = keeper.get(f"/works/packages/sample-roof-repair/{page}")
        assert (answer.status_code, 'class="empty"' in answer.text) == (200, True)
