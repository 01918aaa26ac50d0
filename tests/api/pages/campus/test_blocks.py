"""Blocks in the browser: held, changed, picked from, checked, cancelled; entries survive, and the old is never lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from campus.blocks import actions as blocks
from campus.blocks import queries as block_queries
from campus.blocks.rules import Figures, State
from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser
from tests.campus.books import TEST
from tests.campus.sample_campus import add_campus

FIRST = today() + timedelta(days=70)
SignedIn = Callable[..., Browser]


def days(**given: date) -> dict[str, str]:
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in given.items() for part in ("day", "month", "year")
    }


def form(**changes: str) -> dict[str, str]:
    entries = {"name": "Sample assembly", "party": "1", "segment": "1", "wash": "12,5", "rate": "61.50", "rooms-1": "2"}
    dates = days(first=FIRST, until=FIRST + timedelta(days=3), cut_off=FIRST - timedelta(days=20))
    return entries | dates | changes


@pytest.fixture
def keeper(database: Database, signed_in: SignedIn) -> Browser:
    add_campus(database, "blocks")
    return signed_in("facilities")


def words(page: str) -> str:
    """What the page says, in one line."""
    return " ".join(" ".join(one.text for one in said_on(page)).split())


def line(database: Database, number: int) -> block_queries.BlockLine:
    with database.read() as session:
        return block_queries.line(session, number)


def test_a_block_is_held_for_every_night_alike_and_single_nights_may_differ(
    keeper: Browser, database: Database
) -> None:
    shown = keeper.post_form("/rooms/blocks/add", form(step="nights"))
    assert shown.status_code == 200
    second = f"night-1-{(FIRST + timedelta(days=1)).isoformat()}"
    assert f'name="{second}"' in shown.text
    assert 'value="Sample assembly"' in shown.text
    answer = keeper.post_form("/rooms/blocks/add", form(**{second: "3", "single": "1"}))
    assert answer.headers["location"] == "/rooms/blocks/5"
    held = line(database, 5)
    assert [held.contracted[1, FIRST + timedelta(days=day)] for day in range(3)] == [2, 3, 2]
    assert (held.block.expected_wash, held.block.rate_cents) == (0.125, 61_50)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter a name of at most 200 characters."),
        ({"rooms-1": "many"}, "Enter a whole number of rooms, 0 to 1,000."),
        ({"rooms-1": ""}, "The number of rooms must be 1 to 1,000 a night"),
        ({"rooms-1": "300"}, "rooms of type “Single” are free in the night of"),
        (days(until=FIRST), "The dates: the departure must be after the arrival"),
        (days(cut_off=FIRST + timedelta(days=1)), "The cut-off must not lie after the arrival"),
        (days(cut_off=today()), "The cut-off must lie in the future"),
        ({"wash": "120"}, "The expected wash must be 0 to 100"),
        ({"party": "999"}, "The party is not there"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_entered_is_lost(
    keeper: Browser, database: Database, changes: dict[str, str], said: str
) -> None:
    answer = keeper.post_form("/rooms/blocks/add", form(**changes))
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert 'value="61.50"' in answer.text
    with database.read() as session:
        assert block_queries.lines(session)[1] == 4


def test_a_change_starts_from_the_block_as_it_is_and_needs_a_reason(keeper: Browser, database: Database) -> None:
    page = keeper.get("/rooms/blocks/2/edit").text
    assert 'value="Sample workshop with a tight fit"' in page
    before = line(database, 2)
    dates = days(first=before.nights.first, until=before.nights.until, cut_off=before.block.cut_off)
    entries = form(name="Sample workshop", version=str(before.block.id)) | dates | {"rooms-1": "", "rooms-2": "1"}
    assert "must say why it is changed" in keeper.post_form("/rooms/blocks/2/edit", entries).text
    assert keeper.post_form("/rooms/blocks/2/edit", entries | {"reason": "fewer come"}).status_code == 303
    assert line(database, 2).figures.contracted == 4
    late = keeper.post_form("/rooms/blocks/2/edit", entries | {"reason": "again"})
    assert "Somebody changed this block meanwhile" in words(late.text)


def test_a_release_is_told_on_the_page_and_a_later_cut_off_takes_it_back(keeper: Browser, database: Database) -> None:
    page = words(keeper.get("/rooms/blocks/3").text)
    assert "Released at the cut-off" in page
    assert "By its date" in page
    version = str(line(database, 3).block.id)
    later = days(cut_off=today() + timedelta(days=5)) | {"reason": "they ask for time", "version": version}
    assert keeper.post_form("/rooms/blocks/3/cut-off", later | {"reason": ""}).status_code == 422
    assert keeper.post_form("/rooms/blocks/3/cut-off", later).status_code == 303
    assert line(database, 3).state is State.HELD


def test_rooms_are_picked_together_with_names_that_only_keepers_see(
    keeper: Browser, database: Database, signed_in: SignedIn
) -> None:
    before = line(database, 3)
    nights = days(first=before.nights.first, until=before.nights.until)
    page = keeper.get("/rooms/blocks/3/pick", params=nights)
    assert page.text.count('name="room"') == 4
    assert "Choose at least one room" in keeper.post_form("/rooms/blocks/3/pick", nights).text
    entries = nights | {"room": ["1", "3"], "guests-1": "2", "names-1": "Sample Visitor", "guests-3": "x"}
    wrong = keeper.post_form("/rooms/blocks/3/pick", entries)
    assert wrong.status_code == 422
    assert "Sample Visitor" in wrong.text
    assert keeper.post_form("/rooms/blocks/3/pick", entries | {"guests-3": "1"}).status_code == 303
    assert line(database, 3).figures.picked == 6
    assert "Sample Visitor" in keeper.get("/rooms/blocks/3").text
    assert "Sample Visitor" not in signed_in("viewer").get("/rooms/blocks/3").text


def test_a_room_is_dropped_after_a_question_and_is_the_blocks_again(keeper: Browser, database: Database) -> None:
    with database.read() as session:
        stay = block_queries.picks(session, 1)[0]
    assert line(database, 1).figures == Figures(contracted=12, picked=10, held=2)
    address = f"/rooms/blocks/1/stays/{stay.number}/drop"
    assert "holds a room of this type again" in words(keeper.get(address).text)
    assert keeper.post_form(address, {"version": str(stay.id), "reason": "not coming"}).status_code == 303
    assert line(database, 1).figures == Figures(contracted=12, picked=6, held=6)
    assert keeper.post_form(address, {"version": str(stay.id), "reason": "again"}).status_code == 422
    assert keeper.get(f"/rooms/blocks/2/stays/{stay.number}/drop").status_code == 404


def test_the_moves_that_make_whole_stays_fit_are_shown_before_they_are_made(
    keeper: Browser, database: Database
) -> None:
    assert "Not without moving somebody: Double" in words(keeper.get("/rooms/blocks/2").text)
    page = keeper.get("/rooms/blocks/2/check").text
    assert "once one stay is moved" in words(page)
    move = page.split('name="move" value="')[1].split('"')[0]
    assert keeper.post_form("/rooms/blocks/2/check", {"move": move}).status_code == 303
    assert "Nobody has to move" in words(keeper.get("/rooms/blocks/2/check").text)
    assert keeper.post_form("/rooms/blocks/2/check", {"move": move}).status_code == 409
    assert keeper.post_form("/rooms/blocks/2/check", {"move": "1-x-2"}).status_code == 422


def test_what_is_cancelled_keeps_its_picked_rooms_and_cannot_be_cancelled_twice(
    keeper: Browser, database: Database
) -> None:
    version = str(line(database, 1).block.id)
    asked = words(keeper.get("/rooms/blocks/1/cancel").text)
    assert "10 room-nights that are picked up stay sold" in asked
    fields = {"version": version, "reason": "called off"}
    assert keeper.post_form("/rooms/blocks/1/cancel", fields).status_code == 303
    assert line(database, 1).figures == Figures(contracted=12, picked=10, held=0)
    again = {"version": str(line(database, 1).block.id), "reason": "again"}
    assert "This block was cancelled." in keeper.post_form("/rooms/blocks/1/cancel", again).text
    assert keeper.get("/rooms/blocks/1").text.count("/rooms/blocks/1/pick") == 0


def test_the_list_says_which_cut_off_comes_next_and_filters(keeper: Browser, database: Database) -> None:
    page = words(keeper.get("/rooms/blocks").text)
    assert "No block reaches its cut-off within 7 days" in page
    assert "Sample seminar" not in page
    with database.write() as session:
        blocks.extend(session, 2, today() + timedelta(days=3), TEST, "earlier")
    page = words(keeper.get("/rooms/blocks").text)
    assert "One block reaches its cut-off within 7 days with 8 room-nights not picked up." in page
    assert "Cut-off in 3 days" in page
    assert "Sample seminar" in keeper.get("/rooms/blocks?state=cancelled&party=1&segment=2").text
    assert "No block is like that" in keeper.get("/rooms/blocks?segment=1&sort=-name").text


def test_without_blocks_the_list_says_what_will_stand_there(signed_in: SignedIn) -> None:
    assert "No block yet" in signed_in("viewer").get("/rooms/blocks").text
