"""The figures of the feedback as readers and keepers see them: what changed, what is masked, closing, benchmarks."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from httpx2 import Response

from api.pages.feedback.on_today import last_working_day
from campus.feedback.figures import queries
from campus.feedback.quarters import quarter_of, week_of
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.campus.books import open_campus
from tests.campus.sample_campus import add_campus

Client = Callable[..., Browser]
LAST = quarter_of(week_of(today())).plus(-1)


@pytest.fixture
def answered(database: Database) -> Database:
    add_campus(database, "feedback")
    return database


def text_of(answer: Response) -> str:
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


@pytest.mark.usefixtures("answered")
def test_the_first_sentence_says_how_guests_find_us_and_whether_anything_changed(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get("/feedback"))
    assert re.search(r"Guests give the campus \d+ of 100 points \(\d+ to \d+\)\. No detectable change since Q\d", page)
    assert "n = 31" in page
    first = text_of(signed_in("viewer").get(f"/feedback?quarter={LAST.plus(-5)}"))
    assert "There is no earlier quarter to compare with." in first


def test_before_a_quarter_is_closed_the_page_tells_of_weeks_and_never_of_answers(
    signed_in: Client, database: Database
) -> None:
    with database.write() as session:
        open_campus(session, 2)
    reader = signed_in("viewer")
    page = text_of(reader.get("/feedback"))
    assert "No quarter is closed yet" in page
    assert re.search(r"is closed from .+ on, in \d+ weeks?\.", page)
    assert "No quarter is closed yet" in text_of(reader.get("/feedback/areas/food"))
    assert "Once a quarter is closed" in text_of(reader.get("/feedback/benchmarks"))


@pytest.mark.usefixtures("answered")
def test_masked_groups_are_named_and_it_is_said_why(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get("/feedback/areas/room"))
    assert re.search(r"Masked: [^.]*Arabic[^.]*\. A figure is masked where fewer than five guests answered", page)
    one = text_of(signed_in("viewer").get("/feedback/groups/language/ar"))
    assert "too few guests answered to show any figure" in one


@pytest.mark.usefixtures("answered")
def test_where_the_wording_changed_both_texts_are_shown_and_the_trend_begins_anew(signed_in: Client) -> None:
    reader = signed_in("viewer")
    page = text_of(reader.get("/feedback/areas/food"))
    assert "How was the food?" in page
    assert "How did you like the food?" in page
    changed = text_of(reader.get(f"/feedback?quarter={LAST.plus(-2)}"))
    food = changed[changed.index("Satisfied guests by area, the weakest first") :]
    assert "cannot be compared" in food[: food.index("Where to begin")]


@pytest.mark.usefixtures("answered")
def test_benchmarks_stand_with_their_source_beside_the_question(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get("/feedback/areas/room"))
    assert "Sample sector: 72% (Sample report on residential training, page 12 (invented))" in page
    assert "Sample sector, 72%" in signed_in("viewer").get("/feedback/areas/room/questions.svg").text


MISSING = [
    "/feedback?quarter=1999-Q1",
    "/feedback?quarter=x",
    f"/feedback?quarter={LAST.plus(1)}",
    "/feedback/areas/nowhere",
    "/feedback/areas/food?group=nothing:x",
    "/feedback/areas/food/over-time/nothing.svg",
    "/feedback/areas/food/by/nothing.svg",
    "/feedback/groups/all",
    "/feedback/groups/pavilion/nowhere",
    f"/feedback/quarters/{LAST.plus(1)}/close",
]


@pytest.mark.usefixtures("answered")
def test_what_is_not_there_is_a_clear_error(signed_in: Client) -> None:
    reader = signed_in("quality")
    assert {
        address: reader.get(address).status_code for address in MISSING if reader.get(address).status_code < 400
    } == {}


def test_a_keeper_closes_a_quarter_and_is_told_first_that_it_never_changes(
    signed_in: Client, answered: Database
) -> None:
    keeper, quarter = signed_in("quality"), LAST.plus(-6)
    asked = text_of(keeper.get(f"/feedback/quarters/{quarter}/close"))
    assert "It never changes again" in asked
    assert keeper.post_form(f"/feedback/quarters/{quarter}/close").headers["location"] == f"/feedback?quarter={quarter}"
    with answered.read() as session:
        assert quarter in queries.closed_quarters(session)
    assert keeper.post_form(f"/feedback/quarters/{quarter}/close").status_code == 409
    today_page = text_of(keeper.get("/today"))
    assert "The figures of the" in today_page


@pytest.mark.usefixtures("answered")
def test_only_keepers_are_told_to_close_and_may(signed_in: Client) -> None:
    reader = signed_in("viewer")
    assert "Close" not in text_of(reader.get("/feedback/quarters")).replace("Closed", "").replace("To close", "")
    assert "can be closed" not in text_of(reader.get("/today"))
    assert "can be closed" in text_of(signed_in("quality").get("/today"))
    assert reader.post_form(f"/feedback/quarters/{LAST.plus(-6)}/close").status_code == 403


FORM = {
    "measure": "recommend",
    "name": "Sample sector score",
    "value": "−12,5",
    "source": "Sample report",
    "first-day": "1",
    "first-month": "1",
    "first-year": "2026",
}


def test_a_benchmark_is_added_changed_and_ended(signed_in: Client, answered: Database) -> None:
    keeper = signed_in("quality")
    assert keeper.post_form("/feedback/benchmarks/add", FORM).status_code == 303
    with answered.read() as session:
        row = queries.benchmarks(session, "recommend")[-1]
        assert (row.name, row.value) == ("Sample sector score", -12.5)
    edit = f"/feedback/benchmarks/{row.id}/edit"
    assert 'value="-12.5"' in keeper.get(edit).text
    assert keeper.post_form(edit, FORM | {"version": "9", "value": "3"}).status_code == 422
    assert keeper.post_form(edit, FORM | {"version": str(row.version), "value": "3"}).status_code == 303
    assert keeper.post_form(f"/feedback/benchmarks/{row.id}/end").status_code == 303
    with answered.read() as session:
        row = queries.benchmark(session, row.id)
        assert (row.value, row.until) == (3.0, today())


WRONG = (
    ("source", "", "Enter where the figure comes from."),
    ("value", "many", "The value must be a number, such as 72.5"),
    ("value", "101", "The value must be -100 to 100"),
    ("value", "nan", "The value must be -100 to 100"),
    ("measure", "nothing", "The question no figure of this measure was ever published"),
    ("first-day", "32", "Enter a real date"),
)


@pytest.mark.usefixtures("answered")
def test_a_wrong_benchmark_keeps_its_entries_and_names_the_field(signed_in: Client) -> None:
    keeper = signed_in("quality")
    for field, entry, error in WRONG:
        answer = keeper.post_form("/feedback/benchmarks/add", FORM | {field: entry})
        assert answer.status_code == 422
        assert error in text_of(answer)
        assert "Sample sector score" in answer.text


def test_the_working_day_before_a_monday_is_the_friday() -> None:
    friday = date(2026, 11, 20)
    assert [last_working_day(friday + timedelta(days=days)) for days in (1, 2, 3)] == [friday] * 3
    assert last_working_day(friday) == date(2026, 11, 19)
