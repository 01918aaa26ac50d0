"""The way of a browser through the service and the provider."""

from typing import Any
from urllib.parse import urlsplit

import httpx2

from api import cookies
from tests.api.people import Browser

BEGIN, BACK = "/sign-in/oidc", "/sign-in/oidc/back"


def way_back(browser: Browser, begin: str = BEGIN) -> str:
    """Begin, and go to the provider: the address to which it sends the browser back."""
    answer = browser.get(begin)
    assert answer.status_code == 303, answer.text
    there = httpx2.get(answer.headers["location"])
    back = urlsplit(there.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in(browser: Browser, begin: str = BEGIN) -> Any:
    """The whole way; the service's answer at its end."""
    return browser.get(way_back(browser, begin))


def refused(browser: Browser, status: int) -> str:
    """The whole way, which must not open a session; the text of the page."""
    answer = sign_in(browser)
    assert answer.status_code == status, answer.text
    assert cookies.SESSION not in answer.cookies
    assert browser.get("/account").status_code == 303
    return str(answer.text)
