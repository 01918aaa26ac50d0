"""Quarters that close."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from time import sleep
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campus.feedback.figures import closing, queries, rules
from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.models import QuestionnaireVersion
from core import clock, trail
from core.database import Database
from core.errors import Conflict
from core.i18n import today
from jobs.close_quarters import close_quarters
from tests.campus.books import TEST, on, open_campus
from tests.campus.feedback import guests


def shown(session: Session, quarter: Quarter, measure: str) -> dict[tuple[str, str], int | None]:
    """n by group of what is published, None where suppressed."""
    return {(one.dimension, one.thing): one.n for one in queries.cells(session, quarter=quarter, measure=measure)}


def day_in(quarter: Quarter) -> date:
    return quarter.first + timedelta(days=20)


def test_a_closed_quarter_shows_figures_with_n_and_interval(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session)
        guests.fill(session, version, quarter, 12, Random(1), pavilion_id=campus.pavilions[0])
        closing.close(session, quarter, TEST)
    with database.read() as session:
        [cell] = queries.cells(session, quarter=quarter, dimension=rules.ALL, measure="recommend")

    assert (cell.n, cell.method, cell.suppressed) == (12, "adjusted wald", False)
    assert cell.low is not None
    assert cell.value is not None
    assert cell.high is not None
    assert cell.low < cell.value < cell.high


def test_a_small_group_and_the_one_that_would_give_it_away_are_suppressed(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session)
        for pavilion, n in zip(campus.pavilions, (20, 3), strict=True):
            guests.fill(session, version, quarter, n, Random(1), pavilion_id=pavilion)
        closing.close(session, quarter, TEST)
        found = shown(session, quarter, "food")

    assert found["all", ""] == 23
    assert found["pavilion", "sample-north"] is found["pavilion", "sample-south"] is None


def test_which_cells_there_are_does_not_depend_on_who_answered(database: Database) -> None:
    """Not even a masked cell tells that somebody of a small group was there, or what opened a question to them."""
    one, other = guests.past_quarters(2)
    content = deepcopy(guests.CONTENT)
    content["sections"][0]["questions"].append(
        guests.question("cold", "yes_no", "room", "Was it cold?", only_if={"question": "food", "answers": ["1"]})
    )
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session, content=content)
        for quarter, more in ((one, {}), (other, {"pavilion_id": campus.pavilions[0], "language": "ar"})):
            guests.fill(session, version, quarter, 30, Random(1), pavilion_id=campus.pavilions[1])
            guests.respond(session, version, day_in(quarter), {"food": "1", "cold": "yes"}, **more)
        guests.close_all(session, [one, other])
        cells = queries.cells(session)

    there = {
        quarter: {(c.dimension, c.thing, c.measure) for c in cells if c.quarter == quarter}
        for quarter in (str(one), str(other))
    }
    assert there[str(one)] == there[str(other)]
    assert (rules.LANGUAGE, "ar", "cold") in there[str(one)]


def test_a_group_is_told_of_in_no_question_where_all_its_responses_would_expose_somebody(database: Database) -> None:
    """The n of two questions could be held against each other: 14 of 14 answered here, 12 of 12 of them there."""
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session)
        north, south = campus.pavilions
        guests.fill(session, version, quarter, 12, Random(1), pavilion_id=north)
        for _guest in range(2):  # they leave the food out
            guests.respond(session, version, day_in(quarter), {"recommend": "9"}, pavilion_id=south)
        closing.close(session, quarter, TEST)
        food = shown(session, quarter, "food")

    assert food["all", ""] == 12
    assert food["pavilion", "sample-north"] is None


def test_a_question_that_an_answer_opens_shows_no_group_that_the_first_does_not(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    content = deepcopy(guests.CONTENT)
    content["sections"][1]["questions"].append(
        guests.question("taste", "rating", "food", "The taste?", only_if={"question": "food", "answers": ["1"]})
    )
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session, content=content)
        north, south = campus.pavilions
        for pavilion, n in ((north, 8), (south, 3)):
            for _guest in range(n):
                bad = pavilion == north
                answers = {"food": "1", "taste": "2"} if bad else {"food": "5"}
                guests.respond(session, version, day_in(quarter), answers, pavilion_id=pavilion)
        for _guest in range(5):
            guests.respond(session, version, day_in(quarter), {"recommend": "9"}, pavilion_id=south)
        closing.close(session, quarter, TEST)
        food, taste = shown(session, quarter, "food"), shown(session, quarter, "taste")

    assert food["pavilion", "sample-north"] is None  # all 11 less these 8 are three guests
    assert taste["all", ""] == 8
    assert taste["pavilion", "sample-north"] is None  # it would tell that the three did not answer 1


def test_areas_and_options_are_those_of_the_newest_version_and_both_wordings_are_kept(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    changed: dict[str, Any] = deepcopy(guests.CONTENT)
    food, _way, travel = changed["sections"][1]["questions"][:3]
    food |= {"area": "restaurant", "text": guests.texts("How did you like the food?")}
    travel["options"][2] = {"key": "bus", "text": guests.texts("Bus")}
    with database.write() as session:
        first = guests.published(session)
        newer = QuestionnaireVersion(questionnaire_id=1, number=2, content=changed, published_at=clock.now(), used=True)
        session.add(newer)
        session.flush()
        for version, way in ((first, "other"), (newer.id, "bus")):
            for _guest in range(6):
                guests.respond(session, version, day_in(quarter), {"food": "4", "travel": way})
        closing.close(session, quarter, TEST)
        cells = {one.measure: one for one in queries.cells(session, quarter=quarter, dimension=rules.ALL)}

    assert (cells["food"].n, cells["food"].area, len(cells["food"].wordings)) == (12, "restaurant", 2)
    assert len(cells["room_comfort"].wordings) == 1
    assert (cells["travel:bus"].value, cells["travel:other"].value, cells["travel:train"].value) == (0.5, 0.5, 0.0)


def test_an_answer_to_a_question_of_another_kind_does_not_count_and_breaks_nothing(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        version = guests.published(session)
        guests.fill(session, version, quarter, 8, Random(1))
        guests.respond(session, version, day_in(quarter), {"food": "yes", "recommend": "5"})
        closing.close(session, quarter, TEST)
        assert shown(session, quarter, "food")["all", ""] == 8


def test_a_quarter_closes_once_and_not_before_it_is_over(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        closing.close(session, quarter, TEST)
        with pytest.raises(Conflict, match="closed already"):
            closing.close(session, quarter, TEST)
        with pytest.raises(Conflict, match="not over"):
            closing.close(session, quarter.plus(1), TEST)
        [entry] = trail.entries(session, "feedback", str(quarter))
        assert (entry.action, entry.before, entry.after) == ("quarter.close", None, None)  # nothing that was counted


def test_a_quarter_of_long_ago_can_be_closed_but_the_clock_leaves_it(database: Database) -> None:
    old = Quarter(2019, 2)
    with database.write() as session:
        version = guests.published(session)
        guests.fill(session, version, old, 6, Random(1))
    assert close_quarters(database) == {"closed": []}
    with database.write() as session:
        assert closing.waiting(session) == [old]
        closing.close(session, old, TEST)
        assert shown(session, old, "food")["all", ""] == 6


def test_the_clock_closes_a_quarter_some_days_after_its_last_week(database: Database) -> None:
    quarter = Quarter(2026, 2)  # ends on Tuesday 30 June; its last week on Sunday 5 July
    with on("2026-05-04"), database.write() as session:
        version = guests.published(session)
        guests.fill(session, version, quarter, 6, Random(1))
    with on("2026-07-12"):
        assert close_quarters(database) == {"closed": []}
    with on("2026-07-13"):
        assert close_quarters(database) == {"closed": ["2026-Q2"]}
        assert close_quarters(database) == {"closed": []}


def test_the_last_week_of_a_quarter_belongs_to_it_as_a_whole(database: Database) -> None:
    quarter = Quarter(2026, 2)
    with on("2026-07-05"), database.write() as session:
        guests.respond(session, guests.published(session), today(), {"recommend": "9"})
        with pytest.raises(Conflict, match="not over"):
            closing.close(session, quarter, TEST)
    with on("2026-07-06"), database.write() as session:
        closing.close(session, quarter, TEST)
        guests.respond(session, 1, today(), {"recommend": "9"})  # the next quarter's first


def test_no_answer_is_added_to_a_closed_quarter(database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        version = guests.published(session)
        closing.close(session, quarter, TEST)
        with pytest.raises(Conflict, match="its figures never change"):
            guests.respond(session, version, day_in(quarter), {"recommend": "9"})
        closing.check_open(session, quarter.until + timedelta(days=7))


def test_an_answer_that_comes_while_its_quarter_closes_is_counted_or_refused(database: Database) -> None:
    """Somebody pressed the button in the last second: the day was taken before, the transaction begins meanwhile."""
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        version = guests.published(session)
        guests.fill(session, version, quarter, 8, Random(1))

    def answer(number: int) -> bool:
        sleep(number / 200)
        try:
            with database.write() as session:
                guests.respond(session, version, day_in(quarter), {"recommend": "9"})
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(answer, number) for number in range(12)]
        sleep(0.02)
        with database.write() as session:
            closing.close(session, quarter, TEST)
        kept = sum(one.result() for one in answers)
    with database.read() as session:
        assert shown(session, quarter, "recommend")["all", ""] == 8 + kept
