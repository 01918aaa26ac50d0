"""Guests in a real browser: with and without a script, by keyboard, on a connection that breaks."""

import itertools
import re
from collections.abc import Iterable, Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from campus.feedback.responses import points, served
from campus.feedback.responses.models import Answer, AnswerPoint, Response
from core.database import Database
from core.guest_texts import LANGUAGES, direction
from tests.browser.conftest import Service
from tests.browser.looking import NARROWEST, VIEWPORTS, barriers, resize, sideways
from tests.campus.books import TEST
from tests.campus.feedback import guests

NEXT = ".go button[value=next]"
BACK = ".go button[value=back]"
COMFORT, RECOMMEND = "#q-room_comfort-4", "#q-recommend-9"


@pytest.fixture
def address(live_service: Service, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where guests answer, as fast as a program clicks."""
    monkeypatch.setattr(served, "SOONEST", served.SOONEST * 0)
    with live_service.database.write() as session:
        guests.published(session)
        return f"{live_service.address}/survey/{points.add(session, TEST, 1).key}"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A browser with our script."""
    return context.new_page()


@pytest.fixture
def without_script(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that runs no script at all."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def answers(database: Database) -> list[dict[str, str]]:
    """What is stored, by response."""
    with database.read() as session:
        found: dict[str, dict[str, str]] = {one: {} for one in session.scalars(sa.select(Response.id))}
        for answer in session.scalars(sa.select(Answer)):
            found[answer.response_id][answer.question] = answer.value
        return list(found.values())


def kept(page: Page) -> int:
    """How many drafts the device holds."""
    return int(page.evaluate("Object.keys(localStorage).length"))


def seen(page: Page, windows: Iterable[str] = tuple(VIEWPORTS)) -> list[str]:
    """Barriers of the page as it is now, in these windows, and whether it fits the narrowest one."""
    found = []
    for size in (VIEWPORTS[window] for window in windows):
        resize(page, size)
        found += barriers(page)
    resize(page, NARROWEST)
    assert sideways(page) == 0
    return found


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_every_state_passes_the_audit_in_every_language(
    live_service: Service, address: str, page: Page, script: bool
) -> None:
    if not script:
        page.route("**/survey.js*", lambda route: route.abort())
    found: list[str] = []
    turns = itertools.cycle(VIEWPORTS)  # without the script, of which axe sees little, in turns

    def look() -> None:
        found.extend(seen(page) if script else seen(page, [next(turns)]))

    for language in LANGUAGES:
        page.goto(f"{address}?lang={language}")
        assert page.locator("html").get_attribute("dir") == direction(language)
        page.check("#q-room_comfort")  # what depends on it is shown
        look()
        page.click(NEXT)
        page.locator(RECOMMEND).wait_for()
        page.click(NEXT)
        page.locator(".problem a").wait_for()
        look()
        page.check(RECOMMEND)
        page.click(NEXT)
        page.locator("[data-sent]").wait_for()
        look()
    with live_service.database.read() as session:
        assert sorted(session.scalars(sa.select(Response.language))) == sorted(LANGUAGES)
    with live_service.database.write() as session:
        points.end(session, session.scalars(sa.select(AnswerPoint)).one(), TEST)
    page.goto(f"{address}?lang=ar")
    look()
    assert found == []


def test_arabic_is_mirrored(address: str, page: Page) -> None:
    def left(selector: str) -> float:
        box = page.locator(selector).bounding_box()
        assert box is not None
        return box["x"]

    page.goto(f"{address}?lang=en")
    assert left("#q-room_comfort") < left("#q-room_comfort-5")
    assert left("header strong") < left("nav")
    page.click("button[value=ar]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert left("#q-room_comfort") > left("#q-room_comfort-5")
    assert left("header strong") > left("nav")


def test_without_a_script_every_step_works(live_service: Service, address: str, without_script: BrowserContext) -> None:
    page = without_script.new_page()
    page.goto(address)
    page.check(COMFORT)
    page.click("button[value=fr]")
    expect(page.locator(COMFORT)).to_be_checked()
    page.click(NEXT)
    page.click(NEXT)
    expect(page).to_have_title(re.compile("^Erreur"))
    expect(page.locator(".problem")).to_be_focused()
    page.click(BACK)
    expect(page.locator(COMFORT)).to_be_checked()
    page.click(NEXT)
    page.check(RECOMMEND)
    page.click(NEXT)
    expect(page.locator("[data-sent]")).to_be_visible()
    page.reload()  # sends the form again
    expect(page.locator("[data-sent]")).to_be_visible()
    assert answers(live_service.database) == [{"room_comfort": "4", "recommend": "8"}]
    assert without_script.cookies() == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_by_keyboard_alone(live_service: Service, address: str, browser: Browser, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    _tab_to(page, "#q-room_comfort")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q-room_comfort-2")).to_be_checked()
    page.keyboard.press("Enter")  # the next step, not another language
    expect(page.locator("#q-food")).to_be_visible()
    _tab_to(page, "#q-recommend")
    page.keyboard.press("Space")
    _tab_to(page, NEXT)
    page.keyboard.press("Enter")
    expect(page.locator("[data-sent]")).to_be_visible()
    assert answers(live_service.database) == [{"room_comfort": "2", "recommend": "0"}]
    context.close()


def _tab_to(page: Page, selector: str) -> None:
    for _press in range(30):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached")


def test_a_draft_survives_reload_and_closing_and_is_gone_after_sending(
    live_service: Service, address: str, context: BrowserContext
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.goto(address)
    page.check(COMFORT)
    page.on("request", lambda request: asked.append(request.url))
    page.click(NEXT)
    page.fill("#q-improve", "Sample: more tea.")
    page.check(RECOMMEND)
    assert asked == [address]  # the step; the draft itself stays on the device
    page.close()
    page = context.new_page()
    page.goto(address)
    expect(page.locator(COMFORT)).to_be_checked()
    expect(page.get_by_role("status")).to_contain_text("Your answers from before are here again.")
    page.reload()
    expect(page.locator(COMFORT)).to_be_checked()
    page.click(NEXT)
    expect(page.locator("#q-improve")).to_have_value("Sample: more tea.")
    page.click(NEXT)
    expect(page.locator("[data-sent]")).to_be_visible()
    assert kept(page) == 0
    assert answers(live_service.database) == [{"room_comfort": "4", "recommend": "8"}]


def test_a_draft_can_be_erased_and_ends_after_a_day(address: str, page: Page) -> None:
    page.goto(address)
    page.check(COMFORT)
    page.reload()
    page.click(".note button")
    expect(page.locator(".note")).to_have_count(0)
    expect(page.locator(COMFORT)).not_to_be_checked()
    page.check(COMFORT)
    page.evaluate(
        """() => { const key = Object.keys(localStorage)[0], draft = JSON.parse(localStorage.getItem(key));
                   localStorage.setItem(key, JSON.stringify({ ...draft, at: Date.now() - 25 * 60 * 60 * 1000 })); }"""
    )
    page.goto(f"{address}?lang=en")
    expect(page.locator(COMFORT)).not_to_be_checked()
    assert kept(page) == 0


def test_a_cut_connection_is_tried_again_and_keeps_one_response(
    live_service: Service, address: str, page: Page
) -> None:
    cut = {"on": False, "after": False}

    def network(route: Route) -> None:
        if cut["on"] and route.request.method == "POST":
            if cut["after"]:
                route.fetch()  # it arrives, and its answer is lost
            route.abort()
        else:
            route.continue_()

    page.route(f"{address}*", network)
    page.goto(address)
    page.check(COMFORT)
    page.click(NEXT)
    page.check(RECOMMEND)
    for after in (False, True):
        cut |= {"on": True, "after": after}
        page.click(NEXT)
        expect(page.get_by_role("alert")).to_contain_text("No connection.")
        page.locator(".note").evaluate("note => note.remove()")
    expect(page.locator(RECOMMEND)).to_be_checked()
    assert len(answers(live_service.database)) == 1
    cut["on"] = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-sent]")).to_be_visible()
    assert answers(live_service.database) == [{"room_comfort": "4", "recommend": "8"}]


def test_the_script_shows_what_is_asked_counts_characters_and_warns_before_leaving(address: str, page: Page) -> None:
    page.goto(address)
    expect(page.locator("#q-room_wrong")).to_be_hidden()
    page.check("#q-room_comfort-2")
    expect(page.locator("#q-room_wrong")).to_be_visible()
    page.fill("#q-room_wrong", "Twelve chars")
    expect(page.locator(".left")).to_have_text("Characters left: 1988")
    page.check("#q-room_comfort-5")
    expect(page.locator("#q-room_wrong")).to_be_hidden()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("about:blank")
    assert asked == ["beforeunload"]
