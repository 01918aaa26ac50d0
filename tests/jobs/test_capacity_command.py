"""`campus capacity` and `campus demo`, as somebody types them."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from campus.forecast.models import Forecast
from campus.nights import Nights
from campus.occupancy.actions import Wanted, claim_room
from campus.occupancy.models import Claim
from campus.occupancy.rules import Kind
from core import clock
from core.database import Database
from core.i18n import today
from jobs.cli import main
from tests.campus.sample_campus import add_campus

YEAR = str(today().year)
KEYS = {
    *("inventory", "extended_closed", "out_of_order", "house_use", "sellable", "sold", "held", "free"),
    *("occupancy", "target", "to_date", "expected", "chance_of_target", "year", "as_of"),
}


@pytest.fixture
def books(sqlite_database: Database, configure: Callable[..., None]) -> Database:
    """The sample campus is what the commands open."""
    configure(database_url=sqlite_database.engine.url)
    add_campus(sqlite_database, "reports")
    return sqlite_database


@pytest.mark.usefixtures("books")
def test_a_script_gets_the_year_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity", YEAR, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == KEYS
    assert (told["year"], told["as_of"], told["target"]) == (today().year, today().isoformat(), 26_000)
    assert told["sellable"] == told["sold"] + told["held"] + told["free"]
    assert told["sellable"] == told["inventory"] - told["extended_closed"] - told["out_of_order"] - told["house_use"]
    assert (told["expected"], told["chance_of_target"]) == (None, None)


@pytest.mark.usefixtures("books")
def test_as_of_an_earlier_day_it_tells_what_was_known_then(capsys: pytest.CaptureFixture[str]) -> None:
    yesterday = today() - timedelta(days=1)
    assert main(["capacity", YEAR, "--json", "--as-of", yesterday.isoformat()]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["inventory"], told["as_of"], told["target"]) == (0, yesterday.isoformat(), 25_000)
    assert set(told["occupancy"].values()) == {None}


def test_people_get_a_table_with_the_day_of_the_forecast(books: Database, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"to_date": 1, "expected": 12_345.6, "most": 30_000, "target": 25_000, "sellable": 30_000}
    said |= {"low": 1.0, "high": 2.0, "chance": 0.5}
    with books.write() as session:
        session.add(Forecast(made_on=today(), made_at=clock.now(), content={"years": {YEAR: said}}))
    assert main(["capacity", YEAR]) == 0
    out = capsys.readouterr().out
    assert "12,346" in out
    assert f"forecast of {today()}" in " ".join(out.split())


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1800"], "YEAR: must lie between 1964 and 2199"),
        ([YEAR, "--as-of", "03/04/2025"], "--as-of: must be a date such as 2026-01-31"),
        ([YEAR, "--as-of", "2199-01-01"], "--as-of: must not lie in the future"),
        (["soon"], "'year': Input should be a valid integer"),
    ],
)
def test_a_wrong_use_is_named(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity", *arguments]) == 3
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("books")
def test_sample_data_go_into_an_empty_database_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 3
    assert "into an empty database only" in capsys.readouterr().err


@pytest.mark.long
def test_the_demo_fills_an_empty_database_in_which_work_goes_on(
    database: Database, configure: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(database_url=database.engine.url.render_as_string(hide_password=False))
    assert main(["demo"]) == 0
    assert "all invented but what is published of the works" in capsys.readouterr().out
    assert main(["capacity", YEAR, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["extended_closed"] > 0
    assert told["expected"] is not None
    assert main(["capacity", "2022", "--json", "--as-of", "2022-06-30"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert main(["capacity", "2022", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["extended_closed"] > before["extended_closed"]
    with database.write() as session:
        room = session.scalar(sa.select(sa.func.max(Claim.room_id))) or 0
        night = date(today().year + 10, 1, 1)
        wanted = Wanted(kind=Kind.HOUSE_USE, room_id=room, nights=Nights(night, night + timedelta(days=1)))
        assert claim_room(session, wanted, "command").number > told["year"]
