"""The pages of energy: readings by hand, a baseline chosen and confirmed, and what was avoided."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from campus.energy import queries
from campus.nights import Nights
from core.database import Database
from tests.api.people import Browser
from tests.campus.books import on, open_campus
from tests.campus.sample_energy import add_degree_days, add_meter, add_readings, use_of

MONTHS = Nights(date(2022, 1, 1), date(2025, 1, 1)).months()
PAGE = "/works/energy"
HEAT = f"{PAGE}/sample-heat"
CHOSEN = {"station": "Sample station", "first": "2022-01", "last": "2023-12", "nights": "no", "meters": "sample-heat"}
WORKS = {"works_first-day": "1", "works_first-month": "1", "works_first-year": "2024"}
WORKS |= {"works_last-day": "29", "works_last-month": "2", "works_last-year": "2024"}


@pytest.fixture
def books(sqlite_database: Database) -> Database:
    """Three years of heat, of which a quarter is saved from March 2024 on."""
    with sqlite_database.write() as session, on("2025-01-02"):
        campus = open_campus(session)
        add_degree_days(session, MONTHS)
        meter = add_meter(session, "Sample heat", "heat", MONTHS, campus.pavilions[0])
        add_readings(session, meter, MONTHS, lambda month: use_of(month) * (0.75 if month.first.year > 2023 else 1))
    return sqlite_database


@pytest.fixture
def database(books: Database) -> Database:
    """One database is enough: what both must do alike is tested below the pages."""
    return books


@pytest.fixture
def keeper(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("facilities")


def day(text: str, name: str = "day") -> dict[str, str]:
    year, month, day = text.split("-")
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def text(answer: object) -> str:
    return " ".join(re.sub("<[^>]+>", " ", answer.text).split())  # type: ignore[attr-defined]


def test_a_reading_is_entered_corrected_and_withdrawn(keeper: Browser, database: Database) -> None:
    answer = keeper.post_form(f"{HEAT}/readings", day("2025-02-01") | {"value": "200000,5", "kind": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, HEAT)
    one = f"{HEAT}/readings/2025-02-01"
    assert "The reading of 1 Feb 2025 is saved." in text(keeper.get(HEAT))
    with database.read() as session:
        found = queries.reading(session, queries.meter(session, "sample-heat").meter_id, date(2025, 2, 1))
    assert found.value == 200_000_50
    version = {"version": str(found.id)}
    wrong = keeper.post_form(one, day("2025-02-01") | version | {"value": "200001", "kind": ""})
    assert (wrong.status_code, "Say why" in text(wrong), 'value="200001"' in wrong.text) == (422, True, True)
    right = keeper.post_form(one, day("2025-02-01") | version | {"value": "200001", "kind": "", "reason": "Misread"})
    assert right.status_code == 303
    stale = keeper.post_form(f"{one}/withdraw", version | {"reason": "Not ours"})
    assert (stale.status_code, "Somebody changed this reading" in text(stale)) == (422, True)
    with database.read() as session:
        version = {"version": str(queries.reading(session, found.meter_id, found.day).id)}
    assert keeper.post_form(f"{one}/withdraw", version | {"reason": "Not ours"}).status_code == 303
    assert keeper.get(one).status_code == 404


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"value": "1"}, "The reading is lower than the reading before it, of 1 Jan 2025"),
        ({"value": "1.234,5"}, "is not clear"),
        ({"value": ""}, "Enter what the meter shows"),
        ({"value": "99999", "kind": "changed"}, "The new counter give the first value"),
        ({"value": "99999", "day-year": "2199"}, "The day must not lie in the future"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_beside_its_field(
    keeper: Browser, values: dict[str, str], problem: str
) -> None:
    answer = keeper.post_form(f"{HEAT}/readings", day("2025-02-01") | {"kind": ""} | values)
    assert answer.status_code == 422
    assert problem in text(answer)


def test_a_baseline_is_looked_at_confirmed_and_tells_what_was_avoided(keeper: Browser) -> None:
    assert "No baseline is confirmed yet." in text(keeper.get(PAGE))
    seen = keeper.get(f"{HEAT}/baseline?" + "&".join(f"{name}={value}" for name, value in (CHOSEN | WORKS).items()))
    assert "It fits well" in text(seen)
    digest = re.search(r'name="digest" value="(\w{64})"', seen.text)
    assert digest
    stale = keeper.post_form(f"{HEAT}/baseline", CHOSEN | WORKS | {"digest": "0" * 64})
    assert (stale.status_code, "look again" in text(stale)) == (422, True)
    kept = keeper.post_form(f"{HEAT}/baseline", CHOSEN | WORKS | {"digest": digest[1]})
    assert (kept.status_code, kept.headers["location"]) == (303, f"{HEAT}/savings")
    page = text(keeper.get(f"{HEAT}/savings"))
    assert re.search(
        r"kWh were avoided in 10 months since the works: 2[0-9](\.\d)?% of what would have been used", page
    )
    assert "The works last from 1 Jan 2024 to 29 Feb 2024." in page
    assert "kWh were avoided, with 90% confidence between" in text(keeper.get(PAGE))
    assert keeper.get(f"{HEAT}/savings.svg").headers["content-type"] == "image/svg+xml"
    lines = keeper.get(f"{HEAT}/savings.csv").text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("month,phase,actual,predicted,avoided")
    assert lines[1].startswith("2022-01,baseline,")


def test_a_report_of_a_day_before_the_baseline_says_that_there_was_none(keeper: Browser) -> None:
    assert "No baseline was confirmed by then." in text(keeper.get(f"{HEAT}/savings?as_of=2025-01-10"))
    for wrong in ("2199-01-01", "tomorrow"):
        assert keeper.get(f"{HEAT}/savings?as_of={wrong}").status_code == 422


def test_too_few_months_are_said_and_not_guessed(keeper: Browser) -> None:
    few = CHOSEN | {"first": "2023-06"}
    page = text(keeper.get(f"{HEAT}/baseline?" + "&".join(f"{name}={value}" for name, value in few.items())))
    assert "a baseline needs at least 12 months, and 7 of those chosen are whole" in page
    assert "Confirm the baseline" not in page


def test_a_meter_is_added_and_changed_with_a_reason(keeper: Browser) -> None:
    given = {"name": "Sample gas", "kind": "gas", "pavilion": "", "factor": "10,69", "digits": ""}
    made = keeper.post_form(f"{PAGE}/new", given | day("2024-01-01", "first"))
    assert (made.status_code, made.headers["location"]) == (303, f"{PAGE}/sample-gas")
    assert "1 m³ counts as 10.69 kWh" in text(keeper.get(f"{PAGE}/sample-gas"))
    edit = f"{PAGE}/sample-gas/edit"
    version = re.search(r'name="version" value="(\d+)"', keeper.get(edit).text)
    assert version
    change = given | day("2024-01-01", "first") | {"name": "Sample gas, west", "version": version[1]}
    assert keeper.post_form(edit, change).status_code == 422
    assert keeper.post_form(edit, change | {"reason": "There are two"}).status_code == 303
    assert "Somebody changed this meter" in text(keeper.post_form(edit, change | {"reason": "Again"}))


def test_a_price_needs_its_source(keeper: Browser) -> None:
    price = {"kind": "heat", "price": "0,118"} | day("2022-01-01", "first")
    assert "Enter where the price stands" in text(keeper.post_form(f"{PAGE}/prices", price))
    assert keeper.post_form(f"{PAGE}/prices", price | {"source": "Sample contract"}).status_code == 303
    assert "0.118" in text(keeper.get(f"{PAGE}/prices"))


def test_a_reader_sees_everything_without_forms(signed_in: Callable[..., Browser]) -> None:
    reader = signed_in("viewer")
    for address in (HEAT, f"{HEAT}/savings", f"{HEAT}/baseline", f"{PAGE}/prices", f"{PAGE}/degree-days"):
        page = reader.get(address)
        assert page.status_code == 200
        assert 'action="/works/energy' not in page.text.replace(f'action="{HEAT}/savings"', "").replace(
            f'action="{HEAT}/baseline" novalidate', ""
        )
