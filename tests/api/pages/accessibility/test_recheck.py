"""The buttons that ask for a re-check, and the page that shows how far it is."""

from collections.abc import Callable

from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

TICKET = "/accessibility/tickets/ecampus/9"
COURSE = "https://ecampus.example.org/course/1"


def test_a_ticket_has_a_button_that_leads_to_the_progress(lead: Browser) -> None:
    assert f'action="{TICKET}/recheck"' in lead.get(TICKET).text
    answer = lead.post_form(f"{TICKET}/recheck")
    assert answer.headers["location"] == "/accessibility/audits/ecampus/11"
    said = text_of(lead.get(answer.headers["location"]).text)
    assert "Re-check 11 of Sample eCampus" in said
    assert "The re-check waits for its turn." in said
    assert "no other audit of the platform runs" in said


def test_a_page_is_rechecked_from_its_section_and_joins_what_waits(lead: Browser) -> None:
    assert "Re-check<span" in lead.get("/accessibility/platforms/ecampus/sections/course-1").text
    first = lead.post_form("/accessibility/platforms/ecampus/recheck", {"url": COURSE})
    assert lead.post_form(f"{TICKET}/recheck").headers["location"] == first.headers["location"]
    assert lead.post_form("/accessibility/platforms/ecampus/recheck", {"url": "nothing"}).status_code == 404


def test_the_platform_and_the_last_night_stay_those_of_the_night(lead: Browser) -> None:
    before = text_of(lead.get("/accessibility/last-night").text)
    lead.get(lead.post_form(f"{TICKET}/recheck").headers["location"])  # where its message is shown
    assert text_of(lead.get("/accessibility/last-night").text) == before
    assert "Audit now" in lead.get("/accessibility/platforms/ecampus").text


def test_who_only_looks_sees_no_button(browser_of: Callable[..., Browser]) -> None:
    assert "Re-check" not in browser_of("viewer").get(TICKET).text
