"""Running costs as readers see them and keepers keep them."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from campus.nights import Nights
from campus.running_costs import queries
from campus.running_costs.rules import Kind, Line
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.campus.books import Campus
from tests.campus.sample_campus import add_campus

PAGE = "/works/costs"
YEAR = today().year
PUBLISHED = "first=2022-01-01&last=2023-12-31"
Client = Callable[..., Browser]
JANUARY = {"first-day": "1", "first-month": "1", "first-year": "2031"}
JANUARY |= {"last-day": "31", "last-month": "1", "last-year": "2031"}


@pytest.fixture
def campus(database: Database) -> Campus:
    return add_campus(database, "costs")


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.usefixtures("campus")
def test_the_first_sentence_says_how_the_period_stands_to_its_budget(signed_in: Client) -> None:
    reader = signed_in("viewer")
    page = text_of(reader, PAGE)
    assert re.search(r"Within budget .*: running costs of €[\d,]+ are €[\d,]+ \([\d.]+%\) below the budget\.", page)
    page = text_of(reader, f"{PAGE}?{PUBLISHED}")
    assert "2022–2023: the forecast of €5,495,000 is €772,000 (16.3%) above the budget." in page
    assert "Security, apart €851,000 €854,000" in page
    page = text_of(reader, f"{PAGE}?first=2024-01-01&last=2024-12-31")
    assert "Entries of 2024–2025 reach beyond this period. They are not parted, and not counted here." in page
    assert "Enter an amount" not in page


@pytest.mark.usefixtures("campus")
def test_units_name_their_area_and_their_room_nights(signed_in: Client) -> None:
    page = text_of(signed_in("viewer"), PAGE)
    assert "The area is that of 2 pavilions together, 2,000 m²." in page
    assert "Sample data: areas and stays are invented" in page
    assert re.search(r"Occupied is what was sold on the same days: (one|\d+) room-nights?\.", page)


@pytest.mark.usefixtures("campus")
def test_a_wrong_day_keeps_what_was_typed(signed_in: Client) -> None:
    for wrong in ("first-day=31&first-month=2&first-year=2026", "first=2026-02-01&last=2026-01-01", "as_of=2190-01-01"):
        answer = signed_in("viewer").get(f"{PAGE}?{wrong}")
        assert answer.status_code == 422
        assert "There is a problem" in answer.text


@pytest.mark.usefixtures("campus")
def test_an_amount_is_entered_corrected_withdrawn_and_taken_back(signed_in: Client, database: Database) -> None:
    keeper = signed_in("facilities")
    form = {"line": "waste", "kind": "actual", "amount": "1234,50", "note": "invoice", **JANUARY}
    made = keeper.post_form(f"{PAGE}/new", form)
    assert made.status_code == 303
    address = made.headers["location"]
    number = int(address.rpartition("/")[2])
    assert "€1,234.50" in text_of(keeper, address)
    again = keeper.post_form(f"{PAGE}/new", form)
    assert again.status_code == 422
    assert "has the amount €1,234.50 already" in again.text
    version = re.search(r'name="version" value="(\d+)"', keeper.get(address).text)
    assert version is not None
    change = {"amount": "1300", "note": "invoice", "version": version[1]}
    refused = keeper.post_form(address, change)
    assert refused.status_code == 422
    assert "a correction needs its reason" in refused.text
    assert 'value="1300"' in refused.text
    assert keeper.post_form(address, change | {"reason": "second invoice"}).status_code == 303
    assert "Somebody changed this amount meanwhile" in keeper.post_form(address, change | {"reason": "third"}).text
    with database.read() as session:
        now = str(queries.entry(session, number).id)
    assert keeper.post_form(f"{address}/withdraw", {"version": now}).status_code == 422
    assert keeper.post_form(f"{address}/withdraw", {"version": now, "reason": "twice"}).status_code == 303
    page = text_of(keeper, address)
    assert "The amount counts no more." in page
    assert "Withdrawn" in page
    assert keeper.post_form(f"{address}/restore", {}).status_code == 303
    assert keeper.post_form(f"{address}/restore", {}).status_code == 303
    assert "This entry counts already." in text_of(keeper, address)
    with database.read() as session:
        states = [(one.status, one.cents) for one in queries.versions(session, number)]
    assert states == [("entered", 130000), ("withdrawn", 130000), ("entered", 130000), ("entered", 123450)]


@pytest.mark.usefixtures("campus")
def test_what_is_wrong_in_a_form_is_said_beside_its_field(signed_in: Client) -> None:
    keeper = signed_in("facilities")
    form = {"line": "rent", "kind": "actual", "amount": "1.234,56", **JANUARY}
    for changes, said in (
        ({"amount": "5"}, "The party is needed: say who pays"),
        ({"line": "waste"}, "The amount “1.234,56” is not clear"),
        ({"line": "waste", "amount": "5 USD"}, "is not in euros"),
        ({"line": "waste", "amount": "-5"}, "The amount must not be negative"),
        ({"line": "heat"}, "Choose what the amount is for."),
        ({"line": "waste", "amount": "5", "last-year": "2030"}, "The last day must not come before the first day"),
        ({"line": "utilities", "kind": "budget", "amount": "5", "first-year": "2023", "last-year": "2023"}, "overlaps"),
    ):
        answer = keeper.post_form(f"{PAGE}/new", form | changes)
        assert answer.status_code == 422
        assert said in answer.text, said


@pytest.mark.usefixtures("campus")
def test_lines_and_parties_have_pages_of_their_own(signed_in: Client) -> None:
    reader = signed_in("viewer")
    assert "Actual of " in text_of(reader, f"{PAGE}/utilities")
    assert "Sample programme" in text_of(reader, f"{PAGE}/rent?kind=actual&sort=-amount")
    assert "No amount of this kind" in text_of(reader, f"{PAGE}/rent?kind=forecast")
    assert reader.get(f"{PAGE}/heat").status_code == 404
    assert reader.get(f"{PAGE}/entries/9999").status_code == 404
    page = text_of(reader, f"{PAGE}/parties")
    assert "€0 of the costs were paid back, and €9,000 came in as rents." in page
    assert "Sample programme €4,000 – €9,000" in page


@pytest.mark.usefixtures("campus")
def test_files_hold_the_same_figures_to_the_cent(signed_in: Client, database: Database) -> None:
    reader = signed_in("viewer")
    rows = list(csv.DictReader(io.StringIO(reader.get(f"{PAGE}/report.csv?{PUBLISHED}").text.lstrip("\ufeff"))))
    total = next(row for row in rows if row["line"] == "total")
    assert (total["budget_eur"], total["forecast_eur"], total["forecast_less_budget_eur"]) == (
        "4723000.0",
        "5495000.0",
        "772000.0",
    )
    assert sum(float(row["budget_eur"]) for row in rows[:5]) == 4_723_000
    book = load_workbook(io.BytesIO(reader.get(f"{PAGE}/report.xlsx?{PUBLISHED}").content))
    assert next(row[4].value for row in book.active.rows if row[0].value == "total") == 4_723_000
    pivot = list(csv.reader(io.StringIO(reader.get(f"{PAGE}/periods.csv?first={YEAR}-01-01").text.lstrip("\ufeff"))))
    with database.read() as session:
        found = queries.entries(session, within=Nights.year(YEAR))
    for kind in Kind:
        written = sum(float(row[-1]) for row in pivot[1:] if row[0] == kind)
        assert round(written * 100) == sum(one.cents for one in found if one.kind == kind)
    assert pivot[1][:3] == [Kind.BUDGET, Line.UTILITIES, ""]
    assert reader.get(f"{PAGE}/periods.xlsx?first=1999-01-01").status_code == 200


@pytest.mark.usefixtures("campus")
def test_charts_are_pictures_of_their_tables(signed_in: Client) -> None:
    for name in ("lines", "per-m2", "per-room-night"):
        answer = signed_in("viewer").get(f"{PAGE}/{name}.svg?narrow=true")
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.text.startswith("<svg")


def test_before_anything_is_entered_the_page_says_what_would_stand_there(
    signed_in: Client, sqlite_database: Database
) -> None:
    add_campus(sqlite_database, "works")
    assert "Nothing is entered for this period" in text_of(signed_in("viewer"), PAGE)
