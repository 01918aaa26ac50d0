"""The pages of works: what needs somebody stands first, forms keep what was entered, papers come back harmlessly."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from campus.renovation import papers, queries
from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser, add_person
from tests.campus.sample_campus import add_campus
from tests.campus.sample_records import INSTALLED, LIFT, PDF, PLAN, REMOVED, SIGNS

SOUTH, LIFT_PAGE = "/works/packages/renovation-of-sample-south", f"/works/packages/{LIFT}"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """What the databases do differently is tested with the actions."""
    return sqlite_database


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    """Somebody of facilities, before works in several states."""
    person = add_person(database, "facilities")
    add_campus(database, "works", "records")
    return Browser(app, follow_redirects=False).sign_in_as(database, person)


def words(page: str) -> str:
    """What the page says, in one line; not what people wrote themselves."""
    return " ".join(" ".join(one.text for one in said_on(page)).split())


def day(name: str, days: int) -> dict[str, str]:
    when = today() + timedelta(days=days)
    return {f"{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def after(keeper: Browser, address: str, fields: dict[str, Any], **options: Any) -> str:
    """What the page says that follows a form, or the form itself where it was wrong."""
    answer = keeper.post_form(address, fields, **options)
    assert answer.status_code in (303, 422), answer.text
    if answer.status_code == 303:
        answer = keeper.get(answer.headers["location"].partition("#")[0])
    return words(answer.text)


def seen(database: Database, key: int) -> dict[str, str]:
    """The version that a form is about."""
    with database.read() as session:
        version = queries.version(session, key)
        return {"version": str(version.id if version else 0)}


def test_the_list_says_first_what_needs_somebody(keeper: Browser) -> None:
    page = words(keeper.get("/works").text)
    assert "One milestone has passed its day without a report: Sample lift replacement." in page
    for told in ("37 days late", "on time", "no baseline", "no milestones yet", "one overdue", "4 works packages"):
        assert told in page


@pytest.mark.parametrize(
    ("query", "there", "away"),
    [
        ("state=late", "Sample lift", "Sample painting"),
        ("state=ended", "Sample painting", "Sample roof"),
        ("purpose=energy", "Renovation of Sample South", "Sample lift replacement </a>"),
        ("pavilion=sample-south", "Sample painting", "Sample roof repair"),
        ("owner=nobody", "Sample roof repair", "Overdue"),
    ],
)
def test_the_list_is_filtered_by_its_address(keeper: Browser, query: str, there: str, away: str) -> None:
    page = keeper.get(f"/works?{query}").text
    table = page[page.index("<table") :]
    assert there in table
    assert away not in table


def test_the_list_is_sorted_by_its_address_with_what_is_unknown_last(keeper: Browser) -> None:
    page = keeper.get("/works?sort=-slip").text
    table = page[page.index("<table") :]
    places = [table.index(name) for name in ("Renovation of Sample South", "Sample painting", "Sample roof repair")]
    assert places == sorted(places)


def test_a_filter_that_lets_nothing_through_says_so(keeper: Browser) -> None:
    assert "No works are like that" in keeper.get("/works?pavilion=nowhere").text


def test_what_is_no_day_is_said_beside_the_field(keeper: Browser) -> None:
    for address in ("/works", LIFT_PAGE):
        answer = keeper.get(f"{address}?as_of=never")
        assert answer.status_code == 422
        assert "Enter a real date" in answer.text
        assert keeper.get(f"{address}?as_of={today() + timedelta(days=1)}").status_code == 422


def test_works_that_were_not_known_on_a_day_are_not_shown_for_it(keeper: Browser) -> None:
    yesterday = today() - timedelta(days=1)
    assert "No works are like that" in keeper.get(f"/works?as_of={yesterday}").text
    assert keeper.get(f"{LIFT_PAGE}?as_of={yesterday}").status_code == 404


def test_works_are_added_changed_and_taken_away(keeper: Browser) -> None:
    form = {"name": "Sample façade", "pavilion": "1", "purposes": ["energy"], "owner": ""}
    assert "Sample façade is added." in after(keeper, "/works/packages/add", form)
    page = "/works/packages/sample-facade"
    assert "add the first one" in keeper.get(page).text
    changed = form | {"name": "Sample front", "version": "1", "purposes": ["comfort"]}
    assert "Sample front is saved." in after(keeper, f"{page}/edit", changed)
    assert "changed meanwhile" in after(keeper, f"{page}/edit", changed)
    assert "while nothing refers to it" in words(keeper.get(f"{page}/delete").text)
    assert "Sample front is taken away." in after(keeper, f"{page}/delete", {"version": "2"})
    assert keeper.get(page).status_code == 404
    assert keeper.post_form(f"{SOUTH}/delete", {"version": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter a name of at most 120 characters."),
        ({"pavilion": ""}, "Choose the pavilion."),
        ({"pavilion": "99"}, "The pavilion is not known"),
        ({"purposes": ["beauty"]}, "The purposes: “beauty” is not one of"),
        ({"owner": "99"}, "The owner must be somebody who may see the works"),
    ],
)
def test_what_is_wrong_with_works_is_said_and_nothing_entered_is_lost(
    keeper: Browser, changes: dict[str, Any], said: str
) -> None:
    form = {"name": "Sample façade", "pavilion": "1", "purposes": ["energy"], "owner": ""} | changes
    answer = keeper.post_form("/works/packages/add", form)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert f'value="{form["name"]}"' in answer.text


def test_milestones_are_added_changed_moved_dropped_and_brought_back(keeper: Browser, database: Database) -> None:
    form = {"name": "Signs", "weight": "2", "state": "to come", **day("start", 200)}
    assert "“Signs” is added." in after(keeper, f"{SOUTH}/milestones/add", form)
    with database.read() as session:
        *_others, last, key = queries.plan(session).of(queries.package(session, SOUTH.rpartition("/")[2]).id)
    own = f"{SOUTH}/milestones/{key}"
    edit = {"name": "Signs", "weight": "2", "place": str(last)}
    assert "The reason is needed" in after(keeper, f"{own}/edit", edit | {"weight": "3", **seen(database, key)})
    change = edit | {"name": "New signs", "reason": "More of them"}
    assert "“New signs” is saved." in after(keeper, f"{own}/edit", change | seen(database, key))
    after(keeper, f"{own}/edit", change | {"place": "0", "reason": "", **seen(database, key)})
    with database.read() as session:
        assert next(iter(queries.plan(session).milestones)) == key  # the first of the first package
    wrong = after(keeper, f"{own}/edit", change | {"place": str(INSTALLED), **seen(database, key)})
    assert "The place in the list is not one of these works" in wrong
    assert "The reason is needed" in after(keeper, f"{own}/drop", seen(database, key))
    dropped = after(keeper, f"{own}/drop", {"reason": "The old ones do", **seen(database, key)})
    assert "“New signs” is dropped." in dropped
    assert "The old ones do" in keeper.get(SOUTH).text
    back = after(keeper, f"{own}/reinstate", seen(database, key))
    assert "belongs to the works again" in back


def test_a_milestone_that_others_wait_for_is_not_dropped(keeper: Browser, database: Database) -> None:
    form = {"reason": "Sample", **seen(database, INSTALLED)}
    page = after(keeper, f"{LIFT_PAGE}/milestones/{INSTALLED}/drop", form)
    assert "cannot be dropped while something needs it (dependencies)" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter a name of at most 120 characters."),
        ({"name": "design"}, "The name there is a milestone of this name already"),
        ({"weight": "many"}, "Enter a whole number, such as 12."),
        ({"weight": "-1"}, "The weight must be 0 to 1000"),
        ({"start-year": ""}, "Enter the first day, such as 27 3 2027."),
        (day("finish", 1), "The last day: the finish must not lie before the start"),
        ({"state": "ended"}, "The first day: what has begun cannot begin after the report"),
    ],
)
def test_what_is_wrong_with_a_milestone_is_said(keeper: Browser, changes: dict[str, str], said: str) -> None:
    form = {"name": "Signs", "weight": "2", "state": "to come", **day("start", 200)} | changes
    answer = keeper.post_form(f"{SOUTH}/milestones/add", form)
    assert answer.status_code == 422
    assert said in words(answer.text)


def test_a_milestone_of_other_works_is_not_found_under_these(keeper: Browser) -> None:
    assert keeper.get(f"{SOUTH}/milestones/{INSTALLED}/edit").status_code == 404
    assert keeper.get(f"{LIFT_PAGE}/milestones/{SIGNS}/edit").status_code == 404  # dropped


def test_a_dependency_is_made_otherwise_taken_away_and_brought_back(keeper: Browser) -> None:
    tie = {"after": str(INSTALLED + 1), "before": str(INSTALLED), "kind": "finish-start", "lag": "-3"}
    page = after(keeper, f"{LIFT_PAGE}/dependencies", tie)
    assert "“Lift inspected” waits for “Lift installed”." in page
    assert "3 days earlier" in page
    page = after(keeper, f"{LIFT_PAGE}/dependencies/remove", tie)
    assert "“Lift inspected” no longer waits for “Lift installed”." in page
    assert keeper.post_form(f"{LIFT_PAGE}/dependencies/remove", tie).status_code == 404


def test_a_cycle_is_named_and_the_entries_stay(keeper: Browser) -> None:
    tie = {"after": str(INSTALLED), "before": str(INSTALLED + 1), "kind": "finish-finish", "lag": "7"}
    answer = keeper.post_form(f"{LIFT_PAGE}/dependencies", tie)
    assert answer.status_code == 422
    assert "these milestones wait for each other: Lift" in words(answer.text)
    assert 'value="7"' in answer.text
    assert "Choose the milestone that waits." in after(keeper, f"{LIFT_PAGE}/dependencies", {"lag": "no"})


def test_notes_are_added_and_stay(keeper: Browser) -> None:
    assert "Your note is there." in after(keeper, f"{SOUTH}/notes", {"text": "Sample: <i>the key</i> is lost."})
    assert "Sample: &lt;i&gt;the key&lt;/i&gt; is lost." in keeper.get(SOUTH).text
    assert "Write something." in after(keeper, f"{SOUTH}/notes", {"text": ""})


def test_a_document_is_brought_and_given_back_as_an_attachment_only(keeper: Browser) -> None:
    upload = {"file": ("../../plan\u202e.pdf", PDF, "text/html")}
    page = after(keeper, f"{SOUTH}/documents", {"name": "Sample <b>plan</b>"}, files=upload)
    assert "“Sample <b>plan</b>” is there." in page
    given = keeper.get(f"{SOUTH}/documents/4/file")
    assert given.content == PDF
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["content-disposition"] == 'attachment; filename="plan.pdf"'
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["content-security-policy"].startswith("default-src 'none'")
    assert keeper.get(f"{LIFT_PAGE}/documents/4/file").status_code == 404


def test_a_document_may_be_larger_than_other_forms(keeper: Browser) -> None:
    large = PDF + bytes(2_000_000)
    assert "“large.pdf” is there." in after(keeper, f"{SOUTH}/documents", {}, files={"file": ("large.pdf", large)})
    assert keeper.get(f"{SOUTH}/documents/4/file").content == large
    assert keeper.post_form(f"{SOUTH}/notes", {"text": "x" * 2_000_000}).status_code == 413


@pytest.mark.parametrize(
    ("fields", "upload", "said"),
    [
        ({}, None, "Choose a file or enter an address, one of both."),
        ({"url": "https://example.org/"}, ("plan.pdf", PDF), "Choose a file or enter an address, one of both."),
        ({"url": "javascript:alert(1)"}, None, "The address must be an address that begins with https://"),
        ({}, ("page.html", b"<script>"), "The file must be one of these: pdf"),
        ({}, ("plan.pdf", b"<script>"), "The content of this file is not what its name says: pdf."),
        ({"url": "https://example.org/", "name": "x" * 201}, None, "The name must be 1 to 200 characters"),
    ],
)
def test_what_is_no_document_is_refused_and_said(
    keeper: Browser, database: Database, fields: dict[str, str], upload: tuple[str, bytes] | None, said: str
) -> None:
    options = {"files": {"file": upload}} if upload else {}
    assert said in after(keeper, f"{SOUTH}/documents", fields, **options)
    with database.read() as session:
        assert papers.documents(session, queries.package(session, SOUTH.rpartition("/")[2]).id) == []


def test_a_document_is_removed_with_a_reason_that_stays(keeper: Browser) -> None:
    address = f"{LIFT_PAGE}/documents/{PLAN}"
    assert keeper.get(f"{address}/file").content == PDF
    assert "The reason is needed" in after(keeper, f"{address}/remove", {"why": ""})
    assert "“Sample plan.pdf” is removed." in after(keeper, f"{address}/remove", {"why": "An older plan"})
    assert "An older plan" in keeper.get(LIFT_PAGE).text
    for number in (PLAN, REMOVED):
        assert keeper.get(f"{LIFT_PAGE}/documents/{number}/file").status_code == 404


def test_a_reader_sees_everything_and_no_form(keeper: Browser, app: FastAPI, database: Database) -> None:
    reader = Browser(app, follow_redirects=False).sign_in_as(database, add_person(database, "viewer"))
    page = reader.get(LIFT_PAGE).text
    for told in ("Lift installed", "Signs on the doors", "Sample drawings", "Sample note", "Overdue"):
        assert told in page
    assert f'action="{LIFT_PAGE}/' not in page
    assert f'href="{LIFT_PAGE}/edit"' not in page
    assert reader.get(f"{LIFT_PAGE}/documents/{PLAN}/file").status_code == 200
