"""`campus feedback figures` and `campus feedback close`, as somebody types them."""

import json
from collections.abc import Callable
from random import Random

import pytest

from core.database import Database
from jobs.cli import main
from tests.campus.books import open_campus
from tests.campus.feedback import guests

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def answered(sqlite_database: Database, configure: Callable[..., None]) -> Database:
    """Two quarters of guests of two pavilions, one of them too few to be shown; nothing is closed yet."""
    configure(database_url=sqlite_database.engine.url)
    with sqlite_database.write() as session:
        campus = open_campus(session)
        version = guests.published(session)
        for quarter in guests.past_quarters(2):
            for pavilion, n in zip(campus.pavilions, (20, 3), strict=True):
                guests.fill(session, version, quarter, n, Random(1), pavilion_id=pavilion)
    return sqlite_database


@pytest.mark.usefixtures("answered")
def test_a_script_gets_each_measure_with_n_and_interval_and_null_where_it_is_suppressed(capsys: Printed) -> None:
    assert main(["feedback", "close"]) == 0
    capsys.readouterr()
    assert main(["feedback", "figures", "--json"]) == 0
    told = {one["measure"]: one for one in json.loads(capsys.readouterr().out)}
    newest = guests.past_quarters(1)[0]
    assert {"satisfaction", "index", "area:room", "food", "recommend", "travel:train"} <= told.keys()
    food = told["food"]
    assert (food["quarter"], food["n"], food["method"], food["suppressed"]) == (str(newest), 23, "wilson", False)
    assert 0 <= food["low"] <= food["value"] <= food["high"] <= 1
    assert food["question"] == "How was the food?"

    assert main(["feedback", "figures", "--json", "--pavilion", "sample-south", "--area", "food"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["measure"] for one in found] == ["area:food", "food"]
    for one in found:
        assert one["suppressed"]
        assert [one[name] for name in ("n", "value", "low", "high")] == [None] * 4


@pytest.mark.usefixtures("answered")
def test_people_get_a_table_that_says_what_is_suppressed(capsys: Printed) -> None:
    old = guests.past_quarters(2)[0]
    assert main(["feedback", "close", str(old)]) == 0
    assert capsys.readouterr().out == f"{old} is closed.\n"
    assert main(["feedback", "figures", "--quarter", str(old), "--pavilion", "sample-north"]) == 0
    printed = capsys.readouterr().out
    assert f"{old}, sample-north" in printed
    assert "suppressed" in printed
    assert main(["feedback", "figures"]) == 0
    assert "adjusted wald" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--area", "moon"], "--area: “moon” is not one of campus, food, overall, room"),
        (["--pavilion", "moon"], "--pavilion: There is no such pavilion."),
        (["--quarter", "2031-Q1"], "--quarter: 2031-Q1 is not closed, so it has no figures"),
        (["--quarter", "spring"], "--quarter: must be a quarter, such as 2026-Q3"),
    ],
)
@pytest.mark.usefixtures("answered")
def test_what_there_is_not_is_refused_by_its_name(words: list[str], said: str, capsys: Printed) -> None:
    assert main(["feedback", "close", str(guests.past_quarters(1)[0])]) == 0
    assert main(["feedback", "figures", "--json", *words]) == 3
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("answered")
def test_a_quarter_that_is_not_over_or_closed_already_is_refused(capsys: Printed) -> None:
    last = guests.past_quarters(1)[0]
    assert main(["feedback", "close", str(last.plus(1))]) == 3
    assert "is not over yet" in capsys.readouterr().err
    assert main(["feedback", "close", str(last)]) == 0
    assert main(["feedback", "close", str(last)]) == 3
    assert "is closed already" in capsys.readouterr().err


def test_without_a_closed_quarter_there_is_nothing_to_tell(
    sqlite_database: Database, configure: Callable[..., None], capsys: Printed
) -> None:
    configure(database_url=sqlite_database.engine.url)
    assert main(["feedback", "figures", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["feedback", "close"]) == 0
    assert "No quarter is waiting" in capsys.readouterr().out
