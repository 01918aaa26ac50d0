"""The indicators as readers and keepers see them, as a table, in files, and as they were known."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

import openpyxl
import pytest
from httpx2 import Response

from campus.capacity.report import Moment
from campus.results import actions, queries
from campus.results.actions import WantedIndicator
from campus.results.rules import Direction
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.campus.books import TEST
from tests.campus.sample_campus import add_campus

Client = Callable[..., Browser]


@pytest.fixture
def results(database: Database) -> Database:
    add_campus(database, "works", "results")
    return database


def text_of(answer: Response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def day_fields(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.mark.usefixtures("results")
def test_the_first_sentence_counts_them_and_each_says_how_it_stands(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get("/results"))
    assert "of 10 indicators" in page
    for word in ("On track", "At risk", "Off track", "Not reported"):
        assert word in page
    assert "never our own baseline" in page
    assert "Sample dropped" not in page
    assert "Add an indicator" not in page


@pytest.mark.usefixtures("results")
def test_the_list_is_filtered_by_status_and_sorted(signed_in: Client) -> None:
    reader = signed_in("viewer")
    page = text_of(reader.get("/results?" + urlencode({"status": "off track"})))
    assert "Sample share off track" in page
    assert "Sample share at risk" not in page
    names = text_of(reader.get("/results?sort=-name"))
    assert names.index("Slip of the renovation") < names.index("Guest satisfaction")
    assert reader.get("/results?as_of-day=40&as_of-month=1&as_of-year=2026").status_code == 422


def test_without_any_a_keeper_adds_the_built_in_ones_at_once(signed_in: Client, database: Database) -> None:
    keeper = signed_in("facilities")
    assert "No indicators yet" in keeper.get("/results").text
    assert keeper.post_form("/results/built-in").status_code == 303
    page = text_of(keeper.get("/results"))
    assert "8 indicators are added." in page
    assert "0 of 8 indicators are on track. 8 are not reported." in page
    with database.read() as session:
        assert len(queries.lines(session, Moment.now())) == 8


@pytest.mark.usefixtures("results")
def test_a_keeper_enters_a_value_and_what_was_before_stays(signed_in: Client) -> None:
    keeper, address = signed_in("facilities"), "/results/indicators/guest-satisfaction"
    wrong = keeper.post_form(f"{address}/values/add", {**day_fields("day", today()), "value": "1.234,56"})
    assert wrong.status_code == 422
    assert "1.234,56" in wrong.text
    none = keeper.post_form(f"{address}/values/add", day_fields("day", today()))
    assert "The note is needed" in text_of(none)
    for value in ("81.5", "84"):
        fields = {**day_fields("day", today()), "value": value, "n": "12", "url": "https://example.org/survey"}
        assert keeper.post_form(f"{address}/values/add", fields).status_code == 303
    page = text_of(keeper.get(address))
    assert "84% on" in page
    assert "81.5%" in page
    assert keeper.get(f"{address}/values.svg").headers["content-type"] == "image/svg+xml"


@pytest.mark.usefixtures("results")
def test_a_keeper_adds_changes_and_drops_an_indicator_and_takes_it_back(signed_in: Client) -> None:
    keeper = signed_in("facilities")
    fields = {"name": "Sample points", "unit": "points", "direction": "higher", "baseline": "6.5", "goal-0-value": "8"}
    fields |= day_fields("baseline_on", date(2025, 12, 31)) | {"goal-0-kind": "target"}
    refused = keeper.post_form("/results/indicators/add", fields | day_fields("goal-0", date(2024, 1, 1)))
    assert refused.status_code == 422
    assert "must lie after the day of the baseline" in refused.text
    assert 'value="6.5"' in refused.text
    fields |= day_fields("goal-0", date(2026, 12, 31))
    more = keeper.post_form("/results/indicators/add", fields | {"step": "rows", "rows": "3"})
    assert "Value of goal 5" in more.text
    made = keeper.post_form("/results/indicators/add", fields)
    assert made.headers["location"] == "/results/indicators/sample-points"
    form = keeper.get("/results/indicators/sample-points/edit").text
    version = form.split('name="version" value="')[1].split('"')[0]
    fields |= {"version": version, "name": "Sample points, renamed"}
    assert "The reason is needed" in text_of(keeper.post_form("/results/indicators/sample-points/edit", fields))
    fields["reason"] = "Sample reason"
    assert keeper.post_form("/results/indicators/sample-points/edit", fields).status_code == 303
    again = keeper.post_form("/results/indicators/sample-points/edit", fields)
    assert "Somebody changed this indicator meanwhile" in again.text
    assert "Sample reason" in keeper.get("/results/indicators/sample-points").text
    assert "You can undo this" in keeper.get("/results/indicators/sample-points/drop").text
    keeper.post_form("/results/indicators/sample-points/drop")
    assert "Undo" in keeper.get("/results").text
    assert "Sample points" not in text_of(keeper.get("/results"))
    keeper.post_form("/results/indicators/sample-points/restore")
    assert "Sample points" in text_of(keeper.get("/results"))


def test_the_page_of_a_past_day_tells_what_was_known_then(signed_in: Client, results: Database) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    page = text_of(signed_in("viewer").get(f"/results?as_of={yesterday}"))
    assert "As it was known at the end of" in page
    assert "Sample share" not in page


def test_the_workbook_has_frozen_headings_formats_and_no_formula(signed_in: Client, results: Database) -> None:
    with results.write() as session:
        hostile = WantedIndicator(name="=1+1", unit="share", direction=Direction.HIGHER, about="+SUM(A1)")
        actions.add_indicator(session, hostile, TEST, "sample-formula")
    content = signed_in("viewer").get("/results/indicators.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    headings = [cell.value for cell in sheet[1]]
    rows = {row[headings.index("short_name")].value: row for row in sheet.iter_rows(min_row=2)}
    share = rows["sample-share-at-risk"]
    value = share[headings.index("value")]
    assert (value.value, value.number_format) == (0.78, "0.0%")
    assert share[headings.index("value_of")].is_date
    assert rows["room-nights"][headings.index("value")].value == 25_400
    assert rows["it-2-3-b"][headings.index("reference")].value == "yes"
    assert [cell.data_type for row in rows.values() for cell in row if cell.data_type == "f"] == []
    assert rows["sample-formula"][headings.index("name")].value == "'=1+1"


@pytest.mark.usefixtures("results")
def test_the_csv_says_what_is_not_reported_and_leaves_its_value_empty(signed_in: Client) -> None:
    text = signed_in("quality").get("/results/indicators.csv").content.decode("utf-8-sig")
    rows = {row["short_name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["guest-satisfaction"]["status"], rows["guest-satisfaction"]["value"]) == ("not reported", "")
    assert rows["platforms-conformity"]["note"] == "Could not be measured: sample reason"
    assert float(rows["sample-share-off-track"]["value"]) == 0.2


@pytest.mark.usefixtures("results")
def test_the_overview_has_no_form_of_its_own_and_each_figure_leads_to_its_page(signed_in: Client) -> None:
    page = signed_in("viewer").get("/results/overview").text
    main = page.split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    assert "<button" not in main
    for address in ("/rooms?year=", "/rooms/forecast", "/works", "/results/indicators/room-nights"):
        assert f'href="{address}' in main


def test_accessibility_staff_see_the_share_on_their_own_pages_not_here(signed_in: Client) -> None:
    assert signed_in("accessibility").get("/results").status_code == 403
