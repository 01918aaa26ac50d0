"""The year, any period, prints and targets, as readers and keepers see them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from campus.forecast.models import Forecast
from campus.places.models import Pavilion
from core import clock
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.campus.books import Campus
from tests.campus.sample_campus import add_campus

YEAR = today().year
Client = Callable[..., Browser]


@pytest.fixture
def campus(database: Database) -> Campus:
    return add_campus(database, "reports")


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.usefixtures("campus")
def test_the_year_stands_against_the_target_by_both_its_readings(signed_in: Client, database: Database) -> None:
    said = {"to_date": 1, "expected": 21_000.0, "most": 30_000, "target": 26_000, "sellable": 30_000}
    said |= {"low": 20_000.0, "high": 22_000.0, "chance": 0.0}
    with database.write() as session:
        session.add(Forecast(made_on=today(), made_at=clock.now(), content={"years": {str(YEAR): said}}))
    page = text_of(signed_in("viewer"), "/rooms")
    assert f"{YEAR} is expected to end with 21,000 room-nights. The chance of reaching 26,000 is under 1%." in page
    assert re.search(r"Can be sold, after closures [\d,]+ [\d,]+ 26,000 −[\d,]+", page)
    assert re.search(r"Sold \d+ 21,000 26,000 −5,000", page)
    assert "Target: Sample budget, paragraph 12." in page
    assert "forecast of" in page


@pytest.mark.usefixtures("campus")
def test_every_occupancy_names_its_denominator_which_leads_to_the_bridge(signed_in: Client) -> None:
    page = signed_in("viewer").get("/rooms").text
    assert page.count('<a href="#bridge">') == 4
    assert '<h2 id="bridge">' in page
    told = text_of(signed_in("viewer"), "/rooms")
    for name in ("Total inventory", "USALI", "Net sellable", "Eurostat bed places"):
        assert name in told


@pytest.mark.usefixtures("campus")
def test_a_day_is_typed_in_three_fields_and_a_wrong_one_keeps_its_entries(signed_in: Client) -> None:
    reader, day = signed_in("viewer"), today() - timedelta(days=1)
    typed = f"as_of-day={day.day}&as_of-month={day.month}&as_of-year={day.year}"
    assert "As it was known at the end of" in text_of(reader, f"/rooms?year={YEAR}&{typed}")
    assert "No rooms yet" in text_of(reader, f"/rooms?year={YEAR}&{typed}")
    for wrong in ("as_of-day=31&as_of-month=2&as_of-year=2026", "as_of=2199-01-01", "cut=colour"):
        answer = reader.get(f"/rooms?{wrong}")
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
    answer = reader.get("/rooms/capacity?first-day=31&first-month=2&first-year=2026&last=2026-12-31")
    assert answer.status_code == 422
    assert 'name="first-day" type="text" inputmode="numeric" value="31"' in answer.text


@pytest.mark.usefixtures("campus")
@pytest.mark.parametrize("wrong", ["first=2026-02-01&last=2026-01-01", "pavilion=nowhere", "first=1900-01-01"])
def test_a_period_that_cannot_be_asked_is_refused(signed_in: Client, wrong: str) -> None:
    answer = signed_in("viewer").get(f"/rooms/capacity?{wrong}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


@pytest.mark.usefixtures("campus")
def test_a_period_can_be_narrowed_to_one_thing(signed_in: Client) -> None:
    reader = signed_in("viewer")
    page = text_of(reader, "/rooms/capacity?pavilion=sample-north&cut=segment")
    assert "Only Sample North: Of 1,460 room-nights" in page
    assert "have no pavilion until they are picked" in page
    page = text_of(reader, "/rooms/capacity?segment=courses&cut=room+type")
    assert "Only Courses:" in page
    assert "only what is sold and held is told" in page
    assert "Occupancy, by what" not in page
    assert "No rooms in this period" in text_of(reader, "/rooms/capacity?first=1970-01-01&last=1970-12-31")


@pytest.mark.usefixtures("campus")
def test_what_is_shown_comes_as_a_file_in_which_nothing_is_calculated(signed_in: Client, database: Database) -> None:
    with database.write() as session:
        session.query(Pavilion).filter_by(slug="sample-north").one().name = '=HYPERLINK("x")'
    answer = signed_in("viewer").get(f"/rooms/capacity.csv?first={YEAR}-01-01&last={YEAR}-02-10")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="capacity-{YEAR}-01-01-{YEAR}-02-10.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["of"], row["name"], row["inventory"]) for row in rows] == [
        ("whole", "", str(8 * 41)),
        ("part", "", str(8 * 31)),
        ("part", "", str(8 * 10)),
        ("pavilion", '\'=HYPERLINK("x")', str(4 * 41)),
        ("pavilion", "Sample South", str(4 * 41)),
    ]
    assert {"occupancy_usali", "guest_nights", "revenue_eur"} < set(rows[0])


@pytest.mark.usefixtures("campus")
@pytest.mark.parametrize(
    "address", ["/rooms/year.svg?year={}", "/rooms/capacity/bridge.svg", "/rooms/capacity/occupancy.svg"]
)
def test_charts_are_pictures(signed_in: Client, address: str) -> None:
    answer = signed_in("viewer").get(address.format(YEAR))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.text.startswith("<svg")


@pytest.mark.usefixtures("campus")
def test_a_keeper_keeps_a_print_which_stays_equal(signed_in: Client) -> None:
    keeper, reader = signed_in("facilities"), signed_in("viewer")
    address = f"/rooms/capacity?first={YEAR}-01-01&last={YEAR}-12-31&cut=pavilion"
    refused = keeper.post_form(address, {"title": ""})
    assert refused.status_code == 422
    assert "Enter what the print is for" in refused.text
    kept = keeper.post_form(address, {"title": "Sample for the auditors"})
    assert kept.headers["location"] == "/rooms/prints/3"
    page = text_of(reader, "/rooms/prints/3")
    assert "Equal: made again today, as known then, the report says the same." in page
    assert "Sample for the auditors" in text_of(reader, "/rooms/prints")
    differs = text_of(reader, "/rooms/prints/2")
    assert "One figure differs from the same report" in differs
    assert "Keep a print" not in text_of(reader, address)
    assert reader.post_form(address, {"title": "x"}).status_code == 403
    assert reader.get("/rooms/prints/99").status_code == 404


@pytest.mark.usefixtures("campus")
def test_a_keeper_changes_a_target_and_nobody_overwrites_another(signed_in: Client) -> None:
    keeper, address = signed_in("facilities"), f"/rooms/targets/{YEAR}"
    page = keeper.get(f"/rooms/targets?year={YEAR}").text
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    fields = {"version": version, "room_nights": "25500", "source": "Sample decision", "reason": "more rooms"}
    assert keeper.post_form(address, fields | {"source": ""}).status_code == 422
    assert keeper.post_form(address, fields | {"room_nights": "many"}).status_code == 422
    assert keeper.post_form(address, fields).status_code == 303
    again = keeper.post_form(address, fields | {"room_nights": "1"})
    assert again.status_code == 422
    assert "Somebody changed this target meanwhile" in again.text
    told = text_of(signed_in("viewer"), f"/rooms/targets?year={YEAR}")
    assert "25,500 room-nights. Source: Sample decision" in told
    assert "24,000 Sample budget, paragraph 12" in told
    assert "Save the target" not in told


def test_before_there_are_rooms_the_page_says_what_would_stand_there(signed_in: Client) -> None:
    assert "No rooms yet" in text_of(signed_in("viewer"), "/rooms")
    assert "No prints yet" in text_of(signed_in("viewer"), "/rooms/prints")
    assert "Nobody has entered a target" in text_of(signed_in("viewer"), "/rooms/targets")
