"""What only a person can decide."""

import re
from collections.abc import Callable

from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

LIST = "/accessibility/review"


def first(browser: Browser) -> str:
    return re.findall(rf'href="({LIST}/\d+)"', browser.get(LIST).text)[0]


def test_questions_stand_with_their_evidence(lead: Browser) -> None:
    page = text_of(lead.get(LIST).text)
    assert "3 questions wait for a person." in page
    assert "Does the title “Index” say what the page is about?" in page
    page = lead.get(first(lead)).text
    assert "Confirm as failed" in page
    assert "https://ecampus.example.org/" in page


def test_a_confirmed_failure_gets_a_ticket(lead: Browser) -> None:
    address = first(lead)
    answer = lead.post_form(f"{address}/confirm")
    assert answer.headers["location"].startswith("/accessibility/tickets/ecampus/")
    assert "Confirmed: it has a ticket now" in lead.get(answer.headers["location"]).text
    assert "2 questions wait" in text_of(lead.get(LIST).text)
    assert lead.post_form(f"{address}/confirm").status_code == 409
    assert "Confirmed as a failure." in lead.get(address).text


def test_a_dismissal_needs_a_reason_and_can_be_taken_back(lead: Browser) -> None:
    address = first(lead)
    answer = lead.post_form(f"{address}/dismiss", {"reason": " "})
    assert answer.status_code == 422
    assert "Say why it is no failure." in answer.text
    lead.post_form(f"{address}/dismiss", {"reason": "The contrast is 9 to 1."})
    assert "2 questions wait" in text_of(lead.get(LIST).text)
    assert "Dismissed: The contrast is 9 to 1." in lead.get(address).text
    lead.post_form(f"{address}/reconsider")
    assert "3 questions wait" in text_of(lead.get(LIST).text)


def test_the_list_is_narrowed_to_a_platform_and_says_when_nothing_waits(lead: Browser) -> None:
    assert "No question waits for you." in text_of(lead.get(f"{LIST}?platform=partner").text)
    assert "No question waits for you." in text_of(lead.get(f"{LIST}?platform=nothing").text)


def test_viewers_read_the_questions_and_decide_nothing(browser_of: Callable[..., Browser]) -> None:
    viewer = browser_of("quality")
    page = viewer.get(LIST).text
    assert "3 questions wait" in text_of(page)
    assert f'href="{LIST}/' not in page
    assert viewer.get(f"{LIST}/99999999999999").status_code == 403


def test_a_question_that_is_not_there_is_not_found(lead: Browser) -> None:
    assert lead.get(f"{LIST}/9999").status_code == 404
    assert lead.get(f"{LIST}/99999999999999").status_code == 404
