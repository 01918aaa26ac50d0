"""The choice of language."""

import html
import re
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


def test_the_choice_leads_back_to_the_same_filters_and_lasts_a_year(client: Browser) -> None:
    page = client.get("/sign-in?next=/accessibility/tickets%3Fstate%3Dopen").text
    (back,) = re.findall(r'name="next" value="([^"]*)"><button name="language" value="fr" lang="fr">', page)
    answer = client.post_form("/language", {"language": "fr", "next": html.unescape(back)})
    assert answer.headers["location"] == "/sign-in?next=%2Faccessibility%2Ftickets%3Fstate%3Dopen"
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(cookies.LANGUAGE))
    assert {"Max-Age=31536000", "SameSite=lax", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_the_choice_of_a_person_counts_at_once_in_every_browser(
    signed_in: Callable[..., Browser], database: Database
) -> None:
    here = signed_in("viewer")
    there = Browser(here.app, follow_redirects=False).sign_in_as(database, here.person)
    there.cookies.set(cookies.LANGUAGE, "en", domain="testserver.local", path="/")
    here.post_form("/language", {"language": "fr"})
    for address in ("/account", "/nowhere"):
        answer = there.get(address, headers={"Accept-Language": "en"})
        assert '<html lang="fr">' in answer.text
        assert answer.headers["content-language"] == "fr"


def test_an_answer_says_its_language_and_what_it_depends_on(client: Browser) -> None:
    answer = client.get("/sign-in", headers={"Accept-Language": "fr"})
    assert answer.headers["content-language"] == "fr"
    assert answer.headers["vary"] == "Accept-Language, Cookie"
    problem = client.get("/api/v1/tickets", headers={"Accept-Language": "fr"})
    assert problem.json()["detail"].startswith("Envoyez un jeton")
    assert problem.headers["content-language"] == "fr"
    assert "content-language" not in client.get("/health").headers


def test_a_language_that_is_not_offered_is_refused(client: Browser) -> None:
    assert client.post_form("/language", {"language": "xx"}).status_code == 422
    assert client.post_form("/language", {}).status_code == 422


def test_nobody_is_sent_elsewhere_by_choosing_a_language(client: Browser, database: Database) -> None:
    browser = client.sign_in_as(database, add_person(database, "viewer"))
    answer = browser.post_form("/language", {"language": "fr", "next": "https://example.org"})
    assert answer.headers["location"] == "/"
