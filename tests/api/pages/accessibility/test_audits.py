"""One audit with its coverage, and how far it is while it runs."""

from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

AUDITS = "/accessibility/audits"


def test_it_says_what_was_covered_and_what_not_and_why(lead: Browser) -> None:
    page = text_of(lead.get(f"{AUDITS}/ecampus/10").text)
    assert "Not covered" in page
    assert "Server error 4 The server answered with an error (5xx)." in page
    assert "Not planned, but counted" in page
    assert "Not found 4 There is no such page (404)." in page
    assert "Variant 1" in page
    assert "the floor is 80%" in page


def test_the_list_of_pages_is_narrowed_by_state_and_reason(lead: Browser) -> None:
    page = text_of(lead.get(f"{AUDITS}/ecampus/10?reason=server+error").text)
    assert "4 pages, roles and windows" in page
    assert "https://ecampus.example.org/reports" in page
    assert "https://ecampus.example.org/calendar" not in page
    page = text_of(lead.get(f"{AUDITS}/ecampus/10?state=audited").text)
    assert "https://ecampus.example.org/calendar" in page
    assert "https://ecampus.example.org/reports" not in page


def test_long_lists_come_in_pages_that_keep_the_filter(lead: Browser) -> None:
    page = lead.get(f"{AUDITS}/ecampus/5?state=audited").text
    assert 'href="/accessibility/audits/ecampus/5?state=audited&amp;page=2"' in page


def test_a_running_audit_shows_how_far_it_is_with_and_without_scripts(lead: Browser) -> None:
    page = lead.get(f"{AUDITS}/public-site/11").text
    assert '<progress id="progress-bar" value="4" max="11">' in page
    assert 'hx-get="/accessibility/audits/public-site/11" hx-trigger="every 3s"' in page
    assert '<a href="/accessibility/audits/public-site/11">Reload this page</a>' in page
    assert "4 of 11" in text_of(page)


def test_it_is_cancelled_after_a_question(lead: Browser) -> None:
    question = text_of(lead.get(f"{AUDITS}/public-site/11/cancel").text)
    assert "Stop audit 11 of Sample public site?" in question
    lead.post_form(f"{AUDITS}/public-site/11/cancel")
    page = text_of(lead.get(f"{AUDITS}/public-site/11").text)
    assert "The audit is stopped. Nothing of it counts." in page
    assert lead.post_form(f"{AUDITS}/public-site/11/cancel").status_code == 409


def test_a_failed_audit_says_why_as_text(lead: Browser) -> None:
    page = lead.get(f"{AUDITS}/archive/1").text
    assert "The audit ended with an error, so nothing of it counts." in page
    assert "no browser was found &lt;script&gt;" in page


def test_a_night_without_a_login_names_the_role(lead: Browser) -> None:
    page = text_of(lead.get(f"{AUDITS}/partner/10").text)
    assert "Not judged: the login broke. No ticket was changed" in page
    assert "As: teacher. Renew the login" in page


def test_what_is_not_there_is_not_found(lead: Browser) -> None:
    for path in ("ecampus/99", "nothing/1", "ecampus/99999999999999999999", "ecampus/x"):
        assert lead.get(f"{AUDITS}/{path}").status_code == 404, path
