"""What gates let through: seen, compared, approved."""

from collections.abc import Callable

import pytest

from core import trail
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

PLATFORM = "/accessibility/platforms/ecampus"
LIST = f"{PLATFORM}/baselines"


def test_the_page_says_what_is_approved_and_what_could_be(lead: Browser) -> None:
    page = text_of(lead.get(LIST).text)
    assert "Approved by Sample lead" in page
    for words in ("Audit 10", "Baseline 2", "Known before release 4.1.", "Inconclusive", "there is no browser"):
        assert words in page
    assert f'href="{LIST}"' in lead.get(PLATFORM).text


def test_a_platform_without_a_baseline_says_that_every_failure_is_new(lead: Browser) -> None:
    page = text_of(lead.get("/accessibility/platforms/partner/baselines").text)
    assert "Nothing was approved yet. For a gate every failure is new." in page


def test_a_lead_sees_what_changes_before_approving_and_it_stands_in_the_trail(lead: Browser, history: Database) -> None:
    asked = lead.get(f"{PLATFORM}/approve?audit=10")
    assert "One problem is new, 0 are gone" in text_of(asked.text)
    form = {"audit": "10", "previous": "2", "note": "Until the gallery is replaced."}
    answer = lead.post_form(f"{PLATFORM}/approve", form)
    assert answer.headers["location"] == LIST
    page = text_of(lead.get(LIST).text)
    assert "Baseline 3" in page
    assert "Until the gallery is replaced." in page
    assert "One problem is new" in text_of(lead.get(f"{LIST}/3").text)
    with history.read() as session:
        [newest, *_earlier] = [one for one in trail.entries(session, "platform") if one.action == "baseline.approve"]
    assert (newest.before, newest.after["number"], len(newest.after["new"])) == ({"number": 2}, 3, 1)


def test_what_a_gate_did_not_look_at_is_said_beside_what_is_gone(lead: Browser) -> None:
    page = text_of(lead.get(f"{PLATFORM}/approve?gate=1").text)
    assert "Less was looked at than before" in page
    assert "student" in page


def test_a_baseline_approved_meanwhile_is_not_passed_over(lead: Browser) -> None:
    answer = lead.post_form(f"{PLATFORM}/approve", {"audit": "10", "previous": "1", "note": "Mine"})
    assert answer.status_code == 422
    assert "Another baseline was approved meanwhile." in text_of(answer.text)
    assert "Mine" in answer.text
    assert "Baseline 3" not in text_of(lead.get(LIST).text)


@pytest.mark.parametrize(
    ("query", "status"),
    [("audit=9", 409), ("gate=3", 409), ("gate=999", 404), ("audit=999", 404), ("audit=x", 404), ("", 404)],
)
def test_what_saw_too_little_or_is_not_there_cannot_be_approved(lead: Browser, query: str, status: int) -> None:
    assert lead.get(f"{PLATFORM}/approve?{query}").status_code == status


def test_viewers_read_baselines_and_approve_nothing(browser_of: Callable[..., Browser]) -> None:
    viewer = browser_of("viewer")
    assert "approve?" not in viewer.get(LIST).text
    assert viewer.get(f"{PLATFORM}/approve?audit=10").status_code == 403
    assert viewer.post_form(f"{PLATFORM}/approve", {"audit": "10", "previous": "2"}).status_code == 403


def test_a_baseline_that_is_not_there_is_not_found(lead: Browser) -> None:
    assert [lead.get(f"{LIST}/{number}").status_code for number in (9, 99999999999999)] == [404, 404]


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (1, "The release may go out."),
        (2, "New: the gate fails on these Problem Impact Elements Pages Example Buttons must have discernible text."),
        (3, "Not audited A page counts once for each role and window."),
        (4, "Unavailable: there is no browser"),
        (5, "It has no verdict yet."),
    ],
)
def test_a_gate_says_what_decided_it(lead: Browser, gate: int, words: str) -> None:
    address = f"{PLATFORM}/gates/{gate}"
    assert f'href="{address}"' in lead.get(LIST).text
    page = lead.get(address).text
    assert words in text_of(page)
    assert "javascript:" not in page


def test_a_gate_of_another_platform_is_not_found(lead: Browser) -> None:
    assert lead.get("/accessibility/platforms/partner/gates/1").status_code == 404
