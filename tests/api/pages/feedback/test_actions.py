"""Pages of improvement actions: the board, one action, its plan and its steps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response

from api import figure_words as words
from campus.feedback.figures.models import ClosedQuarter
from campus.improvement import queries
from core import clock
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.campus.books import open_campus
from tests.campus.feedback import guests
from tests.campus.sample_actions import NORTH, add_actions, cell

ACTIONS = "/feedback/actions"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Six closed quarters, and the sample's actions: 1 overdue, 4 done today, 7 to decide on."""
    with sqlite_database.write() as session:
        open_campus(session)
        guests.published(session)
        for quarter in guests.past_quarters(6):
            session.add(ClosedQuarter(quarter=str(quarter), closed_at=clock.now(), closed_by="command"))
        session.flush()
        add_actions(session)
    return sqlite_database


@pytest.fixture
def keeper(database: Database, signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("facilities")


def parts(name: str, days: int) -> dict[str, str]:
    day = today() + timedelta(days=days)
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def form(owner: int, **values: Any) -> dict[str, Any]:
    given = {"name": "Sample: thicker curtains", "area": "room", "hypothesis": "Darker rooms, better sleep."}
    given |= {"measure": "room_bed", "expected": "0.5", "cost_planned": "1 200,50", "owner": str(owner)}
    return given | {"pavilions": NORTH} | parts("due", 30) | parts("check_on", 400) | values


def version(database: Database, key: int) -> int:
    with database.read() as session:
        return queries.version(session, key).id


def post(browser: Browser, address: str, fields: dict[str, Any]) -> Response:
    """Post a form, and the page that it leads to."""
    return browser.post_form(address, fields, follow_redirects=True)


def test_the_board_says_first_what_needs_somebody(keeper: Browser) -> None:
    page = keeper.get(ACTIONS).text
    assert "1 action is overdue, 1 check is due and 1 action waits for a decision." in page
    for stage in ("Plan", "Do", "Check", "Act", "Ended"):
        assert f">{stage} <span" in page
    assert all(word in page for word in ("Better", "Worse", "No detectable effect", "Overdue", "Sample improver"))


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("pavilion=sample-south", "new curtains", "quieter doors"),
        ("stage=ended", "firmer pillows", "quieter doors"),
        ("area=nothing", "None.", "quieter doors"),
        ("owner=999999", "None.", "quieter doors"),
        ("as_of=2020-01-01", "No improvement action yet", "quieter doors"),
        ("as_of=2999-01-01", "Enter a day that is not in the future.", "quieter doors"),
    ],
)
def test_the_board_is_narrowed(keeper: Browser, query: str, there: str, absent: str) -> None:
    page = keeper.get(f"{ACTIONS}?{query}").text
    assert there in page
    assert absent not in page


def test_one_action_shows_the_verdict_both_sides_and_what_a_point_cost(keeper: Browser) -> None:
    page = keeper.get(f"{ACTIONS}/7").text
    assert "It got better by 0.8 points (95% interval: +0.51 to +1.09)." in page
    assert "3.22 (3.09 to 3.35)" in page
    assert "€12,000 a point (€8,781 to €18,947)" in page
    assert keeper.get(f"{ACTIONS}/7/chart.svg").text.startswith("<svg")
    assert keeper.get(f"{ACTIONS}/7/chart.svg?narrow=true").status_code == 200


def test_an_action_leads_to_the_figures_of_its_measure_and_to_the_comments_of_its_area(keeper: Browser) -> None:
    page = keeper.get(f"{ACTIONS}/7").text
    assert 'href="/feedback/areas/room#room_bed"' in page
    assert 'href="/feedback/comments?area=room"' in page
    assert keeper.get("/feedback/areas/room").status_code == 200


def test_a_plan_that_hopes_for_less_than_can_be_seen_is_warned_of(keeper: Browser, database: Database) -> None:
    assert "is smaller than what could be detected" in keeper.get(f"{ACTIONS}/2").text
    looked = post(keeper, f"{ACTIONS}/add", form(keeper.person.id, step="look", expected="0,05"))
    assert looked.status_code == 200
    assert "Too small to be seen" in looked.text
    with database.read() as session:
        assert len(queries.lines(session, today())) == 11


def test_an_action_is_planned_changed_and_known_as_it_was(keeper: Browser, database: Database) -> None:
    made = keeper.post_form(f"{ACTIONS}/add", form(keeper.person.id))
    address = made.headers["location"]
    assert "€1,200.50 planned" in keeper.get(address).text
    key = int(address.rpartition("/")[2])
    edit = form(keeper.person.id, name="Sample: darker curtains", version=version(database, key))
    refused = post(keeper, f"{address}/edit", edit)
    assert refused.status_code == 422
    assert "The reason is needed" in refused.text
    post(keeper, f"{address}/edit", edit | {"reason": "Sample reason"})
    page = keeper.get(address).text
    assert "Sample: darker curtains" in page
    assert "Sample: thicker curtains" in page
    assert "Sample reason" in page
    slower = post(keeper, f"{address}/edit", edit | {"reason": "Too late"})
    assert "Somebody changed this action meanwhile" in slower.text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Enter a name of at most 120 characters."),
        ({"expected": "much"}, "“much” is not clear"),
        ({"expected": "9"}, "The expected change must be more than 0 and at most 4"),
        ({"cost_planned": "1.234,56"}, "The planned cost “1.234,56” is not clear"),
        ({"comparison": NORTH}, "must be other pavilions than those that the action changes"),
        ({"check_on-year": "1999"}, "The day of the planned check must come after the day it is due"),
        ({"due-month": "13"}, "Enter the day by which it is to be done"),
    ],
)
def test_a_wrong_plan_keeps_what_was_typed_and_names_the_field(
    keeper: Browser, values: dict[str, str], said: str
) -> None:
    page = post(keeper, f"{ACTIONS}/add", form(keeper.person.id, **values))
    assert page.status_code == 422
    assert said in page.text
    assert "Darker rooms, better sleep." in page.text


def test_steps_are_taken_and_undone(keeper: Browser, database: Database) -> None:
    begun = post(keeper, f"{ACTIONS}/1/steps/start", {"version": version(database, 1)} | parts("started_on", 0))
    assert "is at the stage “Do”" in begun.text
    undone = post(keeper, f"{ACTIONS}/1/undo", {"version": version(database, 1)})
    assert "is at the stage “Plan”" in undone.text
    given = {"version": version(database, 1), "lesson": "Nobody has time"}
    assert "It ended without a verdict." in post(keeper, f"{ACTIONS}/1/steps/abandon", given).text
    given = {"version": version(database, 1), "reason": "Somebody has"}
    assert "It should have been done by" in post(keeper, f"{ACTIONS}/1/steps/back", given).text


def test_a_look_decides_nothing_and_the_planned_check_does(keeper: Browser, database: Database) -> None:
    looked = post(keeper, f"{ACTIONS}/5/check", {"version": version(database, 5)})
    assert "Looked at: Worse." in looked.text
    assert "This is a look" in looked.text
    checked = post(keeper, f"{ACTIONS}/6/check", {"version": version(database, 6)})
    assert "Checked: Worse." in checked.text
    given = {"version": version(database, 6), "outcome": "adapted", "lesson": "Sample lesson"}
    refused = post(keeper, f"{ACTIONS}/6/steps/decide", given)
    assert "Enter the name of the action by which it goes on." in refused.text
    given |= {"follow_name": "Sample: thinner carpets"} | parts("follow_due", 60) | parts("follow_check_on", 500)
    ended = post(keeper, f"{ACTIONS}/6/steps/decide", given)
    assert "Goes on as" in ended.text
    assert "Sample: thinner carpets" in ended.text


def test_done_needs_its_day_and_its_cost_and_a_decision_without_verdict_a_reason(
    keeper: Browser, database: Database
) -> None:
    given = {"version": version(database, 3)} | parts("done_on", 0)
    assert "Enter what it cost, such as 1200" in post(keeper, f"{ACTIONS}/3/steps/done", given).text
    assert "is at the stage “Check”" in post(keeper, f"{ACTIONS}/3/steps/done", given | {"cost_actual": "0"}).text
    given = {"version": version(database, 3), "reason": "The pavilion closes"}
    assert "is at the stage “Act”" in post(keeper, f"{ACTIONS}/3/steps/without-verdict", given).text


def test_suppressed_quarters_and_other_wordings_are_named(keeper: Browser, database: Database) -> None:
    quarters = guests.past_quarters(6)
    with database.write() as session:
        gone = {"suppressed": True, "n": None, "mean": None, "deviation": None, "value": None}
        for number, quarter in enumerate(quarters):
            values: dict[str, Any] = (
                {"mean": 3.0} | (gone if number == 5 else {}) | ({"wordings": ["x"]} if not number else {})
            )
            session.add(cell(quarter, "room_air", NORTH, **values))
    made = keeper.post_form(f"{ACTIONS}/add", form(keeper.person.id, measure="room_air"))
    key = int(made.headers["location"].rpartition("/")[2])
    day = quarters[3].first - today()
    steps = f"{ACTIONS}/{key}/steps"
    post(keeper, f"{steps}/start", {"version": version(database, key)} | parts("started_on", day.days))
    given = {"version": version(database, key), "cost_actual": "0"} | parts("done_on", day.days + 3)
    page = post(keeper, f"{steps}/done", given).text
    assert f"{words.quarter(quarters[5], short=True)} (Sample North)" in page
    assert f"these quarters are left out: {words.quarter(quarters[0], short=True)}" in page


def test_readers_see_everything_without_forms(database: Database, signed_in: Callable[..., Browser]) -> None:
    reader = signed_in("viewer")
    for address in (ACTIONS, f"{ACTIONS}/1", f"{ACTIONS}/7"):
        page = reader.get(address)
        assert page.status_code == 200
        assert "/steps/" not in page.text
        assert "/add" not in page.text
    assert reader.get(f"{ACTIONS}/999999").status_code == 404


def test_the_page_of_the_day_tells_what_waits(keeper: Browser) -> None:
    page = keeper.get("/today").text
    assert "Sample: quieter doors" in page
    assert "It should have been done by" in page
    assert "Its effect was checked: decide what comes of it." in page
