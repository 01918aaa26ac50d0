"""Re-checks through the REST interface and the buttons of the pages."""

from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

PAGE = "/api/v1/platforms/alpha/rechecks"
ABOUT = {"url": "https://alpha.example.org/about"}


def test_a_ticket_is_asked_for_and_followed_like_an_audit(lead: Browser, address: str) -> None:
    asked = lead.post(f"{address}/recheck")
    assert (asked.status_code, asked.headers["location"]) == (202, "/api/v1/platforms/alpha/audits/2")
    told = lead.get(asked.headers["location"]).json()
    assert (told["kind"], told["state"], told["progress"]["planned"]) == ("re-check", "queued", 3)
    assert [one["number"] for one in lead.get("/api/v1/platforms/alpha/audits").json()] == [1]


def test_a_second_request_joins_the_one_that_waits(lead: Browser, address: str) -> None:
    first = lead.post(f"{address}/recheck").json()
    assert lead.post(PAGE, json=ABOUT).json()["number"] == first["number"]
    assert lead.post("/api/v1/platforms/alpha/audits").status_code == 202  # a night is not kept from its turn


def test_a_page_that_was_not_in_the_last_night_is_not_found(lead: Browser) -> None:
    assert lead.post(PAGE, json={"url": "https://alpha.example.org/never"}).status_code == 404
    assert lead.post(PAGE, json={}).status_code == 422


def test_a_token_of_another_platform_or_for_reading_cannot_ask(ledger: Ledger, limited: Browser) -> None:
    other = ledger.ticket("beta").id
    assert limited.post(f"/api/v1/tickets/{other}/recheck").status_code == 404
    assert limited.post("/api/v1/platforms/beta/rechecks", json=ABOUT).status_code == 404
    assert ledger.client("read").post(PAGE, json=ABOUT).status_code == 403
