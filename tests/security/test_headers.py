"""What every answer carries: against foreign scripts and frames, guessed kinds, and copies in caches."""

import re
from collections.abc import Callable

from fastapi.testclient import TestClient

from tests.api.access import PAGES, REST
from tests.api.people import Browser
from tests.browser.test_own_pages import ADDRESSES

KEPT_ON_PURPOSE = re.compile(r"^/static/|.*/evidence\b")
POLICY = {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"}


def wrong(client: TestClient, method: str, address: str) -> list[str]:
    answer = client.request(method, address)
    headers, policy = answer.headers, answer.headers.get("content-security-policy", "")
    found = [] if set(policy.split("; ")) >= POLICY and "unsafe" not in policy else ["policy"]
    found += [] if headers.get("x-content-type-options") == "nosniff" else ["nosniff"]
    found += [] if headers.get("cross-origin-resource-policy") == "same-origin" else ["other origins"]
    found += [] if headers.get("cache-control") == "no-store" or KEPT_ON_PURPOSE.match(address) else ["cache"]
    found += [] if "server" not in headers and "x-powered-by" not in headers else ["tells what it runs on"]
    return found + ([f"status {answer.status_code}"] if answer.status_code >= 500 else [])


def test_every_route_answers_with_them_to_whoever_asks(app: object, browser_of: Callable[..., Browser]) -> None:
    anybody, admin = Browser(app, follow_redirects=False), browser_of("admin")  # type: ignore[arg-type]
    routes = [(method, re.sub(r"{[^}]*}", "1", path)) for method, path in (*PAGES, *REST)]
    routes += [("GET", address) for some in ADDRESSES.values() for address in some]
    routes += [("GET", "/nowhere"), ("GET", "/api/v1/nowhere"), ("TRACE", "/"), ("POST", "/static/x"), ("GET", "/%00")]
    found = {
        (method, address): wrong(client, method, address) for client in (anybody, admin) for method, address in routes
    }
    assert {route: some for route, some in found.items() if some} == {}


def test_no_header_of_a_request_comes_back_as_one_of_ours(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of("viewer")
    planted = "evil.example.org"
    sent = {
        "Host": planted,
        "X-Forwarded-Host": planted,
        "X-Request-ID": f"a\r\nSet-Cookie: {planted}",
        "Referer": planted,
    }
    for name, value in sent.items():
        headers = {name: value.replace("\r\n", " ")}
        for address in ("/", "/account", "/accessibility/tickets", "/nowhere", "/settings/people"):
            answer = browser.get(address, headers=headers)
            assert planted not in answer.text
            assert planted not in str(answer.headers)
