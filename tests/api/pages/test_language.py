"""The choice of language."""

from collections.abc import Callable

from api import cookies
from core.database import Database
from core.people import queries
from tests.api.people import PASSWORD, Browser, add_person


def test_the_page_speaks_the_browsers_language_at_first(client: Browser) -> None:
    french = client.get("/sign-in", headers={"Accept-Language": "fr-CH, en;q=0.8"}).text
    assert '<html lang="fr">' in french
    assert '<html lang="en">' in client.get("/sign-in", headers={"Accept-Language": "de"}).text


def test_a_choice_lasts_and_leads_back_to_the_page(client: Browser) -> None:
    answer = client.post_form("/language", {"language": "fr", "next": "/sign-in"})
    assert answer.headers["location"] == "/sign-in"
    assert '<html lang="fr">' in client.get("/sign-in", headers={"Accept-Language": "en"}).text


def test_the_choice_of_who_is_signed_in_is_kept_for_the_next_sign_in(
    signed_in: Callable[..., Browser], database: Database
) -> None:
    browser = signed_in("viewer")
    browser.post_form("/language", {"language": "fr"})
    with database.read() as session:
        assert queries.person(session, browser.person.id).language == "fr"
    fresh = Browser(browser.app, follow_redirects=False)
    fresh.post_form("/sign-in", {"email": browser.person.email, "password": PASSWORD})
    assert fresh.cookies[cookies.LANGUAGE] == "fr"


def test_a_language_that_is_not_offered_is_refused(client: Browser) -> None:
    assert client.post_form("/language", {"language": "xx"}).status_code == 422
    assert client.post_form("/language", {}).status_code == 422


def test_nobody_is_sent_elsewhere_by_choosing_a_language(client: Browser, database: Database) -> None:
    browser = client.sign_in_as(database, add_person(database, "viewer"))
    answer = browser.post_form("/language", {"language": "fr", "next": "https://example.org"})
    assert answer.headers["location"] == "/"
