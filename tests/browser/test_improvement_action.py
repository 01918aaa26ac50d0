"""One improvement action through plan, do, check and act, on answers of guests with a known effect, in a browser."""

from datetime import date
from random import Random

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from campus.feedback.quarters import Quarter
from core.database import Database
from core.people.models import Person
from tests.api.people import add_person
from tests.browser.conftest import Service
from tests.browser.looking import NARROWEST, barriers, resize, sideways
from tests.campus.books import Campus, on, open_campus
from tests.campus.feedback import guests

GUESTS = 20  # in each pavilion and quarter
BEFORE = [Quarter(2025, number) for number in (2, 3, 4)]
AFTER = [Quarter(2026, number) for number in (2, 3)]
NAME = "Sample: new mattresses in the north"


def answer(session: Session, campus: Campus, version: int, quarters: list[Quarter], level: float, seed: int) -> None:
    """The north is liked as much as `level` on a scale of five; the south always 3.4. Then the quarters close."""
    chance, (north, south) = Random(seed), campus.pavilions
    for quarter in quarters:
        guests.fill(session, version, quarter, GUESTS, chance, level=level, pavilion_id=north)
        guests.fill(session, version, quarter, GUESTS, chance, level=3.4, pavilion_id=south)
    guests.close_all(session, quarters)


def fill_date(page: Page, name: str, day: date) -> None:
    for part, field in (("day", name), ("month", f"{name}-month"), ("year", f"{name}-year")):
        page.locator(f"#{field}").fill(str(getattr(day, part)))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).click()


@pytest.fixture
def improver(sqlite_database: Database) -> Person:
    return add_person(sqlite_database, "quality", name="Sample improver")


def opened(service: Service, context: BrowserContext, person: Person) -> Page:
    """A page of the person, who signs in on the day that it is."""
    service.sign_in_as(context, person)
    page = context.new_page()
    page.goto(f"{service.address}/feedback/actions")
    return page


def test_an_action_with_a_known_effect_gets_the_right_verdict(
    live_service: Service, context: BrowserContext, improver: Person
) -> None:
    with on("2026-01-12"):
        with live_service.database.write() as session:
            campus = open_campus(session)
            version = guests.published(session)
            answer(session, campus, version, BEFORE, 3.4, seed=1)
        page = opened(live_service, context, improver)
        expect(page.get_by_text("No improvement action yet")).to_be_visible()
        plan(page)
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        expect(page.get_by_text("Can be seen")).to_be_visible()
        follow(page, "Begin")
        press(page, "Begin")
    with on("2026-02-12"):
        page = opened(live_service, context, improver)
        follow(page, NAME)
        follow(page, "It is done")
        page.get_by_label("What it cost (EUR)").fill("9600")
        press(page, "It is done")
        expect(page.get_by_text("No quarter that lies wholly after the day it was done is closed yet.")).to_be_visible()
    with on("2026-10-12"):
        with live_service.database.write() as session:
            answer(session, campus, version, AFTER, 4.3, seed=2)
        page = opened(live_service, context, improver)
        expect(page.locator(".lead")).to_have_text("1 check is due.")
        page.locator(".board").get_by_role("link", name=NAME).click()
        press(page, "Check now")
        expect(page.locator(".lead")).to_contain_text("Better")
        assert barriers(page) == []
        resize(page, NARROWEST)
        assert sideways(page) == 0
        expect(page.get_by_text("a point (")).to_have_count(2)
        follow(page, "Decide what comes of it")
        page.get_by_label("Adopted").check()
        page.get_by_label("Lesson").fill("Sample lesson")
        press(page, "Decide")
        expect(page.locator(".stages [aria-current]")).to_have_text("Ended: Adopted")
        press(page, "Undo")
        expect(page.locator(".stages [aria-current]")).to_have_text("Act")


def plan(page: Page) -> None:
    follow(page, "Plan an improvement action")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Area to improve").select_option("room")
    page.get_by_label("Hypothesis").fill("Guests sleep better, so they rate their rooms higher.")
    page.get_by_label("Measure", exact=True).select_option("room_comfort")
    page.get_by_label("Expected change (points of the measure)").fill("0.8")
    page.get_by_role("group", name="Pavilions that it changes").get_by_label("Sample North").check()
    page.get_by_role("group", name="Pavilions to compare with").get_by_label("Sample South").check()
    page.get_by_label("Planned cost (EUR)").fill("12000")
    fill_date(page, "due", date(2026, 2, 15))
    fill_date(page, "check_on", date(2026, 10, 5))
    press(page, "Plan this action")
